//! A shift of mood: the latest interactions of a person, or of the customer's people together, against their own past.
//! Medians and a spread are compared, so that one angry mail is no shift.

use rustc_hash::FxHashMap;
use serde_json::json;

use super::robust::{median, spread};
use super::severity::{self, Weight};
use super::{About, Difference, Period};
use crate::model::{Change, ChangeKind, Evidence, InteractionNode, Iri, Side, Stakeholder};

/// At least this many interactions of the period must carry a mood.
const LEAST_RECENT: usize = 3;
/// At least this many before it.
const LEAST_PAST: usize = 5;
/// The past reaches back this many interactions.
const LONGEST_PAST: usize = 60;
/// A smaller difference of medians is no shift, on a scale of -1 to 1.
const LEAST_SHIFT: f64 = 0.35;
/// The difference must exceed the usual spread this many times.
const SPREADS: f64 = 3.0;

/// A difference of mood.
struct Shift<'v> {
    before: f64,
    after: f64,
    recent: Vec<&'v InteractionNode>,
}

pub(super) fn changes(period: &Period<'_>, changes: &mut Vec<Change>) {
    let mut by_author: FxHashMap<&Iri, Vec<&InteractionNode>> = FxHashMap::default();
    for node in &period.after.interactions {
        let is_person = !node.automatic && node.sentiment.is_some();
        if let Some(author) = node.author.as_ref().filter(|_| is_person) {
            by_author.entry(author).or_default().push(node);
        }
    }
    let mut all: Vec<&InteractionNode> = Vec::new();
    for person in period.after.stakeholders.iter().filter(|person| person.side != Some(Side::Vendor)) {
        let Some(nodes) = by_author.get(&person.id) else { continue };
        if let Some(shift) = shift(period, nodes) {
            changes.push(of_person(period, person, &shift));
        }
        if person.side == Some(Side::Customer) {
            all.extend(nodes);
        }
    }
    all.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)));
    if let Some(shift) = shift(period, &all) {
        let about = about(&shift, period.account_iri(), "the customer's people");
        changes.push(tell(period, about, &shift, Weight::Key));
    }
}

fn shift<'v>(period: &Period<'_>, nodes: &[&'v InteractionNode]) -> Option<Shift<'v>> {
    let border = nodes.partition_point(|node| node.at <= period.since);
    let (past, recent) = nodes.split_at(border);
    if recent.len() < LEAST_RECENT || past.len() < LEAST_PAST {
        return None;
    }
    let moods =
        |nodes: &[&InteractionNode]| nodes.iter().filter_map(|n| n.sentiment.map(f64::from)).collect::<Vec<_>>();
    let past = moods(&past[past.len().saturating_sub(LONGEST_PAST)..]);
    let (before, after) = (median(&past)?, median(&moods(recent))?);
    let needed = (spread(&past)? * SPREADS).clamp(LEAST_SHIFT, 1.0);
    ((after - before).abs() >= needed).then(|| Shift { before, after, recent: recent.to_vec() })
}

fn of_person(period: &Period<'_>, person: &Stakeholder, shift: &Shift<'_>) -> Change {
    let weight = if severity::is_key(person) { Weight::Key } else { Weight::Ordinary };
    tell(period, about(shift, person.id.clone(), &person.name), shift, weight)
}

fn about(shift: &Shift<'_>, subject: Iri, name: &str) -> About {
    let direction = if shift.after < shift.before { "worse" } else { "better" };
    let is_telling = |node: &&&InteractionNode| {
        let mood = f64::from(node.sentiment.unwrap_or_default());
        if shift.after < shift.before { mood <= shift.after } else { mood >= shift.after }
    };
    let evidence = shift.recent.iter().filter(is_telling).take(5).map(|node| Evidence {
        interaction: node.id.clone(),
        kind: node.kind,
        at: node.at,
        speaker: None,
        start: 0,
        end: 0,
        quote: String::new(),
    });
    let (before, after, count) = (shift.before, shift.after, shift.recent.len());
    let summary = format!("The mood of {name} is {direction}: {before:+.1} to {after:+.1} over {count} messages");
    About { subject, summary, evidence: evidence.collect() }
}

fn tell(period: &Period<'_>, about: About, shift: &Shift<'_>, weight: Weight) -> Change {
    let at = shift.recent.last().map_or(period.until, |node| node.at);
    let severity = severity::mood(shift.before as f32, shift.after as f32, weight);
    let values = (json!(round(shift.before)), json!(round(shift.after)));
    period.change(ChangeKind::SentimentShifted, at, about, Difference::new(values, severity))
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
