//! What a document has asked the graph already: one query, fact or person often stands in several of its sections.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use super::HandoffError;
use crate::graph::{AccountGraph, FactReader};
use crate::model::{FactRecord, Iri, Stakeholder};
use crate::queries::{Bindings, Limit, Query, Rows};

/// Answers of one graph to the questions of one document.
pub(super) struct Memo<'a> {
    graph: &'a AccountGraph<'a>,
    reader: FactReader<'a>,
    rows: RefCell<BTreeMap<String, Rc<Rows>>>,
    facts: RefCell<BTreeMap<Iri, Option<Rc<FactRecord>>>>,
    people: RefCell<BTreeMap<Iri, Option<Rc<Stakeholder>>>>,
}

impl<'a> Memo<'a> {
    pub(super) fn new(graph: &'a AccountGraph<'a>) -> Self {
        Self {
            graph,
            reader: graph.fact_reader(),
            rows: RefCell::default(),
            facts: RefCell::default(),
            people: RefCell::default(),
        }
    }

    /// The rows of a query; a document gives the same query the same values wherever it stands.
    pub(super) fn rows(&self, query: &Query, bindings: &Bindings) -> Result<Rc<Rows>, HandoffError> {
        if let Some(rows) = self.rows.borrow().get(query.name()) {
            return Ok(Rc::clone(rows));
        }
        let rows = Rc::new(query.run(self.graph.store(), &self.graph.scope(), bindings, &Limit::default())?);
        self.rows.borrow_mut().insert(query.name().to_owned(), Rc::clone(&rows));
        Ok(rows)
    }

    /// One fact.
    pub(super) fn fact(&self, iri: &Iri) -> Result<Option<Rc<FactRecord>>, HandoffError> {
        if let Some(known) = self.facts.borrow().get(iri) {
            return Ok(known.clone());
        }
        let fact = self.reader.fact(iri)?.map(Rc::new);
        self.facts.borrow_mut().insert(iri.clone(), fact.clone());
        Ok(fact)
    }

    /// One person.
    pub(super) fn person(&self, iri: &Iri) -> Result<Option<Rc<Stakeholder>>, HandoffError> {
        if let Some(known) = self.people.borrow().get(iri) {
            return Ok(known.clone());
        }
        let person = self.graph.stakeholder(iri)?.map(Rc::new);
        self.people.borrow_mut().insert(iri.clone(), person.clone());
        Ok(person)
    }
}
