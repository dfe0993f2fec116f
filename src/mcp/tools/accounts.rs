//! `find_accounts` and `get_account_brief`.

use std::sync::Arc;

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;

use super::counted;
use crate::access::{Caller, Permission};
use crate::api::{self, AccountBrief, AccountEntry, ApiError, Page};
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, arguments, schema};

/// Which accounts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FindAccounts {
    /// Part of a name, key or mail domain; every account when not given.
    #[serde(default)]
    text: Option<String>,
    /// Accounts of the page, 1 to 500; 50 when not given.
    #[serde(default)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[serde(default)]
    cursor: Option<String>,
}

impl Ask for FindAccounts {
    const ABOUT: About = About {
        name: "find_accounts",
        title: "Find accounts",
        description: "Finds accounts (customers) by part of their name, key or mail domain. The key in `account` is \
                      what the other tools take.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = Page<AccountEntry>;

    fn described() -> Arc<JsonObject> {
        schema::page_of::<AccountEntry>()
    }

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let page = arguments::page(self.limit, self.cursor);
        let answer = match self.text.filter(|text| !text.trim().is_empty()) {
            Some(text) => api::find_accounts(&mcp.app, caller, &text, &page).await?,
            None => api::accounts(&mcp.app, caller, &page).await?,
        };
        let text = counted(answer.data.len(), "Accounts", answer.next.as_ref());
        Ok(Told { answer, text })
    }
}

/// Which account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetAccountBrief {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// Answer as if today were this time: a date (2026-01-31) or a time.
    #[serde(default)]
    as_of: Option<String>,
}

impl Ask for GetAccountBrief {
    const ABOUT: About = About {
        name: "get_account_brief",
        title: "Account on one page",
        description: "Shows an account on one page: profile, the people who matter most, open promises, current risks \
                      and objectives, what changed in the last 30 days, and what nobody has said yet. Each list says \
                      how long it is; the list tools have the rest.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = AccountBrief;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let (account, when) = (arguments::account(&self.account)?, arguments::when(self.as_of.as_ref())?);
        let answer = api::brief(&mcp.app, caller, &account, when).await?;
        let text = format!(
            "{account}: people: {}, open promises: {}, risks: {}, changes in 30 days: {}, open fields: {}.",
            answer.people.total,
            answer.commitments.total,
            answer.risks.total,
            answer.changes.total,
            answer.gaps.len()
        );
        Ok(Told { answer, text })
    }
}
