//! The engine `transformer` from outside: it is switched to, goes on without its model, and reads as it was trained.

#[cfg(feature = "rust-bert")]
mod encoder;
#[cfg(feature = "rust-bert")]
mod folders;

use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Answer, Baton, jsonl};

/// The base model that `make encoder` sets up; without it what needs one is not tested.
fn base() -> Option<PathBuf> {
    let folder = std::env::var_os("BATON_ENCODER").map(PathBuf::from);
    if folder.is_none() {
        println!("not tested: BATON_ENCODER names no base model; `make encoder` sets one up");
    }
    folder.filter(|_| cfg!(feature = "rust-bert"))
}

fn mails() -> Vec<(String, Vec<u8>)> {
    let rows = jsonl(&[
        ("m:1", "2026-01-05T09:00:00Z", 'v', "Hi Priya,\nI'll send you the SOC 2 report by Friday."),
        ("m:2", "2026-01-07T09:00:00Z", 'c', "Hi Sam,\nWe are worried that the budget may be cut in spring."),
    ]);
    vec![("mails.jsonl".to_owned(), rows)]
}

fn statements(baton: &Baton) -> Vec<String> {
    let facts = baton.lines(&["facts", "-a", "northwind"]);
    let told = |fact: &Value| format!("{} {} {}", fact["kind"], fact["review"], fact["statement"]);
    facts.iter().map(told).collect()
}

fn loaded(arguments: &[&str]) -> Baton {
    let all: Vec<&str> = ["--vendor-domain", "vendor.example"].iter().chain(arguments).copied().collect();
    Baton::with_files(&mails(), &all)
}

#[test]
fn without_a_model_the_embedded_engine_goes_on() {
    let (embedded, nowhere) = (loaded(&[]), Baton::new());
    let folder = nowhere.path("no-model");
    let input = nowhere.path("in");
    crate::support::write_files(&input, &mails());
    let arguments = ["ingest", input.to_str().unwrap(), "--vendor-domain", "vendor.example", "--engine", "transformer"];
    let Answer { code, err, .. } = nowhere.run(&[&arguments[..], &["--encoder", folder.to_str().unwrap()]].concat());
    assert_eq!(code, Some(0), "{err}");
    let told: Vec<&str> = err.lines().filter(|line| line.contains("`embedded` reads instead")).collect();
    assert_eq!(told.len(), 1, "one message: {err}");
    let why = if cfg!(feature = "rust-bert") { "no-model" } else { "this build has no rust-bert" };
    assert!(told[0].contains(why), "{err}");
    assert_eq!(statements(&nowhere), statements(&embedded));
}

#[test]
fn a_data_folder_keeps_its_engine_until_it_is_switched() {
    let baton = loaded(&[]);
    let before = statements(&baton);
    assert!(before.iter().any(|line| line.contains("SOC 2")), "{before:?}");
    let Answer { code, err, .. } = baton.run(&["facts", "-a", "northwind", "--engine", "transformer"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("baton rebuild --engine transformer"), "{err}");
    baton.expect(0, &["rebuild", "--engine", "transformer", "--encoder", "no-model"]);
    assert_eq!(statements(&baton), before, "what the other engine could not read is as the embedded one read it");
    let Answer { code, err, .. } = baton.run(&["facts", "-a", "northwind", "--engine", "embedded"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("baton rebuild --engine embedded"), "{err}");
}

/// A command about the handoff.
fn of<'a>(first: &[&'a str]) -> Vec<&'a str> {
    [first, &["-a", "northwind", "--type", "sales-to-implementation"]].concat()
}

#[test]
fn reviews_hold_under_another_engine() {
    let Some(base) = base() else { return };
    let baton = loaded(&[]);
    baton.expect(0, &of(&["handoff", "start"]));
    let sheet = baton.json(0, &[&of(&["review", "show"])[..], &["--json"]].concat());
    let lines = sheet["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["text"].as_str().unwrap().contains("SOC 2")).unwrap()["line"].clone();
    let corrected = ["review", "correct", line.as_str().unwrap(), "--due", "2026-02-03", "--by", "Sam Ortiz"];
    baton.expect(0, &of(&corrected));
    let due = |baton: &Baton| -> Vec<String> {
        let facts = baton.lines(&["facts", "-a", "northwind", "--kind", "commitment"]);
        facts.iter().map(|fact| format!("{} {}", fact["review"], fact["due"]["date"])).collect()
    };
    let before = due(&baton);
    assert_eq!(before, ["\"corrected\" \"2026-02-03\""]);
    baton.expect(0, &["rebuild", "--engine", "transformer", "--encoder", base.to_str().unwrap()]);
    assert_eq!(due(&baton), before);
    baton.expect(0, &["rebuild", "--engine", "embedded"]);
    assert_eq!(due(&baton), before);
}
