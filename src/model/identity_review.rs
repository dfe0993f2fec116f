//! What people decided about who is who. It outranks likeness and certain keys alike, for ever.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a person is known by: `mailto:priya@northwind.example`, `hubspot:contact:101`, `slack:U02`, or, of somebody
/// without any of these, `name:nair priya`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct PersonKey(String);

impl PersonKey {
    /// Wraps a key as it stands in the graph.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a key that is one.
    pub fn address(&self) -> Option<&str> {
        self.0.strip_prefix("mailto:")
    }

    /// The folded name of a key that is one.
    pub fn name(&self) -> Option<&str> {
        self.0.strip_prefix("name:")
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was decided about two keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are one person's.
    Same,
    /// They belong to two people.
    Different,
}

impl Verdict {
    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
        }
    }

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Same, Self::Different].into_iter().find(|verdict| verdict.as_str() == name)
    }
}

/// A decision about two keys. The latest about a pair holds, so that each can be taken back by its opposite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct IdentityReview {
    /// One key.
    pub a: PersonKey,
    /// The other.
    pub b: PersonKey,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
