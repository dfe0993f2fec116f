//! IRIs, minted from content: the same input gives the same IRI on every machine, for ever.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AccountSlug, FactKind, Span};

/// An IRI under `urn:baton:`. Its text is shared, because a map or view names the same few thousands of times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, utoipa::ToSchema)]
#[schema(value_type = String)]
pub struct Iri(Arc<str>);

impl Iri {
    /// Wraps an IRI that was read back from the graph or given by a caller.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The IRI as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Iri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Iri {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from_text)
    }
}

impl fmt::Display for Iri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a fact stands: the identity that outlives engines and that reviews hold on to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FactPlace {
    /// Identity of the interaction.
    pub interaction: String,
    /// Kind of the fact.
    pub kind: FactKind,
    /// Where its words stand.
    pub span: Span,
}

/// The IRI of a fact: account, kind and the place of its first evidence.
pub fn mint_fact(account: &AccountSlug, place: &FactPlace) -> Iri {
    let span = format!("{}..{}", place.span.start, place.span.end);
    mint("fact", &[account.as_str(), place.kind.as_str(), &place.interaction, &span])
}

/// The IRI of a person: account and their first certain key (`mailto:…`, a CRM id) or, without one, their name.
pub fn mint_stakeholder(account: &AccountSlug, key: &str) -> Iri {
    mint("person", &[account.as_str(), key])
}

/// The IRI of an interaction.
pub fn mint_interaction(account: &AccountSlug, id: &str) -> Iri {
    mint("interaction", &[account.as_str(), id])
}

fn mint(class: &str, parts: &[&str]) -> Iri {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize().to_hex();
    Iri::from_text(format!("urn:baton:{class}:{}", &hash[..24]))
}
