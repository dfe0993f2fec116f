//! People in the shape of the public contract.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountSlug, Evidence, Iri, Side};

/// A person's part in the buying decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the ontology defines them")]
pub enum BuyingRole {
    Champion,
    DecisionMaker,
    EconomicBuyer,
    Influencer,
    Blocker,
    EndUser,
    TechnicalEvaluator,
}

impl BuyingRole {
    /// Every role, in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::Champion,
        Self::DecisionMaker,
        Self::EconomicBuyer,
        Self::Influencer,
        Self::Blocker,
        Self::EndUser,
        Self::TechnicalEvaluator,
    ];

    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Champion => "champion",
            Self::DecisionMaker => "decision_maker",
            Self::EconomicBuyer => "economic_buyer",
            Self::Influencer => "influencer",
            Self::Blocker => "blocker",
            Self::EndUser => "end_user",
            Self::TechnicalEvaluator => "technical_evaluator",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// Whether a person is still heard. `Silent` is judged at the time of asking and never stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the contract defines them")]
pub enum PersonStatus {
    #[default]
    Active,
    Silent,
    Departed,
}

impl PersonStatus {
    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Silent => "silent",
            Self::Departed => "departed",
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Silent, Self::Departed].into_iter().find(|status| status.as_str() == name)
    }
}

/// How a person wants to be worked with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preference {
    /// `channel`, `time` or `style`.
    pub category: String,
    /// What they want, in a few words.
    pub value: String,
    /// Where they say so.
    pub evidence: Vec<Evidence>,
}

/// A person as the contract shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stakeholder {
    /// IRI, minted from account and the first certain key.
    pub id: Iri,
    /// The account.
    pub account: AccountSlug,
    /// Best known spelling of the name.
    pub name: String,
    /// Mail addresses, most used first.
    pub addresses: Vec<String>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Which side; `None` when not known.
    pub side: Option<Side>,
    /// Job title.
    pub title: Option<String>,
    /// Organisation.
    pub organization: Option<String>,
    /// Part in the buying decision; `None` without evidence.
    pub buying_role: Option<BuyingRole>,
    /// 0..1.
    pub influence: f32,
    /// How they want to be worked with.
    pub preferences: Vec<Preference>,
    /// -1..1 toward us; `None` where nothing can be said.
    pub sentiment: Option<f32>,
    /// First time they took part or were named.
    pub first_seen: Timestamp,
    /// Last time they themselves said something; else the last time they were named.
    pub last_seen: Timestamp,
    /// Number of interactions they took part in.
    pub interactions: u32,
    /// Whether they are still heard.
    pub status: PersonStatus,
    /// Median days between two things they said; `None` with fewer than three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm_days: Option<f32>,
    /// Where title, role and presence were read.
    pub evidence: Vec<Evidence>,
}

/// Silence shorter than this is nobody's silence, in days.
const SHORTEST_SILENCE_DAYS: f32 = 21.0;
/// Silence is this many times the person's own rhythm.
const SILENCE_FACTOR: f32 = 4.0;

impl Stakeholder {
    /// The person as they stand at `now`: silent when unheard for four times their own rhythm and at least three weeks.
    #[must_use]
    pub fn judged_at(mut self, now: Timestamp) -> Self {
        let Some(rhythm) = self.rhythm_days else { return self };
        let quiet_days = now.duration_since(self.last_seen).as_hours() as f32 / 24.0;
        if self.status == PersonStatus::Active && quiet_days > (rhythm * SILENCE_FACTOR).max(SHORTEST_SILENCE_DAYS) {
            self.status = PersonStatus::Silent;
        }
        self
    }
}
