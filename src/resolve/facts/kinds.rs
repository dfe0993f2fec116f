//! Rules by kind: what may be one fact, what cannot be so at once, and for how long a fact can be said again.

use jiff::SignedDuration;

use super::draft::Entry;
use crate::model::{FactFinding, FactKind, InteractionKind, Told};
use crate::resolve::words::Likeness;

/// Statements this much alike that differ in their numbers or in being denied disagree.
const SAME_BUT_DISAGREEING: f32 = 0.70;
const HOURS_A_DAY: i64 = 24;

/// A question that a talk answers on the spot is nothing that somebody still waits for.
pub(super) fn is_talk(told: &Told, finding: &FactFinding) -> bool {
    const QUESTIONS: [&str; 4] =
        ["request.info_question", "request.bare_question", "request.shall_we", "request.may_i"];
    told.kind == InteractionKind::Call
        && finding.kind == FactKind::Request
        && QUESTIONS.contains(&finding.rule.as_str())
}

/// Facts that belong to one person and are worth nothing without knowing to whom.
pub(super) fn is_personal(kind: FactKind) -> bool {
    matches!(kind, FactKind::Preference)
}

/// Says whether the categories allow that both are one.
pub(super) fn same_subject(old: &Entry<'_>, new: &Entry<'_>) -> bool {
    match (old.draft.category, new.draft.category) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Says whether both cannot be so at once.
pub(super) fn disagree(old: &Entry<'_>, new: &Entry<'_>, likeness: Likeness) -> bool {
    if likeness.names_differ || likeness.actions_differ || likeness.jaccard_without_numbers() < SAME_BUT_DISAGREEING {
        return false;
    }
    match new.draft.kind {
        FactKind::Objective | FactKind::Metric if likeness.numbers_differ => true,
        FactKind::Objective | FactKind::Metric | FactKind::Requirement | FactKind::Decision | FactKind::Commitment => {
            old.draft.polarity != new.draft.polarity && !likeness.numbers_differ
        }
        FactKind::Request
        | FactKind::Risk
        | FactKind::PainPoint
        | FactKind::Preference
        | FactKind::SensitiveTopic
        | FactKind::BuyingMotivation
        | FactKind::OpenIssue
        | FactKind::Customization
        | FactKind::ExpansionSignal => false,
    }
}

/// How long after its last mention a fact can be said again and still be the same.
pub(super) fn window(kind: FactKind) -> SignedDuration {
    let days = match kind {
        FactKind::Commitment | FactKind::Request => 45,
        FactKind::Risk | FactKind::OpenIssue | FactKind::ExpansionSignal => 120,
        FactKind::Objective
        | FactKind::Metric
        | FactKind::PainPoint
        | FactKind::Requirement
        | FactKind::Decision
        | FactKind::Preference
        | FactKind::SensitiveTopic
        | FactKind::BuyingMotivation
        | FactKind::Customization => 400,
    };
    SignedDuration::from_hours(days * HOURS_A_DAY)
}
