//! Measures how well requests are told from other sentences. `BATON_MEASURE_DATA` names a folder with
//! `email_intent_parakweet/sentences.jsonl`; without it a small invented set is read, which must not get worse.
//! `BATON_MEASURE_DUMP` names a file that takes the mistakes.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use baton::extract::embedded::EmbeddedEngine;
use baton::model::{Act, Interaction, InteractionKind};
use serde_json::Value;

struct Row {
    text: String,
    asks: bool,
}

fn invented() -> Vec<Row> {
    let yes = [
        "Could you send me the signed order form?",
        "Please confirm the start date.",
        "Let me know whether Thursday works.",
        "What is the status of the data export?",
        "I need you to approve the invoice.",
    ];
    let no = [
        "The plant will start in May.",
        "We met with the auditors yesterday.",
        "I look forward to working with you.",
        "Thanks for the quick turnaround.",
        "I'll send the agenda tomorrow.",
    ];
    let row = |asks| move |text: &&str| Row { text: (*text).to_owned(), asks };
    yes.iter().map(row(true)).chain(no.iter().map(row(false))).collect()
}

fn load(folder: &Path) -> Vec<Row> {
    let path = folder.join("email_intent_parakweet/sentences.jsonl");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| {
            let row: Value = serde_json::from_str(line).ok()?;
            Some(Row { text: row["text"].as_str()?.to_owned(), asks: row["label"] == "Yes" })
        })
        .collect()
}

fn score(rows: &[(f32, bool)], floor: f32) -> (f32, f32, f32) {
    let count = |predicted: bool, asks: bool| {
        rows.iter().filter(|row| (row.0 >= floor) == predicted && row.1 == asks).count() as f32
    };
    let (hit, wrong, missed) = (count(true, true), count(true, false), count(false, true));
    let (precision, recall) = (hit / (hit + wrong).max(1.0), hit / (hit + missed).max(1.0));
    (precision, recall, 2.0 * precision * recall / (precision + recall).max(1e-6))
}

#[test]
fn requests_are_told_from_other_sentences() {
    let rows = match std::env::var_os("BATON_MEASURE_DATA") {
        Some(folder) => load(Path::new(&folder)),
        None => invented(),
    };
    assert!(!rows.is_empty(), "no sentence was read");
    let engine = EmbeddedEngine;
    let mut scored = Vec::with_capacity(rows.len());
    let mut dump = String::new();
    for row in &rows {
        let read = Interaction { text: row.text.clone(), kind: InteractionKind::Note, ..Interaction::default() };
        let analysis = engine.analyze_one(&read).expect("read").analysis;
        let best = analysis
            .sentences
            .iter()
            .filter_map(|sentence| sentence.acts.get(&Act::Request))
            .fold(0.0f32, |a, b| a.max(*b));
        let rules: Vec<&str> = analysis.findings.facts.iter().map(|fact| fact.rule.as_str()).collect();
        let _ = writeln!(dump, "{}\t{best:.2}\t{}\t{}", if row.asks { "yes" } else { "no" }, rules.join(","), row.text);
        scored.push((best, row.asks));
    }
    // Tables are made at first use; the second reading shows the speed.
    let started = Instant::now();
    for row in &rows {
        let read = Interaction { text: row.text.clone(), kind: InteractionKind::Email, ..Interaction::default() };
        let _ = std::hint::black_box(engine.analyze_one(&read));
    }
    let speed = rows.len() as f64 / started.elapsed().as_secs_f64();
    let _ = writeln!(dump, "speed {speed:.0} rows/s");
    for floor in [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8] {
        let (precision, recall, f1) = score(&scored, floor);
        let _ = writeln!(dump, "floor {floor:.2} precision {precision:.3} recall {recall:.3} f1 {f1:.3}");
    }
    if let Some(path) = std::env::var_os("BATON_MEASURE_DUMP") {
        std::fs::write(path, &dump).expect("a writable file");
    }
    assert!(score(&scored, 0.5).2 >= 0.70, "{dump}");
}
