//! What the requests under `/v1/handoffs/{handoff}/` say, and what they are answered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{BuyingRole, FactKind, Polarity, Process, Role, Usefulness};
use crate::review::Decided;

/// In which part the caller acts: a reviewer in their own, others as they say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    /// The part; for who may do everything, `admin` when not given.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// Lines to approve.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Approval {
    /// The lines, `section/number` or fact; without any, all that nobody has decided about, or the version that waits
    /// after a meeting.
    #[serde(default)]
    pub(super) lines: Vec<String>,
    /// Let this hold though somebody else has decided since the document was made.
    #[serde(default)]
    pub(super) over: bool,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// New values of a line.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionOf {
    /// The line: `section/number` or fact.
    pub(super) line: String,
    /// What it says.
    #[serde(default)]
    pub(super) statement: Option<String>,
    /// Who owes it, or whom it belongs to: a name or an address.
    #[serde(default)]
    pub(super) owner: Option<String>,
    /// When it is due: a day (2026-03-01) or words.
    #[serde(default)]
    pub(super) due: Option<String>,
    /// Of a person: the name.
    #[serde(default)]
    pub(super) name: Option<String>,
    /// Of a person: the job title.
    #[serde(default)]
    pub(super) title: Option<String>,
    /// Of a person: the part in the buying decision.
    #[serde(default)]
    pub(super) buying_role: Option<BuyingRole>,
    /// Let this hold though somebody else has decided since the document was made.
    #[serde(default)]
    pub(super) over: bool,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// Lines that are wrong.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RejectedLines {
    /// The lines: `section/number` or fact.
    #[schema(min_items = 1)]
    pub(super) lines: Vec<String>,
    /// Why.
    pub(super) reason: String,
    /// Let this hold though somebody else has decided since the document was made.
    #[serde(default)]
    pub(super) over: bool,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// A line that no source says.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddedLine {
    /// What sort of fact it is.
    pub(super) kind: FactKind,
    /// The section that it belongs to.
    #[serde(default)]
    pub(super) section: Option<String>,
    /// Category within the kind.
    #[serde(default)]
    pub(super) category: Option<String>,
    /// What it says.
    pub(super) statement: String,
    /// Whether it says that something is so, or explicitly not.
    #[serde(default)]
    pub(super) polarity: Polarity,
    /// Who owes it, or whom it belongs to.
    #[serde(default)]
    pub(super) owner: Option<String>,
    /// When it is due: a day or words.
    #[serde(default)]
    pub(super) due: Option<String>,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// To whom a document goes.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Delivery {
    /// Who takes over.
    #[serde(default)]
    pub(super) to: Option<String>,
    /// When the meeting is.
    #[serde(default)]
    pub(super) meeting_at: Option<Timestamp>,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// A question about a document.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The question.
    pub(super) text: String,
    /// The section or line that it is about.
    #[serde(default)]
    pub(super) about: Option<String>,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// A question that was asked.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Numbered {
    /// Its number.
    pub(super) question: u32,
    /// The question, or the answer to it.
    pub(super) text: String,
}

/// An answer to a question.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reply {
    /// Number of the question.
    pub(super) question: u32,
    /// The answer.
    pub(super) text: String,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// Why a document is sent back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SentBack {
    /// As a code: `incomplete`, `wrong_facts`, `outdated`, `wrong_receiver`, or one of your own.
    pub(super) code: String,
    /// In words.
    #[serde(default)]
    pub(super) reason: Option<String>,
    /// In which part.
    #[serde(default)]
    pub(super) part: Option<Role>,
}

/// What a reader says of a document; one of the three.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(tag = "feedback", rename_all = "snake_case")]
pub(super) enum FeedbackOf {
    /// How good it is as a whole.
    Rating {
        /// 1 (useless) to 5 (all I needed).
        #[schema(minimum = 1, maximum = 5)]
        stars: u8,
        /// In words.
        #[serde(default)]
        comment: Option<String>,
    },
    /// How good a line is; it changes no fact.
    Line {
        /// The line: `section/number` or fact.
        line: String,
        /// How good.
        usefulness: Usefulness,
    },
    /// What is missing.
    Missing {
        /// What.
        text: String,
        /// In which section.
        #[serde(default)]
        section: Option<String>,
    },
}

/// What approving came to: lines that were decided about, or the handoff with the version that waited.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub(super) enum Approved {
    /// Lines.
    Lines(Vec<Decided>),
    /// The version that waited holds.
    Handoff(Box<Process>),
}
