//! Makes the graph of an account equal to a view, by writing only the subjects that differ.
//!
//! Order of safety: a projection that is cut off leaves the graph between two states and its fingerprints unsaved;
//! the next one compares with the older fingerprints, writes the same subjects again and arrives at the same graph.

use jiff::Timestamp;
use oxigraph::{
    model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, Quad, Term},
    store::Transaction,
};

use super::{
    Fingerprints, GraphError, GraphStore,
    encode::{Encoder, Topic},
    fingerprint::{Class, Key},
    store::graph_of,
    term::{Sheet, Subject},
};
use crate::{model::AccountView, vocab};

/// Statements written in one transaction: bounds its memory.
const BATCH: usize = 20_000;
/// A view with at least this many subjects fills an empty graph through the bulk loader.
const BULK_SUBJECTS: usize = 3_000;
/// Statements that each thread of the bulk loader holds at a time, in thousands.
const BULK_THOUSANDS: usize = 100;
/// Threads of the bulk loader.
const BULK_THREADS: usize = 2;

/// What a projection did.
#[derive(Clone, Debug, Default)]
pub struct Projection {
    /// What the graph holds now; give it to the next projection.
    pub fingerprints: Fingerprints,
    /// Subjects written because they were new or had changed.
    pub written: usize,
    /// Subjects taken out.
    pub removed: usize,
    /// Facts that are no longer held, and say so.
    pub retired: usize,
}

impl GraphStore {
    /// Makes the graph of `view.account` equal to `view`. `known` says what the graph holds, as the last projection
    /// returned it; when it is empty the graph is made anew. A fact that is gone from the view stays, with `at` as
    /// the time we stopped holding it. When this returns, the change is on disk.
    pub fn project(&self, view: &AccountView, known: &Fingerprints, at: Timestamp) -> Result<Projection, GraphError> {
        let encoder = Encoder::new(view);
        let topics = encoder.topics();
        let holds_nothing = self.is_empty(&view.account)?;
        let projection = if known.is_empty() || holds_nothing {
            if !holds_nothing {
                self.store.remove_named_graph(graph_of(&view.account).as_ref())?;
            }
            self.fill(&graph_of(&view.account), &encoder, &topics)?
        } else {
            self.change(&graph_of(&view.account), &encoder, &topics, (known, at))?
        };
        self.flush()?;
        Ok(projection)
    }

