//! What can go wrong with the graph.

use oxigraph::{
    sparql::{QueryEvaluationError, SparqlSyntaxError, UpdateEvaluationError},
    store::StorageError,
};
use thiserror::Error;

/// What can go wrong with the graph.
#[derive(Debug, Error)]
pub enum GraphError {
    /// The store failed.
    #[error("graph store: {0}")]
    Storage(String),
    /// A subject lacks what its decoder needs, or holds what it cannot read.
    #[error("graph: {subject} {problem}")]
    Malformed {
        /// IRI of the subject.
        subject: String,
        /// What is missing or unreadable.
        problem: String,
    },
    /// Fingerprints cannot be written.
    #[error("graph: fingerprints cannot be written: {0}")]
    Fingerprints(String),
    /// The text is no SPARQL query.
    #[error("query is not valid SPARQL: {0}")]
    Syntax(#[from] Box<SparqlSyntaxError>),
    /// The query asks for something that is not allowed.
    #[error("query refused: {0}")]
    Refused(&'static str),
    /// The query was stopped at its time limit.
    #[error("query stopped at its time limit")]
    Cancelled,
    /// The query failed while it ran.
    #[error("query failed: {0}")]
    Evaluation(String),
}

impl From<StorageError> for GraphError {
    fn from(error: StorageError) -> Self {
        Self::Storage(told(error))
    }
}

/// What an error of the store says. The error itself is never dropped: oxigraph 0.5.13 frees the message of RocksDB,
/// which C allocated, with the allocator of this program, and that ends the program.
fn told(error: impl std::error::Error) -> String {
    let text = error.to_string();
    std::mem::forget(error);
    text
}

impl From<QueryEvaluationError> for GraphError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Cancelled,
            other => Self::Evaluation(told(other)),
        }
    }
}

impl From<UpdateEvaluationError> for GraphError {
    fn from(error: UpdateEvaluationError) -> Self {
        Self::Evaluation(told(error))
    }
}
