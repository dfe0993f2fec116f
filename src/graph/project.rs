//! Makes the graph of an account equal to a view, by writing only the subjects that differ.
//!
//! Order of safety: a projection that is cut off leaves the graph between two states and its fingerprints unsaved;
//! the next one compares with the older fingerprints, writes the same subjects again and arrives at the same graph.

use jiff::Timestamp;
use oxigraph::{
    model::{GraphNameRef, NamedNode, NamedNodeRef, Quad, Term},
    store::{Store, Transaction},
};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    AccountGraph, Fingerprints, GraphError, GraphStore,
    encode::{Encoder, Topic},
    fingerprint::{Class, Key},
    store::graph_as,
    term::{Sheet, Subject},
};
use crate::model::{AccountView, Fact, Iri, Sight};

/// Statements written in one transaction: bounds its memory.
const BATCH: usize = 20_000;
/// A view with at least this many subjects fills an empty graph through the bulk loader.
const BULK_SUBJECTS: usize = 3_000;
/// Statements that each thread of the bulk loader holds at a time, in thousands.
const BULK_THOUSANDS: usize = 50;
/// Threads of the bulk loader.
const BULK_THREADS: usize = 2;
/// Subjects that a core encodes in one go to compare them with what is known.
const ENCODED_AT_A_TIME: usize = 512;

/// What a projection did.
#[derive(Clone, Debug, Default)]
pub struct Projection {
    /// What the graph holds now; give it to the next projection.
    pub fingerprints: Fingerprints,
    /// Subjects written because they were new or had changed.
    pub written: usize,
    /// Subjects taken out.
    pub removed: usize,
    /// Facts that are no longer held, as the graph had them. The graph forgets them; the archive keeps them.
    pub retired: Vec<Fact>,
}

impl GraphStore {
    /// Makes the graph of `view.account` equal to `view`. `known` says what the graph holds, as the last projection
    /// returned it; when it is empty the graph is made anew. A fact that is gone from the view is handed back, with
    /// `at` as the time we stopped holding it: the graph follows from the view alone, whatever it held before.
    /// When this returns, the change is on disk.
    pub fn project(&self, view: &AccountView, known: &Fingerprints, at: Timestamp) -> Result<Projection, GraphError> {
        self.project_as(Sight::Full, view, known, at)
    }

