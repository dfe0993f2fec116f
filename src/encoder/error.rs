//! Why the encoder cannot be used.

use std::path::PathBuf;

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file of the folder is missing or cannot be read.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is not what its name says.
    #[error("{path}: {reason}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A tensor is missing.
    #[error("{path}: has no tensor {name}")]
    Missing {
        /// The file.
        path: PathBuf,
        /// Name of the tensor.
        name: String,
    },
    /// A tensor has another shape than its configuration says.
    #[error("{path}: tensor {name} has the shape {found:?} and not {expected:?}")]
    Shape {
        /// The file.
        path: PathBuf,
        /// Name of the tensor.
        name: String,
        /// Its shape.
        found: Vec<i64>,
        /// The shape that it should have.
        expected: Vec<i64>,
    },
    /// The shipped adapters do not fit.
    #[error("the adapters do not fit the base model: {0}")]
    Adapters(String),
    /// The thread of the model ended before it said whether it had loaded.
    #[error("the model could not be started: {0}")]
    Start(String),
}

/// Why texts could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The library refused.
    #[error("the model failed: {0}")]
    Torch(String),
    /// The thread is gone.
    #[error("the model has stopped")]
    Stopped,
}

impl From<tch::TchError> for EncodeError {
    fn from(error: tch::TchError) -> Self {
        // The library adds a trace of its own calls; the first line says what happened.
        Self::Torch(error.to_string().lines().next().unwrap_or_default().to_owned())
    }
}
