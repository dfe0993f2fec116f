//! Findings to facts: one fact for one promise, however often and wherever it was said, with the words that end it.

mod answers;
mod antecedent;
mod draft;
mod kinds;
mod ledger;
mod meaning;
mod record;
mod reviewed;
#[cfg(test)]
mod tests;
mod word_index;

use draft::Holder;
use ledger::Ledger;
use record::Recorder;
use reviewed::{Found, ReviewIndex};

use super::Context;
use super::people::People;
use crate::model::{FactKind, FactRecord, Preference, Review, Told};

/// The facts of an account, and the preferences among them by person.
pub(crate) fn facts<'a>(
    context: &Context,
    people: &People<'a>,
    rows: &[&'a Told],
    reviews: &'a [Review],
) -> (Vec<FactRecord>, Vec<Vec<Preference>>) {
    let mut ledger = Ledger::new(rows, people, (ReviewIndex::new(reviews), &context.calibration));
    for row in 0..rows.len() as u32 {
        ledger.fold(row);
    }
    let recorder = Recorder { account: &context.account, people, rows };
    let preferences = preferences(&ledger, &recorder);
    let decided = ReviewIndex::new(reviews);
    let mut found = Found::default();
    if !reviews.is_empty() {
        for entry in &ledger.entries {
            let first = entry.evidence[0];
            found.add(&rows[first.row as usize].id, entry.draft.kind, first.span);
        }
    }
    let kept = decided.kept(rows, &found);
    let mut records = recorder.records(ledger.entries);
    let known = records.len();
    records.extend(kept.into_iter().map(|(fact, outcome)| recorder.kept(fact, outcome)));
    for (review, fact, later) in decided.added(reviews) {
        records.push(recorder.added(fact, review.at, later));
    }
    if records.len() > known {
        records.sort_by_key(|record| record.fact.valid_from);
    }
    (records, preferences)
}

/// How each person wants to be worked with: what they say of themselves, or what is said of them by name.
fn preferences(ledger: &Ledger<'_, '_>, recorder: &Recorder<'_, '_>) -> Vec<Vec<Preference>> {
    let mut preferences = vec![Vec::new(); recorder.people.len()];
    for entry in ledger.entries.iter().filter(|entry| entry.draft.kind == FactKind::Preference && entry.is_live()) {
        if let Holder::Person(person) = entry.draft.owner {
            preferences[person.index()].push(Preference {
                category: entry.draft.category.unwrap_or("style").to_owned(),
                value: without_own_name(&entry.statement, recorder.people.name(person)).to_owned(),
                evidence: entry.evidence.iter().map(|spot| recorder.evidence(*spot)).collect(),
            });
        }
    }
    preferences
}

/// "Helena: phone, never mail" says of Helena "phone, never mail".
fn without_own_name<'a>(statement: &'a str, name: &str) -> &'a str {
    match statement.split_once(": ") {
        Some((before, rest)) if before == name || name.split(' ').any(|part| part == before) => rest,
        _ => statement,
    }
}
