//! The answer as if it were another day, and as if Baton knew only what it knew on another day.

use std::fs;

use jiff::Timestamp;
use serde_json::Value;

use crate::support::{Baton, HANDOFF_TYPES, invented_files, jsonl};

const T: &str = "2026-02-15";

fn early() -> Vec<u8> {
    jsonl(&[
        (
            "e:1",
            "2026-01-12T09:30:00Z",
            'v',
            "I'll send you the SOC 2 report by 20 January 2026. We will deliver the data mapping by 1 March 2026.",
        ),
        (
            "e:2",
            "2026-01-20T09:30:00Z",
            'c',
            "We are worried about the budget. Our goal is to cut onboarding time from 14 to 5 days by the end of June.",
        ),
        (
            "e:3",
            "2026-02-10T09:30:00Z",
            'c',
            "Could you send us the price list by 20 February 2026? Please call me rather than write.",
        ),
    ])
}

fn late() -> Vec<u8> {
    jsonl(&[
        (
            "l:1",
            "2026-02-20T09:30:00Z",
            'v',
            "I have sent you the SOC 2 report. I will book the training by 10 March 2026.",
        ),
        (
            "l:2",
            "2026-03-01T09:30:00Z",
            'c',
            "Budget is approved now. Our new goal is to reach 90% adoption by the end of the year.",
        ),
    ])
}

/// Early files, and early and late files, of one account, with company rows in both.
fn stores() -> (Baton, Baton) {
    let rows = invented_files(0, 1);
    let mut before = vec![("e.jsonl".to_owned(), early())];
    before.extend(rows);
    let mut all = before.clone();
    all.push(("l.jsonl".to_owned(), late()));
    let options = ["--vendor-domain", "vendor.example"];
    (Baton::with_files(&before, &options), Baton::with_files(&all, &options))
}

/// A document without the time at which it was made.
fn document(baton: &Baton, kind: &str, format: &str, more: &[&str]) -> String {
    let mut arguments = vec!["handoff", "-a", "northwind", "--type", kind, "--format", format];
    arguments.extend(more);
    let text = baton.expect(0, &arguments);
    let made = text.lines().filter(|line| line.contains("generated_at") || line.contains("Generated")).count();
    assert!(made <= 1, "{kind} {format}: {made} lines tell when it was made");
    text.lines()
        .filter(|line| !line.contains("generated_at") && !line.contains("Generated"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Lines without the times at which they were recorded.
fn lines(baton: &Baton, arguments: &[&str]) -> Vec<Value> {
    let mut lines = baton.lines(arguments);
    for line in &mut lines {
        line.as_object_mut().unwrap().remove("recorded_at");
    }
    lines
}

#[test]
fn what_was_said_later_does_not_count() {
    let (before, all) = stores();
    for kind in HANDOFF_TYPES {
        for format in ["md", "html", "json"] {
            let expected = document(&before, kind, format, &["--as-of", T]);
            let found = document(&all, kind, format, &["--as-of", T]);
            assert_eq!(found, expected, "{kind} {format}");
            assert_eq!(document(&all, kind, format, &["--as-of", T]), found, "{kind} {format} again");
        }
        let now = document(&all, kind, "md", &["--as-of", "2026-03-05"]);
        assert_ne!(now, document(&before, kind, "md", &["--as-of", "2026-03-05"]), "{kind}");
    }
    let reads: [&[&str]; 3] = [
        &["facts", "-a", "northwind", "--as-of", T],
        &["stakeholders", "-a", "northwind", "--as-of", T],
        &["changes", "-a", "northwind", "--since", "2026-01-01", "--until", T],
    ];
    for arguments in reads {
        let expected = lines(&before, arguments);
        assert!(!expected.is_empty(), "{arguments:?}");
        assert_eq!(lines(&all, arguments), expected, "{arguments:?}");
    }
}

#[test]
fn overdue_is_judged_at_the_time_asked_for() {
    let (_, all) = stores();
    let status = |as_of: &str| {
        let facts = all.lines(&["facts", "-a", "northwind", "--kind", "commitment", "--as-of", as_of]);
        let report = facts.iter().find(|fact| fact["statement"].as_str().unwrap().contains("SOC 2")).unwrap().clone();
        report["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status("2026-01-13"), "open");
    assert_eq!(status("2026-02-01"), "overdue");
    assert_eq!(status("2026-02-21"), "fulfilled");
}

#[test]
fn what_was_recorded_later_is_not_known() {
    let baton = Baton::new();
    let (first, second, company) = (baton.path("e.jsonl"), baton.path("l.jsonl"), baton.path("c.csv"));
    fs::write(&first, early()).unwrap();
    // It tells which domain is the customer's.
    fs::write(
        &company,
        "Record ID,Company name,Company Domain Name,Industry\n1,Northwind,northwind-group.example,Retail\n",
    )
    .unwrap();
    fs::write(&second, late()).unwrap();
    baton.ingest(&first, 0, &["--vendor-domain", "vendor.example"]);
    let as_of = ["--as-of", "2026-04-01"];
    let facts = |more: &[&str]| baton.lines(&[&["facts", "-a", "northwind", "--as-of", "2026-04-01"], more].concat());
    let known = facts(&[]);
    let documents: Vec<String> = HANDOFF_TYPES.iter().map(|kind| document(&baton, kind, "json", &as_of)).collect();
    let k = Timestamp::now().to_string();
    let known_at = ["--known-at", k.as_str()];
    baton.ingest(&second, 0, &[]);
    baton.ingest(&company, 0, &[]);
    // The first file changes, too: what it said before was known at K.
    fs::write(&first, String::from_utf8(early()).unwrap().replace("SOC 2 report", "pen test report")).unwrap();
    assert_eq!(baton.ingest(&first, 0, &[])["changed"], 1);
    assert_ne!(facts(&[]), known);
    assert_eq!(facts(&known_at), known);
    for (kind, expected) in HANDOFF_TYPES.iter().zip(documents) {
        assert_eq!(document(&baton, kind, "json", &[as_of, known_at].concat()), expected, "{kind}");
    }
    assert_eq!(facts(&["--known-at", "2020-01-01"]), Vec::<Value>::new());
}
