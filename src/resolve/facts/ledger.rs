//! The fold over facts: each finding joins a fact, replaces one, disagrees with one, or is a new one.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::{Agreement, Draft, DraftId, Entry, Holder, Spot};
use super::kinds::{disagree, is_personal, is_talk, same_subject, window};
use super::meaning::MeaningIndex;
use super::reviewed::{ReviewIndex, Reviewed};
use super::word_index::WordIndex;
use crate::model::{Calibration, FactFinding, FactKind, FactStatus, Party, ReviewState, Span, Told};
use crate::resolve::is_dated;
use crate::resolve::people::People;
use crate::resolve::words::{Likeness, Words};

/// Statements of one thread that have this much in common say the same.
const SAME_IN_THREAD: f32 = 0.60;
/// Statements of different threads must have more in common.
const SAME_ELSEWHERE: f32 = 0.66;
/// A promise given anew for another day must be clearly the same promise.
const SAME_FOR_ANOTHER_DAY: f32 = 0.70;
/// A statement whose words weigh less says too little to be compared ("send it over").
const LEAST_OBJECT: f32 = 1.0;

/// Says whether words are a copy of earlier ones, as in a quoted reply, rather than said anew: the same letters, in the
/// same thread or by somebody else.
fn is_copied(new: &Spot<'_>, old: &Spot<'_>, in_thread: bool) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let (a, b) = (letters(new.quote), letters(old.quote));
    let is_same = a.contains(&b) || b.contains(&a);
    is_same && (in_thread || new.speaker != old.speaker)
}

/// What a new finding is to what is known.
enum Standing {
    New,
    Repeats(DraftId),
    Replaces(DraftId),
    /// It says anew, in new words, what a person rejected.
    SaysAnew(DraftId),
}

/// The facts found so far.
pub(crate) struct Ledger<'a, 'p> {
    pub(super) rows: &'p [&'a Told],
    pub(super) people: &'p People<'a>,
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) index: WordIndex,
    pub(super) meanings: MeaningIndex,
    pub(super) threads: FxHashMap<u32, Vec<DraftId>>,
    slots: FxHashMap<&'a str, DraftId>,
    places: FxHashSet<(u32, FactKind, Span)>,
    reviews: ReviewIndex<'a>,
    calibration: &'p Calibration,
    pub(super) found: Vec<DraftId>,
}

