//! What is told to others: the closed list of event names, who may be told, and events before and after they are kept.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AccountScope, AccountSlug, ChangeKind, Sight};

/// The name of an event, as webhooks and streams have it: those of changes, and what happens to documents and loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[allow(missing_docs, reason = "the contract defines them")]
pub enum EventName {
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
    #[serde(rename = "handoff.draft_ready")]
    HandoffDraftReady,
    #[serde(rename = "handoff.delivered")]
    HandoffDelivered,
    #[serde(rename = "handoff.accepted")]
    HandoffAccepted,
    #[serde(rename = "handoff.rejected")]
    HandoffRejected,
    #[serde(rename = "handoff.updated")]
    HandoffUpdated,
    #[serde(rename = "document.ready")]
    DocumentReady,
    #[serde(rename = "ingest.completed")]
    IngestCompleted,
    #[serde(rename = "ingest.failed")]
    IngestFailed,
}

impl EventName {
    /// Every name.
    pub const ALL: [Self; 22] = [
        Self::StakeholderNew,
        Self::StakeholderDeparted,
        Self::StakeholderSilent,
        Self::StakeholderRoleChanged,
        Self::SentimentShifted,
        Self::UsageChanged,
        Self::CommitmentNew,
        Self::CommitmentFulfilled,
        Self::CommitmentOverdue,
        Self::RiskNew,
        Self::RiskResolved,
        Self::ObjectiveChanged,
        Self::FactConflict,
        Self::OwnerChanged,
        Self::HandoffDraftReady,
        Self::HandoffDelivered,
        Self::HandoffAccepted,
        Self::HandoffRejected,
        Self::HandoffUpdated,
        Self::DocumentReady,
        Self::IngestCompleted,
        Self::IngestFailed,
    ];

    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StakeholderNew => "stakeholder.new",
            Self::StakeholderDeparted => "stakeholder.departed",
            Self::StakeholderSilent => "stakeholder.silent",
            Self::StakeholderRoleChanged => "stakeholder.role_changed",
            Self::SentimentShifted => "sentiment.shifted",
            Self::UsageChanged => "usage.changed",
            Self::CommitmentNew => "commitment.new",
            Self::CommitmentFulfilled => "commitment.fulfilled",
            Self::CommitmentOverdue => "commitment.overdue",
            Self::RiskNew => "risk.new",
            Self::RiskResolved => "risk.resolved",
            Self::ObjectiveChanged => "objective.changed",
            Self::FactConflict => "fact.conflict",
            Self::OwnerChanged => "owner.changed",
            Self::HandoffDraftReady => "handoff.draft_ready",
            Self::HandoffDelivered => "handoff.delivered",
            Self::HandoffAccepted => "handoff.accepted",
            Self::HandoffRejected => "handoff.rejected",
            Self::HandoffUpdated => "handoff.updated",
            Self::DocumentReady => "document.ready",
            Self::IngestCompleted => "ingest.completed",
            Self::IngestFailed => "ingest.failed",
        }
    }

    /// The event of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == name)
    }
}

