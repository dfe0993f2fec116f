//! Who the people of an account are, by certain keys first and by unmistakable full names after them,
//! and who took part in each interaction.

use rustc_hash::FxHashMap;

use super::linking::{Link, NameIndex};
use super::names::{NameForm, name_in_address};
use super::registry::{KeyId, Registry};
use super::threads::threads;
use super::verdicts::Verdicts;
use crate::model::{Automatic, Iri, ParticipantRole, PersonKey, Told, mint_stakeholder};
use crate::resolve::Context;

/// A person of the account, by order of their first key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PersonId(pub(crate) u32);

impl PersonId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Somebody's part in an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) role: ParticipantRole,
    pub(crate) person: PersonId,
    /// Position among the participants of the interaction.
    pub(crate) participant: u32,
}

/// The people of an account and the parts they took.
#[derive(Debug)]
pub(crate) struct Roster<'a> {
    pub(crate) registry: Registry<'a>,
    /// Keys of each person, first key first.
    pub(crate) people: Vec<Vec<KeyId>>,
    /// IRI of each person.
    pub(crate) iris: Vec<Iri>,
    /// Person of each key; `None` for a key that no source shows.
    pub(super) person_of_key: Vec<Option<PersonId>>,
    pub(crate) index: NameIndex,
    pub(super) parts: Vec<Part>,
    /// Where the parts of each row start; one more than there are rows.
    pub(super) offsets: Vec<u32>,
    /// Earlier rows of the same thread are linked in a chain.
    pub(super) previous_in_thread: Vec<Option<u32>>,
    /// The thread of each row, by number.
    threads: Vec<Option<u32>>,
}

/// How far back in a thread a name is looked for, in interactions.
pub(super) const THREAD_REACH: usize = 60;

