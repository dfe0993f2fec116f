//! What "it" means: a promise whose own words name nothing takes its object from the request that it answers.

use super::draft::{Agreement, DraftId, Holder};
use super::ledger::Ledger;
use crate::model::{FactKind, Polarity, ReviewState};
use crate::resolve::words::Words;

/// In a talk an answer follows its question within this many code points.
const CLOSE_BY: u32 = 260;
/// A promise whose words weigh less names nothing.
const LEAST_OBJECT: f32 = 1.0;

impl Ledger<'_, '_> {
    /// Gives the promises of a talk that name nothing ("sure, I'll send it") the object of the request just before.
    pub(super) fn fill_in(&mut self, row: u32) {
        let vague: Vec<DraftId> = self
            .entries
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, entry)| entry.last_row == row)
            .filter(|(_, entry)| entry.draft.kind == FactKind::Commitment)
            .filter(|(_, entry)| entry.draft.polarity == Polarity::Affirmed && entry.answers.is_none())
            .filter(|(_, entry)| entry.review == ReviewState::Extracted)
            .filter(|(_, entry)| entry.words.object_weight() < LEAST_OBJECT && points_back(&entry.statement))
            .map(|(number, _)| DraftId(number as u32))
            .collect();
        for promise in vague {
            if let Some(request) = self.asked_before(row, promise) {
                self.take_object(promise, request);
            }
        }
    }

    /// The request that a promise of the same row answers: the last one before it put to the one who promises.
    fn asked_before(&self, row: u32, promise: DraftId) -> Option<DraftId> {
        let made = &self.entries[promise.index()];
        let spot = made.evidence[0];
        let speaker = self.people.find(None, spot.speaker, row).person().map_or(Holder::Nobody, Holder::Person);
        let mut best: Option<(bool, u32, DraftId)> = None;
        for (number, entry) in self.entries.iter().enumerate().rev() {
            if entry.last_row != row {
                break;
            }
            let asked = entry.evidence[0];
            let is_close = asked.span.end <= spot.span.start && spot.span.start - asked.span.end <= CLOSE_BY;
            let is_own = asked.speaker.is_some() && asked.speaker == spot.speaker;
            if entry.draft.kind != FactKind::Request || !is_close || is_own {
                continue;
            }
            let agreement = entry.draft.owner.agreement(speaker, self.people);
            if agreement == Agreement::Different || entry.words.object_weight() < LEAST_OBJECT {
                continue;
            }
            let rank = (agreement == Agreement::Same, asked.span.end);
            if best.is_none_or(|(same, end, _)| rank > (same, end)) {
                best = Some((rank.0, rank.1, DraftId(number as u32)));
            }
        }
        best.map(|(_, _, request)| request)
    }

    fn take_object(&mut self, promise: DraftId, request: DraftId) {
        let asked = self.entries[request.index()].clone();
        self.entries[request.index()].promise = Some(promise);
        let entry = &mut self.entries[promise.index()];
        entry.statement = asked.statement;
        entry.words = asked.words;
        entry.answers = Some(request);
        // "You will get it" by the one who was asked is that person's own promise.
        if !entry.draft.owner.is_somebody() && asked.draft.owner.is_somebody() {
            entry.draft.owner = asked.draft.owner;
            entry.read_owner = asked.draft.owner;
        }
        let (kind, words): (FactKind, Words) = (entry.draft.kind, entry.words.clone());
        self.index.add(kind, &words, promise);
    }
}

/// Says whether a statement has nothing but a pronoun where its object should be.
fn points_back(statement: &str) -> bool {
    statement
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word.to_ascii_lowercase().as_str(), "it" | "that" | "this" | "them" | "those" | "one"))
}
