//! Invented customer accounts read whole, as `baton extract` reads them: facts, owners and due dates against the labels
//! of every sentence. Only accounts that training never sees; a borderline label counts neither for nor against.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::corpus::rows;
use super::labelled::{CODES, labels_of};
use super::reliability::Bins;
use super::score::{Counts, Row, Scored, passing};
use super::sentence::analysis;
use crate::extract::Engine;
use crate::model::{FactFinding, FactKind, Interaction, Party, Polarity, Side};

/// A labelled sentence of an interaction.
#[derive(Debug, Default, Deserialize)]
struct Sentence {
    start: u32,
    end: u32,
    codes: String,
    owner: Option<String>,
    due: Option<String>,
}

/// What was counted over all accounts.
#[derive(Default)]
struct Tally {
    kinds: BTreeMap<&'static str, Counts>,
    owners: Owners,
    dates: Dates,
    bins: Bins,
    mistakes: Vec<String>,
    speakers: usize,
}

/// Owners of the promises that were found.
#[derive(Default)]
struct Owners {
    right: usize,
    withheld: usize,
    other: usize,
    inverted: usize,
}

/// Due dates of the promises that were found, where there is one or one was found.
#[derive(Default)]
struct Dates {
    right: usize,
    all: usize,
}

/// Scores the accounts below `labels/accounts`.
pub(super) fn score(labels: &Path, engine: &dyn Engine) -> Scored {
    let mut files: Vec<_> = std::fs::read_dir(labels.join("accounts"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    let mut tally = Tally::default();
    for row in files.iter().flat_map(|path| rows(path)).filter(|row| row["part"] == "test") {
        let sentences: Vec<Sentence> = serde_json::from_value(row["sentences"].clone()).unwrap_or_default();
        if let Ok(interaction) = serde_json::from_value::<Interaction>(row) {
            tally.add(&interaction, &sentences, analysis(engine, &interaction).findings.facts);
        }
    }
    tally.scored()
}

impl Tally {
    fn add(&mut self, interaction: &Interaction, sentences: &[Sentence], mut facts: Vec<FactFinding>) {
        facts.retain_mut(|fact| {
            let side = fact.speaker.as_deref().and_then(|name| side_of(interaction, name));
            fact.confidence_by(side).map(|confidence| fact.confidence = confidence).is_some()
        });
        self.speakers += sentences.len();
        for (_, kind) in CODES {
            self.count(interaction, sentences, &facts, kind);
        }
        for sentence in sentences.iter().filter(|sentence| is(sentence, "commitment") == Some(true)) {
            let mut promises = facts.iter().filter(|fact| fits(fact, "commitment") && meets(fact, sentence));
            // Of two promises in a sentence the label tells of the one that is dated as it says.
            let first = promises.clone().next();
            let dated = promises.find(|fact| due_of(fact) == sentence.due);
            if let Some(fact) = dated.or(first) {
                self.weigh_promise(interaction, sentence, fact);
            }
        }
    }

    fn count(&mut self, interaction: &Interaction, sentences: &[Sentence], facts: &[FactFinding], kind: &'static str) {
        let words = |start: u32, end: u32| -> String {
            interaction.text.chars().skip(start as usize).take((end - start) as usize).collect()
        };
        let mut counts = Counts::default();
        for sentence in sentences.iter().filter(|sentence| is(sentence, kind) == Some(true)) {
            let found = facts.iter().any(|fact| fits(fact, kind) && meets(fact, sentence));
            counts.add(found, true);
            if !found {
                self.mistakes.push(format!("missed {kind}\t{}", words(sentence.start, sentence.end)));
            }
        }
        for fact in facts.iter().filter(|fact| fits(fact, kind)) {
            let labels: Vec<_> =
                sentences.iter().filter(|sentence| meets(fact, sentence)).map(|s| is(s, kind)).collect();
            let right = labels.contains(&Some(true));
            if labels.contains(&Some(false)) && !right {
                continue;
            }
            self.bins.add(fact.confidence, right);
            if !right {
                counts.wrong += 1;
                self.mistakes.push(format!("wrong {kind} {} {:.2}\t{}", fact.rule, fact.confidence, fact.quote));
            }
        }
        let known = self.kinds.entry(kind).or_default();
        known.right += counts.right;
        known.wrong += counts.wrong;
        known.missed += counts.missed;
    }

    fn weigh_promise(&mut self, interaction: &Interaction, sentence: &Sentence, fact: &FactFinding) {
        if let Some(owner) = sentence.owner.as_deref() {
            self.weigh_owner(interaction, owner, fact);
        }
        let found = due_of(fact);
        if found.is_some() || sentence.due.is_some() {
            self.dates.all += 1;
            self.dates.right += usize::from(found == sentence.due);
            if found != sentence.due {
                self.mistakes.push(format!("due {:?} not {found:?}\t{}", sentence.due, fact.quote));
            }
        }
    }

    fn weigh_owner(&mut self, interaction: &Interaction, owner: &str, fact: &FactFinding) {
        let Some(party) = &fact.owner else {
            self.owners.withheld += 1;
            self.mistakes.push(format!("withheld owner {owner} {}\t{}", fact.rule, fact.quote));
            return;
        };
        let expected = Side::from_name(owner).or_else(|| side_of(interaction, owner));
        let speaker = fact.speaker.as_deref().and_then(|name| side_of(interaction, name));
        let side = party.side.or_else(|| side_of(interaction, party.name.as_deref()?));
        let side = if *party == Party::default() { speaker } else { side };
        if side.is_some() && expected.is_some() && side != expected {
            self.owners.inverted += 1;
            self.mistakes.push(format!("inverted owner {owner} not {:?}\t{}", party.name, fact.quote));
        } else if party.name.as_deref().is_none_or(|name| name == owner) || Side::from_name(owner).is_some() {
            self.owners.right += 1;
        } else {
            self.owners.other += 1;
            self.mistakes.push(format!("owner {owner} not {:?}\t{}", party.name, fact.quote));
        }
    }

    fn scored(self) -> Scored {
        if self.speakers == 0 {
            return Scored::default();
        }
        let kinds = CODES.iter().filter_map(|(_, kind)| Some(self.kinds.get(kind)?.row(kind)));
        let mut rows: Vec<Row> = kinds.filter(|row| row.support > 0).collect();
        let Owners { right, withheld, other, inverted } = self.owners;
        let note = format!("{inverted} inverted, {other} another person, {withheld} withheld");
        let owners = passing("owners of promises found", right, right + withheld + other + inverted);
        rows.push(Row { note: Some(note), ..owners });
        rows.push(passing("due dates of promises found", self.dates.right, self.dates.all));
        rows.extend(self.bins.rows("facts"));
        Scored { rows, mistakes: self.mistakes }
    }
}

/// Says whether a sentence carries a kind: `Some(false)` where that is borderline.
fn is(sentence: &Sentence, kind: &str) -> Option<bool> {
    labels_of(&sentence.codes).get(kind).copied()
}

/// Says whether a fact is of that kind; a promise not to do something is none.
fn fits(fact: &FactFinding, kind: &str) -> bool {
    fact.kind.as_str() == kind && !(fact.kind == FactKind::Commitment && fact.polarity == Polarity::Negated)
}

/// The day on which a promise is due.
fn due_of(fact: &FactFinding) -> Option<String> {
    fact.due.as_ref().and_then(|due| due.date).map(|date| date.to_string())
}

/// Says whether a fact quotes words of a sentence.
fn meets(fact: &FactFinding, sentence: &Sentence) -> bool {
    fact.span.start < sentence.end && sentence.start < fact.span.end
}

/// Side of the participant of that name.
fn side_of(interaction: &Interaction, name: &str) -> Option<Side> {
    let named = |known: &str| known == name || known.split(' ').next() == Some(name);
    interaction.participants.iter().find(|party| party.name.as_deref().is_some_and(named))?.side
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::embedded::EmbeddedEngine;
    use serde_json::json;

    #[test]
    fn promises_owners_and_dates_are_scored() {
        let interaction: Interaction = serde_json::from_value(json!({
            "id": "a:0", "kind": "email", "sent_at": "2026-03-02T09:00:00Z",
            "text": "I'll send you the signed contract by Friday. We met in the spring.",
            "participants": [{"role": "from", "name": "Ana Bell", "side": "vendor"},
                             {"role": "to", "name": "Joel Marsh", "side": "customer"}]
        }))
        .expect("an interaction");
        let check = |owner: &str, due: &str, expected: (usize, usize, usize)| {
            let sentences = [
                Sentence { start: 0, end: 44, codes: "C".into(), owner: Some(owner.into()), due: Some(due.into()) },
                Sentence { start: 45, end: 66, ..Sentence::default() },
            ];
            let mut tally = Tally::default();
            tally.add(&interaction, &sentences, analysis(&EmbeddedEngine, &interaction).findings.facts);
            assert_eq!(tally.kinds["commitment"], Counts { right: 1, wrong: 0, missed: 0 });
            assert_eq!((tally.owners.right, tally.owners.inverted, tally.dates.right), expected);
        };
        check("Ana Bell", "2026-03-06", (1, 0, 1));
        check("Joel Marsh", "2026-03-07", (0, 1, 0));
    }
}
