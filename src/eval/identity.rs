//! Who is who in invented accounts: one entry a person, none of them two people, and likenesses that are right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::folded::{Folded, Part, Person, accounts};
use super::score::{Counts, Row, Scored};
use crate::model::{Iri, Stakeholder};

/// Counts of one part.
#[derive(Default)]
struct Tally {
    /// By certain keys and unmistakable names.
    found: Counts,
    /// Once every suggestion was confirmed or refused rightly.
    confirmed: Counts,
    suggestions: Counts,
    merged: usize,
}

/// Scores the accounts below `labels/people`; mistakes are shown of the part that may be looked at.
pub(super) fn score(labels: &Path) -> Scored {
    let mut scored = Scored::default();
    let accounts = accounts(labels);
    for (part, name) in [(Part::Dev, "dev"), (Part::Test, "test")] {
        let mut tally = Tally::default();
        for account in accounts.iter().filter(|account| account.truth.part == part) {
            tally.add(account, (part == Part::Dev).then_some(&mut scored.mistakes));
        }
        if tally.found == Counts::default() {
            continue;
        }
        let note = Some(format!("{} false merges", tally.merged));
        scored.rows.push(Row { note, ..tally.found.row(&format!("stakeholders, {name}")) });
        scored.rows.push(tally.confirmed.row(&format!("stakeholders once suggestions are judged, {name}")));
        scored.rows.push(tally.suggestions.row(&format!("suggestions, {name}")));
    }
    scored
}

impl Tally {
    fn add(&mut self, account: &Folded, mut mistakes: Option<&mut Vec<String>>) {
        let truth = &account.truth.people;
        let mut of: BTreeMap<&Iri, usize> = BTreeMap::new();
        let mut entries: BTreeMap<usize, Vec<&Stakeholder>> = BTreeMap::new();
        let mut say = |text: String| {
            if let Some(mistakes) = mistakes.as_deref_mut() {
                mistakes.push(format!("{}\t{text}", account.name));
            }
        };
        for person in &account.view.stakeholders {
            let meant = whom(person, truth);
            if meant.len() > 1 {
                self.merged += 1;
                say(format!("two in one\t{} {:?}", person.name, person.keys));
            }
            match meant.first() {
                Some(&who) => {
                    of.insert(&person.id, who);
                    entries.entry(who).or_default().push(person);
                }
                None => {
                    self.found.wrong += 1;
                    self.confirmed.wrong += 1;
                    say(format!("nobody\t{} {:?}", person.name, person.keys));
                }
            }
        }
        for (number, who) in truth.iter().enumerate() {
            let found = entries.get(&number).map_or(&[][..], Vec::as_slice);
            self.found.add(!found.is_empty(), true);
            self.found.wrong += found.len().saturating_sub(1);
            self.confirmed.add(!found.is_empty(), true);
            match found {
                [] => say(format!("missed\t{} {:?}", who.name, who.addresses)),
                [_] => {}
                several => {
                    let keys: Vec<_> = several.iter().map(|person| &person.keys).collect();
                    say(format!("twice\t{} {keys:?}", who.name));
                }
            }
        }
        self.judge(account, &of, &entries, &mut say);
    }

    /// A suggestion is right when both are one person; those that are right join entries.
    fn judge(
        &mut self,
        account: &Folded,
        of: &BTreeMap<&Iri, usize>,
        entries: &BTreeMap<usize, Vec<&Stakeholder>>,
        say: &mut impl FnMut(String),
    ) {
        let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
        for suggestion in &account.suggestions {
            let (a, b) = (of.get(&suggestion.a), of.get(&suggestion.b));
            let right = a.is_some() && a == b;
            self.suggestions.add(true, right);
            if let Some(who) = a.filter(|_| right) {
                *joined.entry(*who).or_default() += 1;
            } else {
                let name =
                    |iri: &Iri| account.view.stakeholders.iter().find(|person| person.id == *iri).map(|p| &p.name);
                say(format!(
                    "no likeness\t{:?} {:?} {:?}",
                    name(&suggestion.a),
                    name(&suggestion.b),
                    suggestion.reasons
                ));
            }
        }
        for (who, found) in entries {
            let left = found.len().saturating_sub(1).saturating_sub(joined.get(who).copied().unwrap_or_default());
            self.confirmed.wrong += left;
            self.suggestions.missed += left;
        }
    }
}

/// The people whom an entry holds, by address and identity; one without either by name.
fn whom(entry: &Stakeholder, truth: &[Person]) -> Vec<usize> {
    let mut meant = BTreeSet::new();
    for key in &entry.keys {
        let bare = key.address().unwrap_or(key.as_str());
        let owners = truth.iter().enumerate().filter(|(_, person)| {
            person.addresses.iter().chain(&person.ids).any(|known| known.eq_ignore_ascii_case(bare))
        });
        meant.extend(owners.map(|(number, _)| number));
    }
    if meant.is_empty() {
        let names = |person: &Person| {
            let all = std::iter::once(&person.name).chain(&person.aliases).chain(&person.former_names);
            all.map(|name| folded(name)).collect::<BTreeSet<_>>()
        };
        let own: BTreeSet<String> =
            std::iter::once(&entry.name).chain(&entry.aliases).map(|name| folded(name)).collect();
        let owners = truth.iter().enumerate().filter(|(_, person)| !names(person).is_disjoint(&own));
        meant.extend(owners.map(|(number, _)| number).take(1));
    }
    meant.into_iter().collect()
}

fn folded(name: &str) -> String {
    let mut words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !["mr", "mrs", "ms", "dr"].contains(w))
        .map(str::to_owned)
        .collect();
    words.sort();
    words.join(" ")
}
