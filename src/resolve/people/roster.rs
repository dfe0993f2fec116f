//! Who the people of an account are, by certain keys first and by unmistakable full names after them,
//! and who took part in each interaction.

use rustc_hash::FxHashMap;

use super::linking::{Link, NameIndex};
use super::names::{NameForm, name_in_address};
use super::registry::{KeyId, NameId, Registry};
use super::verdicts::Verdicts;
use crate::model::{Automatic, Iri, Participant, ParticipantRole, PersonKey, Told, mint_stakeholder};
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
    person_of_key: Vec<Option<PersonId>>,
    pub(crate) index: NameIndex,
    parts: Vec<Part>,
    /// Where the parts of each row start; one more than there are rows.
    offsets: Vec<u32>,
    /// Earlier rows of the same thread are linked in a chain.
    previous_in_thread: Vec<Option<u32>>,
    /// The thread of each row, by number.
    threads: Vec<Option<u32>>,
}

/// What a lone name is that nobody has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lone {
    IsSomebody,
    IsNobody,
}

/// A lone name that nobody has must be read this surely to be somebody's.
const LEAST_LONE_CONFIDENCE: f32 = 0.6;

/// How far back in a thread a name is looked for, in interactions.
const THREAD_REACH: usize = 60;

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
    fn candidates(&self, form: &NameForm) -> Vec<PersonId> {
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

    /// Adds those who are only ever named, with the full names that nobody has; "Dana" in an earlier row may be one.
    fn meet_full_names(&mut self, rows: &[&'a Told], keys: &[Option<KeyId>]) {
        let mut key = keys.iter();
        for (row, told) in (0u32..).zip(rows).filter(|(_, told)| !tells_of_nobody(told)) {
            let mut met: Vec<&'a str> = Vec::new();
            for participant in &told.participants {
                if key.next().copied().flatten().is_none() && participant.address.is_none() {
                    met.extend(participant.name.as_deref());
                }
            }
            let named = told.findings.people.iter().filter(|finding| !has_key(self, finding));
            met.extend(named.filter_map(|finding| finding.name.as_deref()));
            for raw in met {
                let Some(name) = self.registry.name(raw) else { continue };
                let form = &self.registry.names[name.0 as usize];
                let is_new = form.is_full() && self.decided(form).is_none() && self.candidates(form).is_empty();
                if is_new {
                    self.introduce(name, row);
                }
            }
        }
    }

    /// Fills in who took part in each row.
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
                match key.next().copied().flatten().and_then(|key| self.person_of(key)) {
                    Some(person) => self.parts.push(Part { role: participant.role, person, participant: position }),
                    None => by_name.push((position, participant)),
                }
            }
            for (position, participant) in by_name {
                let Some(raw) = participant.name.as_deref() else { continue };
                if let Some(person) = self.named(raw, row, start, Lone::IsNobody) {
                    self.parts.push(Part { role: participant.role, person, participant: position });
                }
            }
            for finding in &told.findings.people {
                if let Some(raw) = finding.name.as_deref().filter(|_| !has_key(self, finding)) {
                    let is_sure = finding.confidence >= LEAST_LONE_CONFIDENCE;
                    self.named(raw, row, start, if is_sure { Lone::IsSomebody } else { Lone::IsNobody });
                }
            }
        }
        self.offsets.push(self.parts.len() as u32);
    }

    /// The person that a name without a certain key means. A lone first name that nobody has is somebody where an
    /// engine read it as a person's; who is so called in a list of speakers may be a room.
    fn named(&mut self, raw: &'a str, row: u32, start: usize, lone: Lone) -> Option<PersonId> {
        let name = self.registry.name(raw)?;
        let form = &self.registry.names[name.0 as usize];
        let present = &self.parts[start..];
        let candidates = self.decided(form).map_or_else(|| self.candidates(form), |person| vec![person]);
        let here: Vec<PersonId> =
            candidates.iter().copied().filter(|who| present.iter().any(|p| p.person == *who)).collect();
        let person = match (candidates.as_slice(), here.as_slice()) {
            ([only], _) | (_, [only]) => *only,
            ([], _) if lone == Lone::IsSomebody => return Some(self.introduce(name, row)),
            _ => return self.in_thread(&candidates, row),
        };
        let key = self.people[person.index()][0];
        self.registry.spell(key, name, row, false);
        Some(person)
    }

    /// The person to whom people gave a name.
    fn decided(&self, form: &NameForm) -> Option<PersonId> {
        self.registry.known_name(&form.full).and_then(|key| self.person_of(key))
    }

    /// Adds somebody who is known by a name alone.
    fn introduce(&mut self, name: NameId, row: u32) -> PersonId {
        let key = self.registry.name_key(name);
        let person = PersonId(self.people.len() as u32);
        self.people.push(vec![key]);
        self.person_of_key.resize(self.registry.keys.len(), None);
        for other in self.registry.decided_with(key) {
            self.person_of_key[other.0 as usize] = Some(person);
        }
        self.person_of_key[key.0 as usize] = Some(person);
        self.registry.spell(key, name, row, false);
        self.index.add(person, &self.registry.names[name.0 as usize]);
        person
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
