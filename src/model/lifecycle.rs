//! The life of a handoff document: where it stands, who does what with it, and what happened so far.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountSlug, Decision, FactPlace, InteractionKind, Iri, PersonReview};

/// Where a handoff stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandoffState {
    /// Made; nobody has looked at it.
    Draft,
    /// The outgoing owner goes through it.
    InReview,
    /// The receiver has it.
    Delivered,
    /// The receiver took it over.
    Accepted,
    /// The receiver sent it back.
    Rejected,
    /// What the meeting said is in it.
    UpdatedAfterMeeting,
    /// It is over.
    Archived,
}

impl HandoffState {
    /// Every state, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::InReview,
        Self::Delivered,
        Self::Accepted,
        Self::Rejected,
        Self::UpdatedAfterMeeting,
        Self::Archived,
    ];

    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Delivered => "delivered",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::UpdatedAfterMeeting => "updated_after_meeting",
            Self::Archived => "archived",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Says whether somebody still has to do something before the receiver has taken over: until then no second
    /// handoff of the same account and type begins.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::InReview | Self::Delivered | Self::Rejected => true,
            Self::Accepted | Self::UpdatedAfterMeeting | Self::Archived => false,
        }
    }
}

impl fmt::Display for HandoffState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// In which part somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Hands over.
    Outgoing,
    /// Takes over.
    Incoming,
    /// Runs Baton: may do everything.
    Admin,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outgoing => "outgoing",
            Self::Incoming => "incoming",
            Self::Admin => "admin",
        })
    }
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Actor {
    /// Their name.
    pub by: String,
    /// In which part.
    pub role: Role,
}

/// What started a handoff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "trigger", rename_all = "snake_case")]
pub enum Trigger {
    /// Somebody asked for it.
    ByHand,
    /// A deal was won.
    DealClosed {
        /// The deal, by its title.
        deal: String,
    },
    /// The account entered another phase.
    PhaseDone {
        /// The phase that it entered.
        phase: String,
    },
    /// The account has another owner.
    OwnerChanged {
        /// The new one.
        owner: String,
    },
    /// The renewal is near.
    RenewalWindow {
        /// Its day.
        date: jiff::civil::Date,
    },
}

/// A handoff in its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Process {
    /// Its number in the archive.
    #[serde(skip)]
    pub row: i64,
    /// The account.
    pub account: AccountSlug,
    /// Name of the type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it stands.
    pub state: HandoffState,
    /// The document that holds.
    pub document: Iri,
    /// A document that waits for approval after a meeting.
    pub proposal: Option<Iri>,
    /// What started it.
    #[serde(flatten)]
    pub trigger: Trigger,
    /// When it was started.
    pub opened_at: Timestamp,
    /// When the handoff meeting is, where that is known.
    pub meeting_at: Option<Timestamp>,
    /// Who hands over, where that is known.
    pub outgoing: Option<String>,
    /// Who takes over, where that is known.
    pub incoming: Option<String>,
}

/// A line of a document, as events name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LineRef {
    /// The section.
    pub section: String,
    /// The fact behind it, where there is one.
    pub fact: Option<Iri>,
    /// The rule that found the fact.
    pub rule: Option<String>,
    /// The kind of source it was found in.
    pub source: Option<InteractionKind>,
}

/// How useful a reader found a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Usefulness {
    Useful,
    Wrong,
}

/// What somebody decided about a line, without the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum LineVerdict {
    Accepted,
    Corrected,
    Rejected,
    Added,
}

/// What somebody would have a line say. It changes nothing: a reviewer decides about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Proposal {
    /// What it should say.
    pub statement: Option<String>,
    /// Who owes it, or whom it belongs to.
    pub owner: Option<String>,
    /// When it is due: a day or words.
    pub due: Option<String>,
    /// Why.
    pub reason: String,
}

/// Something that happened to a handoff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It was started.
    Opened,
    /// A second trigger came while it was open.
    TriggeredAgain {
        /// Which.
        #[serde(flatten)]
        trigger: Trigger,
    },
    /// The time of its meeting was found in the calendar.
    MeetingFound,
    /// Another version of the document took the place of the one before.
    Remade {
        /// The version before.
        before: Iri,
    },
    /// Somebody decided about a line.
    Decided {
        /// What.
        verdict: LineVerdict,
        /// The line.
        line: LineRef,
    },
    /// Somebody went through the document and left nothing undecided.
    Reviewed,
    /// Somebody decided about a line that another had decided about meanwhile: kept beside it, not applied.
    Held {
        /// The place of the fact.
        place: FactPlace,
        /// What would have been decided.
        decision: Decision,
    },
    /// The same of a decision about a person.
    HeldPerson {
        /// What would have been decided.
        review: PersonReview,
    },
    /// It was handed to the receiver.
    Delivered,
    /// The receiver asked.
    Asked {
        /// Number of the question, from 1.
        question: u32,
        /// Its words.
        text: String,
        /// The section or fact that it is about.
        about: Option<String>,
    },
    /// Somebody answered.
    Answered {
        /// The question.
        question: u32,
        /// The words.
        text: String,
    },
    /// The receiver took over.
    Accepted,
    /// The receiver sent it back.
    SentBack {
        /// Why, as a code.
        code: String,
        /// Why, in words.
        reason: Option<String>,
    },
    /// The meeting took place, and a new version waits for approval.
    Met {
        /// Name of the file of the transcript.
        transcript: String,
        /// The version that waits.
        proposal: Iri,
    },
    /// The version that waited took the place of the one before.
    Updated,
    /// It is over.
    Archived,
    /// Somebody rated the document.
    Rated {
        /// 1 (useless) to 5 (all I needed).
        stars: u8,
        /// In words.
        comment: Option<String>,
    },
    /// A reader found a line useful or wrong.
    Marked {
        /// How they found it.
        usefulness: Usefulness,
        /// The line.
        line: LineRef,
    },
    /// Somebody proposed another wording of a line; a reviewer decides.
    Proposed {
        /// The line, as its document names it.
        name: String,
        /// The line.
        line: LineRef,
        /// What it should say.
        #[serde(flatten)]
        proposal: Proposal,
    },
    /// A reader missed something.
    Missed {
        /// What.
        text: String,
        /// In which section.
        section: Option<String>,
    },
}

/// Something that happened, with who and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// Who.
    #[serde(flatten)]
    pub actor: Actor,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}
