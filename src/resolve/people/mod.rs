//! Who is who: people by certain keys, names that link to them, sides, and what each of them did.

mod activity;
mod care;
mod cast;
pub mod decide;
mod domains;
mod history;
pub mod influence;
mod languages;
mod linking;
mod mailboxes;
pub mod named;
mod names;
mod nicknames;
mod portrait;
mod ranks;
mod registry;
pub(crate) mod reviewed;
mod roles;
mod roster;
mod sides;
mod standing;
mod statements;
mod suggest;
#[cfg(test)]
mod tests;
mod threads;
mod verdicts;
mod weigh;
mod weights;

pub(crate) use activity::sayers;
pub(crate) use care::sensitive_topics;
pub(crate) use linking::Link;
pub(crate) use names::fold;
pub(crate) use roster::PersonId;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use activity::{Activity, activities};
use history::former_names;
use portrait::{Gallery, spell};
use registry::{KeyId, NameId, Spelling};
use roles::Deeds;
use roster::{Part, Roster};
use statements::Statements;

use self::domains::Domains;
use super::Context;
use crate::model::{
    AccountProfile, FactRecord, FormerName, IdentitySuggestion, Iri, Party, Preference, Side, Stakeholder, Told,
};

/// The people of an account.
#[derive(Debug)]
pub(crate) struct People<'a> {
    roster: Roster<'a>,
    statements: Statements<'a>,
    activities: Vec<Activity>,
    deeds: Vec<Deeds>,
    languages: Vec<Vec<String>>,
    sides: Vec<Option<Side>>,
    /// Best spelling of the name, and the others.
    names: Vec<(String, Vec<String>)>,
    addresses: Vec<Vec<String>>,
    former_names: Vec<Vec<FormerName>>,
}

