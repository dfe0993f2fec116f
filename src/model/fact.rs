//! Facts in the shape of the public contract.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize, Serializer};

use super::{AccountSlug, FactPlace, InteractionKind, Iri, Side, Span};

/// What sort of thing a fact states. See `ontology/baton.ttl`, which declares the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the ontology defines them")]
pub enum FactKind {
    Commitment,
    Request,
    Risk,
    Objective,
    Metric,
    PainPoint,
    Requirement,
    Decision,
    Preference,
    SensitiveTopic,
    BuyingMotivation,
    OpenIssue,
    Customization,
    ExpansionSignal,
}

impl FactKind {
    /// Every kind, in the order of the contract.
    pub const ALL: [Self; 14] = [
        Self::Commitment,
        Self::Request,
        Self::Risk,
        Self::Objective,
        Self::Metric,
        Self::PainPoint,
        Self::Requirement,
        Self::Decision,
        Self::Preference,
        Self::SensitiveTopic,
        Self::BuyingMotivation,
        Self::OpenIssue,
        Self::Customization,
        Self::ExpansionSignal,
    ];

    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commitment => "commitment",
            Self::Request => "request",
            Self::Risk => "risk",
            Self::Objective => "objective",
            Self::Metric => "metric",
            Self::PainPoint => "pain_point",
            Self::Requirement => "requirement",
            Self::Decision => "decision",
            Self::Preference => "preference",
            Self::SensitiveTopic => "sensitive_topic",
            Self::BuyingMotivation => "buying_motivation",
            Self::OpenIssue => "open_issue",
            Self::Customization => "customization",
            Self::ExpansionSignal => "expansion_signal",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Says whether facts of this kind are owed by somebody and can be fulfilled.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Commitment | Self::Request)
    }
}

/// A person or side that owes, is owed, or spoke.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Party {
    /// Name; `None` where only the side is known.
    pub name: Option<String>,
    /// Mail address where known.
    pub address: Option<String>,
    /// Side where known.
    pub side: Option<Side>,
}

/// Whether a fact says that something is so, or that it is explicitly not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Polarity {
    #[default]
    Affirmed,
    Negated,
}

/// Where a due date comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DueBasis {
    /// The words say it.
    #[default]
    Stated,
    /// It follows from the context.
    Inferred,
}

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Due {
    /// The day, where one follows from the words and the message's own date.
    pub date: Option<Date>,
    /// The words.
    pub phrase: String,
    /// Where it comes from.
    pub basis: DueBasis,
}

/// Where a fact stands. `Overdue` is judged at the time of asking and never stored.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the contract defines them")]
pub enum FactStatus {
    Open,
    Fulfilled,
    Overdue,
    Withdrawn,
    Superseded,
    #[default]
    Current,
    Resolved,
}

impl FactStatus {
    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Fulfilled => "fulfilled",
            Self::Overdue => "overdue",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::Current => "current",
            Self::Resolved => "resolved",
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Fulfilled, Self::Overdue, Self::Withdrawn, Self::Superseded, Self::Current, Self::Resolved]
            .into_iter()
            .find(|status| status.as_str() == name)
    }

    /// The status of what is said for the first time: what is promised or asked is open. What somebody will not do is
    /// nothing to wait for.
    pub fn at_first(kind: FactKind, polarity: Polarity) -> Self {
        match polarity {
            Polarity::Affirmed if kind.is_owed() => Self::Open,
            Polarity::Affirmed | Polarity::Negated => Self::Current,
        }
    }

    /// Says whether the fact still counts: open, overdue or current.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Overdue | Self::Current)
    }
}

/// What people have decided about a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the contract defines them")]
pub enum ReviewState {
    #[default]
    Extracted,
    Confirmed,
    Corrected,
    Rejected,
    Added,
}

impl ReviewState {
    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Extracted => "extracted",
            Self::Confirmed => "confirmed",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::Added => "added",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Extracted, Self::Confirmed, Self::Corrected, Self::Rejected, Self::Added]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// That a person rejected a fact.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Rejection {
    /// The fact that was rejected.
    pub fact: Iri,
    /// Who rejected it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// The exact words that carry a fact. It is written with its identity, [`Evidence::id`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