impl<'a, 'p> Ledger<'a, 'p> {
    /// An empty ledger.
    pub(crate) fn new(
        rows: &'p [&'a Told],
        people: &'p People<'a>,
        (reviews, calibration): (ReviewIndex<'a>, &'p Calibration),
    ) -> Self {
        Self {
            rows,
            people,
            entries: Vec::with_capacity(rows.iter().map(|told| told.findings.facts.len()).sum()),
            index: WordIndex::default(),
            meanings: MeaningIndex::default(),
            threads: FxHashMap::default(),
            slots: FxHashMap::default(),
            places: FxHashSet::default(),
            reviews,
            calibration,
            found: Vec::new(),
        }
    }

    /// Folds one interaction in: first what it answers, then what it says, then what it takes on.
    pub(crate) fn fold(&mut self, row: u32) {
        let told = self.rows[row as usize];
        if told.findings.automatic.is_some() {
            return;
        }
        let idle = self.close(row, told);
        for finding in told.findings.facts.iter().filter(|finding| !finding.quote.is_empty() && !is_talk(told, finding))
        {
            self.take(row, told, finding);
        }
        self.close_own(&idle);
        self.accept(row, told);
        self.fill_in(row);
    }

    fn take(&mut self, row: u32, told: &'a Told, finding: &'a FactFinding) {
        let reviewed = self.reviews.of(told, finding);
        let side = self.side_of_speaker(finding.speaker.as_deref(), row).side(self.people);
        let Some(confidence) = finding.confidence_by(side).or(reviewed.as_ref().map(|_| finding.confidence)) else {
            return;
        };
        let mut entry = self.entry(row, told, finding);
        entry.confidence = self.calibration.confidence(&finding.rule, confidence.clamp(0.0, 1.0));
        if let Some(reviewed) = &reviewed {
            self.apply(&mut entry, reviewed, row);
        }
        let is_rejected = entry.review == ReviewState::Rejected;
        let standing = match finding.slot.as_deref() {
            _ if is_rejected => Standing::New,
            Some(slot) => self.in_slot(slot, &mut entry, row),
            None => self.standing(&mut entry, row),
        };
        match standing {
            Standing::Repeats(id) => self.repeat(id, entry),
            Standing::New => {
                self.add(entry);
            }
            Standing::SaysAnew(rejected) => {
                entry.said_anew = Some(rejected).filter(|_| entry.review == ReviewState::Extracted);
                self.add(entry);
            }
            Standing::Replaces(old) => {
                let at = told.sent_at;
                let new = self.add(entry);
                let old = &mut self.entries[old.index()];
                old.close(FactStatus::Superseded, at, None);
                old.superseded_by = Some(new);
            }
        }
    }

    /// A finding as a fact of its own.
    fn entry(&self, row: u32, told: &'a Told, finding: &'a FactFinding) -> Entry<'a> {
        let names = [finding.owner.as_ref(), finding.beneficiary.as_ref()].map(|p| p.and_then(|p| p.name.as_deref()));
        let phrase = finding.due.as_ref().map_or("", |due| due.phrase.as_str());
        let without = [phrase, names[0].unwrap_or(""), names[1].unwrap_or("")];
        let speaker = finding.speaker.as_deref();
        let owner = match finding.owner.as_ref() {
            Some(party) if *party == Party::default() => self.side_of_speaker(speaker, row),
            party => Holder::of(self.people, party, row),
        };
        Entry {
            draft: Draft {
                kind: finding.kind,
                category: finding.category.as_deref(),
                polarity: finding.polarity,
                owner,
                beneficiary: Holder::of(self.people, finding.beneficiary.as_ref(), row),
                condition: finding.condition.as_deref(),
                rule: &finding.rule,
                value: finding.value.as_deref(),
                slot: finding.slot.as_deref(),
            },
            statement: Cow::Borrowed(&finding.statement),
            due: finding.due.as_ref().map(Cow::Borrowed),
            words: Words::of(&finding.statement, &without),
            meaning: finding.meaning.as_ref(),
            read_owner: owner,
            read_due: finding.due.as_ref().and_then(|due| due.date),
            evidence: vec![Spot { row, speaker, span: finding.span, quote: &finding.quote }],
            last_row: row,
            confidence: finding.confidence.clamp(0.0, 1.0),
            status: FactStatus::at_first(finding.kind, finding.polarity),
            review: ReviewState::Extracted,
            reviewed_at: None,
            rejected: None,
            said_anew: None,
            valid_to: None,
            closed_by: None,
            superseded_by: None,
            conflicts: Vec::new(),
            answers: None,
            promise: None,
            visibility: told.visibility,
            identity_shift: 0,
        }
    }

    /// "We": the side of the one who speaks.
    fn side_of_speaker(&self, speaker: Option<&str>, row: u32) -> Holder<'a> {
        let person = speaker.and_then(|name| self.people.find(None, Some(name), row).person());
        person.and_then(|person| self.people.side(person)).map_or(Holder::Nobody, Holder::Side)
    }

    /// Applies what people decided about the place of a finding.
    fn apply(&self, entry: &mut Entry<'a>, reviewed: &Reviewed<'a>, row: u32) {
        entry.review = reviewed.state;
        entry.reviewed_at = Some(reviewed.at);
        if reviewed.state == ReviewState::Rejected {
            entry.rejected = Some((reviewed.by, reviewed.reason));
        } else {
            entry.confidence = 1.0;
        }
        if let Some(statement) = reviewed.statement {
            entry.statement = Cow::Borrowed(statement);
        }
        if let Some(owner) = reviewed.owner {
            entry.draft.owner = Holder::of(self.people, Some(owner), row);
        }
        if let Some(due) = reviewed.due {
            entry.due = Some(Cow::Borrowed(due));
        }
    }

    /// Adds a promise that an acceptance makes, as people decided about the accepting words.
    pub(super) fn add_reviewed(&mut self, mut entry: Entry<'a>, told: &'a Told) {
        let spot = entry.evidence[0];
        if let Some(reviewed) = self.reviews.of_words(&told.id, entry.draft.kind, spot.span) {
            self.apply(&mut entry, &reviewed, spot.row);
        }
        let answered = entry.answers;
        let id = self.add(entry);
        if let Some(request) = answered {
            self.entries[request.index()].promise = Some(id);
        }
    }

    fn add(&mut self, mut entry: Entry<'a>) -> DraftId {
        let id = DraftId(self.entries.len() as u32);
        // Two facts of one kind in the same words must not share an identity: the second gives up a letter.
        let spot = &mut entry.evidence[0];
        let mut place = spot.span;
        while !self.places.insert((spot.row, entry.draft.kind, place)) {
            place.start += 1;
        }
        entry.identity_shift = place.start - spot.span.start;
        if entry.words.object_weight() >= LEAST_OBJECT {
            self.index.add(entry.draft.kind, &entry.words, id);
            self.meanings.add(entry.draft.kind, entry.meaning, id);
        }
        if let Some(thread) = self.people.thread(spot.row) {
            self.threads.entry(thread).or_default().push(id);
        }
        for other in entry.conflicts.clone() {
            self.entries[other.index()].conflicts.push(id);
        }
        if let Some(slot) = entry.draft.slot.filter(|_| entry.review != ReviewState::Rejected) {
            let holder = self.slots.entry(slot).or_insert(id);
            // Of two values of one time the first keeps the slot.
            if entry.conflicts.is_empty() {
                *holder = id;
            }
        }
        self.entries.push(entry);
        id
    }

    /// Adds a finding to the fact that says the same.
    fn repeat(&mut self, id: DraftId, new: Entry<'a>) {
        let old = &mut self.entries[id.index()];
        for spot in &new.evidence {
            old.support(*spot, new.confidence, new.visibility);
        }
        old.read_due = old.read_due.or(new.read_due);
        if new.read_owner.is_somebody() && !old.read_owner.is_somebody() {
            old.read_owner = new.read_owner;
        }
        let is_decided = old.review != ReviewState::Extracted;
        if new.review != ReviewState::Extracted && old.review != ReviewState::Rejected {
            old.review = new.review;
            old.said_anew = None;
            old.reviewed_at = old.reviewed_at.max(new.reviewed_at);
            old.statement = new.statement;
            old.due = new.due.or(old.due.take());
            if new.draft.owner != Holder::Nobody {
                old.draft.owner = new.draft.owner;
            }
            return;
        }
        if is_decided {
            return;
        }
        if let Some(due) =
            new.due.filter(|due| old.due.as_ref().is_none_or(|old| old.date.is_none() && due.date.is_some()))
        {
            old.due = Some(due);
        }
        if new.draft.owner.is_somebody() && !old.draft.owner.is_somebody() {
            old.draft.owner = new.draft.owner;
        }
        if new.draft.beneficiary.is_somebody() && !old.draft.beneficiary.is_somebody() {
            old.draft.beneficiary = new.draft.beneficiary;
        }
        old.draft.condition = old.draft.condition.or(new.draft.condition);
        old.draft.category = old.draft.category.or(new.draft.category);
    }

    /// What a value of a functional property is to the value that held until now.
    fn in_slot(&self, slot: &str, new: &mut Entry<'a>, row: u32) -> Standing {
        let Some(&holder) = self.slots.get(slot) else { return Standing::New };
        let old = &self.entries[holder.index()];
        if !old.is_live() {
            return Standing::New;
        }
        let value = |entry: &Entry<'a>| entry.draft.value.map_or_else(|| entry.statement.to_string(), str::to_owned);
        if value(old) == value(new) {
            return Standing::Repeats(holder);
        }
        let at = self.rows[row as usize].sent_at;
        let is_decided = old.reviewed_at.is_some_and(|decided| at <= decided);
        if is_decided || self.rows[old.last_row as usize].sent_at == at {
            new.conflicts.push(holder);
            return Standing::New;
        }
        Standing::Replaces(holder)
    }

    /// What a finding is to the facts that have words in common with it.
    fn standing(&mut self, new: &mut Entry<'a>, row: u32) -> Standing {
        if new.words.object_weight() < LEAST_OBJECT {
            return Standing::New;
        }
        let mut found = std::mem::take(&mut self.found);
        self.index.candidates(new.draft.kind, &new.words, &mut found);
        let mut best: Option<(f32, Standing)> = None;
        for &id in &found {
            let old = &self.entries[id.index()];
            if !old.is_live() && old.review != ReviewState::Rejected {
                continue;
            }
            let likeness = new.words.likeness(&old.words);
            let score = likeness.jaccard();
            // What holds comes before what was rejected: what was said anew once is repeated from then on.
            let is_better = |(most, standing): &(f32, Standing)| {
                score > *most || (score >= *most && matches!(standing, Standing::SaysAnew(_)))
            };
            if best.as_ref().is_none_or(is_better)
                && let Some(standing) = self.compare(id, new, likeness, row)
            {
                best = Some((score, standing));
            } else if old.is_live() && disagree(old, new, likeness) && new.conflicts.len() < 8 {
                new.conflicts.push(id);
            }
        }
        self.found = found;
        match best {
            Some((_, standing)) => {
                // What repeats a known fact has its disagreements already.
                new.conflicts.clear();
                standing
            }
            None => self.same_meaning(new, row).map_or(Standing::New, Standing::Repeats),
        }
    }

    /// Says whether two rows belong to one thread.
    pub(super) fn is_in_thread(&self, a: u32, b: u32) -> bool {
        let thread = self.people.thread(a);
        thread.is_some() && thread == self.people.thread(b)
    }

    fn compare(&self, id: DraftId, new: &Entry<'a>, likeness: Likeness, row: u32) -> Option<Standing> {
        let old = &self.entries[id.index()];
        let in_thread = self.is_in_thread(row, old.last_row);
        let needed = if in_thread { SAME_IN_THREAD } else { SAME_ELSEWHERE };
        let is_same = likeness.jaccard() >= needed && !likeness.is_ruled_out() && same_subject(old, new);
        if !is_same || old.draft.polarity != new.draft.polarity {
            return None;
        }
        let (here, there) = (self.rows[row as usize], self.rows[old.last_row as usize]);
        let agreement = old.read_owner.agreement(new.read_owner, self.people);
        if agreement == Agreement::Different || (is_personal(new.draft.kind) && agreement != Agreement::Same) {
            return None;
        }
        if old.review == ReviewState::Rejected {
            let was_known = old.reviewed_at.is_some_and(|rejected| here.recorded_at <= rejected);
            return Some(
                if was_known || old.evidence.iter().any(|spot| is_copied(&new.evidence[0], spot, in_thread)) {
                    Standing::Repeats(id)
                } else {
                    Standing::SaysAnew(id)
                },
            );
        }
        let age = here.sent_at.duration_since(there.sent_at);
        if !old.is_live() || (age > window(new.draft.kind) && is_dated(there)) {
            return None;
        }
        match (old.read_due, new.read_due) {
            (Some(a), Some(b)) if a != b => {
                if old.reviewed_at.is_some_and(|decided| here.sent_at <= decided) {
                    return Some(Standing::Repeats(id));
                }
                let is_clear = likeness.jaccard() >= SAME_FOR_ANOTHER_DAY
                    && (agreement == Agreement::Same || in_thread)
                    && old.evidence[0].row != row;
                (is_clear && new.draft.kind.is_owed()).then_some(Standing::Replaces(id))
            }
            _ => Some(Standing::Repeats(id)),
        }
    }
}
