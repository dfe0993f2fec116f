//! The account itself out of the graph: its profile, deals, coverage, usage and observations.

use super::{Decoder, node::Node};
use crate::{
    graph::GraphError,
    model::{AccountProfile, Coverage, Deal, DealStage, Evidence, Iri, Measure, Observation, UsagePoint},
    vocab,
};

impl Decoder<'_> {
    /// The profile of that account node.
    pub(in crate::graph) fn profile(&self, node: &Node) -> Result<AccountProfile, GraphError> {
        let deals = node.children(vocab::HAS_DEAL);
        Ok(AccountProfile {
            name: node.text(vocab::NAME),
            domains: node.list("domain", vocab::DOMAIN),
            industry: node.text(vocab::INDUSTRY),
            owner: self.party(node, vocab::OWNER)?.0.clone(),
            owner_since: node.some_parsed(vocab::OWNER_SINCE)?,
            annual_value: node.text(vocab::ANNUAL_VALUE),
            renewal_date: node.some_parsed(vocab::RENEWAL_DATE)?,
            phases: node.children(vocab::PHASE).iter().map(|phase| self.stage(phase)).collect::<Result<_, _>>()?,
            deals: deals.iter().map(|iri| self.deal(iri)).collect::<Result<_, _>>()?,
            evidence: self.evidence(node, vocab::EVIDENCE)?,
        })
    }

    fn deal(&self, iri: &str) -> Result<Deal, GraphError> {
        let node = self.node(iri)?;
        let stages = node.children(vocab::STAGE);
        Ok(Deal {
            id: node.required(vocab::IDENTIFIER)?.to_owned(),
            name: node.required(vocab::DC_TITLE)?.to_owned(),
            amount: node.text(vocab::AMOUNT),
            close_date: node.some_parsed(vocab::CLOSE_DATE)?,
            owner: self.party(&node, vocab::OWNER)?.0.clone(),
            stages: stages.iter().map(|stage| self.stage(stage)).collect::<Result<_, _>>()?,
            evidence: self.evidence(&node, vocab::EVIDENCE)?,
        })
    }

    fn stage(&self, iri: &str) -> Result<DealStage, GraphError> {
        let node = self.node(iri)?;
        Ok(DealStage { name: node.required(vocab::NAME)?.to_owned(), at: node.parsed(vocab::REACHED_AT)? })
    }

    /// The coverage of that node.
    pub(in crate::graph) fn coverage(node: &Node) -> Result<Coverage, GraphError> {
        Ok(Coverage {
            kind: node.known(vocab::SOURCE_KIND, vocab::interaction_kind)?,
            items: node.parsed(vocab::ITEMS)?,
            automatic: node.parsed(vocab::AUTOMATIC_ITEMS)?,
            first: node.parsed(vocab::FIRST_AT)?,
            last: node.parsed(vocab::LAST_AT)?,
        })
    }

    /// The observation of that node.
    pub(in crate::graph) fn observation(node: &Node) -> Result<Observation, GraphError> {
        Ok(Observation {
            subject: Iri::from_text(node.required(vocab::FEATURE_OF_INTEREST)?),
            measure: node.known(vocab::MEASURE, Measure::from_name)?,
            day: node.parsed(vocab::OBSERVED_ON)?,
            value: node.parsed(vocab::RDF_VALUE)?,
        })
    }

    /// The usage figure of that node; `None` where it lost the words it came from.
    pub(in crate::graph) fn usage(&self, node: &Node) -> Result<Option<(UsagePoint, Evidence)>, GraphError> {
        let point = UsagePoint {
            metric: node.required(vocab::METRIC)?.to_owned(),
            date: node.parsed(vocab::DATE)?,
            value: node.parsed(vocab::VALUE)?,
        };
        Ok(self.evidence(node, vocab::EVIDENCE)?.pop().map(|evidence| (point, evidence)))
    }
}
