//! What people decided about facts, by the place of the words.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use crate::model::{Decision, Due, Fact, FactFinding, FactKind, Party, Review, ReviewState, Span, Told};

/// The outcome of all decisions about one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reviewed<'a> {
    pub(crate) state: ReviewState,
    pub(crate) at: Timestamp,
    pub(crate) by: &'a str,
    /// Why it was rejected, where it was.
    pub(crate) reason: &'a str,
    pub(crate) statement: Option<&'a str>,
    pub(crate) owner: Option<&'a Party>,
    pub(crate) due: Option<&'a Due>,
}

/// Decisions by interaction and kind, in order of time.
#[derive(Debug, Default)]
pub(crate) struct ReviewIndex<'a> {
    by_place: FxHashMap<(&'a str, FactKind), Vec<&'a Review>>,
}

impl<'a> ReviewIndex<'a> {
    /// Indexes `reviews`.
    pub(crate) fn new(reviews: &'a [Review]) -> Self {
        let mut index = Self::default();
        let mut ordered: Vec<&Review> = reviews.iter().collect();
        ordered.sort_by_key(|review| review.at);
        for review in ordered {
            index.by_place.entry((review.place.interaction.as_str(), review.place.kind)).or_default().push(review);
        }
        index
    }

    /// What was decided about a finding: about its very words, or about words that overlap with it and are no
    /// other finding's own.
    pub(crate) fn of(&self, told: &Told, finding: &FactFinding) -> Option<Reviewed<'a>> {
        if self.by_place.is_empty() {
            return None;
        }
        let reviews = self.by_place.get(&(told.id.as_str(), finding.kind))?;
        let is_its_own = |span: Span| {
            let same_kind = || told.findings.facts.iter().filter(|other| other.kind == finding.kind);
            span == finding.span || (span.overlaps(finding.span) && !same_kind().any(|other| other.span == span))
        };
        outcome(reviews.iter().copied().filter(|review| is_its_own(review.place.span)))
    }

    /// What was decided about words of a kind in an interaction.
    pub(crate) fn of_words(&self, interaction: &str, kind: FactKind, span: Span) -> Option<Reviewed<'a>> {
        let reviews = self.by_place.get(&(interaction, kind))?;
        outcome(reviews.iter().copied().filter(|review| review.place.span == span || review.place.span.overlaps(span)))
    }

    /// The facts that people added, each with what was decided about it later.
    pub(crate) fn added(&self, reviews: &'a [Review]) -> Vec<(&'a Review, &'a Fact, Option<Reviewed<'a>>)> {
        reviews
            .iter()
            .filter_map(|review| match &review.decision {
                Decision::Added { fact } => {
                    let place = &review.place;
                    let later = self.of_words(&place.interaction, place.kind, place.span);
                    Some((review, fact.as_ref(), later))
                }
                Decision::Confirmed | Decision::Corrected { .. } | Decision::Rejected { .. } => None,
            })
            .collect()
    }
}

/// Folds decisions in order of time; later ones outrank earlier ones, and a confirmation keeps what was corrected.
fn outcome<'a>(reviews: impl Iterator<Item = &'a Review>) -> Option<Reviewed<'a>> {
    let mut outcome: Option<Reviewed<'a>> = None;
    for review in reviews {
        let mut next = outcome.unwrap_or(Reviewed {
            state: ReviewState::Extracted,
            at: review.at,
            by: &review.by,
            reason: "",
            statement: None,
            owner: None,
            due: None,
        });
        (next.at, next.by) = (review.at, &review.by);
        match &review.decision {
            Decision::Confirmed => {
                let is_corrected = next.statement.is_some() || next.owner.is_some() || next.due.is_some();
                next.state = if is_corrected { ReviewState::Corrected } else { ReviewState::Confirmed };
            }
            Decision::Corrected { statement, owner, due } => {
                next.state = ReviewState::Corrected;
                next.statement = statement.as_deref().or(next.statement);
                next.owner = owner.as_ref().or(next.owner);
                next.due = due.as_ref().or(next.due);
            }
            Decision::Rejected { reason } => (next.state, next.reason) = (ReviewState::Rejected, reason),
            Decision::Added { .. } => continue,
        }
        outcome = Some(next);
    }
    outcome
}
