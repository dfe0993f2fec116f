//! Asks a query, named or free, and says what is wrong with it.

use std::collections::{BTreeMap, HashMap};

use axum::http::StatusCode;
use serde::Serialize;

use super::PARAMETER;
use crate::api::{self, ApiError, NamedQuery, When};
use crate::http::Failure;
use crate::model::AccountSlug;
use crate::queries::Format;
use crate::sparql::{Accepted, Dataset, SparqlError, TableFormat};
use crate::vocab;
use crate::web::Site;
use crate::web::visit::Visit;

/// What relative names in a free query are relative to.
const BASE: &str = "http://localhost/sparql";

/// Words of those that would be right at a place that are told.
const MOST_WORDS: usize = 6;

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Csv,
    Tsv,
    Xml,
}

impl Form {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }

    fn table(self) -> TableFormat {
        match self {
            Self::Json => TableFormat::Json,
            Self::Csv => TableFormat::Csv,
            Self::Tsv => TableFormat::Tsv,
            Self::Xml => TableFormat::Xml,
        }
    }

    fn format(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Tsv => Format::Tsv,
            Self::Xml => Format::Xml,
        }
    }
}

/// A query that is asked.
#[derive(Debug)]
pub(super) struct Question {
    what: What,
    pub(super) account: Option<AccountSlug>,
    account_name: String,
}

#[derive(Debug)]
enum What {
    Named(String, BTreeMap<String, String>),
    Free(String),
}

/// The whole answer.
pub(super) struct Answer {
    pub(super) media_type: String,
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    /// How the name of a file with it ends.
    pub(super) fn ending(&self) -> &'static str {
        let media = self.media_type.as_str();
        let endings = [
            ("csv", "csv"),
            ("tab-separated", "tsv"),
            ("turtle", "ttl"),
            ("ld+json", "jsonld"),
            ("json", "json"),
            ("xml", "xml"),
        ];
        endings.into_iter().find(|(part, _)| media.contains(part)).map_or("txt", |(_, ending)| ending)
    }
}

/// What is wrong with a query.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) text: String,
    /// The line that it is about, from 1.
    line: Option<usize>,
}

/// A line of a query with a fault.
#[derive(Serialize)]
pub(super) struct Line<'t> {
    text: &'t str,
    here: bool,
}

impl Fault {
    fn of(text: String) -> Self {
        match place(&text) {
            Some((line, said)) => Self { text: format!("Line {line}: {}.", plain(said)), line: Some(line) },
            None => Self { text, line: None },
        }
    }

    /// The lines of the query, where one of them is named.
    pub(super) fn lines<'t>(&self, query: &'t str) -> Vec<Line<'t>> {
        let Some(named) = self.line else { return Vec::new() };
        query.lines().zip(1..).map(|(text, number)| Line { text, here: number == named }).collect()
    }
}

/// The line that an error names, and what it says of it: `… error at 3:12: expected …`.
fn place(text: &str) -> Option<(usize, &str)> {
    text.match_indices(" at ").find_map(|(at, _)| {
        let (line, rest) = text[at + 4..].split_once(':')?;
        let (column, said) = rest.split_once(": ")?;
        column.parse::<usize>().ok()?;
        Some((line.parse().ok()?, said))
    })
}

/// What a parser expects, without its classes of letters.
fn plain(said: &str) -> String {
    if said.contains("Prefix not found") {
        return "this prefix is not declared".to_owned();
    }
    let Some(list) = said.strip_prefix("expected one of ") else { return said.to_owned() };
    let words: Vec<&str> = list.split(", ").filter(|word| !word.contains(['[', ']', '\\'])).take(MOST_WORDS).collect();
    if words.is_empty() {
        return "something else is expected here".to_owned();
    }
    format!("something else is expected here, such as {}", words.join(" or "))
}

