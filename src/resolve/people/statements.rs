//! What was said of each person: signatures, introductions, directory rows, goodbyes.

use super::activity::sayers;
use super::roster::{PersonId, Roster};
use crate::model::{Evidence, PersonFinding, PersonSource, Told};
use crate::resolve::is_dated;

/// One statement about a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) told: &'a Told,
    pub(crate) finding: &'a PersonFinding,
    /// The row of the interaction.
    pub(crate) row: u32,
}

impl Statement<'_> {
    /// Says whether a CRM, ticket system or chat directory states it, which outranks text.
    pub(crate) fn is_directory(&self) -> bool {
        self.finding.source == PersonSource::Directory
    }

    /// Says whether it has a time of its own.
    pub(crate) fn is_dated(&self) -> bool {
        is_dated(self.told)
    }

    /// The words, where there are any.
    pub(crate) fn evidence(&self) -> Option<Evidence> {
        (!self.finding.quote.is_empty()).then(|| Evidence {
            interaction: self.told.id.clone(),
            kind: self.told.kind,
            at: self.told.sent_at,
            speaker: None,
            start: self.finding.span.start,
            end: self.finding.span.end,
            quote: self.finding.quote.clone(),
        })
    }
}

/// All statements, by person and in order of time.
#[derive(Debug)]
pub(crate) struct Statements<'a> {
    by_person: Vec<Vec<Statement<'a>>>,
}

impl<'a> Statements<'a> {
    /// Gathers what `rows` say of the people of `roster`.
    pub(crate) fn gather(roster: &Roster<'a>, rows: &[&'a Told]) -> Self {
        let mut by_person = vec![Vec::new(); roster.len()];
        for (row, &told) in (0u32..).zip(rows) {
            for finding in &told.findings.people {
                if let Some(person) = who(roster, told, finding, row) {
                    by_person[person.index()].push(Statement { told, finding, row });
                }
            }
        }
        Self { by_person }
    }

    /// What was said of one person.
    pub(crate) fn of(&self, person: PersonId) -> &[Statement<'a>] {
        self.by_person.get(person.index()).map_or(&[], Vec::as_slice)
    }
}

/// Whom a statement is about: a certain key, an unmistakable name, or the author where it names nobody.
fn who(roster: &Roster<'_>, told: &Told, finding: &PersonFinding, row: u32) -> Option<PersonId> {
    if let Some(person) = finding.external_id.as_deref().and_then(|id| roster.by_external(id)) {
        return Some(person);
    }
    if finding.address.is_some() || finding.name.is_some() {
        return roster.find(finding.address.as_deref(), finding.name.as_deref(), row).person();
    }
    match finding.source {
        PersonSource::Signature | PersonSource::Introduction | PersonSource::AutoReply | PersonSource::Conduct => {
            let mut sayers = sayers(told.kind, roster.parts(row));
            sayers.next().filter(|_| sayers.next().is_none())
        }
        PersonSource::Mention | PersonSource::Directory => None,
    }
}
