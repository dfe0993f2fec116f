//! SPARQL over the graphs of chosen accounts. A query sees those and nothing else, whatever it says itself:
//! both lists of its dataset are set, its own `FROM` can only narrow them, and `SERVICE` and updates are refused.

mod scope;
mod service;
mod update;

use oxigraph::sparql::SparqlEvaluator;
pub use oxigraph::{
    io::{RdfFormat, RdfSerializer},
    model::{Literal, NamedNode, NamedNodeRef, Term, Variable},
    sparql::{
        CancellationToken, QueryResults, QuerySolution,
        results::{QueryResultsFormat, QueryResultsSerializer},
    },
};
pub use scope::Scope;
use spargebra::{
    Query, SparqlParser,
    algebra::{GraphPattern, QueryDataset},
};

use super::{GraphError, GraphStore};

/// A query that has been read and found harmless.
#[derive(Clone, Debug)]
pub struct ParsedQuery {
    query: Query,
}

impl ParsedQuery {
    /// Reads a query; updates and `SERVICE` are refused.
    pub fn parse(text: &str) -> Result<Self, GraphError> {
        Self::parse_with(&SparqlParser::new(), text)
    }

    /// Reads a query whose relative IRIs are relative to `base`.
    pub fn parse_at(text: &str, base: &str) -> Result<Self, GraphError> {
        let parser = SparqlParser::new().with_base_iri(base);
        Self::parse_with(&parser.map_err(|_| GraphError::Refused("the base is no IRI"))?, text)
    }

    fn parse_with(parser: &SparqlParser, text: &str) -> Result<Self, GraphError> {
        let query = match parser.clone().parse_query(text) {
            Ok(query) => query,
            Err(_) if parser.clone().parse_update(text).is_ok() => {
                return Err(GraphError::Refused("updates are not allowed, the graph follows from the archive"));
            }
            Err(error) => return Err(Box::new(error).into()),
        };
        if service::pattern(pattern(&query)) {
            return Err(GraphError::Refused("SERVICE is not allowed"));
        }
        Ok(Self { query })
    }

    /// The query over graphs that take the place of its own `FROM` and `FROM NAMED`.
    #[must_use]
    pub fn over(mut self, default: Vec<NamedNode>, named: Vec<NamedNode>) -> Self {
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = &mut self.query;
        *dataset = Some(QueryDataset { default, named: Some(named) });
        self
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
        scope.narrow(prepared.dataset_mut(), query.query.dataset());
        for (variable, term) in values {
            prepared = prepared.substitute_variable(variable.clone(), term.clone());
        }
        Ok(prepared.on_store(&self.store()).execute()?)
    }
}
