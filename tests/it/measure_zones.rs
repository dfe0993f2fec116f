//! How well zones agree with the test cases of reply parsers. Set `BATON_MEASURE_DATA` to the folder of the scored sets
//! to measure on them; without it a small invented fixture is checked.

#![expect(clippy::print_stderr, reason = "a measure is read by whoever asked for it")]

use std::path::PathBuf;

use baton::extract::zones;
use baton::model::{InteractionKind, ZoneKind};
use serde_json::Value;

/// Invented cases in the form of the set.
const FIXTURE: &str = r#"{"test":"reply","kind":"plain","input":"Fine.\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Ada One <ada@example.com> wrote:\n> Ok?","expected":"Fine."}
{"test":"signature","kind":"signature","input":"Fine with me.\n--\nAda One","expected":["Fine with me.","--\nAda One"]}
{"test":"fragment","input":"See below.\n\nVon: Ada\nGesendet: 3. Mai 2022\nAn: Bob\n\nHallo","first_fragment":"See below."}"#;

#[derive(Default)]
struct Score {
    passed: usize,
    failed: Vec<String>,
    skipped: usize,
}

#[test]
fn replies_and_signatures() {
    let Some(data) = std::env::var_os("BATON_MEASURE_DATA").map(PathBuf::from) else {
        let score = measure(FIXTURE);
        assert_eq!((score.passed, score.failed.len()), (3, 0), "{:?}", score.failed);
        return;
    };
    for file in ["talon.jsonl", "crisp.jsonl"] {
        let Ok(cases) = std::fs::read_to_string(data.join("reply_parser_cases").join(file)) else { continue };
        let score = measure(&cases);
        let total = score.passed + score.failed.len();
        eprintln!("{file}: {} of {total} pass, {} skipped", score.passed, score.skipped);
        for name in &score.failed {
            eprintln!("  fails: {name}");
        }
    }
}

fn measure(cases: &str) -> Score {
    let mut score = Score::default();
    for case in cases.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let name =
            format!("{} {}", case["test"].as_str().unwrap_or_default(), case["fixture"].as_str().unwrap_or_default());
        match passes(&case) {
            None => score.skipped += 1,
            Some(Ok(())) => score.passed += 1,
            Some(Err(found)) => score.failed.push(format!("{name}: {found:?}")),
        }
    }
    score
}

/// Whether a case passes; `None` when it asserts neither a reply nor a signature, or is not plain text.
fn passes(case: &Value) -> Option<Result<(), String>> {
    let input = case["input"].as_str()?;
    let zones = zones::split(input, InteractionKind::Email);
    let part = |kinds: &[ZoneKind], whole: bool| {
        let kept =
            zones.iter().take_while(|zone| whole || !is_foreign(zone.kind)).filter(|zone| kinds.contains(&zone.kind));
        squeeze(&kept.map(|zone| &input[zone.range.clone()]).collect::<String>())
    };
    let own = [ZoneKind::Greeting, ZoneKind::Body];
    let closed = [ZoneKind::Greeting, ZoneKind::Body, ZoneKind::Closing];
    let signed = [ZoneKind::Greeting, ZoneKind::Body, ZoneKind::Closing, ZoneKind::Signature];
    let end = [ZoneKind::Closing, ZoneKind::Signature];
    let any = |expected: &str, whole: bool| {
        let found = [part(&own, whole), part(&closed, whole), part(&signed, whole)];
        if found.contains(&squeeze(expected)) { Ok(()) } else { Err(found[2].clone()) }
    };
    if let Some(expected) = case["first_fragment"].as_str() {
        return Some(any(expected, false));
    }
    if let Some(expected) = case["visible_text"].as_str() {
        return Some(any(expected, true));
    }
    match case["kind"].as_str()? {
        "plain" => Some(any(case["expected"].as_str()?, true)),
        "signature" => {
            let (text, signature) = (case["expected"][0].as_str()?, case["expected"][1].as_str().unwrap_or_default());
            let found = (part(&own, true), part(&end, true));
            Some(if found == (squeeze(text), squeeze(signature)) { Ok(()) } else { Err(format!("{found:?}")) })
        }
        _ => None,
    }
}

fn is_foreign(kind: ZoneKind) -> bool {
    matches!(kind, ZoneKind::Quoted | ZoneKind::QuoteHeader | ZoneKind::Forwarded)
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
