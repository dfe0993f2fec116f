//! Our own labels, the part that training never sees: acts, topics, mood, and whether probabilities mean what they say.
//! A borderline label counts neither for nor against.

use std::collections::BTreeMap;
use std::path::Path;

use super::Trial;
use super::corpus;
use super::moods;
use super::reliability::Bins;
use super::score::{Counts, Row, Scored};
use super::sentence::{Told, read};
use crate::extract::Engine;
use crate::model::Act;

/// Codes of labels with what the engine calls it.
pub(super) const CODES: [(&str, &str); 14] = [
    ("C", "commitment"),
    ("R", "request"),
    ("D", "decision"),
    ("K", "risk"),
    ("O", "objective"),
    ("M", "metric"),
    ("P", "pain_point"),
    ("Q", "requirement"),
    ("B", "buying_motivation"),
    ("E", "preference"),
    ("T", "sensitive_topic"),
    ("I", "open_issue"),
    ("Z", "customization"),
    ("X", "expansion_signal"),
];
/// Acts and the codes that leave open whether there is one: an accepted request promises too, a refusal is reported
/// as a promise not to do something.
const OPEN: [(&str, &[&str]); 1] = [("commitment", &["Y", "CN"])];

/// A labelled sentence.
struct Labelled {
    text: String,
    /// Kinds and kinds with category; `false` is borderline.
    labels: BTreeMap<String, bool>,
    mood: &'static str,
}

/// Scores the test part of both files, each by itself.
pub(super) fn score(trial: Trial<'_>) -> Scored {
    let mut scored = Scored::default();
    let mut bins: BTreeMap<&str, Bins> = BTreeMap::new();
    for (part, rows) in [("real", real(trial)), ("written", written(trial.labels))] {
        if !rows.is_empty() {
            measure(trial.engine, part, &rows, (&mut scored, &mut bins));
        }
    }
    for (name, bins) in &bins {
        scored.rows.extend(bins.rows(name));
    }
    scored
}

fn real(trial: Trial<'_>) -> Vec<Labelled> {
    let labels = std::fs::read_to_string(trial.labels.join("real.tsv")).unwrap_or_default();
    let texts = if labels.is_empty() { BTreeMap::new() } else { corpus::sentences(trial.data) };
    let line = |line: &str| match line.split('\t').collect::<Vec<_>>()[..] {
        [key, codes, "test"] => Some(labelled(texts.get(key)?, codes)),
        _ => None,
    };
    labels.lines().filter_map(line).collect()
}

fn written(labels: &Path) -> Vec<Labelled> {
    let text = std::fs::read_to_string(labels.join("written.tsv")).unwrap_or_default();
    let line = |line: &str| match line.split('\t').collect::<Vec<_>>()[..] {
        [_, text, codes, "test"] => Some(labelled(text, codes)),
        _ => None,
    };
    text.lines().filter_map(line).collect()
}

fn labelled(text: &str, codes: &str) -> Labelled {
    let has = |mark: &str| codes.split(',').any(|code| code.trim() == mark);
    let mood = if has("!") {
        "negative"
    } else if has("+") {
        "positive"
    } else {
        "neutral"
    };
    Labelled { text: text.to_owned(), labels: labels_of(codes), mood }
}

/// Kinds, and kinds with category, that codes stand for; `false` where that is borderline.
pub(super) fn labels_of(codes: &str) -> BTreeMap<String, bool> {
    let mut labels = BTreeMap::new();
    for code in codes.split(',').map(str::trim) {
        let (code, sure) = code.strip_suffix('?').map_or((code, true), |code| (code, false));
        let (head, category) = code.split_once('.').map_or((code, None), |(head, rest)| (head, Some(rest)));
        if let Some((_, kind)) = CODES.iter().find(|(known, _)| *known == head) {
            *labels.entry((*kind).to_owned()).or_insert(sure) |= sure;
            if let Some(category) = category {
                labels.insert(format!("{kind}.{category}"), sure);
            }
        }
        for (kind, _) in OPEN.iter().filter(|(_, codes)| codes.contains(&head)) {
            labels.entry((*kind).to_owned()).or_insert(false);
        }
    }
    labels
}

