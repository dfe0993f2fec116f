//! The store and its accounts.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use oxigraph::{
    model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, TermRef},
    store::{QuadIter, Store},
};

use super::{
    AccountGraph, GraphError,
    encode::{account_iri, graph_iri},
};
use crate::{
    model::{AccountSlug, Sight},
    vocab,
};

/// The graphs of all accounts. A handle: cloning it is cheap and gives the same store, also after that was replaced.
#[derive(Clone)]
pub struct GraphStore {
    place: Arc<RwLock<Arc<Store>>>,
}

/// How often a store that was replaced is looked at, whether somebody still reads it.
const PAUSE: Duration = Duration::from_millis(20);

impl GraphStore {
    /// Opens the store in a folder, or makes one there. Only one process can have it open.
    pub fn open(path: &Path) -> Result<Self, GraphError> {
        Ok(Self::of(Store::open(path)?))
    }

    /// Opens a [copy](Self::backup) to read it alone. The copy is never changed, so several processes can have it open.
    pub fn open_read_only(path: &Path) -> Result<Self, GraphError> {
        Ok(Self::of(Store::open_read_only(path)?))
    }

    /// A store that lives and dies with its last handle.
    pub fn in_memory() -> Result<Self, GraphError> {
        Ok(Self::of(Store::new()?))
    }

    fn of(store: Store) -> Self {
        Self { place: Arc::new(RwLock::new(Arc::new(store))) }
    }

    /// The store as it is now; whoever holds it goes on reading it when another takes its place.
    pub(super) fn store(&self) -> Arc<Store> {
        Arc::clone(&self.place.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts the store of `other` in the place of this one, for every clone of the handle. Waits until nobody reads the
    /// old one, which is closed then, but no longer than `patience`. Answers whether it is closed.
    pub fn replace(&self, other: &Self, patience: Duration) -> bool {
        let fresh = other.store();
        let old = std::mem::replace(&mut *self.place.write().unwrap_or_else(PoisonError::into_inner), fresh);
        let end = Instant::now() + patience;
        while Arc::strong_count(&old) > 1 {
            if Instant::now() >= end {
                return false;
            }
            std::thread::sleep(PAUSE);
        }
        true
    }

    /// The accounts that have a graph, by name.
    pub fn accounts(&self) -> Result<Vec<AccountSlug>, GraphError> {
        let mut accounts = Vec::new();
        for name in self.store().named_graphs() {
            if let NamedOrBlankNode::NamedNode(graph) = name? {
                accounts.extend(slug_of(graph.as_str()));
            }
        }
        accounts.sort_unstable();
        Ok(accounts)
    }

    /// A reading handle on one account; an account without a graph reads as empty.
    pub fn account(&self, account: &AccountSlug) -> AccountGraph<'_> {
        AccountGraph::new(self, account.clone(), graph_of(account))
    }

    /// A reading handle on what of an account may be seen.
    pub fn account_seen(&self, account: &AccountSlug, sight: Sight) -> Result<AccountGraph<'_>, GraphError> {
        Ok(AccountGraph::new(self, account.clone(), self.graph_seen(account, sight)?))
    }

    /// The graph of an account that shows what may be seen: the shared one where there is one.
    pub(super) fn graph_seen(&self, account: &AccountSlug, sight: Sight) -> Result<NamedNode, GraphError> {
        let shared = graph_as(account, Sight::Shared);
        let is_parted = sight == Sight::Shared && self.store().contains_named_graph(shared.as_ref())?;
        Ok(if is_parted { shared } else { graph_of(account) })
    }

    /// Takes away the shared graph of an account of which everything may be seen.
    pub fn clear_shared(&self, account: &AccountSlug) -> Result<(), GraphError> {
        let shared = graph_as(account, Sight::Shared);
        if self.store().contains_named_graph(shared.as_ref())? {
            self.store().remove_named_graph(shared.as_ref())?;
            self.flush()?;
        }
        Ok(())
    }

    /// Forgets one account. Its texts stay on disk until the whole store is dropped.
    pub fn clear(&self, account: &AccountSlug) -> Result<(), GraphError> {
        for sight in [Sight::Full, Sight::Shared] {
            self.store().remove_named_graph(graph_as(account, sight).as_ref())?;
        }
        self.flush()
    }

    /// Forgets all accounts.
    pub fn clear_all(&self) -> Result<(), GraphError> {
        self.store().clear()?;
        self.flush()
    }

    /// Makes everything written so far survive a power cut.
    pub fn flush(&self) -> Result<(), GraphError> {
        Ok(self.store().flush()?)
    }

    /// A copy of the store in a new folder, as it is now.
    pub fn backup(&self, folder: &Path) -> Result<(), GraphError> {
        Ok(self.store().backup(folder)?)
    }

    /// Writes one account's graph as sorted N-Quads: equal graphs give equal text.
    pub fn canonical(&self, account: &AccountSlug) -> Result<String, GraphError> {
        self.canonical_as(account, Sight::Full)
    }

