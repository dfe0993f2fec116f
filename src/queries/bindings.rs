//! Values for the parameters of a query.

use jiff::{Timestamp, civil::Date};

use super::ParameterType;
use crate::{
    graph::sparql::{Literal, NamedNode, NamedNodeRef, Term},
    model::Iri,
    vocab,
};

/// Values for the parameters of a query.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    pub(super) values: Vec<(String, ParameterType, Term)>,
}

impl Bindings {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an IRI.
    #[must_use]
    pub fn iri(self, name: &str, iri: &Iri) -> Self {
        self.with(name, ParameterType::Iri, NamedNode::new_unchecked(iri.as_str()))
    }

    /// Adds a string.
    #[must_use]
    pub fn string(self, name: &str, text: &str) -> Self {
        self.with(name, ParameterType::String, Literal::new_simple_literal(text))
    }

    /// Adds a day.
    #[must_use]
    pub fn date(self, name: &str, date: Date) -> Self {
        self.with(name, ParameterType::Date, typed(date.to_string(), vocab::XSD_DATE))
    }

    /// Adds a time.
    #[must_use]
    pub fn time(self, name: &str, at: Timestamp) -> Self {
        self.with(name, ParameterType::DateTime, typed(at.to_string(), vocab::XSD_DATE_TIME))
    }

    /// Adds a whole number.
    #[must_use]
    pub fn integer(self, name: &str, number: i64) -> Self {
        self.with(name, ParameterType::Integer, typed(number.to_string(), vocab::XSD_INTEGER))
    }

    fn with(mut self, name: &str, kind: ParameterType, term: impl Into<Term>) -> Self {
        self.values.push((name.to_owned(), kind, term.into()));
        self
    }
}

fn typed(text: String, datatype: &'static str) -> Literal {
    Literal::new_typed_literal(text, NamedNodeRef::new_unchecked(datatype))
}
