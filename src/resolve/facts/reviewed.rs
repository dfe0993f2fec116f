//! What people decided about facts, by the place of the words.

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

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
    interactions: FxHashSet<&'a str>,
    by_place: FxHashMap<(&'a str, FactKind), Vec<&'a Review>>,
}

impl<'a> ReviewIndex<'a> {
    /// Indexes `reviews`.
    pub(crate) fn new(reviews: &'a [Review]) -> Self {
        let mut index = Self::default();
        let mut ordered: Vec<&Review> = reviews.iter().collect();
        ordered.sort_by_key(|review| review.at);
        for review in ordered {
            index.interactions.insert(review.place.interaction.as_str());
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

    /// What people approved or corrected and no engine finds any more: the fact as it stood then, with the outcome of
    /// all decisions. The interaction must still be there.
    pub(crate) fn kept(&self, rows: &[&Told], found: &Found<'_>) -> Vec<(&'a Fact, Reviewed<'a>)> {
        let mut rows_by_id: FxHashMap<&str, &Told> = FxHashMap::default();
        for row in rows.iter().filter(|row| self.interactions.contains(row.id.as_str())) {
            rows_by_id.insert(&row.id, row);
        }
        let mut kept: Vec<(&Fact, Reviewed<'a>)> = Vec::new();
        for (&(interaction, kind), reviews) in &self.by_place {
            let Some(told) = rows_by_id.get(interaction) else { continue };
            for (place, review) in reviews.iter().enumerate() {
                let span = review.place.span;
                let is_first = !reviews[..place].iter().any(|earlier| earlier.place.span == span);
                let Some(fact) = review.fact.as_deref().filter(|_| is_first) else { continue };
                let outcome = outcome(reviews.iter().copied().filter(|other| other.place.span == span));
                let Some(outcome) = outcome.filter(|outcome| outcome.state != ReviewState::Rejected) else { continue };
                if !is_found(told, kind, span) && !found.contains(interaction, kind, span) {
                    kept.push((fact, outcome));
                }
            }
        }
        kept.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        kept
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

/// Says whether an engine finds a fact of that kind in these words.
fn is_found(told: &Told, kind: FactKind, span: Span) -> bool {
    let findings = &told.findings;
    let finds = |finding: &FactFinding| finding.kind == kind && (finding.span == span || finding.span.overlaps(span));
    findings.automatic.is_none() && findings.facts.iter().any(finds)
}

/// Where the facts of a fold were first said, as far as reviews ask for it.
#[derive(Debug, Default)]
pub(crate) struct Found<'a> {
    spans: FxHashMap<(&'a str, FactKind), Vec<Span>>,
}

impl<'a> Found<'a> {
    pub(crate) fn add(&mut self, interaction: &'a str, kind: FactKind, span: Span) {
        self.spans.entry((interaction, kind)).or_default().push(span);
    }

    fn contains(&self, interaction: &str, kind: FactKind, span: Span) -> bool {
        let spans = self.spans.get(&(interaction, kind));
        spans.is_some_and(|spans| spans.iter().any(|found| *found == span || found.overlaps(span)))
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
