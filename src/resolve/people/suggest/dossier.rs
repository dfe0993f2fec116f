//! What is compared of a person.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Side, Told};
use crate::resolve::people::names::{NameForm, domain_of, is_free_mail, name_in_address, normal_address};
use crate::resolve::people::nicknames::akin_to;
use crate::resolve::people::roster::PersonId;
use crate::resolve::people::{People, sayers};

/// What is compared of a person.
pub(super) struct Dossier {
    pub(super) person: PersonId,
    pub(super) name: String,
    /// Every name they go by.
    pub(super) forms: Vec<NameForm>,
    pub(super) addresses: Vec<String>,
    /// Digits of their telephone numbers.
    pub(super) phones: BTreeSet<String>,
    /// Addresses that are told to be theirs.
    pub(super) told_addresses: BTreeSet<String>,
    /// Folded names that they are told to have had before.
    pub(super) told_names: BTreeSet<String>,
    pub(super) titles: BTreeSet<String>,
    pub(super) organizations: BTreeSet<String>,
    pub(super) side: Option<Side>,
    /// Rows in which they took part, ascending.
    pub(super) rows: Vec<u32>,
    pub(super) threads: FxHashSet<u32>,
    /// First and last row that they said something in.
    pub(super) said: Option<(u32, u32)>,
}

/// Figures of a telephone number that tell it from others.
const DIGITS: usize = 8;

/// The dossier of everybody.
pub(super) fn dossiers(people: &People<'_>, rows: &[&Told]) -> Vec<Dossier> {
    let mut dossiers: Vec<Dossier> = (0..people.len() as u32).map(|person| dossier(people, PersonId(person))).collect();
    for (row, told) in (0u32..).zip(rows) {
        for part in people.parts(row) {
            let dossier = &mut dossiers[part.person.index()];
            if dossier.rows.last() != Some(&row) {
                dossier.rows.push(row);
            }
            dossier.threads.extend(people.thread(row));
        }
        for sayer in sayers(told.kind, people.parts(row)) {
            let said = &mut dossiers[sayer.index()].said;
            *said = Some((said.map_or(row, |(first, _)| first), row));
        }
    }
    dossiers
}

fn dossier(people: &People<'_>, person: PersonId) -> Dossier {
    let roster = &people.roster;
    let (name, aliases) = &people.names[person.index()];
    let addresses = people.addresses[person.index()].clone();
    let mut forms: Vec<NameForm> =
        std::iter::once(name).chain(aliases).filter_map(|name| NameForm::parse(name)).collect();
    forms.retain(|form| !form.display.contains('@'));
    let mut dossier = Dossier {
        person,
        name: name.clone(),
        forms,
        addresses,
        phones: BTreeSet::new(),
        told_addresses: BTreeSet::new(),
        told_names: BTreeSet::new(),
        titles: BTreeSet::new(),
        organizations: BTreeSet::new(),
        side: people.side(person),
        rows: Vec::new(),
        threads: FxHashSet::default(),
        said: None,
    };
    for statement in people.statements.of(person) {
        let finding = statement.finding;
        dossier.phones.extend(finding.phone.as_deref().and_then(digits));
        let own: BTreeSet<&String> = dossier.addresses.iter().collect();
        let told = [finding.address.as_deref(), finding.other_address.as_deref()];
        let told = told.into_iter().flatten().filter_map(normal_address).filter(|address| !own.contains(address));
        let told: Vec<String> = told.collect();
        dossier.told_addresses.extend(told);
        let former = finding.former_name.as_deref().and_then(NameForm::parse);
        dossier.told_names.extend(former.map(|form| form.full));
        dossier.titles.extend(finding.title.as_deref().map(folded));
        dossier.organizations.extend(finding.organization.as_deref().map(folded));
    }
    if dossier.forms.is_empty() && !roster.people[person.index()].is_empty() {
        let spelled = dossier.addresses.first().map(|address| name_in_address(address));
        dossier.forms.extend(spelled.as_deref().and_then(NameForm::parse));
    }
    dossier
}

fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let start = digits.len().checked_sub(DIGITS)?;
    Some(digits[start..].to_owned())
}

fn folded(words: &str) -> String {
    let words = words.split(|c: char| !c.is_alphanumeric()).map(crate::resolve::people::fold);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Dossier {
    /// Domains of their addresses at a company.
    pub(super) fn company_domains(&self) -> BTreeSet<&str> {
        self.addresses.iter().map(|address| domain_of(address)).filter(|domain| !is_free_mail(domain)).collect()
    }

    /// Says whether both took part in one interaction.
    pub(super) fn meets(&self, other: &Self) -> usize {
        let (mut at, mut met) = (0, 0);
        for row in &self.rows {
            while other.rows.get(at).is_some_and(|theirs| theirs < row) {
                at += 1;
            }
            met += usize::from(other.rows.get(at) == Some(row));
        }
        met
    }
}

/// Last names of those who go by a first name; somebody without one counts as none.
#[derive(Default)]
pub(super) struct Bearers(FxHashMap<String, FxHashSet<String>>);

impl Bearers {
    /// Counts who goes by which first name.
    pub(super) fn count(dossiers: &[Dossier]) -> Self {
        let mut bearers = Self::default();
        for form in dossiers.iter().flat_map(|dossier| &dossier.forms) {
            let lasts = bearers.0.entry(form.first.clone()).or_default();
            if form.is_full() {
                lasts.extend(form.last.clone());
            }
        }
        bearers
    }

    /// Number of last names among those who go by a first name or by one akin to it.
    pub(super) fn lasts(&self, first: &str) -> usize {
        let akin = akin_to(first).filter_map(|name| self.0.get(name));
        self.0.get(first).into_iter().chain(akin).flatten().collect::<FxHashSet<_>>().len()
    }
}
