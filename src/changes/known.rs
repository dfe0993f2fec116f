//! Who and what was known before: the entry of the earlier fold that a person or a fact of the later one stands for.

use rustc_hash::FxHashMap;

use crate::model::{Evidence, Fact, FactKind, FactRecord, Iri, PersonKey, Stakeholder};

/// The people known before, by every key and by full name: somebody who was known by name alone is not new when the
/// first mail arrives.
pub(super) struct Known<'v> {
    ids: FxHashMap<&'v Iri, &'v Stakeholder>,
    keys: FxHashMap<&'v PersonKey, &'v Stakeholder>,
    addresses: FxHashMap<&'v str, &'v Stakeholder>,
    names: FxHashMap<String, &'v Stakeholder>,
}

impl<'v> Known<'v> {
    pub(super) fn of(people: &'v [Stakeholder]) -> Self {
        let keys = |person: &'v Stakeholder| person.keys.iter().map(move |key| (key, person));
        let addresses =
            |person: &'v Stakeholder| person.addresses.iter().map(move |address| (address.as_str(), person));
        let is_name = |person: &&Stakeholder| person.addresses.is_empty() && person.name.contains(' ');
        Self {
            ids: people.iter().map(|person| (&person.id, person)).collect(),
            keys: people.iter().flat_map(keys).collect(),
            addresses: people.iter().flat_map(addresses).collect(),
            names: people.iter().filter(is_name).map(|person| (person.name.to_lowercase(), person)).collect(),
        }
    }

    pub(super) fn find(&self, person: &Stakeholder) -> Option<&'v Stakeholder> {
        let by_key = || person.keys.iter().find_map(|key| self.keys.get(key));
        let by_address = || person.addresses.iter().find_map(|address| self.addresses.get(address.as_str()));
        let names = || std::iter::once(&person.name).chain(&person.aliases);
        let by_name = || names().find_map(|name| self.names.get(&name.to_lowercase()));
        self.ids.get(&person.id).or_else(by_key).or_else(by_address).or_else(by_name).copied()
    }
}

/// The facts known before, by identity and by the words they came from.
pub(super) struct KnownFacts<'v> {
    by_id: FxHashMap<&'v Iri, &'v FactRecord>,
    by_words: FxHashMap<(FactKind, &'v str, u32, u32), &'v FactRecord>,
}

impl<'v> KnownFacts<'v> {
    pub(super) fn of(records: &'v [FactRecord]) -> Self {
        let words =
            |record: &'v FactRecord| record.fact.evidence.iter().map(move |spot| (key(&record.fact, spot), record));
        Self {
            by_id: records.iter().map(|record| (&record.fact.id, record)).collect(),
            by_words: records.iter().flat_map(words).collect(),
        }
    }

    pub(super) fn find(&self, record: &FactRecord) -> Option<&'v FactRecord> {
        let by_words = || record.fact.evidence.iter().find_map(|spot| self.by_words.get(&key(&record.fact, spot)));
        self.by_id.get(&record.fact.id).or_else(by_words).copied()
    }
}

fn key<'f>(fact: &Fact, spot: &'f Evidence) -> (FactKind, &'f str, u32, u32) {
    (fact.kind, spot.interaction.as_str(), spot.start, spot.end)
}
