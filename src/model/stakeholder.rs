//! People in the shape of the public contract.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{AccountSlug, Evidence, Iri, PersonKey, Side};

/// A person's part in the buying decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Preference {
    /// `channel`, `time` or `style`.
    pub category: String,
    /// What they want, in a few words.
    pub value: String,
    /// Where they say so.
    pub evidence: Vec<Evidence>,
}

/// What a reading of somebody's part in the buying decision rests on, weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleBasis {
    /// A person who knows them decided so.
    Reviewed,
    /// A CRM or another directory says so.
    Directory,
    /// Somebody says so, they themselves or another.
    Said,
    /// What they do tells it.
    Behaviour,
    /// The job title tells it.
    Title,
}

impl RoleBasis {
    /// Every basis, weightiest first.
    pub const ALL: [Self; 5] = [Self::Reviewed, Self::Directory, Self::Said, Self::Behaviour, Self::Title];

    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reviewed => "reviewed",
            Self::Directory => "directory",
            Self::Said => "said",
            Self::Behaviour => "behaviour",
            Self::Title => "title",
        }
    }

    /// The basis of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.as_str() == name)
    }
}

/// One reading of a person's part in the buying decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RoleReading {
    /// Which part.
    pub role: BuyingRole,
    /// 0..1.
    pub confidence: f32,
    /// What it rests on.
    pub basis: RoleBasis,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// What a person was, somewhere, for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Membership {
    /// Job title.
    pub title: Option<String>,
    /// Organisation.
    pub organization: Option<String>,
    /// Which side that organisation is on.
    pub side: Option<Side>,
    /// First time that it is told.
    pub from: Timestamp,
    /// When something else was told in its place, or that it is over; `None` while it holds.
    pub until: Option<Timestamp>,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// A name that a person went by before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FormerName {
    /// As it was written.
    pub name: String,
    /// Last time it was used for them.
    pub until: Timestamp,
}

/// Something to be careful about with a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SensitiveTopic {
    /// What, in a few words.
    pub value: String,
    /// Where it is said.
    pub evidence: Vec<Evidence>,
}

/// The mood of what a person wrote in one month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Mood {
    /// First day of the month, UTC.
    pub month: Date,
    /// -1..1 toward us: the mean over what they wrote.
    pub value: f32,
    /// From how many interactions.
    pub interactions: u32,
}

/// The parts of a person's influence, each 0..1. What they mean and how they weigh is told in `resolve::people::influence`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct InfluenceParts {
    /// Seniority of the title.
    pub title: f32,
    /// Weight of the buying role.
    pub role: f32,
    /// How much is addressed to them.
    pub attention: f32,
    /// How often others wait for them: promises and requests that they owe, decisions they are asked for.
    pub awaited: f32,
    /// How often their word let things go on.
    pub unblocks: f32,
    /// Where they stand in the network of contact.
    pub centrality: f32,
    /// How fast others answer them.
    pub speed: f32,
}

/// A person as the contract shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
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
    /// Days without a word that are nothing to wonder at with them, see [`patience_days`]; `None` without a rhythm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_days: Option<f32>,
    /// What they are known by, the first that was met first: `mailto:…`, `hubspot:contact:…`, `slack:…`, `name:…`.
    #[serde(default)]
    pub keys: Vec<PersonKey>,
    /// Every reading of their part in the buying decision, surest first; `buying_role` is the first of them.
    #[serde(default)]
    pub buying_roles: Vec<RoleReading>,
    /// Titles, organisations and sides over time, in order.
    #[serde(default)]
    pub memberships: Vec<Membership>,
    /// Names they went by before, latest first.
    #[serde(default)]
    pub former_names: Vec<FormerName>,
    /// To whom they report.
    #[serde(default)]
    pub reports_to: Option<Iri>,
    /// Languages they write, ISO 639-1, most used first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// What to be careful about with them.
    #[serde(default)]
    pub sensitive_topics: Vec<SensitiveTopic>,
    /// Mood by month, in order.
    #[serde(default)]
    pub moods: Vec<Mood>,
    /// What `influence` is made of.
    #[serde(default)]
    pub influence_parts: InfluenceParts,
    /// Where title, role and presence were read.
    pub evidence: Vec<Evidence>,
}

/// Silence shorter than this is nobody's silence, in days.
const SHORTEST_SILENCE_DAYS: f32 = 21.0;
/// Silence is this many times the mean pause. Where pauses are as long as chance has it (exponential), one in 3,000 is
/// longer: of five people who write twice a week, one is taken for silent by chance in six years.
const SILENCE_FACTOR: f32 = 8.0;
/// Beyond these days fewer pauses will do,
const LONG_SILENCE_DAYS: f32 = 45.0;
/// namely so many.
const LONG_SILENCE_FACTOR: f32 = 4.0;

/// How many days somebody may say nothing whose mean and longest pause are known: at least as long as they ever paused,
/// but whoever was once away for months need not be so again.
pub fn patience_days(mean: f32, longest: f32) -> f32 {
    let usual = (mean * SILENCE_FACTOR).min((mean * LONG_SILENCE_FACTOR).max(LONG_SILENCE_DAYS));
    usual.max(SHORTEST_SILENCE_DAYS).max(longest.min(LONG_SILENCE_DAYS))
}

impl Stakeholder {
    /// Somebody of whom nothing is known but a name.
    pub fn named(id: Iri, account: AccountSlug, name: impl Into<String>) -> Self {
        Self {
            id,
            account,
            name: name.into(),
            addresses: Vec::new(),
            aliases: Vec::new(),
            side: None,
            title: None,
            organization: None,
            buying_role: None,
            influence: 0.0,
            preferences: Vec::new(),
            sentiment: None,
            first_seen: Timestamp::UNIX_EPOCH,
            last_seen: Timestamp::UNIX_EPOCH,
            interactions: 0,
            status: PersonStatus::Active,
            rhythm_days: None,
            pause_days: None,
            keys: Vec::new(),
            buying_roles: Vec::new(),
            memberships: Vec::new(),
            former_names: Vec::new(),
            reports_to: None,
            languages: Vec::new(),
            sensitive_topics: Vec::new(),
            moods: Vec::new(),
            influence_parts: InfluenceParts::default(),
            evidence: Vec::new(),
        }
    }

    /// Whether they are still heard at `now`: silent when unheard for longer than is usual with them.
    pub fn status_at(&self, now: Timestamp) -> PersonStatus {
        let quiet_days = now.duration_since(self.last_seen).as_hours() as f32 / 24.0;
        let is_quiet = self.longest_pause_days().is_some_and(|longest| quiet_days > longest);
        if self.status == PersonStatus::Active && is_quiet { PersonStatus::Silent } else { self.status }
    }

    /// When their silence became one, if it lasts that long; `None` without a rhythm to go by.
    pub fn silent_since(&self) -> Option<Timestamp> {
        let seconds = (f64::from(self.longest_pause_days()?) * 86_400.0) as i64;
        self.last_seen.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()
    }

    /// How many days without a word are still nothing to wonder at; `None` without a rhythm to go by.
    fn longest_pause_days(&self) -> Option<f32> {
        self.pause_days
            .or_else(|| self.rhythm_days.map(|rhythm| (rhythm * LONG_SILENCE_FACTOR).max(SHORTEST_SILENCE_DAYS)))
    }

    /// The person as they stand at `now`.
    #[must_use]
    pub fn judged_at(mut self, now: Timestamp) -> Self {
        self.status = self.status_at(now);
        self
    }
}
