//! The rows of an answer, with typed access.

use std::{rc::Rc, str::FromStr};

use jiff::{Timestamp, civil::Date};

use super::QueryError;
use crate::{graph::sparql::Term, model::Iri};

/// The rows of an answer.
#[derive(Clone, Debug)]
pub struct Rows {
    pub(super) query: Rc<str>,
    pub(super) columns: Rc<[String]>,
    pub(super) cells: Vec<Vec<Option<Term>>>,
}

impl Rows {
    /// The names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Says whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.iter().map(|cells| Row { rows: self, cells })
    }
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    rows: &'a Rows,
    cells: &'a [Option<Term>],
}

impl<'a> Row<'a> {
    /// The names and values of all columns, in order.
    pub fn cells(&self) -> impl Iterator<Item = (&'a str, Option<&'a Term>)> + use<'a> {
        self.rows.columns.iter().map(String::as_str).zip(self.cells.iter().map(Option::as_ref))
    }

    /// The value of a column; `None` where it is unbound or there is no such column.
    pub fn term(&self, column: &str) -> Option<&'a Term> {
        let place = self.rows.columns.iter().position(|name| name == column)?;
        self.cells.get(place)?.as_ref()
    }

    /// The value as text, an IRI or a literal of any type; `None` where it is unbound.
    pub fn some_text(&self, column: &str) -> Option<&'a str> {
        match self.term(column)? {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::Literal(literal) => Some(literal.value()),
            Term::BlankNode(_) => None,
        }
    }

    /// The value as text.
    pub fn text(&self, column: &str) -> Result<&'a str, QueryError> {
        self.some_text(column).ok_or_else(|| self.misses(column, "text"))
    }

    /// The value as an IRI; `None` where it is unbound or a literal.
    pub fn some_iri(&self, column: &str) -> Option<Iri> {
        match self.term(column)? {
            Term::NamedNode(node) => Some(Iri::from_text(node.as_str())),
            Term::Literal(_) | Term::BlankNode(_) => None,
        }
    }

    /// The value as an IRI.
    pub fn iri(&self, column: &str) -> Result<Iri, QueryError> {
        self.some_iri(column).ok_or_else(|| self.misses(column, "IRI"))
    }

    /// The value as a whole number.
    pub fn integer(&self, column: &str) -> Result<i64, QueryError> {
        self.parsed(column, "integer")
    }

    /// The value as a number.
    pub fn number(&self, column: &str) -> Result<f64, QueryError> {
        self.parsed(column, "number")
    }

    /// The value as a day.
    pub fn date(&self, column: &str) -> Result<Date, QueryError> {
        self.parsed(column, "date")
    }

    /// The value as a time.
    pub fn time(&self, column: &str) -> Result<Timestamp, QueryError> {
        self.parsed(column, "dateTime")
    }

    fn parsed<T: FromStr>(&self, column: &str, expected: &'static str) -> Result<T, QueryError> {
        let value = self.some_text(column).and_then(|text| text.parse().ok());
        value.ok_or_else(|| self.misses(column, expected))
    }

    fn misses(&self, column: &str, expected: &'static str) -> QueryError {
        QueryError::Column { query: self.rows.query.to_string(), column: column.to_owned(), expected }
    }
}
