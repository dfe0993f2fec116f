//! Requests among single sentences of mail. Sentences that training may have seen are left out.

use std::path::Path;

use super::corpus::{is_test, rows};
use super::score::{Counts, Scored};
use super::sentence::read;
use crate::extract::Engine;

/// Scores the sentences that no training saw.
pub(super) fn score(data: &Path, engine: &dyn Engine) -> Scored {
    let rows = rows(&data.join("email_intent_parakweet/sentences.jsonl"));
    let kept = rows.iter().enumerate().filter(|(line, _)| is_test(&format!("parakweet:{line}")));
    measure(engine, kept.filter_map(|(_, row)| Some((row["text"].as_str()?, row["label"] == "Yes"))))
}

fn measure<'a>(engine: &dyn Engine, rows: impl Iterator<Item = (&'a str, bool)>) -> Scored {
    let mut counts = Counts::default();
    let mut mistakes = Vec::new();
    let mut any = false;
    for (text, asks) in rows {
        any = true;
        let found = read(engine, text).facts.iter().any(|fact| fact == "request");
        counts.add(found, asks);
        if found != asks {
            mistakes.push(format!("{}\t{text}", if asks { "missed" } else { "wrong" }));
        }
    }
    let rows = if any { vec![counts.row("request")] } else { Vec::new() };
    Scored { rows, mistakes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::embedded::EmbeddedEngine;

    #[test]
    fn requests_are_told_from_other_sentences() {
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
        let rows = yes.iter().map(|text| (*text, true)).chain(no.iter().map(|text| (*text, false)));
        let scored = measure(&EmbeddedEngine, rows);
        assert!(scored.rows[0].f1 >= Some(0.8), "{:?}", scored.mistakes);
    }
}
