//! Privacy rules and redaction at the door: what is kept out is counted, what is blotted out never reaches the archive.

use crate::support::{Baton, jsonl, write_files};
use crate::upkeep::found;

const ROWS: [(&str, &str, char, &str); 3] = [
    ("mail:1", "2026-01-05T09:00:00Z", 'v', "I'll send you the SOC 2 report by Friday. The password is Winter2026x."),
    (
        "mail:2",
        "2026-01-06T09:00:00Z",
        'c',
        "Please use card 3782 822463 10005 for the order. Our goal is to cut costs.",
    ),
    ("mail:3", "2026-01-07T09:00:00Z", 'c', "Private and confidential: the board meets in May."),
];

fn folder(rules: &str) -> Baton {
    let baton = Baton::new();
    write_files(&baton.path("in"), &[("mails.jsonl".to_owned(), jsonl(&ROWS))]);
    std::fs::create_dir_all(baton.data()).unwrap();
    std::fs::write(baton.data().join("privacy.toml"), rules).unwrap();
    baton
}

#[test]
fn what_is_blotted_out_never_reaches_the_archive() {
    let baton = folder("");
    let report = baton.ingest(&baton.path("in"), 0, &[]);
    assert_eq!(report["redacted"], serde_json::json!({"card": 1, "secret": 1}));
    assert_eq!((&report["new"], &report["excluded"]), (&3.into(), &0.into()));
    assert_eq!(found(&baton.data(), &["winter2026", "3782 8224", "822463 10005"]), Vec::<String>::new());
    let again = baton.ingest(&baton.path("in"), 0, &[]);
    assert_eq!(again["unchanged"], 3, "{again}");
    baton.expect(0, &["check"]);
}

#[test]
fn rules_keep_things_out() {
    let rules = "[[exclude]]\nname = \"privileged\"\nsource = \"*\"\npatterns = ['(?i)confidential']\n\
                 [[redaction]]\nsource = \"mail\"\noff = [\"card\"]\n";
    let baton = folder(rules);
    let report = baton.ingest(&baton.path("in"), 0, &[]);
    assert_eq!((&report["new"], &report["excluded"]), (&2.into(), &1.into()), "{report}");
    assert_eq!(report["excluded_by"], serde_json::json!({"privileged": 1}));
    assert_eq!(report["redacted"], serde_json::json!({"secret": 1}));
    assert_eq!(report["rejected"], serde_json::json!([]));
    assert_eq!(found(&baton.data(), &["board meets"]), Vec::<String>::new());
}

#[test]
fn a_slip_stops_every_command() {
    let baton = folder("[[exclude]]\nsource = \"*\"\npatterns = ['(a']\n");
    let input = baton.path("in");
    let slip = baton.run(&["ingest", input.to_str().unwrap()]);
    assert!(slip.code == Some(1) && slip.err.contains("privacy.toml:3: not a regular expression"), "{slip:?}");
    std::fs::remove_file(baton.data().join("privacy.toml")).unwrap();
    let rules = baton.path("rules.toml");
    std::fs::write(&rules, "[[exclude]]\nsource = \"email\"\n").unwrap();
    let report = baton.ingest(&input, 0, &["--privacy", rules.to_str().unwrap()]);
    assert_eq!((&report["new"], &report["excluded_by"]["exclude 1"]), (&0.into(), &3.into()), "{report}");
    std::fs::write(&rules, "[[exclude]]\nsource = 1\n").unwrap();
    let slip = baton.run(&["facts", "-a", "northwind", "--privacy", rules.to_str().unwrap()]);
    assert!(slip.code == Some(1) && slip.err.contains("rules.toml:2:"), "{slip:?}");
}
