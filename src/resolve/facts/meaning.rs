//! What meanings tell where words do not: that two promises in different words are one, and which promise an answer
//! speaks of. Without meanings nothing here changes anything.

use rustc_hash::FxHashMap;

use super::answers::Answer;
use super::draft::{Agreement, DraftId, Entry, Holder};
use super::kinds::{same_subject, window};
use super::ledger::Ledger;
use crate::model::{FactKind, Meaning, ResponseAct};
use crate::resolve::is_dated;
use crate::resolve::words::{Likeness, Words};

/// Two promises are one from here on; chosen and measured by `baton eval --set meaning`.
const SAME: f32 = 0.60;
/// Promises with more words in common were compared by words: what is left of them differs on purpose ("migrate the
/// orders", "archive the orders"), and lies near all the same.
const WORDS_DECIDE: f32 = 0.30;
/// An answer speaks of a promise of its thread from the first on, and of one told elsewhere from the second on: most
/// answers in a thread are about its promises.
const KEPT_IN_THREAD: f32 = 0.38;
const KEPT_ELSEWHERE: f32 = 0.50;
/// The nearest promise must be nearer than the next by this much.
const CLEARLY: f32 = 0.05;
/// This many of the latest facts are compared.
const LATEST: usize = 256;

/// Facts that somebody owes and that have a meaning, by kind, earliest first.
#[derive(Debug, Default)]
pub(crate) struct MeaningIndex {
    facts: FxHashMap<FactKind, Vec<DraftId>>,
}

impl MeaningIndex {
    /// Enters a fact.
    pub(crate) fn add(&mut self, kind: FactKind, meaning: Option<&Meaning>, id: DraftId) {
        if meaning.is_some() && kind.is_owed() {
            self.facts.entry(kind).or_default().push(id);
        }
    }

    /// The latest facts of a kind, latest first.
    fn latest(&self, kind: FactKind) -> impl Iterator<Item = DraftId> + '_ {
        self.facts.get(&kind).into_iter().flat_map(|facts| facts.iter().rev().take(LATEST)).copied()
    }
}

