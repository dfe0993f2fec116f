//! A reading handle on one account. It scans the store directly, without SPARQL.

use std::sync::Arc;

use oxigraph::{model::NamedNode, store::Store};

use super::{GraphError, GraphStore, Scope, decode::Decoder, encode::account_iri, store::Quads};
use crate::{
    model::{
        AccountProfile, AccountSlug, AccountView, Coverage, Evidence, FactKind, FactRecord, InteractionKind,
        InteractionNode, Iri, Observation, Stakeholder, UsagePoint,
    },
    vocab,
};

/// What we know of one account.
pub struct AccountGraph<'a> {
    store: &'a GraphStore,
    /// What it reads from beginning to end, also when another store takes its place meanwhile.
    held: Arc<Store>,
    account: AccountSlug,
    graph: NamedNode,
}

impl<'a> AccountGraph<'a> {
    pub(super) fn new(store: &'a GraphStore, account: AccountSlug, graph: NamedNode) -> Self {
        Self { store, held: store.store(), account, graph }
    }

    /// The store it reads.
    pub fn store(&self) -> &'a GraphStore {
        self.store
    }

    /// The account.
    pub fn slug(&self) -> &AccountSlug {
        &self.account
    }

    /// The IRI of the account.
    pub fn iri(&self) -> Iri {
        Iri::from_text(account_iri(&self.account))
    }

    /// The scope of queries over this account alone.
    pub fn scope(&self) -> Scope {
        Scope::graph(self.graph.clone())
    }

    /// The facts, or those of one kind, by time of first evidence.
    pub fn facts(&self, kind: Option<FactKind>) -> Result<Vec<FactRecord>, GraphError> {
        let decoder = self.decoder();
        let subjects = match kind {
            Some(kind) => decoder.members(vocab::fact_class(kind))?,
            None => decoder.subjects(vocab::STATEMENT, None)?,
        };
        decoded(&decoder, &subjects)
    }

    /// The facts that somebody rejected and that were said anew since, by time of first evidence, then by identity.
    pub fn suggestions(&self) -> Result<Vec<FactRecord>, GraphError> {
        let decoder = self.decoder();
        decoded(&decoder, &decoder.subjects(vocab::SUGGESTION, None)?)
    }

    /// One fact.
    pub fn fact(&self, iri: &Iri) -> Result<Option<FactRecord>, GraphError> {
        self.fact_reader().fact(iri)
    }

    /// Reads facts one by one.
    pub fn fact_reader(&self) -> FactReader<'_> {
        FactReader { decoder: self.decoder() }
    }

    /// Where anything that has evidence was read: a fact, a person, the account, a deal.
    pub fn evidence(&self, subject: &Iri) -> Result<Vec<Evidence>, GraphError> {
        let decoder = self.decoder();
        decoder.evidence(&decoder.node(subject.as_str())?, vocab::EVIDENCE)
    }

    /// How many facts of each kind the graph holds.
    pub fn count_facts(&self) -> Result<Vec<(FactKind, u64)>, GraphError> {
        let decoder = self.decoder();
        let count = |kind| Ok((kind, decoder.members(vocab::fact_class(kind))?.len() as u64));
        let counts: Vec<(FactKind, u64)> = FactKind::ALL.into_iter().map(count).collect::<Result<_, GraphError>>()?;
        Ok(counts.into_iter().filter(|&(_, count)| count > 0).collect())
    }

    /// The people, by IRI, without history, grounds and words: a fraction of what it costs to read all of it.
    pub fn stakeholders_in_brief(&self) -> Result<Vec<Stakeholder>, GraphError> {
        let decoder = self.decoder();
        let mut subjects = decoder.members(vocab::STAKEHOLDER)?;
        subjects.sort_unstable();
        subjects.iter().map(|subject| decoder.person_in_brief(&decoder.node(subject)?)).collect()
    }

    /// The people, by IRI.
    pub fn stakeholders(&self) -> Result<Vec<Stakeholder>, GraphError> {
        let decoder = self.decoder();
        let mut subjects = decoder.members(vocab::STAKEHOLDER)?;
        subjects.sort_unstable();
        subjects.iter().map(|subject| decoder.person(&decoder.node(subject)?)).collect()
    }

    /// One person.
    pub fn stakeholder(&self, iri: &Iri) -> Result<Option<Stakeholder>, GraphError> {
        let decoder = self.decoder();
        let node = decoder.node(iri.as_str())?;
        if node.value(vocab::TYPE) != Some(vocab::STAKEHOLDER) {
            return Ok(None);
        }
        decoder.person(&node).map(Some)
    }

    /// What structured sources say of the account.
    pub fn profile(&self) -> Result<AccountProfile, GraphError> {
        let decoder = self.decoder();
        decoder.profile(&decoder.node(&account_iri(&self.account))?)
    }

    /// How much of each kind of source was read.
    pub fn coverage(&self) -> Result<Vec<Coverage>, GraphError> {
        let decoder = self.decoder();
        let subjects = decoder.members(vocab::COVERAGE)?;
        let coverage = subjects.iter().map(|subject| Decoder::coverage(&decoder.node(subject)?));
        let mut coverage: Vec<Coverage> = coverage.collect::<Result<_, _>>()?;
        coverage.sort_unstable_by_key(|coverage| coverage.kind);
        Ok(coverage)
    }

    /// The interactions, by time.
    pub fn interactions(&self) -> Result<Vec<InteractionNode>, GraphError> {
        let decoder = self.decoder();
        let mut nodes = Vec::new();
        for kind in InteractionKind::ALL {
            for subject in decoder.members(vocab::interaction_class(kind))? {
                nodes.push(Decoder::interaction(&decoder.node(&subject)?)?);
            }
        }
        nodes.sort_by(|a, b| (a.at, &a.iri).cmp(&(b.at, &b.iri)));
        Ok(nodes)
    }

    /// One interaction.
    pub fn interaction(&self, iri: &Iri) -> Result<Option<InteractionNode>, GraphError> {
        let node = self.decoder().node(iri.as_str())?;
        if node.value(vocab::SENT_AT).is_none() {
            return Ok(None);
        }
        Decoder::interaction(&node).map(Some)
    }

    /// The usage figures, by metric and date.
    pub fn usage(&self) -> Result<Vec<(UsagePoint, Evidence)>, GraphError> {
        let decoder = self.decoder();
        let mut usage = Vec::new();
        for subject in decoder.members(vocab::USAGE_POINT)? {
            usage.extend(decoder.usage(&decoder.node(&subject)?)?);
        }
        usage.sort_by(|(a, said_a), (b, said_b)| {
            (&a.metric, a.date, &said_a.interaction, said_a.start).cmp(&(
                &b.metric,
                b.date,
                &said_b.interaction,
                said_b.start,
            ))
        });
        Ok(usage)
    }

    /// What was measured of people, by person, measure and day.
    pub fn observations(&self) -> Result<Vec<Observation>, GraphError> {
        let decoder = self.decoder();
        let subjects = decoder.members(vocab::OBSERVATION)?;
        let observations = subjects.iter().map(|subject| Decoder::observation(&decoder.node(subject)?));
        let mut observations: Vec<Observation> = observations.collect::<Result<_, _>>()?;
        observations.sort_unstable_by(|a, b| (&a.subject, a.measure, a.day).cmp(&(&b.subject, b.measure, b.day)));
        Ok(observations)
    }

    /// Everything at once.
    pub fn view(&self) -> Result<AccountView, GraphError> {
        Ok(AccountView {
            account: self.account.clone(),
            profile: self.profile()?,
            facts: self.facts(None)?,
            stakeholders: self.stakeholders()?,
            interactions: self.interactions()?,
            usage: self.usage()?,
            coverage: self.coverage()?,
            observations: self.observations()?,
        })
    }

    fn decoder(&self) -> Decoder<'_> {
        Decoder::new(Quads(&self.held), &self.graph, &self.account)
    }
}

/// Reads facts one by one; the sources and parties that they share are read once.
pub struct FactReader<'a> {
    decoder: Decoder<'a>,
}

/// The facts of these subjects, by time of first evidence, then by identity.
fn decoded(decoder: &Decoder<'_>, subjects: &[String]) -> Result<Vec<FactRecord>, GraphError> {
    let read = |subject: &String| decoder.fact(&decoder.node(subject)?);
    let mut facts: Vec<FactRecord> = subjects.iter().map(read).collect::<Result<_, _>>()?;
    facts.sort_by_cached_key(|record| {
        let fact = &record.fact;
        (fact.evidence.first().map_or(fact.valid_from, |evidence| evidence.at), fact.id.clone())
    });
    Ok(facts)
}

impl FactReader<'_> {
    /// One fact.
    pub fn fact(&self, iri: &Iri) -> Result<Option<FactRecord>, GraphError> {
        let node = self.decoder.node(iri.as_str())?;
        if node.value(vocab::STATEMENT).is_none() {
            return Ok(None);
        }
        self.decoder.fact(&node).map(Some)
    }
}