fn measure(
    engine: &dyn Engine,
    part: &str,
    rows: &[Labelled],
    (scored, bins): (&mut Scored, &mut BTreeMap<&str, Bins>),
) {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut moods: BTreeMap<&str, Counts> = BTreeMap::new();
    for row in rows {
        let told = read(engine, &row.text);
        for (_, kind) in CODES {
            count(row, &told, kind, &mut counts, &mut scored.mistakes);
            weigh(row, &told, kind, bins);
        }
        count_categories(row, &told, &mut counts);
        for class in ["negative", "neutral", "positive"] {
            moods.entry(class).or_default().add(moods::class(told.mood) == class, row.mood == class);
        }
    }
    let kinds = CODES.iter().map(|(_, kind)| *kind).chain(["risk with category"]);
    let found = kinds.filter_map(|kind| Some(counts.get(kind)?.row(&format!("{part}: {kind}"))));
    scored.rows.extend(found.filter(|row| row.support > 0));
    let f1 = moods.values().map(|count| count.f1()).sum::<f64>() / 3.0;
    let part = format!("{part}: mood, macro");
    scored.rows.push(Row { part, f1: Some(f1), support: rows.len(), ..Row::default() });
}

fn count(row: &Labelled, told: &Told, kind: &str, counts: &mut BTreeMap<String, Counts>, mistakes: &mut Vec<String>) {
    let label = row.labels.get(kind);
    if label == Some(&false) {
        return;
    }
    let (found, there) = (told.facts.iter().any(|fact| fact == kind), label.is_some());
    counts.entry(kind.to_owned()).or_default().add(found, there);
    if found != there {
        mistakes.push(format!("{} {kind}\t{}", if there { "missed" } else { "wrong" }, row.text));
    }
}

/// Risks whose category is right as well.
fn count_categories(row: &Labelled, told: &Told, counts: &mut BTreeMap<String, Counts>) {
    let named = |name: &&String| name.starts_with("risk.");
    if row.labels.get("risk") == Some(&false)
        || (row.labels.contains_key("risk") && !row.labels.keys().any(|name| named(&name)))
    {
        return;
    }
    let entry = counts.entry("risk with category".to_owned()).or_default();
    let found = told.facts.iter().find(named);
    let there = row.labels.keys().find(named);
    let right = found.is_some_and(|found| row.labels.contains_key(found));
    entry.right += usize::from(right);
    entry.wrong += usize::from(found.is_some() && !right);
    entry.missed += usize::from(there.is_some() && !right);
}

fn weigh(row: &Labelled, told: &Told, kind: &'static str, bins: &mut BTreeMap<&str, Bins>) {
    let label = row.labels.get(kind);
    if label == Some(&false) {
        return;
    }
    let act = match kind {
        "commitment" => Some(Act::Commitment),
        "request" => Some(Act::Request),
        "decision" => Some(Act::Decision),
        _ => None,
    };
    let (name, likely) = match act {
        Some(act) => ("acts", told.acts.get(&act)),
        None => ("topics", told.topics.get(kind)),
    };
    bins.entry(name).or_default().add(likely.copied().unwrap_or_default(), label.is_some());
    if told.facts.iter().any(|fact| fact == kind) {
        bins.entry("facts").or_default().add(likely.copied().unwrap_or_default(), label.is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::embedded::EmbeddedEngine;

    #[test]
    fn labels_are_read() {
        let read = labelled("text", "C?,K.budget,!,Y");
        let expected = [("commitment", false), ("risk", true), ("risk.budget", true)];
        assert_eq!(read.labels, expected.map(|(name, sure)| (name.to_owned(), sure)).into());
        assert_eq!(read.mood, "negative");
        assert!(labelled("text", "-").labels.is_empty());
        assert_eq!(labelled("sure", "Y").labels.get("commitment"), Some(&false));
    }

    #[test]
    fn invented_sentences_are_scored() {
        let rows = [("I'll send you the signed contract by Friday.", "C"), ("We met in the spring.", "-")];
        let rows: Vec<Labelled> = rows.iter().map(|(text, codes)| labelled(text, codes)).collect();
        let (mut scored, mut bins) = (Scored::default(), BTreeMap::new());
        measure(&EmbeddedEngine, "real", &rows, (&mut scored, &mut bins));
        let promise = scored.rows.iter().find(|row| row.part == "real: commitment").expect("a row");
        assert!(promise.f1 > Some(0.99), "{:?}", scored.mistakes);
        assert!(!bins["acts"].rows("acts").is_empty());
    }
}
