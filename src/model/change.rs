//! Changes of an account between two times.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountSlug, Evidence, Iri};

/// What changed. The wire names have dots: `stakeholder.new`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[allow(missing_docs, reason = "the contract defines them")]
pub enum ChangeKind {
    #[serde(rename = "stakeholder.new")]
    StakeholderNew,
    #[serde(rename = "stakeholder.departed")]
    StakeholderDeparted,
    #[serde(rename = "stakeholder.silent")]
    StakeholderSilent,
    #[serde(rename = "stakeholder.role_changed")]
    StakeholderRoleChanged,
    #[serde(rename = "sentiment.shifted")]
    SentimentShifted,
    #[serde(rename = "usage.changed")]
    UsageChanged,
    #[serde(rename = "commitment.new")]
    CommitmentNew,
    #[serde(rename = "commitment.fulfilled")]
    CommitmentFulfilled,
    #[serde(rename = "commitment.overdue")]
    CommitmentOverdue,
    #[serde(rename = "risk.new")]
    RiskNew,
    #[serde(rename = "risk.resolved")]
    RiskResolved,
    #[serde(rename = "objective.changed")]
    ObjectiveChanged,
    #[serde(rename = "fact.conflict")]
    FactConflict,
    #[serde(rename = "owner.changed")]
    OwnerChanged,
}

/// How much a change matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Severity {
    Info,
    Warning,
    Critical,
}

/// One change, with what was and what is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// When it happened in the world.
    pub at: Timestamp,
    /// The account.
    pub account: AccountSlug,
    /// What it is about: a fact, a person, or the account's graph.
    pub subject: Iri,
    /// One line that says it.
    pub summary: String,
    /// The value before; null where there was none.
    pub before: serde_json::Value,
    /// The value after.
    pub after: serde_json::Value,
    /// How much it matters.
    pub severity: Severity,
    /// The words it came from.
    pub evidence: Vec<Evidence>,
}
