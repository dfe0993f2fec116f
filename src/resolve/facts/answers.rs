//! What answers do to what was said before: a promise is kept or withdrawn, a problem is over, a request is taken on.

use std::borrow::Cow;

use super::draft::{Agreement, Draft, DraftId, Entry, Holder, Spot};
use super::ledger::Ledger;
use crate::model::{FactKind, FactStatus, Polarity, Response, ResponseAct, ReviewState, Told};
use crate::resolve::words::Words;

/// Answers less sure than this change nothing.
const LEAST_CONFIDENCE: f32 = 0.4;
/// This many of the latest live facts of a thread can be answered.
const THREAD_REACH: usize = 64;
/// This many requests of one message can be taken on by one "will do".
const MOST_ACCEPTED: usize = 3;
/// This many tellings of one problem can end at once.
const MOST_RESOLVED: usize = 4;
/// In the same thread, this much of what the answer names must be in the fact.
const NAMED_IN_THREAD: f32 = 0.5;
/// Elsewhere it must be more, and weigh as much as two words.
const NAMED_ELSEWHERE: f32 = 0.75;
const WEIGHT_IN_THREAD: f32 = 1.0;
const WEIGHT_ELSEWHERE: f32 = 2.0;
/// What a fact says besides what the answer names must weigh less than one content word.
const LEAST_LEFT: f32 = 1.0;

/// Somebody's answer to what was said before.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) row: u32,
    pub(super) response: &'a Response,
    pub(super) speaker: Holder<'a>,
}

/// How a fact answers to what was said.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Match {
    /// The speaker is the one who owes it.
    by_owner: bool,
    in_thread: bool,
    score: f32,
}

/// Words that say that something is a problem, and not which.
const PROBLEM_WORDS: &str =
    "worry worries concern concerns issue issues problem problems risk question objection doubt doubts";

const OWED: [FactKind; 2] = [FactKind::Commitment, FactKind::Request];
const PROBLEMS: [FactKind; 3] = [FactKind::OpenIssue, FactKind::Risk, FactKind::PainPoint];

