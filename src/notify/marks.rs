//! By what a change is known, so that it is told once although it is found anew with each look, and although what is
//! loaded later may move its time, its values or even what it is about.

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::archive::ToldMark;
use crate::model::{Audience, Change, ChangeKind, Evidence, Sight};

/// Bytes of a key.
const KEY_BYTES: usize = 16;

/// What comes and goes is the same within so many days, and news after them: `changes` takes shifts together so.
const SAME_STATE: SignedDuration = SignedDuration::from_hours(28 * 24);
/// A promise is late once, unless a person gave it another day.
const SAME_DAY: SignedDuration = SignedDuration::from_hours(2 * 24);

/// One key of a change: it is told when a change with this key was told within `within` of it, or ever.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    hash: Vec<u8>,
    within: Option<SignedDuration>,
}

impl Key {
    fn new(kind: ChangeKind, parts: &[&str], within: Option<SignedDuration>) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(crate::model::EventName::from(kind).as_str().as_bytes());
        for part in parts {
            hasher.update(&[0]);
            hasher.update(part.as_bytes());
        }
        Self { hash: hasher.finalize().as_bytes()[..KEY_BYTES].to_vec(), within }
    }
}

/// The keys of a change: it is the same as another when they share one.
fn keys(change: &Change) -> Vec<Key> {
    let subject = change.subject.as_str();
    let one = |parts: &[&str], within| vec![Key::new(change.kind, parts, within)];
    match change.kind {
        ChangeKind::StakeholderNew => person(change),
        ChangeKind::StakeholderRoleChanged => one(&[subject, &role(change)], None),
        ChangeKind::StakeholderDeparted | ChangeKind::StakeholderSilent => one(&[subject], Some(SAME_STATE)),
        ChangeKind::SentimentShifted => one(&[subject, direction(change, Value::as_f64)], Some(SAME_STATE)),
        ChangeKind::UsageChanged => {
            let metric = text(&change.after, "metric");
            let level = |value: &Value| value.get("level").and_then(Value::as_f64);
            one(&[metric, direction(change, level)], Some(SAME_STATE))
        }
        ChangeKind::OwnerChanged => {
            let address = text(&change.after, "address");
            let name = if address.is_empty() { text(&change.after, "name") } else { address };
            one(&[&name.to_lowercase()], Some(SAME_STATE))
        }
        // The other fact stands among the evidence, so only the subject tells which is meant.
        ChangeKind::FactConflict => one(&[subject, text(&change.after, "statement")], None),
        ChangeKind::CommitmentOverdue => fact(change, "", Some(SAME_DAY), |_| true),
        ChangeKind::CommitmentNew | ChangeKind::RiskNew => fact(change, "", None, |_| true),
        // The words that end a fact may end several: they do not say which.
        ChangeKind::CommitmentFulfilled | ChangeKind::RiskResolved => {
            fact(change, "", None, |evidence| evidence.at < change.at)
        }
        ChangeKind::ObjectiveChanged => {
            let what = match (&change.before, &change.after) {
                (Value::Null, _) => "new",
                (_, Value::Object(_)) => "replaced",
                _ => "over",
            };
            fact(change, what, None, |evidence| what == "new" || evidence.at < change.at)
        }
    }
}

/// A person may first be known by name and get another identity with their first mail.
fn person(change: &Change) -> Vec<Key> {
    let name = text(&change.after, "name").to_lowercase();
    let mut keys = vec![Key::new(change.kind, &[change.subject.as_str()], None)];
    if name.contains(' ') {
        keys.push(Key::new(change.kind, &["name", &name], Some(SAME_DAY)));
    }
    keys
}

/// A fact is known by the place of its first words, and that changes when earlier ones are loaded: so all of them count.
fn fact(change: &Change, what: &str, within: Option<SignedDuration>, is_own: impl Fn(&Evidence) -> bool) -> Vec<Key> {
    let mut keys = vec![Key::new(change.kind, &[change.subject.as_str(), what], within)];
    for evidence in change.evidence.iter().filter(|evidence| is_own(evidence)) {
        let place = format!("{}-{}", evidence.start, evidence.end);
        keys.push(Key::new(change.kind, &["words", &evidence.interaction, &place, what], within));
    }
    keys
}

fn role(change: &Change) -> String {
    let (was, is) = (text(&change.before, "title"), text(&change.after, "title"));
    let (was_role, role) = (text(&change.before, "buying_role"), text(&change.after, "buying_role"));
    if was_role == role && was != is { format!("title {}", is.to_lowercase()) } else { format!("role {role}") }
}

fn direction(change: &Change, level: impl Fn(&Value) -> Option<f64>) -> &'static str {
    if level(&change.after) < level(&change.before) { "down" } else { "up" }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The marks that a change leaves when it is told.
pub(super) fn marks(change: &Change, audience: Audience) -> impl Iterator<Item = ToldMark> {
    let at = change.at;
    keys(change).into_iter().map(move |key| ToldMark { key: key.hash, audience, at })
}

/// What somebody who sees so much was told.
pub(super) struct Told<'m>(FxHashMap<&'m [u8], Vec<Timestamp>>);

impl<'m> Told<'m> {
    pub(super) fn of(marks: &'m [ToldMark], sight: Sight) -> Self {
        let mut told: FxHashMap<&[u8], Vec<Timestamp>> = FxHashMap::default();
        for mark in marks.iter().filter(|mark| mark.audience.holds(sight)) {
            told.entry(&mark.key).or_default().push(mark.at);
        }
        Self(told)
    }