    /// Writes everything into an empty graph.
    fn fill(
        &self,
        graph: &NamedNode,
        encoder: &Encoder<'_>,
        topics: &[(Subject, Topic<'_>)],
    ) -> Result<Projection, GraphError> {
        let mut entries = Vec::with_capacity(topics.len());
        let quads = topics.iter().flat_map(|(subject, topic)| {
            let sheet = encoder.sheet(subject, topic);
            entries.push((Key::new(subject), sheet.fingerprint()));
            sheet.statements.into_iter().map(|statement| statement.quad(graph))
        });
        if topics.len() < BULK_SUBJECTS {
            self.store.extend(quads)?;
        } else {
            let loader = self.store.bulk_loader().with_num_threads(BULK_THREADS);
            let mut loader = loader.with_max_memory_size_in_megabytes(BULK_THOUSANDS * BULK_THREADS);
            loader.load_quads(quads)?;
            loader.commit()?;
        }
        let written = entries.len();
        Ok(Projection { fingerprints: Fingerprints::new(entries), written, ..Projection::default() })
    }

    /// Writes what differs from `known`.
    fn change(
        &self,
        graph: &NamedNode,
        encoder: &Encoder<'_>,
        topics: &[(Subject, Topic<'_>)],
        (known, at): (&Fingerprints, Timestamp),
    ) -> Result<Projection, GraphError> {
        let mut entries = Vec::with_capacity(topics.len());
        let mut writer = Writer { store: self, graph, batch: self.store.start_transaction()?, pending: 0 };
        let mut written = 0;
        for (subject, topic) in topics {
            let sheet = encoder.sheet(subject, topic);
            let (key, digest) = (Key::new(subject), sheet.fingerprint());
            if known.get(&key) != Some(digest) {
                writer = writer.replace(subject, &sheet)?;
                written += 1;
            }
            entries.push((key, digest));
        }
        let fingerprints = Fingerprints::new(entries);
        // What others point at goes last, when it is known who still does.
        let (named, gone): (Vec<&Key>, Vec<&Key>) = known
            .keys()
            .filter(|key| fingerprints.get(key).is_none())
            .partition(|key| key.is(Class::Interaction) || key.is(Class::Party));
        let (mut removed, mut retired) = (0, 0);
        for key in gone {
            if key.is(Class::Fact) {
                writer.retire(&key.iri(), at)?;
                retired += 1;
            } else {
                writer.remove(&key.iri())?;
                removed += 1;
            }
        }
        for iri in named.into_iter().map(Key::iri) {
            if !writer.is_named(&iri)? {
                writer.remove(&iri)?;
                removed += 1;
            }
        }
        writer.batch.commit()?;
        Ok(Projection { fingerprints, written, removed, retired })
    }
}

/// Writes subjects in transactions of bounded size.
struct Writer<'a> {
    store: &'a GraphStore,
    graph: &'a NamedNode,
    batch: Transaction<'a>,
    pending: usize,
}

impl Writer<'_> {
    fn replace(mut self, subject: &str, sheet: &Sheet<'_>) -> Result<Self, GraphError> {
        self.remove(subject)?;
        for statement in &sheet.statements {
            self.batch.insert(&statement.quad(self.graph));
        }
        self.pending += sheet.statements.len();
        if self.pending >= BATCH {
            self.batch.commit()?;
            self.batch = self.store.store.start_transaction()?;
            self.pending = 0;
        }
        Ok(self)
    }

    /// Removes a subject and the nodes below it.
    fn remove(&mut self, subject: &str) -> Result<(), GraphError> {
        let mut waiting = vec![subject.to_owned()];
        while let Some(iri) = waiting.pop() {
            let below = format!("{iri}/");
            for quad in self.about(&iri)? {
                if let Term::NamedNode(object) = &quad.object
                    && object.as_str().starts_with(&below)
                {
                    waiting.push(object.as_str().to_owned());
                }
                self.batch.remove(&quad);
                self.pending += 1;
            }
        }
        Ok(())
    }

    /// Says of a fact that we do not hold it any more. One that is not there, or already says so, stays as it is.
    fn retire(&mut self, iri: &str, at: Timestamp) -> Result<(), GraphError> {
        let quads = self.about(iri)?;
        if quads.is_empty() || quads.iter().any(|quad| quad.predicate.as_str() == vocab::RETIRED_AT) {
            return Ok(());
        }
        let when = Literal::new_typed_literal(at.to_string(), NamedNodeRef::new_unchecked(vocab::XSD_DATE_TIME));
        let predicate = NamedNodeRef::new_unchecked(vocab::RETIRED_AT);
        let subject = NamedNode::new_unchecked(iri);
        self.batch.insert(&Quad::new(subject, predicate, when, self.graph.clone()));
        self.pending += 1;
        Ok(())
    }

    /// Says whether something still points at a subject: retired facts need the interactions and parties they name.
    fn is_named(&self, iri: &str) -> Result<bool, GraphError> {
        let object = NamedNodeRef::new_unchecked(iri).into();
        let graph = GraphNameRef::NamedNode(self.graph.as_ref());
        let mut users = self.batch.quads_for_pattern(None, None, Some(object), Some(graph));
        Ok(users.next().transpose()?.is_some())
    }

    fn about(&self, iri: &str) -> Result<Vec<Quad>, GraphError> {
        let subject = NamedNodeRef::new_unchecked(iri).into();
        let graph = GraphNameRef::NamedNode(self.graph.as_ref());
        let quads = self.batch.quads_for_pattern(Some(subject), None, None, Some(graph));
        Ok(quads.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, strategy::ValueTree};

    use super::*;
    use crate::{
        graph::{Retired, sample},
        model::AccountSlug,
    };

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn fresh(view: &AccountView) -> (GraphStore, Projection) {
        let store = GraphStore::in_memory().unwrap();
        let projection = store.project(view, &Fingerprints::default(), NOW).unwrap();
        (store, projection)
    }

    /// The graph without what only a history can bring: retired facts and what they name.
    fn live(store: &GraphStore, account: &AccountSlug) -> AccountView {
        store.account(account).view().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_view_comes_back_as_it_went_in(view in sample::view()) {
            let (store, _) = fresh(&view);
            prop_assert_eq!(live(&store, &view.account), view);
        }

        #[test]
        fn the_same_view_again_writes_nothing(view in sample::view()) {
            let (store, first) = fresh(&view);
            let before = store.canonical(&view.account).unwrap();
            let second = store.project(&view, &first.fingerprints, NOW).unwrap();
            prop_assert_eq!((second.written, second.removed, second.retired), (0, 0, 0));
            prop_assert_eq!(second.fingerprints, first.fingerprints);
            prop_assert_eq!(store.canonical(&view.account).unwrap(), before);
        }

        #[test]
        fn a_change_arrives_at_the_new_view(old in sample::view(), new in sample::view()) {
            let (store, first) = fresh(&old);
            let second = store.project(&new, &first.fingerprints, NOW).unwrap();
            let mut found = live(&store, &new.account);
            let still = |iri: &crate::model::Iri| new.interactions.iter().any(|node| node.iri == *iri);
            found.interactions.retain(|node| still(&node.iri));
            prop_assert_eq!(&found, &new);
            // A projection that was cut off before its fingerprints were kept is made again from the older ones.
            let before = store.canonical(&new.account).unwrap();
            let again = store.project(&new, &first.fingerprints, NOW).unwrap();
            prop_assert_eq!(&again.fingerprints, &second.fingerprints);
            prop_assert_eq!(store.canonical(&new.account).unwrap(), before);
            // Facts that went are still there, with the time we stopped holding them.
            let all = store.account(&new.account).facts(None, Retired::Shown).unwrap();
            for record in &old.facts {
                let kept = all.iter().find(|kept| kept.fact.id == record.fact.id).unwrap();
                let is_live = new.facts.iter().any(|own| own.fact.id == record.fact.id);
                prop_assert_eq!(kept.fact.retired_at, (!is_live).then_some(NOW));
            }
            // Back again: what is held again is no longer retired, nothing is doubled.
            let third = store.project(&old, &second.fingerprints, NOW).unwrap();
            let mut found = live(&store, &old.account);
            found.interactions.retain(|node| old.interactions.iter().any(|own| own.iri == node.iri));
            prop_assert_eq!(&found, &old);
            prop_assert_eq!(third.fingerprints, first.fingerprints);
        }
    }

    #[test]
    fn an_empty_memory_makes_the_graph_anew() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let view = sample::view().new_tree(&mut runner).unwrap().current();
        let (store, first) = fresh(&view);
        let before = store.canonical(&view.account).unwrap();
        let again = store.project(&view, &Fingerprints::default(), NOW).unwrap();
        assert_eq!(again.fingerprints, first.fingerprints);
        assert_eq!(store.canonical(&view.account).unwrap(), before);
        store.clear(&view.account).unwrap();
        assert!(store.accounts().unwrap().is_empty());
        let third = store.project(&view, &first.fingerprints, NOW).unwrap();
        assert_eq!(third.fingerprints, first.fingerprints);
        assert_eq!(store.canonical(&view.account).unwrap(), before);
    }
}
