//! Each type of document, on the sample account and on one of which hardly anything is known.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::{Baton, HANDOFF_TYPES, jsonl};

/// How lines begin that no words of a source stand behind, and why.
const COMPOSED: [(&str, &str); 4] = [
    ("Find out ", "a gap: no source tells"),
    (" of our promises ", "counted over all promises, which stand in sections of their own"),
    ("They wrote ", "counted over all tickets"),
    (" of their people, mood ", "counted over all messages of a month"),
];

/// The day of the sample account on which its documents are made.
const SAMPLE_DAY: &str = "2026-02-13";

fn sample() -> Baton {
    let baton = Baton::new();
    baton.expect(0, &["demo", "--keep"]);
    baton
}

fn sections(baton: &Baton, account: &str, kind: &str, as_of: &str) -> Vec<Value> {
    let document = baton.json(0, &["handoff", "-a", account, "--type", kind, "--as-of", as_of, "--format", "json"]);
    document["sections"].as_array().unwrap().clone()
}

fn items(section: &Value) -> impl Iterator<Item = &Value> {
    section["items"].as_array().unwrap().iter()
}

fn gaps(sections: &[Value]) -> BTreeSet<&str> {
    let gaps = sections.iter().flat_map(|section| section["gaps"].as_array().unwrap());
    gaps.map(|gap| gap["field"].as_str().unwrap()).collect()
}

/// Whether the line is one of [`COMPOSED`].
fn is_composed(text: &str) -> bool {
    COMPOSED.iter().any(|(words, _)| text.contains(words))
}

#[test]
fn there_are_six_types_and_each_says_what_it_is_for() {
    let listed = Baton::new().lines(&["handoff", "types"]);
    let names: Vec<&str> = listed.iter().map(|kind| kind["type"].as_str().unwrap()).collect();
    assert_eq!(names, HANDOFF_TYPES);
    assert!(listed.iter().all(|kind| kind["purpose"].as_str().unwrap().ends_with('.')));
}

#[test]
fn the_sample_account_in_every_type() {
    let baton = sample();
    let mut bare = Vec::new();
    for kind in HANDOFF_TYPES {
        let sections = sections(&baton, "vantenberg", kind, SAMPLE_DAY);
        let shown: Vec<Value> = sections
            .iter()
            .map(|section| {
                let mut groups = BTreeMap::new();
                for item in items(section) {
                    *groups.entry(item["group"].as_str().unwrap_or("-").to_owned()).or_insert(0) += 1;
                }
                let gaps: Vec<&Value> = section["gaps"].as_array().unwrap().iter().map(|gap| &gap["field"]).collect();
                json!({ section["id"].as_str().unwrap(): groups, "gaps": gaps, "omitted": section["omitted"] })
            })
            .collect();
        insta::assert_json_snapshot!(format!("lines_of_{kind}"), shown);
        for item in sections.iter().flat_map(items) {
            let text = item["text"].as_str().unwrap();
            if item["evidence"].as_array().unwrap().is_empty() && !is_composed(text) {
                bare.push(format!("{kind}: {text}"));
            }
            let is_clean =
                !text.contains("  ") && !text.contains("..") && !text.contains("None") && !text.contains('{');
            assert!(is_clean, "{kind}: {text}");
        }
    }
    assert!(bare.is_empty(), "lines without evidence:\n{}", bare.join("\n"));
}

#[test]
fn the_sample_account_as_text() {
    let baton = sample();
    for kind in ["account-reassignment", "renewal"] {
        let text = baton.expect(0, &["handoff", "-a", "vantenberg", "--type", kind, "--as-of", SAMPLE_DAY]);
        let (document, _) = text.split_once("\n## Evidence").unwrap();
        let told: Vec<&str> =
            document.lines().filter(|line| !line.starts_with("generated_at:") && !line.starts_with("id:")).collect();
        insta::assert_snapshot!(format!("text_of_{kind}"), told.join("\n"));
    }
}

#[test]
fn of_an_account_with_one_mail_only_the_people_are_known() {
    let mail = jsonl(&[("m:1", "2026-01-12T09:30:00Z", 'c', "Thank you for the nice evening.")]);
    let baton = Baton::with_files(&[("m.jsonl".to_owned(), mail)], &["--vendor-domain", "vendor.example"]);
    for listed in baton.lines(&["handoff", "types"]) {
        let kind = listed["type"].as_str().unwrap();
        let sections = sections(&baton, "northwind", kind, "2026-01-31");
        let wanted: BTreeSet<&str> = listed["sections"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|section| section["fields"].as_array().unwrap())
            .map(|field| field.as_str().unwrap())
            .collect();
        assert_eq!(gaps(&sections), wanted, "{kind}: every field is a gap");
        for item in sections.iter().flat_map(items) {
            let text = item["text"].as_str().unwrap();
            let is_of_people = text.contains("Priya Nair") || text.contains("Sam Ortiz");
            assert!(is_of_people || is_composed(text), "{kind}: {text}");
        }
    }
}

#[test]
fn lines_tell_what_usage_figures_did() {
    // Three times 28 days, of 10, 20 and 30.
    let days = (0..84).map(|day| jiff::civil::date(2026, 1, 1).saturating_add(jiff::Span::new().days(day)));
    let rows: Vec<String> = days.zip(0..).map(|(day, number)| format!("{day},{}", 10 + number / 28 * 10)).collect();
    let table = format!("date,active users\n{}\n", rows.join("\n"));
    let files = [("northwind/usage.csv".to_owned(), table.into_bytes())];
    let baton = Baton::with_files(&files, &["--account", "northwind"]);
    let sections = sections(&baton, "northwind", "renewal", "2026-04-01");
    let usage = sections.iter().find(|section| section["id"] == "usage_trend").unwrap();
    let lines: Vec<&str> = items(usage).map(|item| item["text"].as_str().unwrap()).collect();
    assert_eq!(
        lines,
        ["Active users: 30 on average in 28 days, up 50% on the 28 before (20), up 200% on the first 28 (10); \
          lowest 10, highest 30, latest 30 (2026-03-25)."]
    );
    assert!(usage["gaps"].as_array().unwrap().is_empty());
}
