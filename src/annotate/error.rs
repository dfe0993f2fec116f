//! Why the file of annotators cannot be used.

use std::path::PathBuf;

/// Why the file of annotators cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AnnotatorError {
    /// It cannot be read.
    #[error("cannot read the annotators {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line of it is wrong.
    #[error("{path}:{line}: {problem}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// Which annotator, and what is wrong with it.
        problem: String,
    },
}
