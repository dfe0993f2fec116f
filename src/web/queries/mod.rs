//! Queries: those that Baton brings, with their parameters as forms, and free ones. Free ones run in processes of their
//! own, within what the reader may see.

mod results;
mod run;
mod terms;

use std::collections::HashMap;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use minijinja::context;
use serde::Serialize;

use super::Site;
use super::views::value;
use super::visit::Visit;
use crate::api::{self, NamedQuery, QueryParameter};
use crate::http::{Failure, Query};
use results::Results;
use run::{Fault, Form, Question, run};

/// Accounts that can be chosen from.
const MOST_ACCOUNTS: usize = 500;
/// The query that stands in the form at first.
const FIRST: &str = "stakeholders";
/// What the value of a parameter is called in addresses: this and the parameter's name.
const PARAMETER: &str = "p.";

/// A named query as its form shows it.
#[derive(Serialize)]
struct Named {
    name: String,
    summary: String,
    parameters: Vec<Field>,
    is_asked: bool,
}

/// A field of a form.
#[derive(Serialize)]
struct Field {
    #[serde(flatten)]
    parameter: QueryParameter,
    value: String,
}

/// Shows the queries, and the answer of one where one is asked; with `format`, that answer as a file.
pub(super) async fn show_queries(
    State(site): State<Site>,
    visit: Visit,
    Query(fields): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let named = api::named_queries(&site.app);
    let question = Question::read(&fields, &named);
    if let (Some(question), Some(form)) = (&question, fields.get("format").and_then(|name| Form::from_name(name))) {
        return match run(&site, &visit, question, form).await? {
            Ok(answer) => Ok(download(answer)),
            Err(fault) => Err(Failure::Request(axum::http::StatusCode::BAD_REQUEST, fault.text)),
        };
    }
    let (results, fault) = match &question {
        None => (None, None),
        Some(asked) => match run(&site, &visit, asked, Form::Json).await? {
            Ok(answer) => (Some(Results::of(&answer, asked.account.as_ref())), None),
            Err(fault) => (None, Some(fault)),
        },
    };
    let mut accounts = site.app.accounts_within(&visit.caller.token.accounts).await?;
    accounts.truncate(MOST_ACCOUNTS);
    let text = text(&fields, &named);
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let values = context! {
        lines => fault.as_ref().map(|fault: &Fault| value(&fault.lines(&text))),
        named => value(&named.iter().map(|query| of(query, &fields)).collect::<Vec<_>>()),
        text,
        account => field("account"),
        asked_name => field("named"),
        accounts => value(&accounts),
        results => results.as_ref().map(value),
        fault => fault.as_ref().map(|fault| fault.text.as_str()),
        again => question.as_ref().map(|_| again(&fields)),
        prefixes => value(&terms::prefixes()),
        terms => terms::terms(),
    };
    site.views.page(&visit, "queries.html", values)
}

/// What stands in the field of the free query: what was asked, a named query to change, or an example.
fn text(fields: &HashMap<String, String>, named: &[NamedQuery]) -> String {
    if let Some(text) = fields.get("query") {
        return text.clone();
    }
    let name = fields.get("edit").map_or(FIRST, String::as_str);
    let found = named.iter().find(|query| query.name == name);
    let lines = found.map(|query| query.sparql.lines().filter(|line| !line.starts_with("#+")).collect::<Vec<_>>());
    lines.map(|lines| lines.join("\n")).unwrap_or_default()
}

fn of(query: &NamedQuery, fields: &HashMap<String, String>) -> Named {
    let is_asked = fields.get("named") == Some(&query.name);
    let field = |parameter: &QueryParameter| {
        let given = fields.get(&format!("{PARAMETER}{}", parameter.name)).filter(|_| is_asked);
        Field { parameter: parameter.clone(), value: given.cloned().unwrap_or_default() }
    };
    Named {
        name: query.name.clone(),
        summary: query.summary.clone(),
        parameters: query.parameters.iter().map(field).collect(),
        is_asked,
    }
}

/// The address that asks the same again, without the form of its answer.
fn again(fields: &HashMap<String, String>) -> String {
    let mut asked: Vec<(&String, &String)> = fields.iter().filter(|(name, _)| *name != "format").collect();
    asked.sort();
    let encoded =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    asked
        .into_iter()
        .flat_map(|(name, value)| [encoded(name), "=".to_owned(), encoded(value), "&".to_owned()])
        .collect()
}

fn download(answer: run::Answer) -> Response {
    let name = format!("attachment; filename=\"answer.{}\"", answer.ending());
    let mut response = ([(header::CONTENT_TYPE, answer.media_type)], answer.bytes).into_response();
    if let Ok(name) = HeaderValue::try_from(name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
