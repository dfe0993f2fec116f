//! From the graph back to the types of the model: the inverse of `encode`.
//! A set of the model without an order of its own (recipients, conflicts) comes back sorted.

mod fact;
mod interaction;
mod node;
mod person;
mod profile;

use std::{cell::RefCell, rc::Rc};

use jiff::Timestamp;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Term, TermRef};
use rustc_hash::FxHashMap;

use super::{GraphError, store::Quads};
use crate::{
    model::{AccountSlug, Evidence, InteractionKind, Iri, Party, Side},
    vocab,
};
use node::Node;

/// What a source is: its own identity, kind and time.
#[derive(Clone, Debug)]
struct Source {
    id: String,
    kind: InteractionKind,
    at: Timestamp,
}

/// A party as the graph names it, with the stakeholder behind it.
type Named = Rc<(Option<Party>, Option<Iri>)>;

/// Reads nodes of one account's graph; what many facts share is read once.
pub(super) struct Decoder<'a> {
    quads: Quads<'a>,
    graph: &'a NamedNode,
    account: &'a AccountSlug,
    sources: RefCell<FxHashMap<String, Rc<Source>>>,
    parties: RefCell<FxHashMap<String, Named>>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(quads: Quads<'a>, graph: &'a NamedNode, account: &'a AccountSlug) -> Self {
        Self { quads, graph, account, sources: RefCell::default(), parties: RefCell::default() }
    }

    /// Everything said of one subject; empty when it is not there.
    pub(super) fn node(&self, iri: &str) -> Result<Node, GraphError> {
        let graph = GraphNameRef::NamedNode(self.graph.as_ref());
        let mut properties = Vec::with_capacity(20);
        for quad in self.quads.matching(Some(NamedNodeRef::new_unchecked(iri)), None, None, graph) {
            let quad = quad?;
            properties.push((quad.predicate.into_string(), quad.object));
        }
        Ok(Node::new(iri, properties))
    }

    /// The IRIs of all subjects of a class.
    pub(super) fn members(&self, class: &'static str) -> Result<Vec<String>, GraphError> {
        self.subjects(vocab::TYPE, Some(NamedNodeRef::new_unchecked(class).into()))
    }

    /// The IRIs of all subjects that have a property, with that value where one is given.
    pub(super) fn subjects(
        &self,
        predicate: &'static str,
        object: Option<TermRef<'_>>,
    ) -> Result<Vec<String>, GraphError> {
        let graph = GraphNameRef::NamedNode(self.graph.as_ref());
        let predicate = NamedNodeRef::new_unchecked(predicate);
        self.quads
            .matching(None, Some(predicate), object, graph)
            .map(|quad| Ok(iri_text(&quad?.subject.into()).to_owned()))
            .collect()
    }

    /// The evidence that `owner` points at through `predicate`, in its own order.
    pub(super) fn evidence(&self, owner: &Node, predicate: &str) -> Result<Vec<Evidence>, GraphError> {
        owner.children(predicate).into_iter().map(|iri| self.one_evidence(&iri)).collect()
    }

    fn one_evidence(&self, iri: &str) -> Result<Evidence, GraphError> {
        let node = self.node(iri)?;
        let selector = self.node(node.required(vocab::HAS_SELECTOR)?)?;
        let source = self.source(&node)?;
        Ok(Evidence {
            interaction: source.id.clone(),
            kind: source.kind,
            at: source.at,
            speaker: node.text(vocab::SPEAKER),
            start: selector.parsed(vocab::START)?,
            end: selector.parsed(vocab::END)?,
            quote: selector.required(vocab::EXACT)?.to_owned(),
        })
    }

    fn source(&self, evidence: &Node) -> Result<Rc<Source>, GraphError> {
        if let Some(id) = evidence.text(vocab::SOURCE_ID) {
            let kind = evidence.known(vocab::SOURCE_KIND, vocab::interaction_kind)?;
            return Ok(Rc::new(Source { id, kind, at: evidence.parsed(vocab::SAID_AT)? }));
        }
        let iri = evidence.required(vocab::HAS_SOURCE)?;
        if let Some(source) = self.sources.borrow().get(iri) {
            return Ok(Rc::clone(source));
        }
        let node = self.node(iri)?;
        let id = node.required(vocab::IDENTIFIER)?.to_owned();
        let kind = node.known(vocab::TYPE, vocab::interaction_kind)?;
        let source = Rc::new(Source { id, kind, at: node.parsed(vocab::SENT_AT)? });
        self.sources.borrow_mut().insert(iri.to_owned(), Rc::clone(&source));
        Ok(source)
    }

    /// The party or stakeholder that `owner` points at.
    fn party(&self, owner: &Node, predicate: &str) -> Result<Named, GraphError> {
        let Some(iri) = owner.value(predicate) else { return Ok(Rc::default()) };
        if let Some(party) = self.parties.borrow().get(iri) {
            return Ok(Rc::clone(party));
        }
        let node = self.node(iri)?;
        let named = if node.value(vocab::TYPE) == Some(vocab::PARTY) {
            let name = node.text(vocab::NAME);
            let side = node.optionally(vocab::SIDE, Side::from_name)?;
            let party = Party { name, address: node.text(vocab::ADDRESS), side };
            (Some(party), node.iri(vocab::PERSON))
        } else {
            (None, Some(Iri::from_text(iri)))
        };
        let named = Rc::new(named);
        self.parties.borrow_mut().insert(iri.to_owned(), Rc::clone(&named));
        Ok(named)
    }
}

/// The text of a term: an IRI or a literal's value.
fn iri_text(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
    }
}
