//! How well zones agree with the test cases of two reply parsers: what is left of a reply, what is a signature.

use std::path::Path;

use serde_json::Value;

use super::corpus;
use super::score::{Scored, passing};
use crate::extract::zones;
use crate::model::{InteractionKind, ZoneKind};

/// Scores both files of cases.
pub(super) fn score(data: &Path) -> Scored {
    let mut scored = Scored::default();
    let (mut passed, mut all) = (0, 0);
    for file in ["talon", "crisp"] {
        let rows = corpus::rows(&data.join(format!("reply_parser_cases/{file}.jsonl")));
        let (right, failed) = measure(&rows);
        if right + failed.len() > 0 {
            scored.rows.push(passing(file, right, right + failed.len()));
        }
        passed += right;
        all += right + failed.len();
        scored.mistakes.extend(failed);
    }
    if all > 0 {
        scored.rows.insert(0, passing("cases that assert a reply or signature", passed, all));
    }
    scored
}

/// How many cases pass, and those that fail.
fn measure(cases: &[Value]) -> (usize, Vec<String>) {
    let (mut passed, mut failed) = (0, Vec::new());
    for case in cases {
        let text = |field: &str| case[field].as_str().unwrap_or_default();
        match passes(case) {
            None => {}
            Some(Ok(())) => passed += 1,
            Some(Err(found)) => failed.push(format!("{} {}\t{found:?}", text("test"), text("fixture"))),
        }
    }
    (passed, failed)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented cases in the form of the set.
    const FIXTURE: &str = r#"{"test":"reply","kind":"plain","input":"Fine.\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Ada One <ada@example.com> wrote:\n> Ok?","expected":"Fine."}
{"test":"signature","kind":"signature","input":"Fine with me.\n--\nAda One","expected":["Fine with me.","--\nAda One"]}
{"test":"fragment","input":"See below.\n\nVon: Ada\nGesendet: 3. Mai 2022\nAn: Bob\n\nHallo","first_fragment":"See below."}"#;

    #[test]
    fn invented_cases_pass() {
        let cases: Vec<Value> = FIXTURE.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let (passed, failed) = measure(&cases);
        assert_eq!((passed, failed.len()), (3, 0), "{failed:?}");
    }
}
