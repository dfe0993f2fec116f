//! `baton people`: suggestions, merges that hold after everything is read again, and their undoing.

use serde_json::{Value, json};

use crate::support::Baton;

const WORK: &str = "robert.hale@northwind.example";
const PRIVATE: &str = "bobhale@web.de";

/// Robert Hale writes from two addresses, and Priya Nair is in between.
fn mails() -> Vec<(String, Vec<u8>)> {
    let mail = |id: &str, at: &str, name: &str, address: &str| {
        json!({"id": id, "account": "northwind", "kind": "email", "sent_at": at, "text": "The export works again.",
            "participants": [{"role": "from", "name": name, "address": address},
                {"role": "to", "name": "Sam Ortiz", "address": "sam@vendor.example"}]})
        .to_string()
    };
    let lines = [
        mail("m:1", "2026-01-05T09:00:00Z", "Robert Hale", WORK),
        mail("m:2", "2026-01-06T09:00:00Z", "Priya Nair", "priya@northwind.example"),
        mail("m:3", "2026-01-07T09:00:00Z", "Bob Hale", PRIVATE),
    ];
    vec![("mails.jsonl".to_owned(), lines.join("\n").into_bytes())]
}

fn loaded() -> Baton {
    Baton::with_files(&mails(), &["--vendor-domain", "vendor.example"])
}

fn addresses(people: &[Value]) -> Vec<String> {
    let mut all: Vec<String> = people.iter().map(|person| person["addresses"].to_string()).collect();
    all.sort();
    all
}

fn stakeholders(baton: &Baton) -> Vec<String> {
    addresses(&baton.lines(&["stakeholders", "-a", "northwind"]))
}

#[test]
fn a_merge_holds_and_can_be_taken_back() {
    let baton = loaded();
    let apart = stakeholders(&baton);
    assert_eq!(apart.len(), 4);
    let suggested = baton.lines(&["people", "suggestions", "-a", "northwind"]);
    assert_eq!(suggested.len(), 1, "{suggested:?}");
    assert_eq!(suggested[0]["reasons"][0]["kind"], "nickname");
    let score = suggested[0]["score"].as_f64().unwrap();
    assert!((0.5..1.0).contains(&score), "{score}");
    let before = jiff::Timestamp::now().to_string();
    let merged = baton.lines(&["people", "merge", "-a", "northwind", PRIVATE, WORK, "--by", "Dana Whit"]);
    assert_eq!(addresses(&merged), [format!("[{WORK:?},{PRIVATE:?}]")]);
    let together = stakeholders(&baton);
    assert_eq!(together.len(), 3);
    assert!(baton.lines(&["people", "suggestions", "-a", "northwind"]).is_empty());

    // Everything read again, and everything made again.
    baton.ingest(&baton.path("in"), 0, &[]);
    assert_eq!(stakeholders(&baton), together);
    baton.expect(0, &["rebuild"]);
    assert_eq!(stakeholders(&baton), together);
    let known_before = baton.lines(&["stakeholders", "-a", "northwind", "--known-at", &before]);
    assert_eq!(addresses(&known_before), apart, "what was decided later was not known then");

    let split = baton.lines(&["people", "split", "-a", "northwind", WORK]);
    assert_eq!(split.len(), 2);
    assert_eq!(stakeholders(&baton), apart);
    assert!(baton.lines(&["people", "suggestions", "-a", "northwind"]).is_empty());
}

#[test]
fn wrong_use_is_told_plainly() {
    let baton = loaded();
    let fails = |arguments: &[&str], said: &str| {
        let answer = baton.run(arguments);
        assert_eq!(answer.code, Some(1), "{answer:?}");
        assert!(answer.err.contains(said), "{said:?} is not in {}", answer.err);
    };
    fails(&["people", "merge", "-a", "northwind", WORK, "nobody@x.example"], "nobody is known by nobody@x.example");
    fails(&["people", "merge", "-a", "northwind", WORK, "Robert Hale"], "one person already");
    fails(&["people", "split", "-a", "northwind", WORK], "nothing was merged");
    fails(&["people", "split", "-a", "northwind", WORK, "priya@northwind.example"], "is not known by");
    fails(&["people", "suggestions", "-a", "nowhere"], "no account nowhere");
    assert_eq!(baton.run(&["people", "merge", "-a", "northwind", WORK]).code, Some(2));
}

#[test]
fn influence_is_explained_part_by_part() {
    let baton = loaded();
    for person in baton.lines(&["stakeholders", "-a", "northwind", "--explain"]) {
        let parts = person["influence_explained"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|part| part["adds"].as_f64().unwrap()).sum();
        assert_eq!(parts.len(), 7);
        assert!((sum - person["influence"].as_f64().unwrap()).abs() < 1e-4, "{person}");
    }
}
