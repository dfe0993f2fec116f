//! The queries that Baton brings, by name, with typed parameters.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::{ApiError, App, When};
use crate::access::Caller;
use crate::graph::Scope;
use crate::model::{AccountSlug, Iri};
use crate::queries::{Bindings, Format, Limit, ParameterType, Query};

/// Queries of this folder are for everybody; the others are parts of documents and checks.
const PUBLIC: &str = "api/";

/// How long one may run.
const LIMIT: Duration = Duration::from_secs(10);

/// A query as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NamedQuery {
    /// Its name.
    pub name: String,
    /// What it answers.
    pub summary: String,
    /// What it takes.
    pub parameters: Vec<QueryParameter>,
    /// Its text.
    pub sparql: String,
}

/// A parameter of a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct QueryParameter {
    /// Its name.
    pub name: String,
    /// Its type: `iri`, `string`, `date`, `dateTime` or `integer`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
}

/// The answer of a query, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The form.
    pub format: Format,
    /// SPARQL results in that form.
    pub body: Vec<u8>,
}

/// Every public query, by name.
pub fn named_queries(app: &App) -> Vec<NamedQuery> {
    let named = |query: &Query| {
        Some(NamedQuery {
            name: query.name().strip_prefix(PUBLIC)?.to_owned(),
            summary: query.summary().to_owned(),
            parameters: query
                .params()
                .iter()
                .map(|param| QueryParameter {
                    name: param.name.clone(),
                    kind: param.kind.as_str(),
                    optional: param.optional,
                })
                .collect(),
            sparql: query.text().to_owned(),
        })
    };
    app.catalogue.iter().filter_map(named).collect()
}

/// Runs a query over an account, or over all that the caller may see.
pub async fn run_named(
    app: &App,
    caller: &Caller,
    (name, given): (&str, &BTreeMap<String, String>),
    (account, when): (Option<&AccountSlug>, When),
    format: Format,
) -> Result<Answered, ApiError> {
    let unknown = || ApiError::not_found("query", name);
    let query = app.catalogue.query(&format!("{PUBLIC}{name}")).map_err(|_| unknown())?.clone();
    let values = bindings(&query, given)?;
    let (graph, scope) = match account {
        Some(account) => {
            let known = app.known(caller, account, when).await?;
            (known.view().graph.clone(), known.view().account()?.scope())
        }
        None if when.as_of.is_some() || when.known_at.is_some() => {
            return Err(ApiError::Unfit("as_of and known_at need an account".to_owned()));
        }
        None => {
            let accounts = app.accounts_within(&caller.token.accounts).await?;
            (app.stores.graph.clone(), Scope::seen(&app.stores.graph, &accounts, caller.sight())?)
        }
    };
    let run = tokio::task::spawn_blocking(move || {
        let mut body = Vec::new();
        query.write((&graph, &scope), &values, (format, &Limit::of(LIMIT)), &mut body)?;
        Ok::<_, ApiError>(Answered { format, body })
    });
    run.await?
}

/// The values, each read as its parameter wants it.
fn bindings(query: &Query, given: &BTreeMap<String, String>) -> Result<Bindings, ApiError> {
    if let Some(stray) = given.keys().find(|name| !query.params().iter().any(|param| param.name == **name)) {
        return Err(ApiError::Invalid(format!("the query takes no {stray}")));
    }
    let mut values = Bindings::new();
    for param in query.params() {
        let Some(text) = given.get(&param.name) else { continue };
        let wrong = || ApiError::Invalid(format!("{} is no {}: {text:?}", param.name, param.kind));
        values = match param.kind {
            ParameterType::Iri => values.iri(&param.name, &iri(text).ok_or_else(wrong)?),
            ParameterType::String => values.string(&param.name, text),
            ParameterType::Date => values.date(&param.name, text.parse().map_err(|_| wrong())?),
            ParameterType::DateTime => values.time(&param.name, super::time::parse(text).map_err(|_| wrong())?),
            ParameterType::Integer => values.integer(&param.name, text.parse().map_err(|_| wrong())?),
        };
    }
    Ok(values)
}

fn iri(text: &str) -> Option<Iri> {
    crate::graph::sparql::NamedNode::new(text).ok().map(|node| Iri::from_text(node.as_str()))
}