    /// Writes one of the two graphs of an account as sorted N-Quads.
    pub fn canonical_as(&self, account: &AccountSlug, sight: Sight) -> Result<String, GraphError> {
        let graph = graph_as(account, sight);
        let quads = Quads(&self.store()).matching(None, None, None, GraphNameRef::NamedNode(graph.as_ref()));
        let mut lines: Vec<String> =
            quads.map(|quad| Ok(format!("{} .\n", quad?))).collect::<Result<_, GraphError>>()?;
        lines.sort_unstable();
        Ok(lines.concat())
    }

    /// Number of statements in one account's graph; it counts by reading them.
    pub fn len(&self, account: &AccountSlug) -> Result<usize, GraphError> {
        let graph = graph_of(account);
        let quads = Quads(&self.store()).matching(None, None, None, GraphNameRef::NamedNode(graph.as_ref()));
        quads.map(|quad| Ok(usize::from(quad.is_ok()))).sum()
    }

    /// Says whether an account has no statement.
    pub fn is_empty(&self, account: &AccountSlug) -> Result<bool, GraphError> {
        Ok(self.is_graph_empty(&graph_of(account)))
    }

    /// Says whether there is nothing but so many named graphs.
    pub(super) fn holds_only(&self, graphs: usize) -> bool {
        let store = self.store();
        let mut loose = Quads(&store).matching(None, None, None, GraphNameRef::DefaultGraph);
        loose.next().is_none() && store.named_graphs().take(graphs + 1).count() == graphs
    }

    pub(super) fn is_graph_empty(&self, graph: &NamedNode) -> bool {
        Quads(&self.store()).matching(None, None, None, GraphNameRef::NamedNode(graph.as_ref())).next().is_none()
    }
}

/// Scans of the store.
#[derive(Clone, Copy)]
pub(super) struct Quads<'a>(pub(super) &'a Store);

impl Quads<'_> {
    pub(super) fn matching(
        self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: GraphNameRef<'_>,
    ) -> QuadIter<'static> {
        self.0.quads_for_pattern(subject.map(Into::into), predicate, object, Some(graph))
    }
}

/// The name of an account's graph.
pub(super) fn graph_of(account: &AccountSlug) -> NamedNode {
    NamedNode::new_unchecked(account_iri(account))
}

/// The name of the graph of an account that shows everything, or of the one that shows what is shared.
pub(super) fn graph_as(account: &AccountSlug, sight: Sight) -> NamedNode {
    match sight {
        Sight::Full => graph_of(account),
        Sight::Shared => NamedNode::new_unchecked(graph_iri(vocab::SHARED_PREFIX, account)),
    }
}

/// The account of a graph.
fn slug_of(graph: &str) -> Option<AccountSlug> {
    let escaped = graph.strip_prefix(vocab::ACCOUNT_PREFIX)?;
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code = (byte == b'%').then(|| tail.get(..2)).flatten();
        let decoded = code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    // A slug is transparent text to serde: this is how one is read back without changing it.
    serde_json::from_value(serde_json::Value::String(String::from_utf8(bytes).ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::strategy::{Strategy as _, ValueTree as _};

    use super::*;
    use crate::graph::{Fingerprints, sample};

    #[test]
    fn graph_names_give_their_account_back() {
        let check = |slug: &str| {
            let account: AccountSlug = serde_json::from_value(slug.into()).unwrap();
            let graph = graph_of(&account);
            assert!(NamedNode::new(graph.as_str()).is_ok(), "{graph}");
            assert_eq!(slug_of(graph.as_str()), Some(account), "{graph}");
        };
        check("northwind");
        check("müller-söhne");
        check("with space <and> 100% more");
        check("%41");
    }

    #[test]
    fn a_store_is_replaced_behind_its_handles() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let view = sample::view().new_tree(&mut runner).unwrap().current();
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        let store = GraphStore::open(&old).unwrap();
        store.project(&view, &Fingerprints::default(), jiff::Timestamp::UNIX_EPOCH).unwrap();
        let (handle, held) = (store.clone(), store.canonical(&view.account).unwrap());
        let reader = handle.account(&view.account);
        let other = GraphStore::open(&new).unwrap();
        // Who reads the old one reads it to the end; who asks now gets the new one.
        assert!(!store.replace(&other, Duration::ZERO));
        assert_eq!(reader.view().unwrap(), view);
        assert!(handle.is_empty(&view.account).unwrap() && !held.is_empty());
        drop(reader);
        drop(other);
        // Nobody reads it any more: it is closed, and its folder can be opened or taken away.
        assert_eq!(GraphStore::open(&old).unwrap().canonical(&view.account).unwrap(), held);
        assert!(store.replace(&GraphStore::in_memory().unwrap(), Duration::from_secs(5)));
        std::fs::remove_dir_all(&new).unwrap();
    }
}
