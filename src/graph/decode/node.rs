//! The properties of one subject, with typed access.

use std::str::FromStr;

use oxigraph::model::Term;

use super::iri_text;
use crate::{graph::GraphError, model::Iri, vocab};

/// The properties of one subject.
#[derive(Debug)]
pub(in crate::graph) struct Node {
    iri: String,
    properties: Vec<(String, Term)>,
}

impl Node {
    pub(super) fn new(iri: &str, properties: Vec<(String, Term)>) -> Self {
        Self { iri: iri.to_owned(), properties }
    }

    /// Its IRI.
    pub(super) fn id(&self) -> Iri {
        Iri::from_text(self.iri.as_str())
    }

    /// All values of a property.
    pub(super) fn values<'n>(&'n self, predicate: &'n str) -> impl Iterator<Item = &'n str> {
        self.properties.iter().filter(move |(own, _)| own == predicate).map(|(_, term)| iri_text(term))
    }

    /// The value of a property.
    pub(in crate::graph) fn value<'n>(&'n self, predicate: &'n str) -> Option<&'n str> {
        self.values(predicate).next()
    }

    /// The value of a property that must be there.
    pub(super) fn required<'n>(&'n self, predicate: &'n str) -> Result<&'n str, GraphError> {
        self.value(predicate).ok_or_else(|| self.malformed(format!("lacks {predicate}")))
    }

    /// The value of a property as a string.
    pub(super) fn text(&self, predicate: &str) -> Option<String> {
        self.value(predicate).map(str::to_owned)
    }

    /// The value of a property as an IRI.
    pub(super) fn iri(&self, predicate: &str) -> Option<Iri> {
        self.value(predicate).map(Iri::from_text)
    }

    /// All values of a property as IRIs, sorted.
    pub(super) fn iris(&self, predicate: &str) -> Vec<Iri> {
        let mut iris: Vec<Iri> = self.values(predicate).map(Iri::from_text).collect();
        iris.sort_unstable();
        iris
    }

    /// The value of a property that must be there and readable.
    pub(super) fn parsed<T: FromStr>(&self, predicate: &str) -> Result<T, GraphError> {
        let text = self.required(predicate)?;
        text.parse().map_err(|_| self.unreadable(predicate, text))
    }

    /// The value of a property that must be readable where it is.
    pub(super) fn some_parsed<T: FromStr>(&self, predicate: &str) -> Result<Option<T>, GraphError> {
        self.value(predicate).map(|text| text.parse().map_err(|_| self.unreadable(predicate, text))).transpose()
    }

    /// The value of a property that must be there and be one of a closed set.
    pub(super) fn known<T>(&self, predicate: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, GraphError> {
        let text = self.required(predicate)?;
        read(text).ok_or_else(|| self.unreadable(predicate, text))
    }

    /// The value of a property that must be one of a closed set where it is.
    pub(super) fn optionally<T>(
        &self,
        predicate: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, GraphError> {
        self.value(predicate).map(|text| read(text).ok_or_else(|| self.unreadable(predicate, text))).transpose()
    }

    /// The nodes below this one that a property points at, in the order of the numbers at their ends.
    pub(super) fn children(&self, predicate: &str) -> Vec<String> {
        let mut children: Vec<String> = self.values(predicate).map(str::to_owned).collect();
        children.sort_by_cached_key(|iri| {
            let digits = iri.bytes().rev().take_while(u8::is_ascii_digit).count();
            iri.get(iri.len() - digits..).and_then(|number| number.parse::<u32>().ok())
        });
        children
    }

    /// The members of a list, in their own order.
    pub(super) fn list(&self, key: &str, predicate: &str) -> Vec<String> {
        let mut sorted: Vec<String> = self.values(predicate).map(str::to_owned).collect();
        sorted.sort_unstable();
        let order = self.values(vocab::ORDER).find_map(|order| order.strip_prefix(key)?.strip_prefix('='));
        let Some(order) = order else { return sorted };
        order.split(',').filter_map(|place| sorted.get(place.parse::<usize>().ok()?).cloned()).collect()
    }

    fn unreadable(&self, predicate: &str, text: &str) -> GraphError {
        self.malformed(format!("has {text:?} as {predicate}"))
    }

    fn malformed(&self, problem: String) -> GraphError {
        GraphError::Malformed { subject: self.iri.clone(), problem }
    }
}
