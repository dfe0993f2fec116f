//! New, kept and late promises, risks that came and went, changed objectives, facts that disagree.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use super::known::KnownFacts;
use super::{About, Difference, Period, severity};
use crate::model::{Change, ChangeKind, Fact, FactKind, FactRecord, FactStatus, Iri, Polarity, ReviewState, Severity};

/// A finding that is right less often than this is no news: it would be one of many. It becomes one when it is said again
/// or confirmed.
const LEAST_CONFIDENCE: f32 = 0.35;

pub(super) fn changes(period: &Period<'_>, changes: &mut Vec<Change>) {
    let known = KnownFacts::of(&period.before.facts);
    let after: FxHashMap<&Iri, &FactRecord> =
        period.after.facts.iter().map(|record| (&record.fact.id, record)).collect();
    for record in period.after.facts.iter().filter(|record| is_news(record)) {
        let before = known.find(record).filter(|before| is_news(before));
        match record.fact.kind {
            // What somebody will not do is no commitment that is new, due or kept.
            FactKind::Commitment if record.fact.polarity == Polarity::Negated => {}
            FactKind::Commitment => commitment(period, before, record, changes),
            FactKind::Risk => risk(period, before, record, changes),
            FactKind::Objective => changes.extend(objective(period, (before, &known), record, &after)),
            FactKind::Request
            | FactKind::Metric
            | FactKind::PainPoint
            | FactKind::Requirement
            | FactKind::Decision
            | FactKind::Preference
            | FactKind::SensitiveTopic
            | FactKind::BuyingMotivation
            | FactKind::OpenIssue
            | FactKind::Customization
            | FactKind::ExpansionSignal => {}
        }
        conflicts(period, before, record, &after, changes);
    }
}

/// Says whether a fact is sure enough to be told as a change, and stands.
fn is_news(record: &FactRecord) -> bool {
    match record.fact.review {
        ReviewState::Rejected => false,
        ReviewState::Confirmed | ReviewState::Corrected | ReviewState::Added => true,
        ReviewState::Extracted => record.fact.confidence >= LEAST_CONFIDENCE,
    }
}

fn commitment(period: &Period<'_>, before: Option<&FactRecord>, record: &FactRecord, changes: &mut Vec<Change>) {
    let fact = &record.fact;
    if before.is_none() {
        let summary = format!("New commitment: {}", told(fact));
        let values = (Value::Null, described(fact));
        changes.push(of_fact(
            period,
            ChangeKind::CommitmentNew,
            fact.valid_from,
            (record, summary),
            Difference::new(values, Severity::Info),
        ));
    }
    let was = before.map(|before| before.fact.clone().judged_at(period.since).status);
    if fact.status == FactStatus::Fulfilled && was != Some(FactStatus::Fulfilled) {
        let summary = format!("Commitment kept: {}", told(fact));
        let at = fact.valid_to.unwrap_or(period.until);
        let mut change = of_fact(
            period,
            ChangeKind::CommitmentFulfilled,
            at,
            (record, summary),
            Difference::new(states(was, fact.status), Severity::Info),
        );
        change.evidence.extend(record.closed_by.clone());
        changes.push(change);
    }
    let is = fact.clone().judged_at(period.until).status;
    if is == FactStatus::Overdue && was != Some(FactStatus::Overdue) {
        changes.push(overdue(period, record, was));
    }
}

fn overdue(period: &Period<'_>, record: &FactRecord, was: Option<FactStatus>) -> Change {
    let fact = &record.fact;
    let due = fact.due.as_ref().and_then(|due| due.date);
    let today = period.until.to_zoned(TimeZone::UTC).date();
    let days = due.map_or(0, |due| (today - due).get_days());
    // It becomes late at the end of its day.
    let late = due.and_then(|due| due.tomorrow().ok()).and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    let at = late.map_or(period.until, |day| day.timestamp());
    let summary = format!("Overdue by {days} days: {}", told(fact));
    let values = states(was, FactStatus::Overdue);
    of_fact(
        period,
        ChangeKind::CommitmentOverdue,
        at,
        (record, summary),
        Difference::new(values, severity::overdue(fact, days)),
    )
}

fn risk(period: &Period<'_>, before: Option<&FactRecord>, record: &FactRecord, changes: &mut Vec<Change>) {
    let fact = &record.fact;
    if before.is_none() {
        let values = (Value::Null, described(fact));
        let summary = format!("New risk: {}", fact.statement);
        changes.push(of_fact(
            period,
            ChangeKind::RiskNew,
            fact.valid_from,
            (record, summary),
            Difference::new(values, severity::risk(fact)),
        ));
    }
    let was = before.map(|before| before.fact.status);
    if fact.status == FactStatus::Resolved && was != Some(FactStatus::Resolved) {
        let at = fact.valid_to.unwrap_or(period.until);
        let summary = format!("Risk resolved: {}", fact.statement);
        let mut change = of_fact(
            period,
            ChangeKind::RiskResolved,
            at,
            (record, summary),
            Difference::new(states(was, fact.status), Severity::Info),
        );
        change.evidence.extend(record.closed_by.clone());
        changes.push(change);
    }
}

