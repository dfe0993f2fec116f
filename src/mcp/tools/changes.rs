//! `get_changes_since`.

use std::sync::Arc;

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;

use super::counted;
use crate::access::{Caller, Permission};
use crate::api::{self, ApiError, Page};
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, arguments, schema};
use crate::model::Change;

/// Which changes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetChangesSince {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// From: a date (2026-01-01, its start) or a time.
    since: String,
    /// Until: a date (its end) or a time; now when not given.
    #[serde(default)]
    until: Option<String>,
    /// Changes of the page, 1 to 500; 50 when not given.
    #[serde(default)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[serde(default)]
    cursor: Option<String>,
}

impl Ask for GetChangesSince {
    const ABOUT: About = About {
        name: "get_changes_since",
        title: "What changed",
        description: "Lists what changed in an account since a day, earliest first: new, silent and departed people, \
                      mood, usage, promises made, kept and missed, risks that came and went, contradictions.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = Page<Change>;

    fn described() -> Arc<JsonObject> {
        schema::page_of::<Change>()
    }

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let account = arguments::account(&self.account)?;
        let since = arguments::start("since", Some(&self.since))?;
        let since = since.ok_or_else(|| ApiError::Invalid("since is needed".to_owned()))?;
        let times = (since, arguments::end("until", self.until.as_ref())?);
        let page = arguments::page(self.limit, self.cursor);
        let answer = api::changes_page(&mcp.app, caller, (&account, None), times, &page).await?;
        let text = counted(answer.data.len(), "Changes", answer.next.as_ref());
        Ok(Told { answer, text })
    }
}
