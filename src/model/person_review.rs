//! What people decided about people. It outranks what any source says of them, for ever.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{BuyingRole, PersonKey};

/// A decision of a person about a person, kept against a key that they are known by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PersonReview {
    /// Whom it is about.
    pub person: PersonKey,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// New spelling of the name; `None` leaves it as it is.
    pub name: Option<String>,
    /// New title.
    pub title: Option<String>,
    /// New part in the buying decision.
    pub role: Option<BuyingRole>,
}
