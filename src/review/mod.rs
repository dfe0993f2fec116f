//! What people do with handoff documents: make them, go through them line by line, hand them over, take them over,
//! and say what they were worth. Each operation is one step of the state machine in `lifecycle`, kept in the archive
//! with who and when; a decision about a line also goes into the graph.

mod documents;
mod error;
mod feedback;
mod find;
pub mod identities;
mod lines;
mod meeting;
mod person;
mod sheet;
mod start;
mod steps;

use std::sync::Arc;

use jiff::Timestamp;

pub use documents::{Request, look, make};
pub use error::ReviewError;
pub use feedback::Feedback;
pub use find::{Reference, locate};
pub use lines::{Addition, Correction, Decided, LineDecision};
pub use meeting::{Met, approve_update, meet};
pub use person::{PersonCorrection, is_person};
pub use sheet::{
    DRAFT_BEFORE_MEETING, Held, Line, Proposed, Question, Sheet, bare_sheet, glance, known, reread, sheet, written,
};
pub use start::{Opening, start};

use crate::extract::Engine;
use crate::handoff::Definitions;
use crate::ingest::Stores;

/// What every operation needs.
#[derive(Clone)]
pub struct Desk {
    /// The stores.
    pub stores: Stores,
    /// The handoff types.
    pub definitions: Arc<Definitions>,
    /// What reads text.
    pub engine: Arc<dyn Engine>,
    /// The time it is.
    pub now: Timestamp,
}
