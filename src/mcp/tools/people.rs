//! `list_stakeholders` and `get_relationship_map`.

use std::sync::Arc;

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;

use super::counted;
use crate::access::{Caller, Permission};
use crate::api::{self, ApiError, Page};
use crate::map::RelationshipMap;
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, arguments, schema};
use crate::model::Stakeholder;

/// Whose people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListStakeholders {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// Answer as if today were this time: a date (2026-01-31) or a time.
    #[serde(default)]
    as_of: Option<String>,
    /// People of the page, 1 to 500; 50 when not given.
    #[serde(default)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[serde(default)]
    cursor: Option<String>,
}

impl Ask for ListStakeholders {
    const ABOUT: About = About {
        name: "list_stakeholders",
        title: "People of an account",
        description: "Lists the people of an account on both sides, most influential first: title, part in the buying \
                      decision, influence, mood toward us, how they like to be approached, whether they are active, \
                      silent or gone.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = Page<Stakeholder>;

    fn described() -> Arc<JsonObject> {
        schema::page_of::<Stakeholder>()
    }

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let (account, when) = (arguments::account(&self.account)?, arguments::when(self.as_of.as_ref())?);
        let page = arguments::page(self.limit, self.cursor);
        let answer = api::stakeholders(&mcp.app, caller, &account, when, &page).await?;
        let text = counted(answer.data.len(), "People", answer.next.as_ref());
        Ok(Told { answer, text })
    }
}

/// Which map.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetRelationshipMap {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// Answer as if today were this time: a date (2026-01-31) or a time.
    #[serde(default)]
    as_of: Option<String>,
    /// Also say what is different from the map of this time.
    #[serde(default)]
    since: Option<String>,
    /// Also say by which path we reach this person: a name or an address.
    #[serde(default)]
    path_to: Option<String>,
}

impl Ask for GetRelationshipMap {
    const ABOUT: About = About {
        name: "get_relationship_map",
        title: "Who knows whom",
        description: "Shows who of us is in touch with whom of the customer and how strongly, who is central, where \
                      the account hangs on one contact, and who could introduce whom.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = RelationshipMap;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let (account, when) = (arguments::account(&self.account)?, arguments::when(self.as_of.as_ref())?);
        let since = arguments::end("since", self.since.as_ref())?;
        let answer = api::map(&mcp.app, caller, &account, (when, since), self.path_to).await?;
        let text = format!("People: {}, ties: {}.", answer.nodes.len(), answer.edges.len());
        Ok(Told { answer, text })
    }
}
