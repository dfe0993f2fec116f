//! Who the people of an account are, by certain keys first and by unmistakable full names after them,
//! and who took part in each interaction.

use rustc_hash::FxHashMap;

use super::linking::{Link, NameIndex};
use super::names::{NameForm, name_in_address};
use super::registry::{KeyId, Registry};
use crate::model::{Automatic, Iri, Participant, ParticipantRole, Told, mint_stakeholder};
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
    /// Person of each key.
    person_of_key: Vec<PersonId>,
    pub(crate) index: NameIndex,
    parts: Vec<Part>,
    /// Where the parts of each row start; one more than there are rows.
    offsets: Vec<u32>,
    /// Earlier rows of the same thread are linked in a chain.
    previous_in_thread: Vec<Option<u32>>,
    /// The thread of each row, by number.
    threads: Vec<Option<u32>>,
}

/// How far back in a thread a name is looked for, in interactions.
const THREAD_REACH: usize = 60;

impl<'a> Roster<'a> {
    /// Reads who takes part in `rows`, which are in order of time.
    pub(crate) fn read(context: &Context, rows: &[&'a Told]) -> Self {
        let mut registry = Registry::default();
        let keys = register(&mut registry, rows);
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
    pub(crate) fn person_of(&self, key: KeyId) -> PersonId {
        self.person_of_key[key.0 as usize]
    }

    /// Whom an address belongs to.
    pub(crate) fn by_address(&self, raw: &str) -> Option<PersonId> {
        self.registry.known_address(raw).map(|key| self.person_of(key))
    }

    /// Whom a source's own identity belongs to.
    pub(crate) fn by_external(&self, raw: &str) -> Option<PersonId> {
        self.registry.known_external(raw).map(|key| self.person_of(key))
    }

    /// Whom a name means when it is used in `row`.
    pub(crate) fn by_name(&self, raw: &str, row: u32) -> Link {
        NameForm::parse(raw).map_or(Link::Unknown, |form| self.link(&form, row))
    }

    /// Whom an address or, without one that is known, a name means in `row`.
    pub(crate) fn find(&self, address: Option<&str>, name: Option<&str>, row: u32) -> Link {
        match address.and_then(|raw| self.by_address(raw)) {
            Some(person) => Link::Person(person),
            None => name.map_or(Link::Unknown, |raw| self.by_name(raw, row)),
        }
    }

    fn link(&self, form: &NameForm, row: u32) -> Link {
        let candidates = self.index.candidates(form);
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

    fn index_names(&mut self) {
        let mut named = vec![false; self.people.len()];
        let mut spellings: Vec<_> = self.registry.spellings.keys().copied().collect();
        spellings.sort_unstable();
        for (key, name) in spellings {
            let person = self.person_of(key);
            named[person.index()] = true;
            self.index.add(person, &self.registry.names[name.0 as usize]);
        }
        for (number, keys) in self.people.iter().enumerate().filter(|(number, _)| !named[*number]) {
            let spelled = keys.iter().find_map(|key| self.registry.keys[key.0 as usize].strip_prefix("mailto:"));
            if let Some(form) = spelled.and_then(|address| NameForm::parse(&name_in_address(address))) {
                self.index.add(PersonId(number as u32), &form);
            }
        }
    }

    /// Fills in who took part in each row. A full name that nobody has becomes a person known by that name.
    fn cast(&mut self, rows: &[&'a Told], keys: &[Option<KeyId>]) {
        let mut key = keys.iter();
        for (row, told) in (0u32..).zip(rows) {
            self.offsets.push(self.parts.len() as u32);
            if tells_of_nobody(told) {
                continue;
            }
            let start = self.parts.len();
            let mut by_name: Vec<(u32, &'a Participant)> = Vec::new();
            for (position, participant) in (0u32..).zip(&told.participants) {
                match key.next().copied().flatten() {
                    Some(key) => {
                        let person = self.person_of(key);
                        self.parts.push(Part { role: participant.role, person, participant: position });
                    }
                    None => by_name.push((position, participant)),
                }
            }
            for (position, participant) in by_name {
                let Some(raw) = participant.name.as_deref() else { continue };
                let has_mailbox = participant.address.is_some();
                if let Some(person) = self.named(raw, row, start, has_mailbox) {
                    self.parts.push(Part { role: participant.role, person, participant: position });
                }
            }
            for finding in &told.findings.people {
                if let Some(raw) = finding.name.as_deref().filter(|_| !has_key(self, finding)) {
                    self.named(raw, row, start, false);
                }
            }
        }
        self.offsets.push(self.parts.len() as u32);
    }

    /// The person that a name without a certain key means; makes one up only for a full name that nobody has.
    fn named(&mut self, raw: &'a str, row: u32, start: usize, has_mailbox: bool) -> Option<PersonId> {
        let name = self.registry.name(raw)?;
        let form = &self.registry.names[name.0 as usize];
        let present = &self.parts[start..];
        let candidates = self.index.candidates(form);
        let here: Vec<PersonId> =
            candidates.iter().copied().filter(|who| present.iter().any(|p| p.person == *who)).collect();
        let person = match (candidates.as_slice(), here.as_slice()) {
            ([only], _) | (_, [only]) => Some(*only),
            ([], _) if form.is_full() && !has_mailbox => None,
            _ => return self.in_thread(&candidates, row),
        };
        if let Some(person) = person {
            let key = self.people[person.index()][0];
            self.registry.spell(key, name, row, false);
            return Some(person);
        }
        let key = self.registry.name_key(name);
        let person = PersonId(self.people.len() as u32);
        self.people.push(vec![key]);
        self.person_of_key.push(person);
        self.registry.spell(key, name, row, false);
        self.index.add(person, &self.registry.names[name.0 as usize]);
        Some(person)
    }

    fn in_thread(&self, candidates: &[PersonId], row: u32) -> Option<PersonId> {
        let mut at = self.previous_in_thread(row);
        for _ in 0..THREAD_REACH {
            let here = at?;
            let mut present = self.parts(here).iter().map(|part| part.person).filter(|who| candidates.contains(who));
            if let Some(first) = present.next() {
                return present.all(|other| other == first).then_some(first);
            }
            at = self.previous_in_thread(here);
        }
        None
    }
}

fn has_key(roster: &Roster<'_>, finding: &crate::model::PersonFinding) -> bool {
    finding.external_id.as_deref().is_some_and(|id| !id.is_empty())
        || finding.address.as_deref().is_some_and(|raw| roster.registry.known_address(raw).is_some())
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
                keys.push(register_participant(registry, participant, row));
            }
        }
        for finding in told.findings.people.iter().filter(|_| told.findings.automatic != Some(Automatic::Bounce)) {
            registry.person(finding, row);
        }
    }
    keys
}

fn register_participant<'a>(registry: &mut Registry<'a>, participant: &'a Participant, row: u32) -> Option<KeyId> {
    if participant.role == ParticipantRole::ReplyTo {
        return participant.address.as_deref().and_then(|raw| registry.known_address(raw));
    }
    let key = registry.address(participant.address.as_deref()?)?;
    if let Some(name) = participant.name.as_deref().and_then(|raw| registry.name(raw)) {
        registry.spell(key, name, row, false);
    }
    Some(key)
}

/// Gathers the keys that belong together; people are in the order of their first key.
fn components(registry: &Registry<'_>) -> (Vec<Vec<KeyId>>, Vec<PersonId>) {
    let mut people: Vec<Vec<KeyId>> = Vec::new();
    let mut person_of_key: Vec<PersonId> = Vec::with_capacity(registry.keys.len());
    for key in (0..registry.keys.len() as u32).map(KeyId) {
        let root = registry.root(key);
        let person = if root == key {
            people.push(Vec::new());
            PersonId(people.len() as u32 - 1)
        } else {
            person_of_key[root.0 as usize]
        };
        people[person.index()].push(key);
        person_of_key.push(person);
    }
    (people, person_of_key)
}

/// The thread of each row, and the row before it in that thread.
fn threads(rows: &[&Told]) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut latest: Vec<u32> = Vec::new();
    let mut threads = Vec::with_capacity(rows.len());
    let mut previous = Vec::with_capacity(rows.len());
    for (row, told) in (0u32..).zip(rows) {
        let thread = told.thread.as_deref().map(|thread| *numbers.entry(thread).or_insert(latest.len() as u32));
        threads.push(thread);
        previous.push(match thread {
            Some(thread) if (thread as usize) < latest.len() => {
                Some(std::mem::replace(&mut latest[thread as usize], row))
            }
            Some(_) => {
                latest.push(row);
                None
            }
            None => None,
        });
    }
    (threads, previous)
}
