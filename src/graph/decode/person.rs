//! People out of the graph.

use super::{Decoder, node::Node};
use crate::{
    graph::GraphError,
    model::{
        BuyingRole, FormerName, InfluenceParts, Membership, Mood, PersonKey, PersonStatus, Preference, RoleBasis,
        RoleReading, SensitiveTopic, Side, Stakeholder,
    },
    vocab,
};

impl Decoder<'_> {
    /// The person of that node with all that is told of them.
    pub(in crate::graph) fn person(&self, node: &Node) -> Result<Stakeholder, GraphError> {
        Ok(Stakeholder {
            evidence: self.evidence(node, vocab::EVIDENCE)?,
            buying_roles: self.each(node, vocab::PLAYS_ROLE, Self::role)?,
            memberships: self.each(node, vocab::HAS_MEMBERSHIP, Self::membership)?,
            former_names: self.each(node, vocab::FORMER_NAME, Self::former_name)?,
            sensitive_topics: self.each(node, vocab::CAREFUL_ABOUT, Self::sensitive_topic)?,
            moods: self.each(node, vocab::MOOD, Self::mood)?,
            ..self.person_in_brief(node)?
        })
    }

    /// The person of that node with what stands there itself and how they want to be worked with: without history,
    /// grounds and words.
    pub(in crate::graph) fn person_in_brief(&self, node: &Node) -> Result<Stakeholder, GraphError> {
        Ok(Stakeholder {
            preferences: self.each(node, vocab::WORKING_STYLE, Self::preference)?,
            addresses: node.list("address", vocab::ADDRESS),
            aliases: node.list("alias", vocab::NICK),
            side: node.optionally(vocab::SIDE, Side::from_name)?,
            title: node.text(vocab::TITLE),
            organization: node.text(vocab::ORGANIZATION_NAME),
            buying_role: node.optionally(vocab::BUYING_ROLE, BuyingRole::from_name)?,
            reports_to: node.iri(vocab::REPORTS_TO),
            influence: node.parsed(vocab::INFLUENCE)?,
            sentiment: node.some_parsed(vocab::SENTIMENT)?,
            first_seen: node.parsed(vocab::FIRST_SEEN)?,
            last_seen: node.parsed(vocab::LAST_SEEN)?,
            interactions: node.parsed(vocab::INTERACTION_COUNT)?,
            status: node.known(vocab::STATUS, PersonStatus::from_name)?,
            rhythm_days: node.some_parsed(vocab::RHYTHM_DAYS)?,
            pause_days: node.some_parsed(vocab::PAUSE_DAYS)?,
            keys: node.list("key", vocab::IDENTIFIER).into_iter().map(PersonKey::from_text).collect(),
            languages: node.list("language", vocab::LANGUAGE),
            influence_parts: influence_parts(node)?,
            ..Stakeholder::named(node.id(), self.account.clone(), node.required(vocab::NAME)?)
        })
    }

    /// What the nodes say that a property points at, in order.
    fn each<T>(
        &self,
        node: &Node,
        predicate: &str,
        read: impl Fn(&Self, &Node) -> Result<T, GraphError>,
    ) -> Result<Vec<T>, GraphError> {
        node.children(predicate).iter().map(|iri| read(self, &self.node(iri)?)).collect()
    }

    fn preference(&self, node: &Node) -> Result<Preference, GraphError> {
        Ok(Preference {
            category: node.required(vocab::CATEGORY)?.to_owned(),
            value: node.required(vocab::RDF_VALUE)?.to_owned(),
            evidence: self.evidence(node, vocab::EVIDENCE)?,
        })
    }

    fn role(&self, node: &Node) -> Result<RoleReading, GraphError> {
        Ok(RoleReading {
            role: node.known(vocab::RDF_VALUE, BuyingRole::from_name)?,
            confidence: node.parsed(vocab::CONFIDENCE)?,
            basis: node.known(vocab::BASIS, RoleBasis::from_name)?,
            evidence: self.evidence(node, vocab::EVIDENCE)?,
        })
    }

    fn membership(&self, node: &Node) -> Result<Membership, GraphError> {
        Ok(Membership {
            title: node.text(vocab::TITLE),
            organization: node.text(vocab::ORGANIZATION_NAME),
            side: node.optionally(vocab::SIDE, Side::from_name)?,
            from: node.parsed(vocab::VALID_FROM)?,
            until: node.some_parsed(vocab::VALID_TO)?,
            evidence: self.evidence(node, vocab::EVIDENCE)?,
        })
    }

    #[allow(clippy::unused_self, reason = "one of several readers")]
    fn former_name(&self, node: &Node) -> Result<FormerName, GraphError> {
        Ok(FormerName { name: node.required(vocab::RDF_VALUE)?.to_owned(), until: node.parsed(vocab::VALID_TO)? })
    }

    fn sensitive_topic(&self, node: &Node) -> Result<SensitiveTopic, GraphError> {
        Ok(SensitiveTopic {
            value: node.required(vocab::RDF_VALUE)?.to_owned(),
            evidence: self.evidence(node, vocab::EVIDENCE)?,
        })
    }

    #[allow(clippy::unused_self, reason = "one of several readers")]
    fn mood(&self, node: &Node) -> Result<Mood, GraphError> {
        Ok(Mood {
            month: node.parsed(vocab::MONTH)?,
            value: node.parsed(vocab::SENTIMENT)?,
            interactions: node.parsed(vocab::INTERACTION_COUNT)?,
        })
    }
}

fn influence_parts(node: &Node) -> Result<InfluenceParts, GraphError> {
    let part = |predicate| Ok::<f32, GraphError>(node.some_parsed(predicate)?.unwrap_or_default());
    Ok(InfluenceParts {
        title: part(vocab::INFLUENCE_TITLE)?,
        role: part(vocab::INFLUENCE_ROLE)?,
        attention: part(vocab::INFLUENCE_ATTENTION)?,
        awaited: part(vocab::INFLUENCE_AWAITED)?,
        unblocks: part(vocab::INFLUENCE_UNBLOCKS)?,
        centrality: part(vocab::INFLUENCE_CENTRALITY)?,
        speed: part(vocab::INFLUENCE_SPEED)?,
    })
}
