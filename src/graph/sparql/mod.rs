//! SPARQL over the graphs of chosen accounts. A query sees those and nothing else, whatever it says itself:
//! both lists of its dataset are set, its own `FROM` can only narrow them, and `SERVICE` and updates are refused.

mod service;

pub use oxigraph::{
    io::{RdfFormat, RdfSerializer},
    model::{Literal, NamedNode, NamedNodeRef, Term, Variable},
    sparql::{
        CancellationToken, QueryResults, QuerySolution,
        results::{QueryResultsFormat, QueryResultsSerializer},
    },
};
use oxigraph::{
    model::{GraphName, NamedOrBlankNode},
    sparql::SparqlEvaluator,
};
use spargebra::{
    Query, SparqlParser,
    algebra::{GraphPattern, QueryDataset},
};

use super::{GraphError, GraphStore, store::graph_of};
use crate::model::{AccountSlug, Sight};

/// The accounts that a query may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    graphs: Vec<NamedNode>,
}

impl Scope {
    /// One account.
    pub fn account(account: &AccountSlug) -> Self {
        Self { graphs: vec![graph_of(account)] }
    }

    /// One graph.
    pub(super) fn graph(graph: NamedNode) -> Self {
        Self { graphs: vec![graph] }
    }

    /// Several accounts. None at all means that nothing is visible.
    pub fn accounts<'s>(accounts: impl IntoIterator<Item = &'s AccountSlug>) -> Self {
        let mut graphs: Vec<NamedNode> = accounts.into_iter().map(graph_of).collect();
        graphs.sort_unstable();
        graphs.dedup();
        Self { graphs }
    }

    /// What may be seen of several accounts.
    pub fn seen<'s>(
        store: &GraphStore,
        accounts: impl IntoIterator<Item = &'s AccountSlug>,
        sight: Sight,
    ) -> Result<Self, GraphError> {
        let graphs = accounts.into_iter().map(|account| store.graph_seen(account, sight));
        let mut graphs: Vec<NamedNode> = graphs.collect::<Result<_, _>>()?;
        graphs.sort_unstable();
        graphs.dedup();
        Ok(Self { graphs })
    }

    /// The graphs, by name.
    pub fn graphs(&self) -> &[NamedNode] {
        &self.graphs
    }

    /// The graphs of both dataset lists: the scope, narrowed by what the query itself asks for.
    fn narrowed(&self, asked: Option<&QueryDataset>) -> (Vec<GraphName>, Vec<NamedOrBlankNode>) {
        let visible = |wanted: &[NamedNode]| -> Vec<NamedNode> {
            self.graphs.iter().filter(|graph| wanted.contains(graph)).cloned().collect()
        };
        let (default, named) = match asked {
            None => (self.graphs.clone(), self.graphs.clone()),
            Some(asked) => (visible(&asked.default), visible(asked.named.as_deref().unwrap_or_default())),
        };
        (default.into_iter().map(Into::into).collect(), named.into_iter().map(Into::into).collect())
    }
}

/// A query that has been read and found harmless.
#[derive(Clone, Debug)]
pub struct ParsedQuery {
    query: Query,
}

impl ParsedQuery {
    /// Reads a query; updates and `SERVICE` are refused.
    pub fn parse(text: &str) -> Result<Self, GraphError> {
        let query = match SparqlParser::new().parse_query(text) {
            Ok(query) => query,
            Err(_) if SparqlParser::new().parse_update(text).is_ok() => {
                return Err(GraphError::Refused("updates are not allowed, the graph follows from the archive"));
            }
            Err(error) => return Err(Box::new(error).into()),
        };
        if service::pattern(pattern(&query)) {
            return Err(GraphError::Refused("SERVICE is not allowed"));
        }
        Ok(Self { query })
    }

    /// The variables of a SELECT, in order; `None` for the other forms.
    pub fn columns(&self) -> Option<&[Variable]> {
        match &self.query {
            Query::Select { pattern, .. } => projection(pattern),
            Query::Construct { .. } | Query::Describe { .. } | Query::Ask { .. } => None,
        }
    }
}

fn pattern(query: &Query) -> &GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
}

fn projection(pattern: &GraphPattern) -> Option<&[Variable]> {
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables),
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            projection(inner)
        }
        _ => None,
    }
}

impl GraphStore {
    /// Evaluates a query within `scope`, with values for some of its variables. Values of a SELECT must be among its
    /// columns. The results borrow nothing, but must be read on the thread that asked; when `stop` is cancelled the
    /// next read of the store fails, so sorting and grouping of what was already read outlive it.
    pub fn solve(
        &self,
        scope: &Scope,
        query: &ParsedQuery,
        values: &[(Variable, Term)],
        stop: &CancellationToken,
    ) -> Result<QueryResults<'static>, GraphError> {
        let evaluator = SparqlEvaluator::new().with_cancellation_token(stop.clone());
        let mut prepared = evaluator.for_query(query.query.clone());
        let (default, named) = scope.narrowed(query.query.dataset());
        prepared.dataset_mut().set_default_graph(default);
        prepared.dataset_mut().set_available_named_graphs(named);
        for (variable, term) in values {
            prepared = prepared.substitute_variable(variable.clone(), term.clone());
        }
        Ok(prepared.on_store(&self.store()).execute()?)
    }
}
