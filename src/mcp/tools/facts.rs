//! `list_commitments` and `list_risks`.

use std::sync::Arc;

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;

use super::counted;
use crate::access::{Caller, Permission};
use crate::api::{self, ApiError, FactFilter, Page};
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, arguments, schema};
use crate::model::{Fact, FactKind, FactStatus};

/// Where a promise stands.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum CommitmentStatus {
    Open,
    Fulfilled,
    Overdue,
    Withdrawn,
    Superseded,
}

/// Where a risk stands.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RiskStatus {
    Current,
    Resolved,
    Superseded,
}

impl From<CommitmentStatus> for FactStatus {
    fn from(status: CommitmentStatus) -> Self {
        match status {
            CommitmentStatus::Open => Self::Open,
            CommitmentStatus::Fulfilled => Self::Fulfilled,
            CommitmentStatus::Overdue => Self::Overdue,
            CommitmentStatus::Withdrawn => Self::Withdrawn,
            CommitmentStatus::Superseded => Self::Superseded,
        }
    }
}

impl From<RiskStatus> for FactStatus {
    fn from(status: RiskStatus) -> Self {
        match status {
            RiskStatus::Current => Self::Current,
            RiskStatus::Resolved => Self::Resolved,
            RiskStatus::Superseded => Self::Superseded,
        }
    }
}

/// Which promises.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListCommitments {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// Only those that stand so.
    #[serde(default)]
    status: Option<CommitmentStatus>,
    /// Only what this person owes, is owed or said: a name or an address.
    #[serde(default)]
    person: Option<String>,
    /// Answer as if today were this time: a date (2026-01-31) or a time.
    #[serde(default)]
    as_of: Option<String>,
    /// Promises of the page, 1 to 500; 50 when not given.
    #[serde(default)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[serde(default)]
    cursor: Option<String>,
}

/// Which risks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListRisks {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// Only those that stand so.
    #[serde(default)]
    status: Option<RiskStatus>,
    /// Only what this person said: a name or an address.
    #[serde(default)]
    person: Option<String>,
    /// Answer as if today were this time: a date (2026-01-31) or a time.
    #[serde(default)]
    as_of: Option<String>,
    /// Risks of the page, 1 to 500; 50 when not given.
    #[serde(default)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[serde(default)]
    cursor: Option<String>,
}

impl Ask for ListCommitments {
    const ABOUT: About = About {
        name: "list_commitments",
        title: "Promises of both sides",
        description: "Lists what was promised in an account, by time: who owes what to whom, when it is due, whether \
                      it was kept, and the exact words behind it. An empty `owner` means that it is not certain who \
                      promised: do not guess.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = Page<Fact>;

    fn described() -> Arc<JsonObject> {
        schema::page_of::<Fact>()
    }

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let asked = Asked { account: self.account, as_of: self.as_of, limit: self.limit, cursor: self.cursor };
        let filter = FactFilter { status: self.status.map(Into::into), person: self.person, ..FactFilter::default() };
        asked.list(mcp, caller, (FactKind::Commitment, "Promises"), &filter).await
    }
}

impl Ask for ListRisks {
    const ABOUT: About = About {
        name: "list_risks",
        title: "Risks of an account",
        description: "Lists the risks of an account (competition, budget, timeline, churn, technology, relationship, \
                      adoption, law), by time, with the exact words behind each.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = Page<Fact>;

    fn described() -> Arc<JsonObject> {
        schema::page_of::<Fact>()
    }

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let asked = Asked { account: self.account, as_of: self.as_of, limit: self.limit, cursor: self.cursor };
        let filter = FactFilter { status: self.status.map(Into::into), person: self.person, ..FactFilter::default() };
        asked.list(mcp, caller, (FactKind::Risk, "Risks"), &filter).await
    }
}

/// What every list of facts is asked.
struct Asked {
    account: String,
    as_of: Option<String>,
    limit: Option<u32>,
    cursor: Option<String>,
}

impl Asked {
    async fn list(
        self,
        mcp: &Mcp,
        caller: &Caller,
        (kind, what): (FactKind, &str),
        filter: &FactFilter,
    ) -> Result<Told<Page<Fact>>, ApiError> {
        let (account, when) = (arguments::account(&self.account)?, arguments::when(self.as_of.as_ref())?);
        let page = arguments::page(self.limit, self.cursor);
        let answer = api::facts(&mcp.app, caller, (&account, Some(kind)), (filter, when), &page).await?;
        let text = counted(answer.data.len(), what, answer.next.as_ref());
        Ok(Told { answer, text })
    }
}
