//! `sparql_query`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::access::{Caller, Permission};
use crate::api::ApiError;
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, SparqlAnswer, arguments};

/// Which query.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SparqlQuery {
    /// A SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE. The vocabulary is in the resource `baton://ontology`.
    query: String,
    /// Key of the account to ask about; all that the caller may see when not given.
    #[serde(default)]
    account: Option<String>,
}

impl Ask for SparqlQuery {
    const ABOUT: About = About {
        name: "sparql_query",
        title: "Ask the graph",
        description: "Answers a SPARQL query over the graph of an account, or of all accounts that the caller may see. \
                      It only reads, for a few seconds at most. Use it where no other tool answers; \
                      `baton://queries/…` has examples.",
        effect: Effect::ReadsWords,
        permissions: &[Permission::Read],
    };
    type Answer = SparqlAnswer;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let account = self.account.map(|key| arguments::account(&key)).transpose()?;
        let answer = mcp.sparql.run(caller, self.query, account.as_ref()).await?;
        let text = match (&answer.turtle, answer.boolean) {
            (Some(_), _) => "The graph is in `turtle`.".to_owned(),
            (None, Some(yes)) => format!("{yes}."),
            (None, None) => format!("Rows: {}.", answer.rows()),
        };
        Ok(Told { answer, text })
    }
}