impl<'a> Roster<'a> {
    /// Reads who takes part in `rows`, which are in order of time.
    pub(crate) fn read(context: &Context, rows: &[&'a Told]) -> Self {
        let mut registry = Registry::default();
        let keys = register(&mut registry, rows);
        registry.unite(&Verdicts::fold(&context.identities));
        let (people, person_of_key) = components(&registry);
        let (threads, previous_in_thread) = threads(rows);
        let mut roster = Self {
            index: NameIndex::default(),
            registry,
            people,
            iris: Vec::new(),
            person_of_key,
            parts: Vec::with_capacity(keys.len()),
            offsets: Vec::with_capacity(rows.len() + 1),
            previous_in_thread,
            threads,
        };
        roster.index_names();
        if roster.adopt() {
            (roster.people, roster.person_of_key) = components(&roster.registry);
            roster.index_names();
        }
        roster.meet_full_names(rows, &keys);
        roster.cast(rows, &keys);
        roster.iris = roster
            .people
            .iter()
            .map(|keys| mint_stakeholder(&context.account, &roster.registry.keys[keys[0].0 as usize]))
            .collect();
        roster
    }

    /// The parts that people took in a row.
    pub(crate) fn parts(&self, row: u32) -> &[Part] {
        let (start, end) = (self.offsets.get(row as usize), self.offsets.get(row as usize + 1));
        match (start, end) {
            (Some(&start), Some(&end)) => &self.parts[start as usize..end as usize],
            _ => &self.parts[self.offsets.last().map_or(0, |&start| start as usize)..],
        }
    }

    /// The row before this one in its thread.
    pub(crate) fn previous_in_thread(&self, row: u32) -> Option<u32> {
        self.previous_in_thread.get(row as usize).copied().flatten()
    }

    /// Number of the thread of a row.
    pub(crate) fn thread(&self, row: u32) -> Option<u32> {
        self.threads.get(row as usize).copied().flatten()
    }

    /// Number of people.
    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// Whom a key belongs to.
    pub(crate) fn person_of(&self, key: KeyId) -> Option<PersonId> {
        self.person_of_key.get(key.0 as usize).copied().flatten()
    }

    /// Whom an address belongs to.
    pub(crate) fn by_address(&self, raw: &str) -> Option<PersonId> {
        self.registry.known_address(raw).and_then(|key| self.person_of(key))
    }

    /// Whom a source's own identity belongs to.
    pub(crate) fn by_external(&self, raw: &str) -> Option<PersonId> {
        self.registry.known_external(raw).and_then(|key| self.person_of(key))
    }

    /// What a person is known by.
    pub(crate) fn keys_of(&self, person: PersonId) -> Vec<PersonKey> {
        let own = &self.people[person.index()];
        let decided = own.first().map(|key| self.registry.decided_with(*key)).unwrap_or_default();
        let mut keys = own.clone();
        for key in decided {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys.iter().map(|key| PersonKey::from_text(self.registry.keys[key.0 as usize].as_str())).collect()
    }

    /// Says whether people gave a key of each to two persons.
    pub(crate) fn is_apart(&self, a: PersonId, b: PersonId) -> bool {
        let keys = |person: PersonId| self.people[person.index()].iter().copied();
        keys(a).any(|one| keys(b).any(|other| self.registry.is_apart(one, other)))
    }

    /// Whom a name means when it is used in `row`.
    pub(crate) fn by_name(&self, raw: &str, row: u32) -> Link {
        match self.registry.known_form(raw) {
            Some(form) => self.link(form, row),
            None => NameForm::parse(raw).map_or(Link::Unknown, |form| self.link(&form, row)),
        }
    }

    /// Whom an address or, without one that is known, a name means in `row`.
    pub(crate) fn find(&self, address: Option<&str>, name: Option<&str>, row: u32) -> Link {
        match address.and_then(|raw| self.by_address(raw)) {
            Some(person) => Link::Person(person),
            None => name.map_or(Link::Unknown, |raw| self.by_name(raw, row)),
        }
    }

    fn link(&self, form: &NameForm, row: u32) -> Link {
        if let Some(person) = self.decided(form) {
            return Link::Person(person);
        }
        let candidates = self.candidates(form);
        match candidates.as_slice() {
            [] => return Link::Unknown,
            [only] if form.is_full() => return Link::Person(*only),
            _ => {}
        }
        let mut at = Some(row);
        for _ in 0..THREAD_REACH {
            let Some(here) = at else { break };
            let mut present = self.parts(here).iter().map(|part| part.person).filter(|who| candidates.contains(who));
            if let Some(first) = present.next() {
                return if present.all(|other| other == first) {
                    Link::Person(first)
                } else {
                    Link::Ambiguous(candidates)
                };
            }
            at = self.previous_in_thread(here);
        }
        match candidates.as_slice() {
            [only] => Link::Person(*only),
            _ => Link::Ambiguous(candidates),
        }
    }

    /// Everybody whom a name can mean, but for those of whom people said that it does not mean them.
    pub(super) fn candidates(&self, form: &NameForm) -> Vec<PersonId> {
        let mut candidates = self.index.candidates(form);
        if let Some(name) = self.registry.known_name(&form.full) {
            candidates.retain(|who| !self.people[who.index()].iter().any(|key| self.registry.is_apart(name, *key)));
        }
        candidates
    }

    fn index_names(&mut self) {
        self.index = NameIndex::default();
        let mut named = vec![false; self.people.len()];
        let mut spellings: Vec<_> = self.registry.spellings.keys().copied().collect();
        spellings.sort_unstable();
        for (key, name) in spellings {
            let Some(person) = self.person_of(key) else { continue };
            named[person.index()] = true;
            self.index.add(person, &self.registry.names[name.0 as usize]);
        }
        for (number, keys) in self.people.iter().enumerate().filter(|(number, _)| !named[*number]) {
            let spelled = keys.iter().find_map(|key| self.registry.keys[key.0 as usize].strip_prefix("mailto:"));
            if let Some(form) = spelled.and_then(|address| NameForm::parse(&name_in_address(address))) {
                self.index.add(PersonId(number as u32), &form);
            }
            if let Some(address) = spelled {
                self.index.add_mailbox(PersonId(number as u32), address);
            }
        }
    }

    /// Gives a chat identity without an address to the one person who has its full name, as a name in a call is.
    /// Answers whether any was given.
    fn adopt(&mut self) -> bool {
        let is_chat = |person: &Vec<KeyId>| person.iter().all(|key| self.registry.is_chat(*key));
        let chats: Vec<bool> = self.people.iter().map(is_chat).collect();
        let mut adopted: Vec<(KeyId, KeyId)> = Vec::new();
        let mut spellings: Vec<_> = self.registry.spellings.keys().copied().collect();
        spellings.sort_unstable();
        for (key, name) in spellings {
            let Some(person) = self.person_of(key).filter(|person| chats[person.index()]) else { continue };
            let form = &self.registry.names[name.0 as usize];
            if form.is_full() {
                let others = self.index.exactly(form).filter(|other| *other != person);
                let [only] = others.collect::<Vec<_>>()[..] else { continue };
                adopted.push((self.people[only.index()][0], key));
            }
        }
        for &(owner, chat) in &adopted {
            self.registry.join(owner, chat);
        }
        !adopted.is_empty()
    }
}

/// Says whether nobody writes the interaction: its addresses are a program's.
pub(crate) fn tells_of_nobody(told: &Told) -> bool {
    match told.findings.automatic {
        Some(Automatic::Newsletter | Automatic::Notification | Automatic::Bounce) => true,
        Some(Automatic::AutoReply | Automatic::Invitation) | None => false,
    }
}

/// Registers every key; answers the key of each participant of the rows that tell of somebody, in order.
fn register<'a>(registry: &mut Registry<'a>, rows: &[&'a Told]) -> Vec<Option<KeyId>> {
    let mut keys = Vec::with_capacity(rows.len() * 3);
    for (row, told) in (0u32..).zip(rows) {
        if !tells_of_nobody(told) {
            for participant in &told.participants {
                keys.push(registry.participant(participant, row));
            }
        }
        for finding in told.findings.people.iter().filter(|_| told.findings.automatic != Some(Automatic::Bounce)) {
            registry.person(finding, row);
        }
    }
    keys
}

/// Gathers the keys that belong together; people are in the order of their first key.
fn components(registry: &Registry<'_>) -> (Vec<Vec<KeyId>>, Vec<Option<PersonId>>) {
    let mut by_root: FxHashMap<KeyId, PersonId> = FxHashMap::default();
    let mut people: Vec<Vec<KeyId>> = Vec::new();
    let keys = || (0..registry.keys.len() as u32).map(KeyId);
    for key in keys().filter(|key| registry.is_seen(*key)) {
        let person = *by_root.entry(registry.root(key)).or_insert_with(|| {
            people.push(Vec::new());
            PersonId(people.len() as u32 - 1)
        });
        people[person.index()].push(key);
    }
    (people, keys().map(|key| by_root.get(&registry.root(key)).copied()).collect())
}
