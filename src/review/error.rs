//! Why an operation on a handoff could not be done.

use crate::archive::ArchiveError;
use crate::graph::GraphError;
use crate::handoff::HandoffError;
use crate::ingest::{IngestError, StoreError};
use crate::lifecycle::Refusal;
use crate::resolve::people::decide::DecideError;
use crate::resolve::people::named::FindError;

/// Why an operation on a handoff could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// No document or handoff is called that.
    #[error("there is no document {0}: make one with baton handoff")]
    Unknown(String),
    /// No handoff of that account and type was ever made.
    #[error("{account} has no {kind} document: make one with baton handoff")]
    NoDocument {
        /// The account.
        account: String,
        /// The type.
        kind: String,
    },
    /// Another handoff of the same account and type is open.
    #[error("another {kind} handoff of {account} is open ({state} since {since}): {document}")]
    IsOpen {
        /// The account.
        account: String,
        /// The type.
        kind: String,
        /// Where it stands.
        state: String,
        /// Since when.
        since: jiff::Timestamp,
        /// Its document.
        document: String,
    },
    /// The state machine says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No line is called that.
    #[error("the document has no line {0}: lines are named section/number, or by the IRI of their fact")]
    UnknownLine(String),
    /// The line is no fact of its own.
    #[error("line {0} is put together from several facts: decide about those")]
    NoFact(String),
    /// The line is about a person.
    #[error("line {0} is about a person: correct title, role or name of a person, not a statement")]
    AboutPerson(String),
    /// Nobody, or not one person alone, is known by that.
    #[error(transparent)]
    Person(#[from] FindError),
    /// A decision about who is who cannot be made.
    #[error(transparent)]
    Identity(#[from] DecideError),
    /// What was asked for cannot be used.
    #[error("{0}")]
    Invalid(String),
    /// Somebody else decided about the line meanwhile.
    #[error(
        "{by} {verdict} this line at {at}, after the document was made{value}; what you decided is kept beside it: \
         repeat with --over to let it hold instead"
    )]
    Decided {
        /// Who.
        by: String,
        /// What they did.
        verdict: &'static str,
        /// When.
        at: jiff::Timestamp,
        /// What they made of it.
        value: String,
    },
    /// Somebody else moved the handoff at the same moment, again and again.
    #[error("somebody else changed the handoff at the same moment: look at it again")]
    Stale,
    /// A store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A transcript could not be read.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// A document could not be made.
    #[error(transparent)]
    Handoff(#[from] HandoffError),
}

impl From<ArchiveError> for ReviewError {
    fn from(error: ArchiveError) -> Self {
        Self::Store(error.into())
    }
}

impl From<GraphError> for ReviewError {
    fn from(error: GraphError) -> Self {
        Self::Store(error.into())
    }
}
