//! What people decided about facts. Reviews outrank every engine, for ever.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Due, Fact, FactPlace, Party};

/// A decision of a person, kept against the place of the fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Review {
    /// Which fact, by the place of its first evidence.
    pub place: FactPlace,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub decision: Decision,
    /// The fact as it stood then: what was approved or corrected holds also when an engine finds it no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<Box<Fact>>,
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Decision {
    /// It is right as it stands.
    Confirmed,
    /// It is right with these changes; `None` leaves a field as it is.
    Corrected {
        /// New statement.
        statement: Option<String>,
        /// New owner.
        owner: Option<Party>,
        /// New due date.
        due: Option<Due>,
    },
    /// It is wrong and must not come back.
    Rejected {
        /// Why.
        reason: String,
    },
    /// A person states a fact that no text says.
    Added {
        /// The fact, whose evidence is the person and the time.
        fact: Box<Fact>,
    },
}