    /// Makes one of the two graphs of `view.account` equal to `view`, as [`Self::project`] does.
    pub fn project_as(
        &self,
        sight: Sight,
        view: &AccountView,
        known: &Fingerprints,
        at: Timestamp,
    ) -> Result<Projection, GraphError> {
        let encoder = Encoder::new(view);
        let topics = encoder.topics();
        let graph = graph_as(&view.account, sight);
        let holds_nothing = self.is_graph_empty(&graph);
        let projection = if known.is_empty() || holds_nothing {
            if !holds_nothing {
                self.store().remove_named_graph(graph.as_ref())?;
            }
            self.fill(&graph, &encoder, &topics)?
        } else {
            self.change(&graph, &encoder, &topics, (known, at))?
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
        let store = self.store();
        let mut entries = Vec::with_capacity(topics.len());
        let quads = topics.iter().flat_map(|(subject, topic)| {
            let sheet = encoder.sheet(subject, topic);
            entries.push((Key::new(subject), sheet.fingerprint()));
            sheet.statements.into_iter().map(|statement| statement.quad(graph))
        });
        if topics.len() < BULK_SUBJECTS {
            store.extend(quads)?;
        } else {
            let loader = store.bulk_loader().with_num_threads(BULK_THREADS);
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
        let entry =
            |(subject, topic): &(Subject, Topic<'_>)| (Key::new(subject), encoder.sheet(subject, topic).fingerprint());
        let entries: Vec<(Key, u64)> = topics.par_iter().with_min_len(ENCODED_AT_A_TIME).map(entry).collect();
        let store = self.store();
        let mut writer = Writer { store: &store, graph, batch: store.start_transaction()?, pending: 0 };
        let mut written = 0;
        for ((subject, topic), (key, digest)) in topics.iter().zip(&entries) {
            if known.get(key) != Some(*digest) {
                writer = writer.replace(subject, &encoder.sheet(subject, topic))?;
                written += 1;
            }
        }
        let fingerprints = Fingerprints::new(entries);
        let (mut removed, mut retired) = (0, Vec::new());
        for key in known.keys().filter(|key| fingerprints.get(key).is_none()) {
            if key.is(Class::Fact) {
                let reader = AccountGraph::new(self, encoder.view().account.clone(), graph.clone());
                let held = reader.fact(&Iri::from_text(key.iri()))?;
                retired.extend(held.map(|record| Fact { retired_at: Some(at), ..record.fact }));
            }
            writer.remove(&key.iri())?;
            removed += 1;
        }
        writer.batch.commit()?;
        Ok(Projection { fingerprints, written, removed, retired })
    }
}

/// Writes subjects in transactions of bounded size.
struct Writer<'a> {
    store: &'a Store,
    graph: &'a NamedNode,
    batch: Transaction<'a>,
    pending: usize,
}

impl Writer<'_> {
    /// Writes what is new of a subject and removes what is no longer said: of most that change, one value does.
    fn replace(mut self, subject: &str, sheet: &Sheet<'_>) -> Result<Self, GraphError> {
        let mut said: FxHashSet<Quad> = sheet.statements.iter().map(|statement| statement.quad(self.graph)).collect();
        // Removed before anything is written: what is spelled otherwise than it is kept may be the same to the store.
        for quad in self.below(subject)? {
            if !said.remove(&quad) {
                self.batch.remove(&quad);
                self.pending += 1;
            }
        }
        self.pending += said.len();
        for quad in &said {
            self.batch.insert(quad);
        }
        if self.pending >= BATCH {
            self.batch.commit()?;
            self.batch = self.store.start_transaction()?;
            self.pending = 0;
        }
        Ok(self)
    }

    /// Removes a subject and the nodes below it.
    fn remove(&mut self, subject: &str) -> Result<(), GraphError> {
        let held = self.below(subject)?;
        self.pending += held.len();
        for quad in &held {
            self.batch.remove(quad);
        }
        Ok(())
    }

    /// Everything that is said of a subject and of the nodes below it.
    fn below(&self, subject: &str) -> Result<Vec<Quad>, GraphError> {
        let mut nodes = vec![subject.to_owned()];
        let (mut held, mut done) = (Vec::new(), 0);
        while let Some(iri) = nodes.get(done) {
            let below = format!("{iri}/");
            let said = self.about(iri)?;
            for quad in said {
                if let Term::NamedNode(object) = &quad.object
                    && object.as_str().starts_with(&below)
                    && !nodes.iter().any(|known| known == object.as_str())
                {
                    nodes.push(object.as_str().to_owned());
                }
                held.push(quad);
            }
            done += 1;
        }
        Ok(held)
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
    use crate::graph::sample;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn fresh(view: &AccountView) -> (GraphStore, Projection) {
        let store = GraphStore::in_memory().unwrap();
        let projection = store.project(view, &Fingerprints::default(), NOW).unwrap();
        (store, projection)
    }

    fn held(store: &GraphStore, view: &AccountView) -> AccountView {
        store.account(&view.account).view().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_view_comes_back_as_it_went_in(view in sample::view()) {
            let (store, _) = fresh(&view);
            prop_assert_eq!(held(&store, &view), view);
        }

        #[test]
        fn the_same_view_again_writes_nothing(view in sample::view()) {
            let (store, first) = fresh(&view);
            let before = store.canonical(&view.account).unwrap();
            let second = store.project(&view, &first.fingerprints, NOW).unwrap();
            prop_assert_eq!((second.written, second.removed, second.retired.len()), (0, 0, 0));
            prop_assert_eq!(second.fingerprints, first.fingerprints);
            prop_assert_eq!(store.canonical(&view.account).unwrap(), before);
        }

        #[test]
        fn a_change_arrives_at_the_new_view(old in sample::view(), new in sample::view()) {
            let (store, first) = fresh(&old);
            let second = store.project(&new, &first.fingerprints, NOW).unwrap();
            prop_assert_eq!(&held(&store, &new), &new);
            // Nothing is left of what went: the graph is the one that the new view alone makes.
            let (direct, _) = fresh(&new);
            prop_assert_eq!(store.canonical(&new.account).unwrap(), direct.canonical(&new.account).unwrap());
            // A projection that was cut off before its fingerprints were kept is made again from the older ones.
            let again = store.project(&new, &first.fingerprints, NOW).unwrap();
            prop_assert_eq!(&again.fingerprints, &second.fingerprints);
            prop_assert_eq!(store.canonical(&new.account).unwrap(), direct.canonical(&new.account).unwrap());
            // Facts that went are handed back with the time we stopped holding them.
            let still = |fact: &Fact| new.facts.iter().any(|own| own.fact.id == fact.id);
            let mut gone: Vec<Fact> = old.facts.iter().map(|record| record.fact.clone()).filter(|fact| !still(fact)).collect();
            for fact in &mut gone {
                fact.retired_at = Some(NOW);
            }
            let mut retired = second.retired;
            gone.sort_by(|a, b| a.id.cmp(&b.id));
            retired.sort_by(|a, b| a.id.cmp(&b.id));
            prop_assert_eq!(retired, gone);
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
