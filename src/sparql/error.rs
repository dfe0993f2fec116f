//! Why there is no answer.

use std::io;

use crate::graph::GraphError;

use super::protocol::ProtocolError;

/// What a query took too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Excess {
    /// Time.
    Time,
    /// Rows of its answer.
    Rows,
    /// Bytes of its answer.
    Bytes,
    /// Memory, or depth.
    Memory,
}

impl Excess {
    /// What it is called in a sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Rows => "rows",
            Self::Bytes => "bytes",
            Self::Memory => "memory",
        }
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SparqlError {
    /// The request does not follow the protocol.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    /// The text is no SPARQL, or cannot be evaluated.
    #[error("{0}")]
    Malformed(String),
    /// The query or update asks for what is not allowed here.
    #[error("{0}")]
    Refused(String),
    /// None of the wanted formats can carry the answer.
    #[error("none of the accepted formats can carry this answer")]
    NotAcceptable,
    /// The query takes too much.
    #[error("the query takes more {} than is allowed", .0.as_str())]
    TooMuch(Excess),
    /// Too many queries at once.
    #[error("too many queries at once; try again in a moment")]
    Busy,
    /// The service failed.
    #[error("queries cannot be run: {0}")]
    Failed(String),
}

impl From<GraphError> for SparqlError {
    fn from(error: GraphError) -> Self {
        match error {
            GraphError::Syntax(_) | GraphError::Evaluation(_) => Self::Malformed(error.to_string()),
            GraphError::Refused(_) => Self::Refused(error.to_string()),
            GraphError::Cancelled => Self::TooMuch(Excess::Time),
            GraphError::Storage(_) | GraphError::Malformed { .. } | GraphError::Fingerprints(_) => {
                Self::Failed(error.to_string())
            }
        }
    }
}

impl From<io::Error> for SparqlError {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
