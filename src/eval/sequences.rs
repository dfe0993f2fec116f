//! Telephone numbers and mail addresses in single sentences; one counts when its span is exact.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::corpus;
use super::score::{Counts, Scored};
use crate::extract::{mentions, sentences};
use crate::model::MentionKind;

/// Scores both kinds.
pub(super) fn score(data: &Path) -> Scored {
    let records = corpus::rows(&data.join("recognizers_text_specs/sequence_en.jsonl"));
    let mut scored = Scored::default();
    for (spec, kind, part) in [
        ("PhoneNumberModel", MentionKind::Phone, "telephone numbers"),
        ("EmailModel", MentionKind::Email, "mail addresses"),
    ] {
        let mut counts = Counts::default();
        let cases: Vec<_> = records.iter().filter(|record| record["spec"] == spec).collect();
        for case in &cases {
            scored.mistakes.extend(measure(case, kind, &mut counts));
        }
        if !cases.is_empty() {
            scored.rows.push(counts.row(part));
        }
    }
    scored
}

fn measure(case: &Value, kind: MentionKind, counts: &mut Counts) -> Vec<String> {
    let text = case["input"].as_str().unwrap_or_default();
    let gold: BTreeSet<String> =
        case["results"].as_array().into_iter().flatten().filter_map(|r| r["text"].as_str()).map(bare).collect();
    let sentences = sentences::split(text, 0..text.len());
    let found: BTreeSet<String> = mentions::find(text, &sentences, &[])
        .into_iter()
        .filter(|mention| mention.kind == kind)
        .map(|mention| bare(&text[mention.range]))
        .collect();
    counts.right += gold.intersection(&found).count();
    counts.wrong += found.difference(&gold).count();
    counts.missed += gold.difference(&found).count();
    let wrong = found.difference(&gold).map(|words| format!("wrong\t{words}\t{text}"));
    wrong.chain(gold.difference(&found).map(|words| format!("missed\t{words}\t{text}"))).collect()
}

/// The cases give words in lower case.
fn bare(words: &str) -> String {
    words.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared() {
        let case = serde_json::json!({"input": "Call +44 20 7946 0000.", "results": [{"text": "+44 20 7946 0000"}]});
        let mut counts = Counts::default();
        assert!(measure(&case, MentionKind::Phone, &mut counts).is_empty());
        assert_eq!(counts.right, 1);
    }
}
