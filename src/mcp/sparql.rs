//! Who answers SPARQL queries. A service has processes of its own for it; this one answers within the process.

use std::future::Future;
use std::io::{self, Write};
use std::pin::Pin;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::access::Caller;
use crate::api::{ApiError, App};
use crate::graph::Scope;
use crate::model::{AccountScope, AccountSlug};
use crate::queries::{Format, Limit, QueryError, write_answer};
use crate::sparql::{Accepted, Endpoint, Question};

/// How long a query may run, how many at a time, and how much it may answer.
const TIME: Duration = Duration::from_secs(10);
const AT_A_TIME: usize = 2;
const MOST_BYTES: usize = 1 << 20;

/// The forms that an answer is read in, and what relative IRIs are relative to.
const FORMS: &str = "application/sparql-results+json, text/turtle";
const BASE: &str = "urn:baton:";

/// The answer of a query: SPARQL results as JSON, or the graph of a CONSTRUCT or DESCRIBE.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SparqlAnswer {
    /// The columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub head: Option<Value>,
    /// The rows of a SELECT, as `bindings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub results: Option<Value>,
    /// The answer of an ASK.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    /// The graph of a CONSTRUCT or DESCRIBE, as Turtle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turtle: Option<String>,
}

impl SparqlAnswer {
    /// Reads what was written as SPARQL results in JSON, or as Turtle.
    pub fn read(text: String) -> Result<Self, ApiError> {
        // Results are one JSON object; no Turtle begins with a brace.
        if !text.trim_start().starts_with('{') {
            return Ok(Self { turtle: Some(text), ..Self::default() });
        }
        let mut results: Value = serde_json::from_str(&text).map_err(|error| ApiError::Internal(error.to_string()))?;
        let mut take = |name: &str| results.get_mut(name).map(Value::take);
        Ok(Self {
            head: take("head"),
            results: take("results"),
            boolean: take("boolean").and_then(|value| value.as_bool()),
            turtle: None,
        })
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        let rows = self.results.as_ref().and_then(|results| results.get("bindings")?.as_array());
        rows.map_or(0, Vec::len)
    }
}

/// An answer to come.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<SparqlAnswer, ApiError>> + Send + 'a>>;

/// Answers queries that only read, within what a caller may see.
pub trait SparqlRunner: Send + Sync {
    /// Answers a query over an account, or over all that the caller may see.
    fn run<'a>(&'a self, caller: &'a Caller, query: String, account: Option<&'a AccountSlug>) -> Running<'a>;
}

/// Answers in the processes that run the queries of everybody.
pub struct Pooled {
    endpoint: Endpoint,
}

impl Pooled {
    /// A runner over the endpoint of an app.
    pub fn new(app: &App) -> Self {
        Self { endpoint: app.sparql.clone() }
    }

    async fn answer(
        &self,
        caller: &Caller,
        query: String,
        account: Option<&AccountSlug>,
    ) -> Result<SparqlAnswer, ApiError> {
        let accounts = match account {
            Some(account) => {
                caller.require_account(account)?;
                self.endpoint.stores.require(account).await?;
                AccountScope::Only([account.clone()].into())
            }
            None => caller.token.accounts.clone(),
        };
        let accepted = Accepted::read(Some(FORMS));
        let question = Question { text: query, base: BASE.to_owned(), dataset: None, accepted };
        let answer = self.endpoint.pool.ask(&accounts, caller.sight(), question).await?;
        let text = String::from_utf8(answer.bytes).map_err(|error| ApiError::Internal(error.to_string()))?;
        SparqlAnswer::read(text)
    }
}

impl SparqlRunner for Pooled {
    fn run<'a>(&'a self, caller: &'a Caller, query: String, account: Option<&'a AccountSlug>) -> Running<'a> {
        Box::pin(self.answer(caller, query, account))
    }
}

/// Answers within this process, a few at a time, each with a limit of time and of bytes.
pub struct InProcess {
    app: App,
    turns: Semaphore,
}

impl InProcess {
    /// A runner over the stores of an app.
    pub fn new(app: App) -> Self {
        Self { app, turns: Semaphore::new(AT_A_TIME) }
    }

    async fn answer(
        &self,
        caller: &Caller,
        query: String,
        account: Option<&AccountSlug>,
    ) -> Result<SparqlAnswer, ApiError> {
        let accounts = match account {
            Some(account) => {
                caller.require_account(account)?;
                self.app.stores.require(account).await?;
                vec![account.clone()]
            }
            None => self.app.accounts_within(&caller.token.accounts).await?,
        };
        let graph = self.app.stores.graph.clone();
        let scope = Scope::seen(&graph, &accounts, caller.sight())?;
        let busy = || ApiError::Conflict("other queries are running: try again".to_owned());
        let turn = tokio::time::timeout(TIME, self.turns.acquire()).await.map_err(|_| busy())?;
        let _turn = turn.map_err(|_| busy())?;
        let run = tokio::task::spawn_blocking(move || {
            let mut out = Capped(Vec::new());
            match write_answer(&graph, &scope, &query, (Format::Json, &Limit::of(TIME)), &mut out) {
                Err(QueryError::Write(_)) => Err(ApiError::Invalid(format!(
                    "the answer has more than {MOST_BYTES} bytes: ask for less, such as with LIMIT"
                ))),
                written => Ok(written.map(|()| out.0)?),
            }
        });
        let text = String::from_utf8(run.await??).map_err(|error| ApiError::Internal(error.to_string()))?;
        SparqlAnswer::read(text)
    }
}

impl SparqlRunner for InProcess {
    fn run<'a>(&'a self, caller: &'a Caller, query: String, account: Option<&'a AccountSlug>) -> Running<'a> {
        Box::pin(self.answer(caller, query, account))
    }
}

/// What was written, up to a limit.
struct Capped(Vec<u8>);

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(io::Error::other("too much"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
