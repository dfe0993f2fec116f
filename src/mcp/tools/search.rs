//! `search_facts`.

use std::sync::Arc;

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;

use super::counted;
use crate::access::{Caller, Permission};
use crate::api::{self, ApiError, FoundFact, Page, SearchRequest};
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, arguments, schema};
use crate::model::FactKind;

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchFacts {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// What is looked for, in any words.
    text: String,
    /// Only facts of this kind: `commitment`, `request`, `risk`, `objective`, `requirement`, `decision` and so on.
    #[serde(default)]
    kind: Option<String>,
    /// Answer as if today were this time: a date (2026-01-31) or a time.
    #[serde(default)]
    as_of: Option<String>,
    /// At most so many facts, 1 to 500; 20 when not given.
    #[serde(default)]
    limit: Option<u32>,
}

impl Ask for SearchFacts {
    const ABOUT: About = About {
        name: "search_facts",
        title: "Facts that match",
        description: "Finds facts of an account by words and, where the service has a model for it, by meaning, best \
                      first, with the exact words behind each. `matched` says what of a fact matched.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = Page<FoundFact>;

    fn described() -> Arc<JsonObject> {
        schema::page_of::<FoundFact>()
    }

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let (account, when) = (arguments::account(&self.account)?, arguments::when(self.as_of.as_ref())?);
        let named = |name: String| {
            FactKind::from_name(&name).ok_or_else(|| ApiError::Invalid(format!("kind: there is no kind {name}")))
        };
        let kind = self.kind.map(named).transpose()?;
        let request = SearchRequest { q: self.text, kind, limit: self.limit };
        let answer = api::search(&mcp.app, caller, &account, (request, when)).await?;
        let text = counted(answer.data.len(), "Facts", None);
        Ok(Told { answer, text })
    }
}