impl From<ChangeKind> for EventName {
    fn from(kind: ChangeKind) -> Self {
        match kind {
            ChangeKind::StakeholderNew => Self::StakeholderNew,
            ChangeKind::StakeholderDeparted => Self::StakeholderDeparted,
            ChangeKind::StakeholderSilent => Self::StakeholderSilent,
            ChangeKind::StakeholderRoleChanged => Self::StakeholderRoleChanged,
            ChangeKind::SentimentShifted => Self::SentimentShifted,
            ChangeKind::UsageChanged => Self::UsageChanged,
            ChangeKind::CommitmentNew => Self::CommitmentNew,
            ChangeKind::CommitmentFulfilled => Self::CommitmentFulfilled,
            ChangeKind::CommitmentOverdue => Self::CommitmentOverdue,
            ChangeKind::RiskNew => Self::RiskNew,
            ChangeKind::RiskResolved => Self::RiskResolved,
            ChangeKind::ObjectiveChanged => Self::ObjectiveChanged,
            ChangeKind::FactConflict => Self::FactConflict,
            ChangeKind::OwnerChanged => Self::OwnerChanged,
        }
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who is told of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Whoever sees the account.
    All,
    /// Those alone who see everything.
    Full,
    /// Those alone who see what is shared: it says otherwise, or says less, than what the others are told.
    Shared,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 3] = [Self::All, Self::Full, Self::Shared];

    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Full => "full",
            Self::Shared => "shared",
        }
    }

    /// The audience of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.as_str() == name)
    }

    /// Those who see so much, and nobody else.
    pub fn of(sight: Sight) -> Self {
        match sight {
            Sight::Full => Self::Full,
            Sight::Shared => Self::Shared,
        }
    }

    /// Says whether somebody who sees so much is told.
    pub fn holds(self, sight: Sight) -> bool {
        self == Self::All || self == Self::of(sight)
    }
}

/// The events that a listener asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Option<BTreeSet<EventName>>", from = "Option<BTreeSet<EventName>>")]
pub enum EventChoice {
    /// All, those to come included.
    All,
    /// These alone.
    Only(BTreeSet<EventName>),
}

impl From<Option<BTreeSet<EventName>>> for EventChoice {
    fn from(names: Option<BTreeSet<EventName>>) -> Self {
        names.map_or(Self::All, Self::Only)
    }
}

impl From<EventChoice> for Option<BTreeSet<EventName>> {
    fn from(choice: EventChoice) -> Self {
        match choice {
            EventChoice::All => None,
            EventChoice::Only(names) => Some(names),
        }
    }
}

/// Which events a listener is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFilter {
    /// Of these accounts.
    pub accounts: AccountScope,
    /// Of these names.
    pub events: EventChoice,
    /// As somebody who sees so much.
    pub sight: Sight,
}

impl EventFilter {
    /// Says whether an event is told to the listener.
    pub fn takes(&self, account: &AccountSlug, name: EventName, audience: Audience) -> bool {
        let is_asked_for = match &self.events {
            EventChoice::All => true,
            EventChoice::Only(names) => names.contains(&name),
        };
        is_asked_for && audience.holds(self.sight) && self.accounts.holds(account)
    }
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// The account that it is about.
    pub account: AccountSlug,
    /// Its name.
    pub name: EventName,
    /// When it happened.
    pub at: Timestamp,
    /// Who is told.
    pub audience: Audience,
    /// What is told of it.
    pub data: Value,
}

/// What is sent of an event, after the Standard Webhooks specification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EventPayload {
    /// Name of the event.
    #[serde(rename = "type")]
    pub name: EventName,
    /// When it happened.
    pub timestamp: Timestamp,
    /// What is told: of a change the change, of a handoff where it stands.
    pub data: Value,
}

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EventRecord {
    /// Its number: later events have larger ones.
    pub row: i64,
    /// The account that it is about.
    pub account: AccountSlug,
    /// Who is told.
    pub audience: Audience,
    /// When it was kept.
    pub told_at: Timestamp,
    /// What is sent.
    #[serde(flatten)]
    pub payload: EventPayload,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_everywhere() {
        for name in EventName::ALL {
            assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
            assert_eq!(EventName::from_name(name.as_str()), Some(name));
        }
        let kind: ChangeKind = serde_json::from_value("risk.new".into()).unwrap();
        assert_eq!(EventName::from(kind).as_str(), "risk.new");
        assert_eq!(EventName::from_name("risk.old"), None);
    }

    #[test]
    fn each_sight_is_told_its_own() {
        let check = |audience: Audience, expected: [bool; 2]| {
            assert_eq!([Sight::Full, Sight::Shared].map(|sight| audience.holds(sight)), expected, "{audience:?}");
        };
        check(Audience::All, [true, true]);
        check(Audience::Full, [true, false]);
        check(Audience::Shared, [false, true]);
    }
}
