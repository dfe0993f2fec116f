//! Drafts as records: identities are minted, people named, evidence written out.

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::draft::{DraftId, Entry, Holder, Spot};
use super::reviewed::Reviewed;
use crate::model::{
    AccountSlug, Evidence, Fact, FactPlace, FactRecord, Iri, Rejection, ReviewState, Span, Told, Visibility, mint_fact,
};
use crate::resolve::people::People;

/// Facts that one thread writes out at a time.
const BATCH: usize = 512;

/// What people rejected, by draft.
type Rejections = FxHashMap<DraftId, Rejection>;

/// What turning drafts into records needs to know.
pub(crate) struct Recorder<'r, 'a> {
    pub(crate) account: &'r AccountSlug,
    pub(crate) people: &'r People<'a>,
    pub(crate) rows: &'r [&'a Told],
}

impl Recorder<'_, '_> {
    /// The records of all drafts, by time of their first evidence.
    pub(crate) fn records(&self, entries: Vec<Entry<'_>>) -> Vec<FactRecord> {
        let iris: Vec<Iri> = entries.par_iter().with_min_len(BATCH).map(|entry| self.mint(entry)).collect();
        let rejections = rejections(&entries, &iris);
        let mut records: Vec<FactRecord> = entries
            .into_par_iter()
            .zip(&iris)
            .with_min_len(BATCH)
            .map(|(entry, iri)| self.record(entry, (iri, &iris), &rejections))
            .collect();
        records.sort_by_key(|record| record.fact.valid_from);
        records
    }

    fn mint(&self, entry: &Entry<'_>) -> Iri {
        let spot = entry.evidence[0];
        let span = Span { start: spot.span.start + entry.identity_shift, end: spot.span.end };
        let interaction = self.rows[spot.row as usize].id.clone();
        mint_fact(self.account, &FactPlace { interaction, kind: entry.draft.kind, span })
    }

    fn record(&self, entry: Entry<'_>, (iri, iris): (&Iri, &[Iri]), rejections: &Rejections) -> FactRecord {
        let first = self.rows[entry.evidence[0].row as usize];
        let draft = entry.draft;
        let mut conflicts_with: Vec<Iri> = entry.conflicts.iter().map(|id| iris[id.index()].clone()).collect();
        conflicts_with.sort_unstable();
        conflicts_with.dedup();
        let suggestion = entry.said_anew.and_then(|rejected| rejections.get(&rejected).cloned());
        FactRecord {
            owner: self.iri(draft.owner),
            beneficiary: self.iri(draft.beneficiary),
            rule: draft.rule.to_owned(),
            visibility: entry.visibility,
            closed_by: entry.closed_by.map(|spot| self.evidence(spot)),
            superseded_by: entry.superseded_by.map(|id| iris[id.index()].clone()),
            conflicts_with,
            fact: Fact {
                id: iri.clone(),
                account: self.account.clone(),
                kind: draft.kind,
                category: draft.category.map(str::to_owned),
                statement: entry.statement.into_owned(),
                polarity: draft.polarity,
                owner: draft.owner.party(self.people),
                beneficiary: draft.beneficiary.party(self.people),
                due: entry.due.map(std::borrow::Cow::into_owned),
                condition: draft.condition.map(str::to_owned),
                status: entry.status,
                confidence: entry.confidence,
                review: entry.review,
                suggestion,
                valid_from: first.sent_at,
                valid_to: entry.valid_to,
                recorded_at: first.recorded_at,
                retired_at: None,
                evidence: entry.evidence.into_iter().map(|spot| self.evidence(spot)).collect(),
            },
        }
    }

    /// A fact that a person added, with what was decided about it later.
    pub(crate) fn added(&self, fact: &Fact, at: Timestamp, later: Option<Reviewed<'_>>) -> FactRecord {
        let mut fact = fact.clone();
        fact.review = ReviewState::Added;
        fact.valid_from = fact.valid_from.min(at);
        if let Some(later) = later {
            if later.state == ReviewState::Rejected {
                fact.review = ReviewState::Rejected;
            }
            fact = with_values(fact, later);
        }
        self.as_said(fact, "added_by_person")
    }

    /// A fact that a person approved or corrected and that no engine finds any more.
    pub(crate) fn kept(&self, fact: &Fact, decided: Reviewed<'_>) -> FactRecord {
        let mut fact = with_values(fact.clone(), decided);
        fact.review = decided.state;
        fact.confidence = 1.0;
        fact.suggestion = None;
        self.as_said(fact, "kept_by_person")
    }

    fn as_said(&self, mut fact: Fact, rule: &str) -> FactRecord {
        let row = self.rows.len() as u32;
        fact.account = self.account.clone();
        let owner = Holder::of(self.people, fact.owner.as_ref(), row);
        let beneficiary = Holder::of(self.people, fact.beneficiary.as_ref(), row);
        let (owner_iri, beneficiary_iri) = (self.iri(owner), self.iri(beneficiary));
        let (owner, beneficiary) = (owner.party(self.people), beneficiary.party(self.people));
        fact.owner = owner.or(fact.owner);
        fact.beneficiary = beneficiary.or(fact.beneficiary);
        FactRecord {
            fact,
            owner: owner_iri,
            beneficiary: beneficiary_iri,
            rule: rule.to_owned(),
            visibility: Visibility::Account,
            closed_by: None,
            superseded_by: None,
            conflicts_with: Vec::new(),
        }
    }

    fn iri(&self, holder: Holder<'_>) -> Option<Iri> {
        holder.person().map(|person| self.people.iri(person).clone())
    }

    /// Words as evidence.
    pub(crate) fn evidence(&self, spot: Spot<'_>) -> Evidence {
        let told = self.rows[spot.row as usize];
        Evidence {
            interaction: told.id.clone(),
            kind: told.kind,
            at: told.sent_at,
            speaker: spot.speaker.map(str::to_owned),
            start: spot.span.start,
            end: spot.span.end,
            quote: spot.quote.to_owned(),
        }
    }
}

/// A fact with the values that people gave it.
fn with_values(mut fact: Fact, decided: Reviewed<'_>) -> Fact {
    fact.statement = decided.statement.map_or(fact.statement, str::to_owned);
    fact.owner = decided.owner.cloned().or(fact.owner);
    fact.due = decided.due.cloned().or(fact.due);
    fact
}

/// The rejections of all drafts that have one.
fn rejections(entries: &[Entry<'_>], iris: &[Iri]) -> Rejections {
    let of = |(entry, (id, iri)): (&Entry<'_>, (u32, &Iri))| {
        let ((by, reason), at) = entry.rejected.zip(entry.reviewed_at)?;
        let rejection = Rejection { fact: iri.clone(), by: by.to_owned(), at, reason: reason.to_owned() };
        Some((DraftId(id), rejection))
    };
    entries.iter().zip((0..).zip(iris)).filter_map(of).collect()
}
