//! Who is who in invented accounts: one entry a person, none of them two people, and likenesses that are right.

use std::collections::BTreeMap;
use std::path::Path;

use super::folded::{Folded, Part, accounts, whom};
use super::score::{Counts, Row, Scored};
use crate::extract::Engine;
use crate::model::{AccountView, Iri, Stakeholder};

/// Counts of one part.
#[derive(Default)]
struct Tally {
    /// By certain keys and unmistakable names.
    found: Counts,
    /// Once every suggestion was judged rightly by a person.
    judged: Counts,
    suggestions: Counts,
    merged: usize,
}

/// Scores the accounts below `labels/people`; mistakes are shown of the part that may be looked at.
pub(super) fn score(labels: &Path, engine: &dyn Engine) -> Scored {
    let mut scored = Scored::default();
    let accounts = accounts(labels, engine);
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
        scored.rows.push(tally.judged.row(&format!("stakeholders once suggestions are judged, {name}")));
        scored.rows.push(tally.suggestions.row(&format!("suggestions, {name}")));
    }
    scored
}

impl Tally {
    fn add(&mut self, account: &Folded, mut mistakes: Option<&mut Vec<String>>) {
        let mut say = |text: String| {
            if let Some(mistakes) = mistakes.as_deref_mut() {
                mistakes.push(format!("{}\t{text}", account.name));
            }
        };
        let (found, merged) = entries(account, &account.view, &mut say);
        self.found.join(found);
        self.merged += merged;
        let (judged, merged) = entries(account, &account.judged, &mut |_| ());
        self.judged.join(judged);
        self.merged += merged;
        for suggestion in &account.suggestions {
            let right = account.is_one(suggestion);
            self.suggestions.add(true, right);
            if !right {
                let name = |iri: &Iri| account.view.stakeholders.iter().find(|one| one.id == *iri).map(|one| &one.name);
                say(format!("no likeness\t{:?} {:?}", name(&suggestion.a), name(&suggestion.b)));
            }
        }
        self.suggestions.missed += judged.wrong.saturating_sub(spurious(account, &account.judged));
    }
}

/// Counts entries: right where one stands for a person, wrong where it stands for nobody or for somebody once more.
/// And those that stand for two.
fn entries(account: &Folded, view: &AccountView, say: &mut impl FnMut(String)) -> (Counts, usize) {
    let truth = &account.truth.people;
    let (mut counts, mut merged) = (Counts::default(), 0);
    let mut of: BTreeMap<usize, Vec<&Stakeholder>> = BTreeMap::new();
    for entry in &view.stakeholders {
        let meant = whom(entry, truth);
        if meant.len() > 1 {
            merged += 1;
            say(format!("two in one\t{} {:?}", entry.name, entry.keys));
        }
        if let Some(&who) = meant.first() {
            of.entry(who).or_default().push(entry);
        } else {
            counts.wrong += 1;
            say(format!("nobody\t{} {:?}", entry.name, entry.keys));
        }
    }
    for (number, who) in truth.iter().enumerate() {
        let found = of.get(&number).map_or(&[][..], Vec::as_slice);
        counts.add(!found.is_empty(), true);
        counts.wrong += found.len().saturating_sub(1);
        match found {
            [] => say(format!("missed\t{} {:?}", who.name, who.addresses)),
            [_] => {}
            several => {
                let keys: Vec<_> = several.iter().map(|entry| &entry.keys).collect();
                say(format!("twice\t{} {keys:?}", who.name));
            }
        }
    }
    (counts, merged)
}

/// Entries that stand for nobody.
fn spurious(account: &Folded, view: &AccountView) -> usize {
    view.stakeholders.iter().filter(|entry| whom(entry, &account.truth.people).is_empty()).count()
}
