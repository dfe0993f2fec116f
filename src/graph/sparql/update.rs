//! SPARQL updates of the whole store. Accounts are never written like that: their graphs follow from the archive. It is
//! there for servers that are tested against the protocol.

use oxigraph::sparql::SparqlEvaluator;

use super::NamedNode;
use crate::graph::{GraphError, GraphStore};

impl GraphStore {
    /// Runs an update whose relative IRIs are relative to `base`. The graphs of `using`, default ones and named ones,
    /// are those that its patterns see; an update that names some itself is then refused.
    pub fn update(
        &self,
        text: &str,
        base: &str,
        using: Option<(Vec<NamedNode>, Vec<NamedNode>)>,
    ) -> Result<(), GraphError> {
        let evaluator = SparqlEvaluator::new().with_base_iri(base);
        let evaluator = evaluator.map_err(|_| GraphError::Refused("the base is no IRI"))?;
        let mut update = evaluator.parse_update(text).map_err(Box::new)?;
        if let Some((default, named)) = using {
            for dataset in update.using_datasets_mut() {
                if !dataset.is_default_dataset() {
                    return Err(GraphError::Refused("the graphs are given twice: by USING or WITH, and as parameters"));
                }
                dataset.set_default_graph(default.iter().cloned().map(Into::into).collect());
                dataset.set_available_named_graphs(named.iter().cloned().map(Into::into).collect());
            }
        }
        Ok(update.on_store(&self.store()).execute()?)
    }
}
