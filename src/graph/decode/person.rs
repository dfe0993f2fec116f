//! People out of the graph.

use super::{Decoder, node::Node};
use crate::{
    graph::GraphError,
    model::{BuyingRole, PersonStatus, Preference, Side, Stakeholder},
    vocab,
};

impl Decoder<'_> {
    /// The person of that node.
    pub(in crate::graph) fn person(&self, node: &Node) -> Result<Stakeholder, GraphError> {
        let preferences = node.children(vocab::WORKING_STYLE);
        Ok(Stakeholder {
            addresses: node.list("address", vocab::ADDRESS),
            aliases: node.list("alias", vocab::NICK),
            side: node.optionally(vocab::SIDE, Side::from_name)?,
            title: node.text(vocab::TITLE),
            organization: node.text(vocab::ORGANIZATION_NAME),
            buying_role: node.optionally(vocab::BUYING_ROLE, BuyingRole::from_name)?,
            reports_to: node.iri(vocab::REPORTS_TO),
            influence: node.parsed(vocab::INFLUENCE)?,
            preferences: preferences.iter().map(|iri| self.preference(iri)).collect::<Result<_, _>>()?,
            sentiment: node.some_parsed(vocab::SENTIMENT)?,
            first_seen: node.parsed(vocab::FIRST_SEEN)?,
            last_seen: node.parsed(vocab::LAST_SEEN)?,
            interactions: node.parsed(vocab::INTERACTION_COUNT)?,
            status: node.known(vocab::STATUS, PersonStatus::from_name)?,
            rhythm_days: node.some_parsed(vocab::RHYTHM_DAYS)?,
            evidence: self.evidence(node, vocab::EVIDENCE)?,
            ..Stakeholder::named(node.id(), self.account.clone(), node.required(vocab::NAME)?)
        })
    }

    fn preference(&self, iri: &str) -> Result<Preference, GraphError> {
        let node = self.node(iri)?;
        Ok(Preference {
            category: node.required(vocab::CATEGORY)?.to_owned(),
            value: node.required(vocab::RDF_VALUE)?.to_owned(),
            evidence: self.evidence(&node, vocab::EVIDENCE)?,
        })
    }
}
