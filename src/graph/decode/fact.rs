//! Facts out of the graph.

use super::{Decoder, interaction::visibility, node::Node};
use crate::{
    graph::GraphError,
    model::{Due, DueBasis, Fact, FactRecord, FactStatus, Polarity, Rejection, ReviewState},
    vocab,
};

impl Decoder<'_> {
    /// The fact of that node.
    pub(in crate::graph) fn fact(&self, node: &Node) -> Result<FactRecord, GraphError> {
        let owner = self.party(node, vocab::OWNER)?;
        let beneficiary = self.party(node, vocab::BENEFICIARY)?;
        let fact = Fact {
            id: node.id(),
            account: self.account.clone(),
            kind: node.known(vocab::TYPE, vocab::fact_kind)?,
            category: node.text(vocab::CATEGORY),
            statement: node.required(vocab::STATEMENT)?.to_owned(),
            polarity: node.optionally(vocab::POLARITY, polarity)?.unwrap_or_default(),
            owner: owner.0.clone(),
            beneficiary: beneficiary.0.clone(),
            due: due(node)?,
            condition: node.text(vocab::CONDITION),
            status: node.known(vocab::STATUS, FactStatus::from_name)?,
            confidence: node.parsed(vocab::CONFIDENCE)?,
            review: node.known(vocab::REVIEW, ReviewState::from_name)?,
            suggestion: suggestion(node)?,
            valid_from: node.parsed(vocab::VALID_FROM)?,
            valid_to: node.some_parsed(vocab::VALID_TO)?,
            recorded_at: node.parsed(vocab::RECORDED_AT)?,
            retired_at: node.some_parsed(vocab::RETIRED_AT)?,
            evidence: self.evidence(node, vocab::EVIDENCE)?,
        };
        Ok(FactRecord {
            fact,
            owner: owner.1.clone(),
            beneficiary: beneficiary.1.clone(),
            rule: node.required(vocab::RULE)?.to_owned(),
            visibility: visibility(node)?,
            closed_by: self.evidence(node, vocab::CLOSED_BY)?.pop(),
            superseded_by: node.iri(vocab::SUPERSEDED_BY),
            conflicts_with: node.iris(vocab::CONFLICTS_WITH),
        })
    }
}

fn polarity(name: &str) -> Option<Polarity> {
    match name {
        "affirmed" => Some(Polarity::Affirmed),
        "negated" => Some(Polarity::Negated),
        _ => None,
    }
}

fn basis(name: &str) -> Option<DueBasis> {
    match name {
        "stated" => Some(DueBasis::Stated),
        "inferred" => Some(DueBasis::Inferred),
        _ => None,
    }
}

fn suggestion(node: &Node) -> Result<Option<Rejection>, GraphError> {
    let Some(fact) = node.iri(vocab::REJECTED_FACT) else { return Ok(None) };
    Ok(Some(Rejection {
        fact,
        by: node.required(vocab::REJECTED_BY)?.to_owned(),
        at: node.parsed(vocab::REJECTED_AT)?,
        reason: node.required(vocab::REJECTED_BECAUSE)?.to_owned(),
    }))
}

fn due(node: &Node) -> Result<Option<Due>, GraphError> {
    let Some(phrase) = node.text(vocab::DUE_PHRASE) else { return Ok(None) };
    let date = node.some_parsed(vocab::DUE_DATE)?;
    Ok(Some(Due { date, phrase, basis: node.optionally(vocab::DUE_BASIS, basis)?.unwrap_or_default() }))
}