impl<'a> Ledger<'a, '_> {
    /// The live promise that says the same as a new one in other words.
    pub(super) fn same_meaning(&self, new: &Entry<'a>, row: u32) -> Option<DraftId> {
        let meaning = new.meaning?;
        let mut best: Option<(f32, DraftId)> = None;
        for id in self.meanings.latest(new.draft.kind) {
            let old = &self.entries[id.index()];
            // Who promises two things in one message means two things.
            let Some(known) = old.meaning.filter(|_| old.is_live() && old.last_row != row) else { continue };
            let likeness = new.words.likeness(&old.words);
            let score = meaning.cosine(known);
            if score >= SAME && best.is_none_or(|(most, _)| score > most) && self.may_be_one(old, new, likeness, row) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// Says whether nothing speaks against it that two promises are one.
    fn may_be_one(&self, old: &Entry<'a>, new: &Entry<'a>, likeness: Likeness, row: u32) -> bool {
        let (here, there) = (self.rows[row as usize], self.rows[old.last_row as usize]);
        let age = here.sent_at.duration_since(there.sent_at);
        likeness.jaccard() < WORDS_DECIDE
            && !likeness.is_ruled_out()
            && same_subject(old, new)
            && old.draft.polarity == new.draft.polarity
            && self.is_same_side(old.read_owner, new.read_owner)
            && old.read_due.is_none_or(|due| new.read_due.is_none_or(|other| due == other))
            && (age <= window(new.draft.kind) || !is_dated(there))
    }

    /// The live promise that somebody's answer says is kept, where words do not tell which: the nearest one of their
    /// own, when no other is about as near.
    pub(super) fn kept_by_meaning(&self, answer: Answer<'a>, kinds: &[FactKind], object: &Words) -> Option<DraftId> {
        let meaning = answer.response.meaning.as_ref().filter(|_| answer.response.act == ResponseAct::Fulfils)?;
        let in_thread: Vec<DraftId> = self.live_in_thread(answer.row, kinds).collect();
        let elsewhere = kinds.iter().flat_map(|kind| self.meanings.latest(*kind)).filter(|id| !in_thread.contains(id));
        let mut near: Vec<(f32, DraftId)> = Vec::new();
        for id in in_thread.iter().copied().chain(elsewhere) {
            let entry = &self.entries[id.index()];
            let Some(known) = entry.meaning.filter(|_| entry.is_live()) else { continue };
            let likeness = object.likeness(&entry.words);
            let needed = if in_thread.contains(&id) { KEPT_IN_THREAD } else { KEPT_ELSEWHERE };
            let score = meaning.cosine(known);
            let is_own = answer.speaker != Holder::Nobody && self.is_same_side(entry.draft.owner, answer.speaker);
            if score >= needed - CLEARLY && is_own && !likeness.numbers_differ && !likeness.names_differ {
                near.push((score - needed, id));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        let (most, id) = *near.first()?;
        let is_clear = near.get(1).is_none_or(|(next, _)| most - next >= CLEARLY);
        (most >= 0.0 && is_clear).then_some(id)
    }

    /// Says whether it is certain that two owe as one: the same person, or one of them and their side.
    fn is_same_side(&self, a: Holder<'a>, b: Holder<'a>) -> bool {
        match a.agreement(b, self.people) {
            Agreement::Same => true,
            Agreement::Possible => a.side(self.people).is_some() && a.side(self.people) == b.side(self.people),
            Agreement::Different => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{FactFinding, FactKind, Polarity, ResponseAct};
    use crate::resolve::testing::*;

    /// The statements that are left of a promise of Sam's and a second one in another mail.
    fn check(first: FactFinding, second: (&str, FactFinding), expected: usize) {
        let (from, second) = second;
        let rows = [
            mail("m1", "2026-01-12", SAM, &[PRIYA]).says(first),
            mail("m2", "2026-01-20", from, &[PRIYA]).says(second),
        ];
        let view = view(rows);
        let found = facts(&view, FactKind::Commitment);
        assert_eq!(found.len(), expected, "{:?}", told(&view, FactKind::Commitment));
    }

    #[test]
    fn promises_in_other_words_are_one_unless_something_speaks_against_it() {
        let quote = || meaning(promise(SAM, "Work out a quote"), 0.0);
        let other = |at: f32| meaning(promise(SAM, "Put a pricing proposal together"), at);
        check(quote(), (SAM, other(40.0)), 1);
        check(quote(), (SAM, other(60.0)), 2);
        check(quote(), (SAM, promise(SAM, "Put a pricing proposal together")), 2);
        check(quote(), (DANA, meaning(promise(DANA, "Put a pricing proposal together"), 0.0)), 2);
        check(quote(), (SAM, due(other(0.0), "2026-03-01")), 1);
        check(due(quote(), "2026-02-01"), (SAM, due(other(0.0), "2026-03-01")), 2);
        check(quote(), (SAM, FactFinding { polarity: Polarity::Negated, ..other(0.0) }), 2);
        // What shares words and differs in one was told apart by that word.
        let orders = |verb: &str| meaning(promise(SAM, &format!("{verb} the historical orders")), 0.0);
        check(orders("Migrate"), (SAM, orders("Archive")), 2);
        let licences = |count: &str| meaning(promise(SAM, count), 0.0);
        check(licences("Provision 40 seats"), (SAM, licences("Set 60 licences up")), 2);
    }

    #[test]
    fn an_answer_in_other_words_ends_the_nearest_promise_of_its_speaker() {
        let check = |answer: Row, expected: [&str; 2]| {
            let rows = [
                mail("m1", "2026-01-12", SAM, &[PRIYA])
                    .thread("t")
                    .says(meaning(promise(SAM, "Work out a quote"), 0.0)),
                mail("m2", "2026-01-13", SAM, &[PRIYA]).thread("t").says(meaning(promise(SAM, "Name a lead"), 90.0)),
                answer,
            ];
            assert_eq!(told(&view(rows), FactKind::Commitment), expected);
        };
        let kept = ["fulfilled Work out a quote", "open Name a lead"];
        let open = ["open Work out a quote", "open Name a lead"];
        let answer = |from: &str, at: f32| {
            mail("m3", "2026-01-14", from, &[PRIYA]).answers(ResponseAct::Fulfils, Some("our offer")).meaning(at)
        };
        check(answer(SAM, 30.0).thread("t"), kept);
        check(answer(SAM, 30.0), kept);
        check(answer(SAM, -65.0).thread("t"), kept);
        check(answer(SAM, -65.0), open);
        check(answer(SAM, 44.0).thread("t"), open);
        check(answer(PRIYA, 0.0).thread("t"), open);
        check(answer(SAM, 180.0).thread("t"), open);
        let without_object = mail("m3", "2026-01-14", SAM, &[PRIYA]).thread("t").answers(ResponseAct::Fulfils, None);
        check(without_object.meaning(10.0), kept);
        let withdrawn = mail("m3", "2026-01-14", SAM, &[PRIYA]).answers(ResponseAct::Withdraws, Some("our offer"));
        check(withdrawn.meaning(0.0), open);
    }
}