impl<'a> Ledger<'a, '_> {
    /// Ends what an interaction says is done, withdrawn, refused or over; gives back what ended nothing.
    pub(super) fn close(&mut self, row: u32, told: &'a Told) -> Vec<Answer<'a>> {
        let mut idle = Vec::new();
        for response in told.findings.responses.iter().filter(|response| response.confidence >= LEAST_CONFIDENCE) {
            let speaker = Holder::of(self.people, response.speaker.as_ref(), row);
            let answer = Answer { row, response, speaker };
            if response.act != ResponseAct::Accepts && !self.close_any(answer) {
                idle.push(answer);
            }
        }
        idle
    }

    /// A row that tells of a problem and of its end, such as a solved ticket, ends what it opened.
    pub(super) fn close_own(&mut self, idle: &[Answer<'a>]) {
        for answer in idle {
            if answer.response.act == ResponseAct::Resolves && answer.response.object.is_some() {
                self.close_best(*answer, &PROBLEMS, FactStatus::Resolved);
            }
        }
    }

    fn close_any(&mut self, answer: Answer<'a>) -> bool {
        let mut both = |status| {
            let promise = self.close_best(answer, &OWED[..1], status);
            self.close_best(answer, &OWED[1..], status) || promise
        };
        // "Fixed it" ends an issue, and "it's solved" may keep a promise.
        match answer.response.act {
            ResponseAct::Accepts => false,
            ResponseAct::Declines => self.close_best(answer, &OWED[1..], FactStatus::Withdrawn),
            ResponseAct::Withdraws => both(FactStatus::Withdrawn),
            ResponseAct::Fulfils => {
                both(FactStatus::Fulfilled) || self.close_best(answer, &PROBLEMS, FactStatus::Resolved)
            }
            ResponseAct::Resolves => {
                // The same problem may have been told in several places.
                let mut count = 0;
                while count < MOST_RESOLVED && self.close_best(answer, &PROBLEMS, FactStatus::Resolved) {
                    count += 1;
                    if answer.response.object.is_none() {
                        break;
                    }
                }
                count > 0 || self.close_best(answer, &OWED, FactStatus::Fulfilled)
            }
        }
    }

    fn close_best(&mut self, answer: Answer<'a>, kinds: &[FactKind], status: FactStatus) -> bool {
        let Some(id) = self.meant(answer, kinds) else { return false };
        let by = spot(answer.row, answer.response);
        let at = self.rows[answer.row as usize].sent_at;
        let entry = &mut self.entries[id.index()];
        entry.close(status, at, Some(by));
        // A kept promise answers the request it was given for.
        if let Some(request) = entry.answers.filter(|_| status == FactStatus::Fulfilled) {
            let request = &mut self.entries[request.index()];
            if request.is_live() {
                request.close(status, at, Some(by));
            }
        }
        true
    }

    /// The one live fact that an answer can mean.
    fn meant(&mut self, answer: Answer<'a>, kinds: &[FactKind]) -> Option<DraftId> {
        let is_owed = kinds.iter().all(|kind| kind.is_owed());
        let mut candidates: Vec<DraftId> = self.live_in_thread(answer.row, kinds).collect();
        let Some(object) = object(answer.response) else {
            candidates.retain(|id| {
                let owner = self.entries[id.index()].draft.owner;
                !is_owed || self.may_answer(answer.response.act, owner, answer.speaker)
            });
            return match candidates.as_slice() {
                [only] if !is_owed || answer.speaker != Holder::Nobody => Some(*only),
                _ => self.kept_by_meaning(answer, kinds, &Words::default()),
            };
        };
        let mut elsewhere = std::mem::take(&mut self.found);
        for kind in kinds {
            self.index.candidates(*kind, &object, &mut elsewhere);
            candidates.extend(elsewhere.iter().filter(|id| self.entries[id.index()].is_live()));
        }
        self.found = elsewhere;
        candidates.sort_unstable();
        candidates.dedup();
        let mut best: Option<(Match, DraftId)> = None;
        let mut is_tied = false;
        for id in candidates {
            let Some(found) = self.matches(id, answer, &object, is_owed) else { continue };
            if best.is_none_or(|(most, _)| found > most) {
                (best, is_tied) = (Some((found, id)), false);
            } else if best.is_some_and(|(most, _)| found == most) {
                is_tied = true;
            }
        }
        best.filter(|_| !is_tied).map(|(_, id)| id).or_else(|| self.kept_by_meaning(answer, kinds, &object))
    }

    /// Without words that name it, only the owner can keep a promise; anybody concerned can withdraw or refuse.
    fn may_answer(&self, act: ResponseAct, owner: Holder<'a>, speaker: Holder<'a>) -> bool {
        match act {
            ResponseAct::Fulfils | ResponseAct::Declines | ResponseAct::Accepts => {
                owner.agreement(speaker, self.people) != Agreement::Different
            }
            ResponseAct::Withdraws | ResponseAct::Resolves => true,
        }
    }

    fn matches(&self, id: DraftId, answer: Answer<'a>, object: &Words, is_owed: bool) -> Option<Match> {
        let entry = &self.entries[id.index()];
        let likeness = object.likeness(&entry.words);
        let in_thread = answer.row == entry.last_row || self.is_in_thread(answer.row, entry.last_row);
        let (named, weight) =
            if in_thread { (NAMED_IN_THREAD, WEIGHT_IN_THREAD) } else { (NAMED_ELSEWHERE, WEIGHT_ELSEWHERE) };
        let is_named = likeness.left_in_right() >= named && likeness.shared >= weight;
        // All that the fact names is in the answer, and the answer comes from its owner or in its thread.
        let is_owner =
            answer.speaker.is_somebody() && entry.draft.owner.agreement(answer.speaker, self.people) == Agreement::Same;
        let is_covered = is_owed
            && (is_owner || in_thread)
            && likeness.only_right < LEAST_LEFT
            && likeness.shared >= WEIGHT_IN_THREAD;
        if !(is_named || is_covered) || likeness.numbers_differ || likeness.names_differ {
            return None;
        }
        let by_owner = is_owed
            && match answer.speaker {
                Holder::Nobody => false,
                Holder::Side(_) | Holder::Named(_) | Holder::Person(_) => {
                    entry.draft.owner.agreement(answer.speaker, self.people) != Agreement::Different
                }
            };
        Some(Match { by_owner, in_thread, score: likeness.jaccard() })
    }

    pub(super) fn live_in_thread<'s>(&'s self, row: u32, kinds: &'s [FactKind]) -> impl Iterator<Item = DraftId> + 's {
        let ids = self.people.thread(row).and_then(|thread| self.threads.get(&thread)).map_or(&[][..], Vec::as_slice);
        ids.iter().rev().take(THREAD_REACH).copied().filter(|id| {
            let entry = &self.entries[id.index()];
            entry.is_live() && kinds.contains(&entry.draft.kind)
        })
    }

    /// Makes promises of the requests that an interaction takes on.
    pub(super) fn accept(&mut self, row: u32, told: &'a Told) {
        let accepts =
            |response: &&'a Response| response.act == ResponseAct::Accepts && response.confidence >= LEAST_CONFIDENCE;
        for response in told.findings.responses.iter().filter(accepts) {
            let speaker = Holder::of(self.people, response.speaker.as_ref(), row);
            if !speaker.is_somebody() {
                continue;
            }
            for request in self.accepted(row, response, speaker) {
                self.promise(Answer { row, response, speaker }, told, request);
            }
        }
    }

    /// The requests that an acceptance can mean: those it names, else those of the latest message that asked.
    fn accepted(&self, row: u32, response: &'a Response, speaker: Holder<'a>) -> Vec<DraftId> {
        let mut asked: Vec<DraftId> = self
            .live_in_thread(row, &OWED[1..])
            .filter(|id| {
                let entry = &self.entries[id.index()];
                entry.evidence[0].row < row && self.is_asked(entry, speaker) && !self.is_taken_on(*id)
            })
            .collect();
        if let Some(object) = object(response) {
            let score = |id: &DraftId| object.likeness(&self.entries[id.index()].words);
            asked.retain(|id| score(id).left_in_right() >= NAMED_IN_THREAD && !score(id).names_differ);
            asked.sort_by(|a, b| score(b).jaccard().total_cmp(&score(a).jaccard()).then(b.cmp(a)));
            asked.truncate(1);
            return asked;
        }
        let latest = asked.iter().map(|id| self.entries[id.index()].last_row).max();
        asked.retain(|id| Some(self.entries[id.index()].last_row) == latest);
        if asked.len() > MOST_ACCEPTED {
            asked.clear();
        }
        asked.reverse();
        asked
    }

    /// Says whether a request is put to `speaker` and not by them.
    fn is_asked(&self, request: &Entry<'a>, speaker: Holder<'a>) -> bool {
        let spot = request.evidence[0];
        let asker = spot.speaker.map(|name| self.people.find(None, Some(name), spot.row).person());
        let asks_self = asker.flatten().is_some_and(|person| speaker.person() == Some(person));
        !asks_self && request.draft.owner.agreement(speaker, self.people) != Agreement::Different
    }

    fn is_taken_on(&self, request: DraftId) -> bool {
        let promise = self.entries[request.index()].promise;
        promise.is_some_and(|promise| self.entries[promise.index()].is_live())
    }

    /// The promise that the accepting words themselves state.
    fn stated(&self, row: u32, response: &Response) -> Option<DraftId> {
        let said_here = |entry: &Entry<'a>| entry.last_row == row;
        let recent = self.entries.iter().enumerate().rev().take_while(|(_, entry)| said_here(entry));
        let overlaps =
            |entry: &Entry<'a>| entry.evidence.iter().any(|spot| spot.row == row && spot.span.overlaps(response.span));
        let found =
            recent.filter(|(_, entry)| entry.draft.kind == FactKind::Commitment).find(|(_, entry)| overlaps(entry));
        found.map(|(number, _)| DraftId(number as u32))
    }

    /// Enters the promise that an acceptance makes of a request; words that are already a promise become that promise.
    fn promise(&mut self, answer: Answer<'a>, told: &'a Told, request: DraftId) {
        let Answer { row, response, speaker } = answer;
        let asked = self.entries[request.index()].clone();
        if let Some(stated) = self.stated(row, response) {
            self.entries[request.index()].promise = Some(stated);
            let stated = &mut self.entries[stated.index()];
            let is_vague = stated.words.object_weight() < WEIGHT_IN_THREAD;
            if is_vague && stated.review == ReviewState::Extracted {
                stated.statement = asked.statement;
                stated.words = asked.words;
                stated.meaning = asked.meaning;
            }
            if is_vague || stated.answers.is_none() {
                stated.answers = Some(request);
                stated.due = stated.due.take().or(asked.due);
                stated.read_due = stated.read_due.or(asked.read_due);
                stated.support(asked.evidence[0], 0.0, asked.visibility);
            }
            return;
        }
        let requester = match asked.draft.beneficiary {
            Holder::Nobody => asked.evidence[0].speaker.map_or(Holder::Nobody, |name| {
                let requester = self.people.find(None, Some(name), asked.evidence[0].row).person();
                requester.map_or(Holder::Nobody, Holder::Person)
            }),
            known => known,
        };
        let entry = Entry {
            draft: Draft {
                kind: FactKind::Commitment,
                category: None,
                polarity: Polarity::Affirmed,
                owner: speaker,
                beneficiary: requester,
                condition: asked.draft.condition,
                rule: "accepted_request",
                value: None,
                slot: None,
            },
            read_owner: speaker,
            read_due: response.due.as_ref().map_or(asked.read_due, |due| due.date),
            due: response.due.as_ref().map(Cow::Borrowed).or(asked.due),
            evidence: vec![spot(row, response), asked.evidence[0]],
            last_row: row,
            confidence: response.confidence.min(asked.confidence),
            review: ReviewState::Extracted,
            reviewed_at: None,
            conflicts: Vec::new(),
            answers: Some(request),
            visibility: asked.visibility.max(told.visibility),
            ..asked
        };
        self.add_reviewed(entry, told);
    }
}

/// What an answer is about, in content words. "The worry about the go-live" is about the go-live.
fn object(response: &Response) -> Option<Words> {
    let without: &[&str] = if response.act == ResponseAct::Resolves { &[PROBLEM_WORDS] } else { &[] };
    let words = |without| response.object.as_deref().map(|object| Words::of(object, without));
    let is_something = |words: &Words| words.object_weight() > 0.0;
    words(without).filter(is_something).or_else(|| words(&[]).filter(is_something))
}

fn spot(row: u32, response: &Response) -> Spot<'_> {
    let speaker = response.speaker.as_ref().and_then(|party| party.name.as_deref());
    Spot { row, speaker, span: response.span, quote: &response.quote }
}
