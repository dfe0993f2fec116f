//! Interactions out of the graph.

use super::{Decoder, node::Node};
use crate::{
    graph::GraphError,
    model::{InteractionNode, Visibility},
    vocab,
};

impl Decoder<'_> {
    /// The interaction of that node.
    pub(in crate::graph) fn interaction(node: &Node) -> Result<InteractionNode, GraphError> {
        Ok(InteractionNode {
            iri: node.id(),
            id: node.required(vocab::IDENTIFIER)?.to_owned(),
            kind: node.known(vocab::TYPE, vocab::interaction_kind)?,
            at: node.parsed(vocab::SENT_AT)?,
            thread: node.text(vocab::THREAD),
            author: node.iri(vocab::AUTHOR),
            recipients: node.iris(vocab::RECIPIENT),
            copied: node.iris(vocab::COPIED),
            mentioned: node.iris(vocab::MENTIONED),
            visibility: visibility(node)?,
            automatic: node.value(vocab::AUTOMATIC).is_some(),
            sentiment: node.some_parsed(vocab::SENTIMENT)?,
        })
    }
}

/// Who may see it; everybody who sees the account where nothing is said.
pub(super) fn visibility(node: &Node) -> Result<Visibility, GraphError> {
    let read = |name: &str| match name {
        "account" => Some(Visibility::Account),
        "internal" => Some(Visibility::Internal),
        "private" => Some(Visibility::Private),
        _ => None,
    };
    Ok(node.optionally(vocab::VISIBILITY, read)?.unwrap_or_default())
}
