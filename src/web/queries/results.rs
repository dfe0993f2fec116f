//! The answer of a query as a table.

use serde::{Deserialize, Serialize};

use super::run::Answer;
use super::terms::compact;
use crate::model::AccountSlug;
use crate::vocab;

/// Rows that a page shows; a download has them all.
const MOST: usize = 500;

/// An answer as the page shows it.
#[derive(Default, Serialize)]
pub(super) struct Results {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
    count: usize,
    /// Yes or no, where that was asked.
    verdict: Option<bool>,
    /// Statements, where those were asked for.
    statements: Option<String>,
}

/// A value, and where it leads.
#[derive(Default, Serialize)]
struct Cell {
    text: String,
    /// All of a name that is shown cut.
    whole: Option<String>,
    link: Option<String>,
    is_number: bool,
}

/// SPARQL results in JSON, as far as the page needs them.
#[derive(Deserialize)]
struct Written {
    head: Head,
    boolean: Option<bool>,
    #[serde(default)]
    results: Bindings,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    vars: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Bindings {
    bindings: Vec<std::collections::HashMap<String, Term>>,
}

#[derive(Deserialize)]
struct Term {
    #[serde(rename = "type")]
    kind: String,
    value: String,
    datatype: Option<String>,
}

impl Results {
    /// Reads an answer. Links lead into the account that was asked.
    pub(super) fn of(answer: &Answer, account: Option<&AccountSlug>) -> Self {
        let Ok(written) = serde_json::from_slice::<Written>(&answer.bytes) else {
            let statements = Some(String::from_utf8_lossy(&answer.bytes).into_owned());
            return Self { statements, ..Self::default() };
        };
        let (columns, bindings) = (written.head.vars, written.results.bindings);
        let row = |row: &std::collections::HashMap<String, Term>| {
            columns.iter().map(|name| row.get(name).map(|term| cell(term, account)).unwrap_or_default()).collect()
        };
        let rows = bindings.iter().take(MOST).map(row).collect();
        Self { rows, count: bindings.len(), verdict: written.boolean, columns, statements: None }
    }
}

fn cell(term: &Term, account: Option<&AccountSlug>) -> Cell {
    if term.kind == "uri" {
        let text = named(&term.value).unwrap_or_else(|| compact(&term.value));
        let whole = Some(term.value.clone()).filter(|whole| *whole != text);
        return Cell { text, whole, link: link(&term.value, account), is_number: false };
    }
    let datatype = term.datatype.as_deref().unwrap_or_default();
    let is_number = ["integer", "decimal", "double", "float"].iter().any(|name| datatype.ends_with(name));
    let text = if is_number { rounded(&term.value) } else { term.value.clone() };
    Cell { text, whole: None, link: None, is_number }
}

/// A number as people read it.
fn rounded(number: &str) -> String {
    match number.parse::<f64>() {
        Ok(value) if number.contains('.') => format!("{}", (value * 1_000.0).round() / 1_000.0),
        _ => number.to_owned(),
    }
}

/// The sort of something of our own, and the beginning of its name.
fn named(iri: &str) -> Option<String> {
    let (class, id) = iri.strip_prefix("urn:baton:")?.split_once(':')?;
    let start = id.get(..6).filter(|_| id.len() >= 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some(format!("{class} {start}"))
}

/// The page about something, where there is one.
fn link(iri: &str, account: Option<&AccountSlug>) -> Option<String> {
    if let Some(named) = iri.strip_prefix(vocab::ACCOUNT_PREFIX) {
        return Some(format!("/accounts/{named}"));
    }
    let person = iri.strip_prefix("urn:baton:person:")?;
    account.map(|account| format!("/accounts/{account}/people/{person}"))
}