    pub(super) fn holds(&self, change: &Change) -> bool {
        keys(change).iter().any(|key| {
            let near = |at: &Timestamp| key.within.is_none_or(|within| at.duration_since(change.at).abs() <= within);
            self.0.get(key.hash.as_slice()).is_some_and(|times| times.iter().any(near))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(value: &Value) -> Change {
        let mut whole = json!({"kind": "risk.new", "at": "2026-03-10T09:00:00Z", "account": "northwind",
            "subject": "urn:baton:x", "summary": "", "before": null, "after": null, "severity": "info", "evidence": []});
        whole.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
        serde_json::from_value(whole).unwrap()
    }

    fn words(interaction: &str, day: &str) -> Value {
        json!({"interaction": interaction, "kind": "email", "at": format!("2026-03-{day}T09:00:00Z"), "speaker": null,
            "start": 3, "end": 9, "quote": "a word"})
    }

    #[test]
    fn the_same_change_is_known_again() {
        let check = |told: Value, found: Value, is_known: bool| {
            let marks: Vec<ToldMark> = marks(&change(&told), Audience::All).collect();
            let known = Told::of(&marks, Sight::Full).holds(&change(&found));
            assert_eq!(known, is_known, "{found} after {told}");
        };
        let late = "2026-04-20T09:00:00Z";
        check(json!({}), json!({}), true);
        check(json!({}), json!({"kind": "risk.resolved"}), false);
        check(json!({}), json!({"subject": "urn:baton:y"}), false);
        // An earlier mention was loaded: the fact has another name, and the words that were first are still among its own.
        let (first, second) = (words("a", "02"), words("b", "09"));
        check(json!({"evidence": [second]}), json!({"subject": "urn:baton:y", "evidence": [first, second]}), true);
        // One message keeps two promises.
        let kept = |subject: &str, said: &str| json!({"kind": "commitment.fulfilled", "subject": subject, "evidence": [words(said, "02"), words("z", "10")]});
        check(kept("urn:baton:x", "a"), kept("urn:baton:y", "b"), false);
        check(kept("urn:baton:x", "a"), kept("urn:baton:x", "a"), true);
        // Late twice, as a person gave another day in between.
        let overdue = |at: &str| json!({"kind": "commitment.overdue", "at": at});
        check(overdue("2026-03-10T00:00:00Z"), overdue("2026-03-11T00:00:00Z"), true);
        check(overdue("2026-03-10T00:00:00Z"), overdue("2026-03-17T00:00:00Z"), false);
        // A mood that is measured anew with every mail.
        let mood = |before: f64, after: f64, at: &str| json!({"kind": "sentiment.shifted", "before": before, "after": after, "at": at});
        check(mood(0.3, -0.4, "2026-03-10T00:00:00Z"), mood(0.25, -0.5, "2026-03-17T00:00:00Z"), true);
        check(mood(0.3, -0.4, "2026-03-10T00:00:00Z"), mood(-0.4, 0.3, "2026-03-17T00:00:00Z"), false);
        check(mood(0.3, -0.4, "2026-03-10T00:00:00Z"), mood(0.3, -0.4, late), false);
        let usage = |metric: &str, level: f64| {
            json!({"kind": "usage.changed", "before": {"metric": metric, "level": 5.0},
                "after": {"metric": metric, "level": level, "since": "2026-03-02"}})
        };
        check(usage("logins", 2.0), usage("logins", 2.1), true);
        check(usage("logins", 2.0), usage("exports", 2.0), false);
        let person = |subject: &str, name: &str, at: &str| json!({"kind": "stakeholder.new", "subject": subject, "after": {"name": name, "title": null}, "at": at});
        let at = "2026-03-10T09:00:00Z";
        check(person("urn:baton:x", "Priya Nair", at), person("urn:baton:y", "Priya Nair", at), true);
        check(person("urn:baton:x", "Priya", at), person("urn:baton:y", "Priya", at), false);
        check(person("urn:baton:x", "Priya Nair", at), person("urn:baton:y", "Priya Nair", late), false);
        let role = |title: &str, role: &str| {
            json!({"kind": "stakeholder.role_changed", "before": {"title": "Buyer", "buying_role": "champion"},
                "after": {"title": title, "buying_role": role}})
        };
        check(role("Buyer", "blocker"), role("Buyer", "blocker"), true);
        check(role("Buyer", "blocker"), role("Head of Buying", "champion"), false);
        let owner =
            |name: &str, at: &str| json!({"kind": "owner.changed", "after": {"name": name, "address": null}, "at": at});
        check(owner("Sam Ortiz", at), owner("sam ortiz", at), true);
        check(owner("Sam Ortiz", at), owner("Dana Whit", at), false);
        check(owner("Sam Ortiz", at), owner("Sam Ortiz", late), false);
        let objective =
            |before: Value, after: Value| json!({"kind": "objective.changed", "before": before, "after": after});
        check(
            objective(Value::Null, json!({"statement": "s"})),
            objective(json!({"statement": "s"}), json!("resolved")),
            false,
        );
        let conflict = |statement: &str| json!({"kind": "fact.conflict", "after": {"statement": statement}});
        check(conflict("by May"), conflict("by June"), false);
        check(conflict("by May"), conflict("by May"), true);
    }

    #[test]
    fn each_sight_has_its_own_marks() {
        let change = change(&json!({}));
        let marks: Vec<ToldMark> = marks(&change, Audience::Full).collect();
        assert!(Told::of(&marks, Sight::Full).holds(&change));
        assert!(!Told::of(&marks, Sight::Shared).holds(&change));
    }
}
