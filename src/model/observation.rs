//! What was measured of a person on a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Iri;

/// What is measured of a person in the network of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share of the attention, 0..1; the shares of all people sum to one.
    #[serde(rename = "pagerank")]
    PageRank,
    /// Share of the shortest chains between others that pass through them, 0..1.
    Betweenness,
    /// Contact with people who are in contact themselves, 0..1; the squares of all people sum to one.
    Eigenvector,
    /// Number of their community on that day, the largest is 0.
    Community,
    /// One where the network falls apart without them, else zero.
    Articulation,
    /// Number of people they are in contact with.
    Degree,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 6] =
        [Self::PageRank, Self::Betweenness, Self::Eigenvector, Self::Community, Self::Articulation, Self::Degree];

    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PageRank => "pagerank",
            Self::Betweenness => "betweenness",
            Self::Eigenvector => "eigenvector",
            Self::Community => "community",
            Self::Articulation => "articulation",
            Self::Degree => "degree",
        }
    }

    /// The measure of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.as_str() == name)
    }
}

/// What was measured of a person on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Observation {
    /// The person.
    pub subject: Iri,
    /// What was measured.
    pub measure: Measure,
    /// The day at whose end it holds, UTC.
    pub day: Date,
    /// What came out.
    pub value: f64,
}
