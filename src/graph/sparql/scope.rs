//! What a query may see.

use std::collections::BTreeSet;

use oxigraph::{
    model::{GraphName, NamedNode, NamedOrBlankNode},
    sparql::QueryDatasetSpecification,
};
use spargebra::algebra::QueryDataset;

use crate::graph::{GraphError, GraphStore, store::graph_of};
use crate::model::{AccountSlug, Sight};

/// The accounts that a query may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    graphs: Graphs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Graphs {
    /// The store as it is, whatever is in it.
    Store,
    /// All that is in a store: it is read at once, and not graph by graph.
    All(Vec<NamedNode>),
    /// These of several.
    Listed(Vec<NamedNode>),
}

impl Scope {
    /// One account.
    pub fn account(account: &AccountSlug) -> Self {
        Self::of(vec![graph_of(account)])
    }

    /// One graph.
    pub(in crate::graph) fn graph(graph: NamedNode) -> Self {
        Self::of(vec![graph])
    }

    /// Several accounts. None at all means that nothing is visible.
    pub fn accounts<'s>(accounts: impl IntoIterator<Item = &'s AccountSlug>) -> Self {
        Self::of(accounts.into_iter().map(graph_of).collect())
    }

    /// What may be seen of several accounts.
    pub fn seen<'s>(
        store: &GraphStore,
        accounts: impl IntoIterator<Item = &'s AccountSlug>,
        sight: Sight,
    ) -> Result<Self, GraphError> {
        let graphs = accounts.into_iter().map(|account| store.graph_seen(account, sight));
        Ok(Self::of(graphs.collect::<Result<_, _>>()?))
    }

    /// What may be seen of all accounts of a store that is not written any more.
    pub fn all_seen(store: &GraphStore, sight: Sight) -> Result<Self, GraphError> {
        let mut scope = Self::seen(store, &store.accounts()?, sight)?;
        if let Graphs::Listed(graphs) = &mut scope.graphs
            && store.holds_only(graphs.len())
        {
            scope.graphs = Graphs::All(std::mem::take(graphs));
        }
        Ok(scope)
    }

    /// Everything that is in the store, accounts or not, as plain SPARQL sees it.
    pub fn everything() -> Self {
        Self { graphs: Graphs::Store }
    }

    fn of(mut graphs: Vec<NamedNode>) -> Self {
        graphs.sort_unstable();
        graphs.dedup();
        Self { graphs: Graphs::Listed(graphs) }
    }

    /// Sets both lists of a dataset: the scope, narrowed by what the query itself asks for.
    pub(super) fn narrow(&self, dataset: &mut QueryDatasetSpecification, asked: Option<&QueryDataset>) {
        let (default, named) = match (asked, &self.graphs) {
            (None, Graphs::Store) => return,
            (None, Graphs::All(_)) => return dataset.set_default_graph_as_union(),
            (None, Graphs::Listed(graphs)) => (graphs.clone(), graphs.clone()),
            (Some(asked), _) => (self.among(&asked.default), self.among(asked.named.as_deref().unwrap_or_default())),
        };
        dataset.set_default_graph(default.into_iter().map(GraphName::from).collect());
        dataset.set_available_named_graphs(named.into_iter().map(NamedOrBlankNode::from).collect());
    }

    /// Those of the wanted graphs that may be seen.
    fn among(&self, wanted: &[NamedNode]) -> Vec<NamedNode> {
        match &self.graphs {
            Graphs::Store => wanted.to_vec(),
            Graphs::All(graphs) | Graphs::Listed(graphs) => {
                let wanted: BTreeSet<&NamedNode> = wanted.iter().collect();
                graphs.iter().filter(|graph| wanted.contains(graph)).cloned().collect()
            }
        }
    }
}