pub struct Evidence {
    /// Identity of the interaction.
    pub interaction: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// When it was said.
    pub at: Timestamp,
    /// Who said it; `None` when that is not certain.
    pub speaker: Option<String>,
    /// First code point of the quote in the interaction's text.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// The words, equal to the text at that span.
    pub quote: String,
}

impl Evidence {
    /// Identity of the words: the interaction's, `#`, and the span.
    pub fn id(&self) -> String {
        format!("{}#{}-{}", self.interaction, self.start, self.end)
    }
}

/// Evidence as it is written.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Evidence)]
struct WrittenEvidence<'a> {
    /// Identity of the words: the interaction's, `#`, and the span.
    id: String,
    /// Identity of the interaction.
    interaction: &'a str,
    /// Its kind.
    kind: InteractionKind,
    /// When it was said.
    at: Timestamp,
    /// Who said it; `null` when that is not certain.
    speaker: Option<&'a str>,
    /// First code point of the quote in the interaction's text.
    start: u32,
    /// One past its last code point.
    end: u32,
    /// The words, equal to the text at that span.
    quote: &'a str,
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = WrittenEvidence {
            id: self.id(),
            interaction: &self.interaction,
            kind: self.kind,
            at: self.at,
            speaker: self.speaker.as_deref(),
            start: self.start,
            end: self.end,
            quote: &self.quote,
        };
        written.serialize(serializer)
    }
}

impl utoipa::PartialSchema for Evidence {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        WrittenEvidence::schema()
    }
}

impl utoipa::ToSchema for Evidence {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        WrittenEvidence::schemas(schemas);
    }
}

/// A fact as the contract shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Fact {
    /// IRI, minted from account, kind and the place of the first evidence.
    pub id: Iri,
    /// The account.
    pub account: AccountSlug,
    /// What sort of thing it states.
    pub kind: FactKind,
    /// Category within the kind.
    pub category: Option<String>,
    /// One line that says it.
    pub statement: String,
    /// Whether it says that something is so, or explicitly not.
    pub polarity: Polarity,
    /// Who owes it or whom it belongs to; `None` when not certain.
    pub owner: Option<Party>,
    /// Who is owed.
    pub beneficiary: Option<Party>,
    /// When it is due.
    pub due: Option<Due>,
    /// Under which condition, in the words of the source.
    pub condition: Option<String>,
    /// Where it stands.
    pub status: FactStatus,
    /// 0..1: how often a finding like this is right.
    pub confidence: f32,
    /// What people have decided about it.
    pub review: ReviewState,
    /// The rejection that it comes back after, said anew: it is a suggestion until somebody confirms it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Rejection>,
    /// Since when it is so in the world.
    pub valid_from: Timestamp,
    /// Until when it was so.
    pub valid_to: Option<Timestamp>,
    /// When we learned it.
    pub recorded_at: Timestamp,
    /// When we stopped holding it.
    pub retired_at: Option<Timestamp>,
    /// The words it came from, earliest first.
    pub evidence: Vec<Evidence>,
}

impl Fact {
    /// Its place, which is that of its first evidence; `None` without any.
    pub fn place(&self) -> Option<FactPlace> {
        let first = self.evidence.first()?;
        let span = Span::new(first.start, first.end);
        Some(FactPlace { interaction: first.interaction.clone(), kind: self.kind, span })
    }

    /// Says whether it is told: nobody rejected it, and it does not come back after a rejection.
    pub fn is_told(&self) -> bool {
        self.review != ReviewState::Rejected && self.suggestion.is_none()
    }

    /// Where it stands at `now`: something open whose day has passed is overdue.
    pub fn status_at(&self, now: Timestamp) -> FactStatus {
        let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let due = self.due.as_ref().and_then(|due| due.date);
        if self.status == FactStatus::Open && due.is_some_and(|date| date < today) {
            FactStatus::Overdue
        } else {
            self.status
        }
    }

    /// The fact as it stands at `now`.
    #[must_use]
    pub fn judged_at(mut self, now: Timestamp) -> Self {
        self.status = self.status_at(now);
        self
    }
}
