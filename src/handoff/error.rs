//! Why a document could not be made.

use std::path::PathBuf;

use crate::graph::GraphError;
use crate::queries::QueryError;

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum HandoffError {
    /// No such type.
    #[error("no handoff type {name}; there are {known}")]
    UnknownType {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A definition file is not as it must be.
    #[error("{file}:{line}: {problem}")]
    Definition {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A folder of templates cannot be read.
    #[error("cannot read the templates in {}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A query failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The graph refused.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// A template failed.
    #[error("template {name}: {problem}")]
    Template {
        /// Name of the template.
        name: String,
        /// What went wrong.
        problem: String,
    },
    /// A form could not be written.
    #[error("cannot write {form}: {problem}")]
    Form {
        /// Name of the form.
        form: &'static str,
        /// What went wrong.
        problem: String,
    },
}

impl HandoffError {
    /// A form that could not be written.
    pub(super) fn form(form: &'static str, error: &dyn std::error::Error) -> Self {
        Self::Form { form, problem: error.to_string() }
    }

    /// Names the template that an error of the template engine came from.
    pub(super) fn template(name: &str, error: &minijinja::Error) -> Self {
        let mut problem = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            problem = format!("{problem}: {inner}");
            cause = inner.source();
        }
        Self::Template { name: name.to_owned(), problem }
    }
}
