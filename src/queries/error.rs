//! What can go wrong with queries.

use std::{io, path::PathBuf};

use thiserror::Error;

use super::ParameterType;
use crate::graph::GraphError;

/// What can go wrong with queries.
#[derive(Debug, Error)]
pub enum QueryError {
    /// A query file cannot be used.
    #[error("{file}:{line}: {problem}")]
    File {
        /// Its path below the catalogue.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// A folder of query files cannot be read.
    #[error("cannot read query folder {}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is no such query.
    #[error("no query is named {0}")]
    Unknown(String),
    /// A value was not given.
    #[error("query {query} needs a value for {name}")]
    MissingValue {
        /// The query.
        query: String,
        /// The parameter.
        name: String,
    },
    /// A value was given that the query does not take, or of another type.
    #[error("query {query} takes no {given} as {name}")]
    WrongValue {
        /// The query.
        query: String,
        /// The parameter.
        name: String,
        /// The type of the value.
        given: ParameterType,
    },
    /// A row lacks a column or holds another type there.
    #[error("query {query} gave no {expected} as {column}")]
    Column {
        /// The query.
        query: String,
        /// The column.
        column: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The form of the query does not fit what was asked of it.
    #[error("query {query} is not a {expected}")]
    Form {
        /// The query.
        query: String,
        /// `SELECT` or `ASK`.
        expected: &'static str,
    },
    /// A result cannot be written in that format.
    #[error("{0}")]
    Format(&'static str),
    /// Writing the result failed.
    #[error("cannot write the result: {0}")]
    Write(#[from] io::Error),
    /// The graph failed.
    #[error(transparent)]
    Graph(#[from] GraphError),
}
