//! Who took part in each row, and who is only ever named.

use super::names::NameForm;
use super::registry::{KeyId, NameId};
use super::roster::{Part, PersonId, Roster, THREAD_REACH, tells_of_nobody};
use crate::model::{Participant, PersonFinding, Told};

/// What a lone name is that nobody has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lone {
    IsSomebody,
    IsNobody,
}

/// A lone name that nobody has must be read this surely to be somebody's.
const LEAST_LONE_CONFIDENCE: f32 = 0.6;

impl<'a> Roster<'a> {
    /// Adds those who are only ever named, with the full names that nobody has; "Dana" in an earlier row may be one.
    pub(super) fn meet_full_names(&mut self, rows: &[&'a Told], keys: &[Option<KeyId>]) {
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
    pub(super) fn cast(&mut self, rows: &[&'a Told], keys: &[Option<KeyId>]) {
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
        self.index.add(person, &self.registry.names[name.0 as usize]);
        Some(person)
    }

    /// The person to whom people gave a name.
    pub(super) fn decided(&self, form: &NameForm) -> Option<PersonId> {
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

fn has_key(roster: &Roster<'_>, finding: &PersonFinding) -> bool {
    finding.external_id.as_deref().is_some_and(|id| !id.is_empty())
        || finding.address.as_deref().is_some_and(|raw| roster.registry.known_address(raw).is_some())
}
