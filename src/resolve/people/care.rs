//! What to be careful about with a person: a sensitive topic is that of whom it belongs to, else of who raised it.

use rustc_hash::FxHashMap;

use crate::model::{FactKind, FactRecord, FactStatus, Iri, ReviewState, SensitiveTopic, Side, Stakeholder};

/// Gives people of the customer the sensitive topics among `facts`, in the order of the facts.
pub(crate) fn sensitive_topics(stakeholders: &mut [Stakeholder], facts: &[FactRecord]) {
    let mut by_id: FxHashMap<Iri, usize> = FxHashMap::default();
    let mut by_name: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (place, person) in stakeholders.iter().enumerate() {
        by_id.insert(person.id.clone(), place);
        // A name that two have is nobody's.
        by_name.entry(person.name.clone()).and_modify(|known| *known = None).or_insert(Some(place));
    }
    let topics = facts.iter().filter(|record| {
        let fact = &record.fact;
        let stands = fact.review != ReviewState::Rejected && fact.retired_at.is_none();
        fact.kind == FactKind::SensitiveTopic && stands && fact.status == FactStatus::Current
    });
    for record in topics {
        let raised_by = || record.fact.evidence.first()?.speaker.as_ref().and_then(|name| *by_name.get(name)?);
        let place = record.owner.as_ref().and_then(|owner| by_id.get(owner).copied()).or_else(raised_by);
        if let Some(person) = place.map(|place| &mut stakeholders[place])
            && person.side != Some(Side::Vendor)
        {
            let value = record.fact.statement.clone();
            person.sensitive_topics.push(SensitiveTopic { value, evidence: record.fact.evidence.clone() });
        }
    }
}