impl Question {
    /// What the fields of the form ask; nothing where they ask nothing.
    pub(super) fn read(fields: &HashMap<String, String>, named: &[NamedQuery]) -> Option<Self> {
        let given = |name: &str| fields.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
        let what = match (given("named"), given("query")) {
            (Some(name), _) => {
                let known = named.iter().find(|query| query.name == name)?;
                let value = |name: &String| Some((name.clone(), given(&format!("{PARAMETER}{name}"))?.to_owned()));
                What::Named(name.to_owned(), known.parameters.iter().filter_map(|one| value(&one.name)).collect())
            }
            (None, Some(_)) => What::Free(fields.get("query")?.clone()),
            (None, None) => return None,
        };
        let account_name = given("account").unwrap_or_default().to_owned();
        let account = AccountSlug::from_name(&account_name).filter(|account| account.as_str() == account_name);
        Some(Self { what, account, account_name })
    }
}

/// Asks. What is wrong with the query itself is told beside it; the rest is a failure.
pub(super) async fn run(
    site: &Site,
    visit: &Visit,
    question: &Question,
    form: Form,
) -> Result<Result<Answer, Fault>, Failure> {
    match &question.account {
        Some(account) => visit.caller.require_account(account)?,
        None if question.account_name.is_empty() => {}
        None => return Err(ApiError::not_found("account", &question.account_name).into()),
    }
    match &question.what {
        What::Named(name, values) => {
            let when = if question.account.is_some() { visit.when } else { When::default() };
            let of = (name.as_str(), values);
            let over = (question.account.as_ref(), when);
            let answered = api::run_named(&site.app, &visit.caller, of, over, form.format()).await;
            let media_type = form.table().media_type().to_owned();
            told(answered.map(|answered| Answer { media_type, bytes: answered.body }))
        }
        What::Free(text) => {
            let accepted = Accepted { table: Some(form.table()), ..Accepted::read(None) };
            let dataset = question.account.as_ref().map(graphs);
            let asked = crate::sparql::Question { text: text.clone(), base: BASE.to_owned(), dataset, accepted };
            match site.app.sparql.query(&visit.caller, asked).await {
                Ok(answer) => Ok(Ok(Answer { media_type: answer.media_type, bytes: answer.bytes })),
                Err(SparqlError::Failed(reason)) => Err(ApiError::Internal(reason).into()),
                Err(error) => Ok(Err(Fault::of(error.to_string()))),
            }
        }
    }
}

/// The graphs of an account: the reader sees that one of them that is theirs to see.
fn graphs(account: &AccountSlug) -> Dataset {
    let names = [vocab::ACCOUNT_PREFIX, vocab::SHARED_PREFIX].map(|prefix| format!("{prefix}{account}"));
    Dataset { default: names.to_vec(), named: names.to_vec() }
}

/// Parts what is wrong with the query from what went wrong here.
fn told(answered: Result<Answer, ApiError>) -> Result<Result<Answer, Fault>, Failure> {
    match answered {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => {
            let text = error.to_string();
            let (status, ..) = Failure::from(error).told();
            if status == StatusCode::NOT_FOUND || status.is_server_error() {
                return Err(ApiError::Internal(text).into());
            }
            Ok(Err(Fault::of(text)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_its_line() {
        let check = |text: &str, line, said: &str| {
            let fault = Fault::of(text.to_owned());
            assert_eq!((fault.line, fault.text.as_str()), (line, said), "{text}");
        };
        check("query is not valid SPARQL: error at 3:12: expected a dot", Some(3), "Line 3: expected a dot.");
        check("error at 2:5: expected one of Prefix not found, ['%']", Some(2), "Line 2: this prefix is not declared.");
        let such = "Line 1: something else is expected here, such as \".\" or \"}\".";
        check("error at 1:9: expected one of \".\", ['a' ..= 'z'], \"}\"", Some(1), such);
        check("error at the end", None, "error at the end");
        check("look at 3 things: one", None, "look at 3 things: one");
    }
}
