//! What could not be read, where, and why.

use serde::{Deserialize, Serialize};

/// One item of foreign input that was not loaded. Nothing is dropped without one of these.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// File, with the member after `!` when it lies in an archive: `export.zip!general/2026-01-12.json`.
    pub path: String,
    /// What in the file: a message id, `line 12`, `row 3`; empty when it is the whole file.
    pub item: String,
    /// Why, in a sentence without a full stop.
    pub reason: String,
}

impl Problem {
    /// A problem with one item of a file.
    pub fn new(path: impl Into<String>, item: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { path: path.into(), item: item.into(), reason: reason.into() }
    }
}
