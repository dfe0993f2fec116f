//! What one reading of one interaction says: the answer of `baton extract`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Findings, Span};

/// Everything an engine says of one interaction. All spans are in code points of its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Analysis {
    /// Parts of the text, in order, without overlap, covering all of it.
    pub zones: Vec<Zone>,
    /// Sentences of the new part.
    pub sentences: Vec<Sentence>,
    /// Named things in the new part.
    pub mentions: Vec<Mention>,
    /// Time expressions in the new part.
    pub times: Vec<TimeExpression>,
    /// What is kept for good: facts, people, answers, mood.
    pub findings: Findings,
    /// What the user's own annotators say, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
}

/// What an annotator of the user's own says of a part of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Annotation {
    /// Its name in `annotators.toml`.
    pub annotator: String,
    /// The model's label.
    pub label: String,
    /// Where the part stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words, equal to the text at `span`.
    pub text: String,
    /// 0..1, as the model has it.
    pub confidence: f32,
}

/// A recognised kind of automatic message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Automatic {
    Newsletter,
    AutoReply,
    Bounce,
    Notification,
    Invitation,
}

/// What a part of a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum ZoneKind {
    Greeting,
    Body,
    Closing,
    Signature,
    Quoted,
    QuoteHeader,
    Forwarded,
    Disclaimer,
    Automatic,
}

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
}

/// What a sentence does. The names are the keys of `acts` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Act {
    Commitment,
    Request,
    Decision,
}

/// What a sentence is about, `risk.budget` or `objective`: a fact kind with an optional category.
pub type Topic = String;

/// A sentence of the new part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Sentence {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Who says it; `None` when that is not certain.
    pub speaker: Option<String>,
    /// Probability of each act.
    pub acts: BTreeMap<Act, f32>,
    /// Probability of each topic.
    pub topics: BTreeMap<Topic, f32>,
    /// -1..1 toward us; `None` where nothing can be said.
    pub sentiment: Option<f32>,
}

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum MentionKind {
    Person,
    Organization,
    Title,
    Email,
    Phone,
    Money,
    Product,
}

/// A named thing in the new part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Mention {
    /// What it names.
    pub kind: MentionKind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
}

/// How exact a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Grain {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    /// Nothing exact follows ("soon", "ASAP").
    None,
}

/// A date or time expression, resolved against the message's own time and zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TimeExpression {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
    /// `2026-01-16`, `2026-01-16T15:00`, `15:00`, `2026-01-12/2026-01-18` (end exclusive), `P2W`; `None` where
    /// nothing exact follows.
    pub value: Option<String>,
    /// How exact it is.
    pub grain: Grain,
}

/// What a stretch of words is to the act of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActRole {
    /// The one who will act.
    Owner,
    /// What they do.
    Action,
    /// Until when.
    Due,
}
