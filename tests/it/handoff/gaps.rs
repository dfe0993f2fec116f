//! A required field that some source answers is never a gap, in any type of document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Baton, corpus_files, invented_files, jsonl};

/// The types that there are: each is a folder with a definition.
fn types() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/handoffs");
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut types: Vec<String> = entries
        .filter(|entry| entry.path().join("handoff.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    types.sort();
    assert!(types.len() >= 2, "{types:?}");
    types
}

/// The fields that these facts and people answer.
fn answered(facts: &[Value], people: &[Value]) -> BTreeSet<&'static str> {
    let mut fields = BTreeSet::new();
    for fact in facts {
        let ours = fact["owner"]["side"] == "vendor";
        match fact["kind"].as_str().unwrap() {
            "buying_motivation" => fields.insert("why_bought"),
            "objective" => fields.insert("objectives"),
            "metric" => fields.insert("success_metric"),
            "pain_point" => fields.insert("pain_points"),
            "requirement" if fact["polarity"] == "affirmed" => fields.insert("technical_requirements"),
            "preference" => fields.insert("communication_preferences"),
            "risk" if fact["category"] == "budget" => fields.insert("budget"),
            "commitment" if ours && fact["polarity"] == "affirmed" => {
                if !fact["due"].is_null() {
                    fields.insert("due_dates");
                }
                fields.insert("promised_deliverables")
            }
            _ => false,
        };
    }
    for person in people.iter().filter(|person| person["side"] == "customer") {
        match person["buying_role"].as_str() {
            Some("decision_maker") => fields.insert("decision_maker"),
            Some("economic_buyer") => fields.insert("economic_buyer"),
            Some("champion") => fields.insert("champion"),
            Some("technical_evaluator") => fields.insert("technical_contact"),
            Some(_) | None => false,
        };
    }
    fields
}

fn gaps(document: &Value) -> BTreeSet<String> {
    let sections = document["sections"].as_array().unwrap();
    let gaps = sections.iter().flat_map(|section| section["gaps"].as_array().unwrap());
    gaps.map(|gap| gap["field"].as_str().unwrap().to_owned()).collect()
}

fn check(baton: &Baton) {
    let mut seen = 0;
    for account in baton.lines(&["accounts"]) {
        let slug = account["account"].as_str().unwrap();
        let facts = baton.lines(&["facts", "-a", slug]);
        let people = baton.lines(&["stakeholders", "-a", slug]);
        let answered = answered(&facts, &people);
        seen += answered.len();
        for kind in types() {
            let document = baton.json(0, &["handoff", "-a", slug, "--type", &kind, "--format", "json"]);
            let gaps = gaps(&document);
            let wrong: Vec<_> = answered.iter().filter(|field| gaps.contains(**field)).collect();
            assert!(wrong.is_empty(), "{slug} {kind}: {wrong:?} are answered and yet gaps");
            let markdown = baton.expect(0, &["handoff", "-a", slug, "--type", &kind]);
            let lines = markdown.lines().filter(|line| line.starts_with("[NEEDS CLARIFICATION]")).count();
            let of_sections: usize = document["sections"]
                .as_array()
                .unwrap()
                .iter()
                .map(|section| section["gaps"].as_array().unwrap().len())
                .sum();
            assert_eq!(lines, of_sections, "{slug} {kind}: each gap is a line of its own\n{markdown}");
        }
    }
    assert!(seen > 5, "hardly anything is answered");
}

#[test]
fn what_the_sources_answer_is_no_gap() {
    let mut files = corpus_files();
    files.extend(invented_files(30, 6));
    files.push((
        "talk.jsonl".to_owned(),
        jsonl(&[
            ("g:1", "2026-01-12T09:30:00Z", 'v', "I'll send you the SOC 2 report by 20 January 2026."),
            ("g:2", "2026-01-13T09:30:00Z", 'c', "Our goal is to cut onboarding time from 14 to 5 days by the end of June. We chose you because the reporting is better. It must support SSO. Please call me rather than write. The export breaks every Monday and costs us hours. The budget is tight."),
        ]),
    ));
    check(&Baton::with_files(&files, &["--vendor-domain", "vendor.example", "--vendor-domain", "corvid.example"]));
}

#[test]
fn the_sample_account_has_no_false_gap() {
    let baton = Baton::new();
    baton.expect(0, &["demo", "--keep"]);
    check(&baton);
}

#[test]
fn an_account_of_which_nothing_is_known_asks_for_everything() {
    let rows = b"Record ID,Company name,Company Domain Name\n1,Quiet Co,quiet.example\n".to_vec();
    let baton = Baton::with_files(&[("c.csv".to_owned(), rows)], &[]);
    let document =
        baton.json(0, &["handoff", "-a", "quiet-co", "--type", "sales-to-implementation", "--format", "json"]);
    assert_eq!(gaps(&document).len(), 15, "{document}");
    let asks: Vec<&Value> = document["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["gaps"].as_array().unwrap())
        .collect();
    assert!(asks.iter().all(|gap| !gap["ask"].as_str().unwrap().trim().is_empty()), "{asks:?}");
}
