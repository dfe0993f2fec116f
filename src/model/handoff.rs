//! A handoff document as data, in the shape of the public contract.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountSlug, Change, Coverage, Evidence, Iri, ReviewState};

/// A handoff document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Handoff {
    /// IRI, minted from account, type and content.
    pub id: Iri,
    /// The account.
    pub account: AccountSlug,
    /// Name of the type, for instance `sales-to-implementation`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Display name of the account.
    pub account_name: String,
    /// The time it speaks of.
    pub as_of: Timestamp,
    /// When it was made; the one field that differs on repetition.
    pub generated_at: Timestamp,
    /// The document it replaces.
    pub previous: Option<Iri>,
    /// Where it is in its life: `draft` when made.
    pub status: String,
    /// Hash of everything but `generated_at`.
    pub content_hash: String,
    /// How much of each source was read.
    pub coverage: Vec<Coverage>,
    /// How many items of the sources failed to load.
    pub rejected: u32,
    /// The sections, in order.
    pub sections: Vec<HandoffSection>,
    /// What changed since the previous document or the start of the period.
    pub changes: Vec<Change>,
}

/// A section of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HandoffSection {
    /// Name, for instance `key_stakeholders`.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Lines, most important first.
    pub items: Vec<HandoffItem>,
    /// Required fields that no source answers.
    pub gaps: Vec<Gap>,
    /// How many further items the section leaves out.
    #[serde(default)]
    pub omitted: u32,
}

/// A line of a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HandoffItem {
    /// The line, as plain text.
    pub text: String,
    /// The fact or person behind it; null for a line composed from several.
    pub fact: Option<Iri>,
    /// Group within the section, for instance `Promised by us`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// 0..1; null where the line is composed.
    pub confidence: Option<f32>,
    /// What people have decided about it.
    pub review: ReviewState,
    /// Whose word it is.
    #[serde(default)]
    pub origin: Origin,
    /// The words it came from.
    pub evidence: Vec<Evidence>,
}

/// Whose word a line is, so that a reader can tell what was seen from what was said.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It stands in records or figures, or was put together from several sources.
    #[default]
    Observed,
    /// Somebody of the customer said it.
    CustomerSaid,
    /// Somebody of our own side said it.
    VendorSaid,
    /// A person added it; no source says it.
    Added,
}

/// A required field that no source answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Gap {
    /// Which field.
    pub field: String,
    /// Who could know.
    pub ask: String,
}
