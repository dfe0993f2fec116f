//! `baton forget`: nothing of it is left, nothing of it comes back, and what others said stays.

use baton::archive::{Archive, Eraser, Erasure, Fate, Holding};
use serde_json::Value;

use super::erased::found;
use super::world::{FORMS, loaded, read_again};
use crate::support::{Baton, jsonl, write_files};

fn statements(baton: &Baton) -> Vec<String> {
    let facts = baton.lines(&["facts", "-a", "northwind"]);
    let mut all: Vec<String> = facts.iter().map(|fact| fact["statement"].as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

fn forget(baton: &Baton, arguments: &[&str]) -> Value {
    baton.json(0, &[&["forget", "--by", "Dana Whit", "--json"], arguments].concat())
}

#[test]
fn a_person_leaves_no_byte() {
    let baton = loaded();
    let before = found(&baton.data(), &FORMS);
    assert!(before.len() > 20, "the test looks at the wrong place: {before:?}");
    let report = forget(&baton, &["--person", "Priya Nair", "-a", "northwind"]);
    assert_eq!(found(&baton.data(), &FORMS), Vec::<String>::new());
    assert_eq!(report["scope"], "person");
    assert_eq!(report["interactions"], 6, "{report}");
    assert!(report["masked"].as_u64().unwrap() >= 8, "{report}");
    assert!(!report["facts"].as_array().unwrap().is_empty() && !report["documents"].as_array().unwrap().is_empty());
    // What others promised and asked for stays.
    let left = statements(&baton);
    for statement in ["Send the SOC 2 report", "Send the price list", "Book the training room", "Have the import ready"]
    {
        assert!(left.iter().any(|own| own == statement), "{statement} is gone from {left:?}");
    }
    assert!(!left.iter().any(|own| own.contains("budget") || own.contains("annual plan")), "{left:?}");
    baton.expect(0, &["check"]);
    // The same files bring nothing back.
    let again = read_again(&baton);
    assert_eq!((&again["new"], &again["changed"], &again["erased"]), (&0.into(), &0.into(), &6.into()), "{again}");
    assert_eq!(found(&baton.data(), &FORMS), Vec::<String>::new());
    assert_eq!(statements(&baton), left);
    baton.expect(0, &["rebuild"]);
    assert_eq!(found(&baton.data(), &FORMS), Vec::<String>::new());
    baton.expect(0, &["check"]);
    let gone = baton.run(&["forget", "--person", "Priya Nair", "-a", "northwind"]);
    assert_eq!(gone.code, Some(1), "{gone:?}");
}

#[test]
fn an_interaction_leaves_no_byte() {
    let baton = loaded();
    let words = ["training room"];
    assert!(!found(&baton.data(), &words).is_empty());
    let report = forget(&baton, &["--interaction", "mail:<4@vendor.example>", "-a", "northwind"]);
    assert_eq!((&report["interactions"], &report["masked"]), (&1.into(), &0.into()), "{report}");
    assert_eq!(found(&baton.data(), &words), Vec::<String>::new());
    let again = read_again(&baton);
    assert_eq!((&again["new"], &again["erased"]), (&0.into(), &1.into()), "{again}");
    assert_eq!(found(&baton.data(), &words), Vec::<String>::new());
    assert!(statements(&baton).iter().any(|own| own == "Send the SOC 2 report"));
    let unknown = baton.run(&["forget", "--interaction", "mail:<4@vendor.example>", "-a", "northwind"]);
    assert!(unknown.code == Some(1) && unknown.err.contains("no interaction"), "{unknown:?}");
}

#[test]
fn an_account_leaves_no_byte() {
    let baton = loaded();
    let other = jsonl(&[("o:1", "2026-01-05T09:00:00Z", 'v', "I'll send you the data mapping by Friday.")]);
    let other = String::from_utf8(other).unwrap().replace("northwind", "tailspin").replace("Priya Nair", "Ana Ruiz");
    let other = other.replace("priya.nair", "ana.ruiz");
    write_files(&baton.path("more"), &[("other.jsonl".to_owned(), other.into_bytes())]);
    baton.ingest(&baton.path("more"), 0, &[]);
    forget(&baton, &["--account", "northwind"]);
    let words = ["priya", "soc 2 report", "training room", "northwind"];
    assert_eq!(found(&baton.data(), &words), Vec::<String>::new());
    let again = read_again(&baton);
    assert_eq!((&again["new"], &again["erased"]), (&0.into(), &17.into()), "{again}");
    let words = ["soc 2 report", "training room"];
    assert_eq!(found(&baton.data(), &words), Vec::<String>::new());
    let facts = baton.lines(&["facts", "-a", "tailspin"]);
    assert_eq!(facts.len(), 1, "another account lost its facts");
    baton.expect(0, &["check"]);
}

#[test]
fn what_was_kept_long_enough_goes() {
    let baton = loaded();
    std::fs::write(baton.data().join("privacy.toml"), "[[retention]]\nsource = \"mail\"\nkeep_days = 30\n").unwrap();
    let report = forget(&baton, &["--expired"]);
    assert_eq!((&report["scope"], &report["interactions"]), (&"expired".into(), &5.into()), "{report}");
    assert_eq!(found(&baton.data(), &["soc 2 report"]), Vec::<String>::new());
    let again = read_again(&baton);
    assert_eq!((&again["new"], &again["excluded_by"]["retention"]), (&0.into(), &5.into()), "{again}");
    let nothing = forget(&baton, &["--expired"]);
    assert_eq!(nothing["interactions"], 0);
}

/// Erases every stored text about the training room.
struct WithoutTraining;

impl Eraser for WithoutTraining {
    fn text(&self, _: Holding, _: &str, text: &str) -> Fate {
        if text.contains("training room") { Fate::Goes } else { Fate::Stays }
    }

    fn document(&self, _: &str, text: &str) -> Option<(String, u64)> {
        text.contains("training room").then(|| ("{}".to_owned(), 1))
    }
}

#[test]
fn an_erasure_that_was_cut_off_is_finished() {
    let baton = loaded();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // The transaction, and nothing of what follows it.
    runtime.block_on(async {
        let archive = Archive::open(&baton.data()).await.unwrap();
        let stored = archive.stored_after(0, 1_000).await.unwrap();
        let gone = stored.into_iter().filter(|(_, one)| one.id == "mail:<4@vendor.example>");
        let gone: Vec<i64> = gone.map(|(row, _)| row).collect();
        let erasure = Erasure {
            gone: &gone,
            rewritten: &[],
            engine: "none",
            accounts: &[],
            eraser: &WithoutTraining,
            marks: &[],
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        archive.erase(&erasure).await.unwrap();
        assert!(archive.is_unscrubbed().await.unwrap());
        archive.close().await;
    });
    assert!(baton.data().join("graph").exists());
    assert!(statements(&baton).iter().any(|own| own == "Send the SOC 2 report"));
    assert_eq!(found(&baton.data(), &["training room"]), Vec::<String>::new());
}