/// An objective that is new, over, or replaced. A replacement is told once, of the old objective.
fn objective(
    period: &Period<'_>,
    (before, known): (Option<&FactRecord>, &KnownFacts<'_>),
    record: &FactRecord,
    after: &FxHashMap<&Iri, &FactRecord>,
) -> Option<Change> {
    let fact = &record.fact;
    let kind = ChangeKind::ObjectiveChanged;
    match before {
        None => {
            let gave_way = |other: &&&FactRecord| other.superseded_by.as_ref() == Some(&fact.id);
            let was_live = |other: &FactRecord| known.find(other).is_some_and(|other| other.fact.status.is_live());
            let replaces = || after.values().filter(gave_way).any(|other| was_live(other));
            if !fact.status.is_live() || replaces() {
                return None;
            }
            let summary = format!("New objective: {}", fact.statement);
            let values = (Value::Null, described(fact));
            Some(of_fact(period, kind, fact.valid_from, (record, summary), Difference::new(values, Severity::Info)))
        }
        Some(before) if before.fact.status.is_live() && !fact.status.is_live() => {
            let next = record.superseded_by.as_ref().and_then(|id| after.get(id));
            let at = fact.valid_to.unwrap_or(period.until);
            let (summary, value, severity) = match next {
                Some(next) => {
                    let (new, old) = (&next.fact.statement, &fact.statement);
                    (format!("Objective changed: {new} (before: {old})"), described(&next.fact), Severity::Warning)
                }
                None => (format!("Objective over: {}", fact.statement), json!(fact.status), Severity::Info),
            };
            let mut change =
                of_fact(period, kind, at, (record, summary), Difference::new((described(fact), value), severity));
            change.evidence.extend(next.into_iter().filter_map(|next| next.fact.evidence.first().cloned()));
            change.evidence.extend(record.closed_by.clone());
            Some(change)
        }
        Some(_) => None,
    }
}

/// Disagreements that were not there before; each pair is told once, of the earlier fact.
fn conflicts(
    period: &Period<'_>,
    before: Option<&FactRecord>,
    record: &FactRecord,
    after: &FxHashMap<&Iri, &FactRecord>,
    changes: &mut Vec<Change>,
) {
    let known: FxHashSet<&Iri> = before.into_iter().flat_map(|before| &before.conflicts_with).collect();
    let fact = &record.fact;
    for other in record.conflicts_with.iter().filter(|id| !known.contains(id)).filter_map(|id| after.get(id)) {
        if !is_news(other) {
            continue;
        }
        let is_first = (fact.valid_from, &fact.id) < (other.fact.valid_from, &other.fact.id);
        let both_live = fact.status.is_live() && other.fact.status.is_live();
        if !is_first || !both_live {
            continue;
        }
        let summary = format!("These disagree: \"{}\" and \"{}\"", fact.statement, other.fact.statement);
        let values = (described(fact), described(&other.fact));
        let at = other.fact.valid_from;
        let mut change = of_fact(
            period,
            ChangeKind::FactConflict,
            at,
            (record, summary),
            Difference::new(values, Severity::Warning),
        );
        change.evidence.extend(other.fact.evidence.iter().cloned());
        changes.push(change);
    }
}

fn of_fact(
    period: &Period<'_>,
    kind: ChangeKind,
    at: Timestamp,
    (record, summary): (&FactRecord, String),
    difference: Difference,
) -> Change {
    let about = About { subject: record.fact.id.clone(), summary, evidence: record.fact.evidence.clone() };
    period.change(kind, at, about, difference)
}

fn states(was: Option<FactStatus>, is: FactStatus) -> (Value, Value) {
    (json!(was), json!(is))
}

fn described(fact: &Fact) -> Value {
    json!({"statement": fact.statement, "owner": fact.owner, "due": fact.due.as_ref().and_then(|due| due.date)})
}

/// A promise in one line: what, who, until when.
fn told(fact: &Fact) -> String {
    let owner = fact.owner.as_ref().and_then(|owner| owner.name.as_ref()).map(|name| format!(" ({name})"));
    let due = fact.due.as_ref().and_then(|due| due.date).map(|date| format!(", due {date}"));
    format!("{}{}{}", fact.statement, owner.unwrap_or_default(), due.unwrap_or_default())
}
