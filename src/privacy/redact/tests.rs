//! The labelled cases of redaction, and what holds for any text.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{RedactionKind, find, redact};
use crate::model::Interaction;
use crate::privacy::mask::masked;

const CASES: &str = include_str!("cases.txt");

const KINDS: [(&str, RedactionKind); 4] = [
    ("card", RedactionKind::Card),
    ("iban", RedactionKind::Iban),
    ("secret", RedactionKind::Secret),
    ("national_id", RedactionKind::NationalId),
];

/// What was found in a case: the kinds with the words.
fn found(text: &str) -> Vec<(RedactionKind, String)> {
    let found = find(text, &BTreeSet::new());
    found.into_iter().map(|(range, kind)| (kind, text[range].to_owned())).collect()
}

#[allow(clippy::print_stdout, reason = "figures, for whoever runs with --nocapture")]
fn show(figures: &str) {
    println!("redaction: {figures}");
}

#[test]
fn the_labelled_cases_are_told_apart() {
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for line in CASES.replace('¦', "").lines().filter(|line| !line.starts_with('#')) {
        let (kind, text) = line.split_once(" | ").unwrap();
        let kind = KINDS.iter().find(|(name, _)| *name == kind).map(|(_, kind)| *kind);
        let expected = kind.map(|kind| {
            let words = text.split_once('[').unwrap().1.rsplit_once(']').unwrap().0;
            (kind, words.to_owned())
        });
        let text = match kind {
            Some(_) => text.replace(['[', ']'], ""),
            None => text.replace("\\n", "\n"),
        };
        let found = found(&text);
        let is_hit = expected.as_ref().is_some_and(|expected| found.contains(expected));
        right += usize::from(is_hit);
        if expected.is_some() && !is_hit {
            missed.push(text.clone());
        }
        wrong.extend(
            found.into_iter().filter(|one| Some(one) != expected.as_ref()).map(|one| format!("{one:?} in {text}")),
        );
    }
    let share = |of: usize| right as f64 / (right + of) as f64;
    let figures = format!("precision {:.3}, recall {:.3} of {right} found", share(wrong.len()), share(missed.len()));
    show(&figures);
    assert!(right + missed.len() >= 50, "the cases are gone");
    assert!(missed.is_empty() && wrong.is_empty(), "{figures}\nmissed: {missed:#?}\nwrong: {wrong:#?}");
}

#[test]
fn an_interaction_keeps_its_length() {
    let json = r#"{"id":"a","text":"Zoë: password: Winter2026! ok","subject":"SSN 219-09-9998",
        "attributes":{"note":"card 4111 1222 2333 3446 no"}}"#;
    let mut interaction: Interaction = serde_json::from_str(json).unwrap();
    let counts = redact(&mut interaction, &BTreeSet::from([RedactionKind::Card]));
    assert_eq!(interaction.text, "Zoë: password: ••••••••••! ok");
    assert_eq!(interaction.subject.as_deref(), Some("SSN •••-••-••••"));
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(RedactionKind::Secret, 1), (RedactionKind::NationalId, 1)]);
    assert!(redact(&mut interaction, &BTreeSet::new()).is_empty(), "what was blotted out is found again");
}

proptest! {
    #[test]
    fn any_text_keeps_its_code_points(text in "(\\PC|[0-9 .@:-]|password: |DE89|-----BEGIN PRIVATE KEY-----){0,80}") {
        let found = find(&text, &BTreeSet::new());
        let ranges: Vec<_> = found.into_iter().map(|(range, _)| range).collect();
        if let Some(masked) = masked(&text, &ranges) {
            prop_assert_eq!(masked.chars().count(), text.chars().count());
        }
    }
}