impl<'a> People<'a> {
    /// Works out the people of `rows`, which are in order of time.
    pub(crate) fn read(context: &Context, profile: &AccountProfile, rows: &[&'a Told]) -> Self {
        let roster = Roster::read(context, rows);
        let statements = Statements::gather(&roster, rows);
        let activities = activities(&roster, rows);
        let deeds = roles::deeds(&roster, rows);
        let languages = languages::languages(&roster, rows);
        let domains = Domains::known_or_seen(context, profile, rows);
        let sides = sides::sides(&domains, &roster, rows, &statements);
        let spellings = spellings(&roster);
        let names: Vec<(String, Vec<String>)> =
            (0u32..).zip(&spellings).map(|(person, found)| spell(&roster, PersonId(person), found)).collect();
        let addresses =
            (0u32..).zip(&spellings).map(|(person, found)| addresses(&roster, PersonId(person), found)).collect();
        let times: Vec<Timestamp> = rows.iter().map(|told| told.sent_at).collect();
        let former = |(person, found): (u32, &Vec<(KeyId, NameId, Spelling)>)| {
            let person = PersonId(person);
            let name = names[person.index()].0.as_str();
            former_names(&roster, (name, found), statements.of(person), &times)
        };
        let former_names = (0u32..).zip(&spellings).map(former).collect();
        Self { roster, statements, activities, deeds, languages, sides, names, addresses, former_names }
    }

    /// The parts that people took in a row.
    pub(crate) fn parts(&self, row: u32) -> &[Part] {
        self.roster.parts(row)
    }

    /// Number of the thread of a row.
    pub(crate) fn thread(&self, row: u32) -> Option<u32> {
        self.roster.thread(row)
    }

    /// IRI of a person.
    pub(crate) fn iri(&self, person: PersonId) -> &Iri {
        &self.roster.iris[person.index()]
    }

    /// Side of a person.
    pub(crate) fn side(&self, person: PersonId) -> Option<Side> {
        self.sides[person.index()]
    }

    /// Best spelling of a person's name.
    pub(crate) fn name(&self, person: PersonId) -> &str {
        &self.names[person.index()].0
    }

    /// Whom an address or a name means in `row`.
    pub(crate) fn find(&self, address: Option<&str>, name: Option<&str>, row: u32) -> Link {
        self.roster.find(address, name, row)
    }

    /// A person as a party, with all that is known.
    pub(crate) fn party(&self, person: PersonId) -> Party {
        Party {
            name: Some(self.name(person).to_owned()),
            address: self.addresses[person.index()].first().cloned(),
            side: self.side(person),
        }
    }

    /// The people as the contract shows them, by IRI.
    pub(crate) fn stakeholders(
        &self,
        context: &Context,
        profile: &AccountProfile,
        mut preferences: Vec<Vec<Preference>>,
    ) -> Vec<Stakeholder> {
        preferences.resize_with(self.roster.len(), Vec::new);
        let gallery = Gallery::new(&context.account, profile, self);
        let mut stakeholders: Vec<Stakeholder> = (0u32..)
            .zip(preferences)
            .map(|(person, preferences)| gallery.paint(self, PersonId(person), preferences))
            .collect();
        stakeholders.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        stakeholders
    }

    /// Fills in how much each of `stakeholders` moves; `ranks` are their places in the network of contact.
    pub(crate) fn weigh(
        &self,
        stakeholders: &mut [Stakeholder],
        (rows, facts): (&[&Told], &[FactRecord]),
        ranks: &FxHashMap<Iri, f64>,
    ) {
        let standings = standing::standings(&self.roster, rows, facts);
        let places: FxHashMap<&Iri, usize> = self.roster.iris.iter().zip(0..).collect();
        weigh::weigh(stakeholders, |person| {
            let place = places.get(&person.id).copied().unwrap_or_default();
            let activity = &self.activities[place];
            weigh::Counts {
                attention: activity.addressed as f32 + activity.copied as f32 / 2.0,
                standing: standings[place],
                centrality: ranks.get(&person.id).copied().unwrap_or_default() as f32,
            }
        });
    }

    /// Who may be one person though no certain key says so.
    pub(crate) fn suggestions(&self, rows: &[&Told]) -> Vec<IdentitySuggestion> {
        suggest::suggestions(self, rows)
    }

    /// What the model of parts reads of each person, and after it what is said of each part, for training.
    pub(crate) fn role_features(&self, context: &Context, profile: &AccountProfile) -> Vec<(Iri, Vec<f32>)> {
        let gallery = Gallery::new(&context.account, profile, self);
        let of = |person: PersonId| {
            let said = self.statements.of(person);
            let mut read = roles::features(gallery.ground(self, person, portrait::title(said))).to_vec();
            read.extend(roles::words(said));
            (self.iri(person).clone(), read)
        };
        (0..self.roster.len() as u32).map(|person| of(PersonId(person))).collect()
    }

    /// Number of people.
    pub(crate) fn len(&self) -> usize {
        self.roster.len()
    }
}

/// The spellings met for each person, in a fixed order.
fn spellings(roster: &Roster<'_>) -> Vec<Vec<(KeyId, NameId, Spelling)>> {
    let mut by_person = vec![Vec::new(); roster.len()];
    for (&(key, name), &spelling) in &roster.registry.spellings {
        if let Some(person) = roster.person_of(key) {
            by_person[person.index()].push((key, name, spelling));
        }
    }
    for found in &mut by_person {
        found.sort_unstable_by_key(|&(key, name, _)| (key, name));
    }
    by_person
}

/// The addresses of a person, most used first.
fn addresses(roster: &Roster<'_>, person: PersonId, spellings: &[(KeyId, NameId, Spelling)]) -> Vec<String> {
    let uses = |key: KeyId| spellings.iter().filter(|(other, ..)| *other == key).map(|(.., s)| s.count).sum::<u32>();
    let mut addresses: Vec<(u32, &str)> = roster.people[person.index()]
        .iter()
        .filter_map(|key| {
            roster.registry.keys[key.0 as usize].strip_prefix("mailto:").map(|address| (uses(*key), address))
        })
        .collect();
    addresses.sort_by_key(|(uses, _)| std::cmp::Reverse(*uses));
    addresses.into_iter().map(|(_, address)| address.to_owned()).collect()
}
