//! `baton review`: the life of a handoff from draft to archive, seen from outside.

use serde_json::{Value, json};

use crate::support::Baton;

const ACCOUNT: [&str; 4] = ["-a", "northwind", "--type", "sales-to-implementation"];

/// A mail of somebody of the account to somebody of ours, or the other way round.
fn mail(id: &str, at: &str, from: (&str, &str), text: &str) -> String {
    let sam = ("Sam Ortiz", "sam@vendor.example");
    let to = if from == sam { ("Priya Nair", "priya@northwind.example") } else { sam };
    json!({"id": id, "account": "northwind", "kind": "email", "sent_at": at, "text": text,
        "participants": [{"role": "from", "name": from.0, "address": from.1}, {"role": "to", "name": to.0, "address": to.1}]})
    .to_string()
}

fn loaded() -> Baton {
    let sam = ("Sam Ortiz", "sam@vendor.example");
    let priya = ("Priya Nair", "priya@northwind.example");
    let lines = [
        mail("m:1", "2026-01-05T09:00:00Z", sam, "Hi Priya,\nI'll send you the SOC 2 report by Friday."),
        mail("m:2", "2026-01-06T09:00:00Z", sam, "Hi Priya,\nI will book the training room on 20 January 2026."),
        mail("m:3", "2026-01-07T09:00:00Z", priya, "Hi Sam,\nWe are worried that the budget may be cut in spring."),
    ];
    let files = vec![("mails.jsonl".to_owned(), lines.join("\n").into_bytes())];
    Baton::with_files(&files, &["--vendor-domain", "vendor.example"])
}

fn json(baton: &Baton, action: &str, rest: &[&str]) -> Value {
    let arguments: Vec<&str> =
        ["review", action].iter().chain(&ACCOUNT).chain(rest).chain(&["--json"]).copied().collect();
    baton.json(0, &arguments)
}

fn fails(baton: &Baton, action: &str, rest: &[&str], said: &str) {
    let arguments: Vec<&str> = ["review", action].iter().chain(&ACCOUNT).chain(rest).copied().collect();
    let answer = baton.run(&arguments);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(answer.err.contains(said), "{said:?} is not in {}", answer.err);
}

/// Makes a document and answers its id.
fn document(baton: &Baton) -> String {
    let arguments: Vec<&str> =
        ["handoff"].iter().chain(&ACCOUNT).chain(&["--as-of", "2026-01-08", "--format", "json"]).copied().collect();
    baton.json(0, &arguments)["id"].as_str().unwrap().to_owned()
}

/// The name of the line whose text has these words.
fn line(sheet: &Value, words: &str) -> String {
    let lines = sheet["lines"].as_array().unwrap();
    let found = lines.iter().find(|line| line["text"].as_str().unwrap().contains(words));
    found.unwrap_or_else(|| panic!("no line has {words:?}: {lines:#?}"))["line"].as_str().unwrap().to_owned()
}

fn statements(baton: &Baton, kind: &str) -> Vec<String> {
    let facts = baton.lines(&["facts", "-a", "northwind", "--kind", kind]);
    let told = |fact: &Value| {
        let due = fact["due"]["date"].as_str().unwrap_or("-");
        format!("{} {} {due}", fact["review"].as_str().unwrap(), fact["statement"].as_str().unwrap())
    };
    let mut all: Vec<String> = facts.iter().map(told).collect();
    all.sort();
    all
}

#[test]
fn from_draft_to_archive() {
    let baton = loaded();
    let first = document(&baton);
    fails(&baton, "deliver", &[], "nobody has reviewed it");
    fails(&baton, "accept", &["--role", "incoming"], "deliver it first");
    let sheet = json(&baton, "show", &[]);
    assert_eq!((sheet["state"].as_str(), sheet["document"].as_str()), (Some("draft"), Some(first.as_str())));
    let report = line(&sheet, "SOC 2");
    fails(&baton, "approve", &[&report, "--role", "incoming"], "the incoming side cannot do that");
    let new = ["--statement", "Send the SOC 2 Type II report", "--due", "2026-01-12", "--by", "Sam Ortiz"];
    json(&baton, "correct", &[&[report.as_str()], &new[..]].concat());
    json(&baton, "approve", &[&line(&sheet, "training")]);
    json(&baton, "reject", &[&line(&sheet, "budget"), "--reason", "another project"]);
    let added = ["--section", "promised_deliverables", "--statement", "Name a key user", "--owner", "Priya Nair"];
    json(&baton, "add", &added);
    assert_eq!(
        statements(&baton, "commitment"),
        [
            "added Name a key user -",
            "confirmed Book the training room 2026-01-20",
            "corrected Send the SOC 2 Type II report 2026-01-12"
        ]
    );
    assert_eq!(json(&baton, "show", &[])["state"], "in_review");

    let delivered = json(&baton, "deliver", &["--to", "Dana Whit", "--role", "outgoing", "--by", "Sam Ortiz"]);
    assert_eq!((delivered["state"].as_str(), delivered["incoming"].as_str()), (Some("delivered"), Some("Dana Whit")));
    let second = delivered["document"].as_str().unwrap();
    let told = baton.json(0, &["handoff", "diff", &first, second]);
    let sections = told["sections"].as_array().unwrap();
    let promised = sections.iter().find(|section| section["id"] == "promised_deliverables").unwrap();
    assert_eq!(promised["changed"].as_array().unwrap().len(), 2);
    assert_eq!(promised["added"].as_array().unwrap().len(), 1);

    json(&baton, "ask", &["Who pays?", "--role", "incoming"]);
    json(&baton, "answer", &["--text", "Priya does", "--role", "outgoing"]);
    json(&baton, "reject-document", &["--code", "incomplete", "--role", "incoming"]);
    fails(&baton, "deliver", &[], "rejected");
    json(&baton, "approve", &[]);
    json(&baton, "deliver", &[]);
    json(&baton, "accept", &["--role", "incoming", "--by", "Dana Whit"]);
    fails(&baton, "accept", &[], "accepted");
    let sheet = json(&baton, "show", &[]);
    assert_eq!(sheet["questions"][0]["answers"], json!(["Priya does"]));

    let call = "Dana Whit: Thank you all.\nPriya Nair: We will send you the list of users by 30 January 2026.\n";
    std::fs::write(baton.path("meeting.txt"), call).unwrap();
    let met = json(
        &baton,
        "meeting",
        &["--transcript", baton.path("meeting.txt").to_str().unwrap(), "--as-of", "2026-01-09"],
    );
    assert!(met["proposal"].as_str().unwrap() != second);
    assert_eq!(json(&baton, "show", &[])["state"], "accepted");
    assert_eq!(json(&baton, "approve", &[])["state"], "updated_after_meeting");
    assert_eq!(json(&baton, "archive", &[])["state"], "archived");
}

#[test]
fn the_second_of_two_is_told_and_nothing_is_lost() {
    let baton = loaded();
    let id = document(&baton);
    let report = line(&json(&baton, "show", &[]), "SOC 2");
    let correct = |by: &str, to: &str, more: &[&str]| {
        let arguments = ["review", "correct", &id, &report, "--statement", to, "--by", by];
        baton.run(&[&arguments[..], more].concat())
    };
    assert_eq!(correct("Sam Ortiz", "Send the SOC 2 Type II report", &[]).code, Some(0));
    let second = correct("Dana Whit", "Send both reports", &[]);
    assert_eq!(second.code, Some(1));
    assert!(second.err.contains("Sam Ortiz corrected this line"), "{}", second.err);
    let sheet = json(&baton, "show", &[]);
    let shown = sheet["lines"].as_array().unwrap().iter().find(|line| line["line"] == json!(report)).unwrap();
    assert_eq!((shown["decided_by"].as_str(), shown["held"][0]["by"].as_str()), (Some("Sam Ortiz"), Some("Dana Whit")));
    assert_eq!(shown["held"][0]["statement"], "Send both reports");
    // Who decided may decide again; the other may, having seen it.
    assert_eq!(correct("Sam Ortiz", "Send the SOC 2 report of 2025", &[]).code, Some(0));
    assert_eq!(correct("Dana Whit", "Send both reports", &["--over"]).code, Some(0));
    assert!(statements(&baton, "commitment").contains(&"corrected Send both reports 2026-01-09".to_owned()));
}

#[test]
fn people_are_corrected_and_the_second_is_told_too() {
    let baton = loaded();
    document(&baton);
    let priya = line(&json(&baton, "show", &[]), "priya@northwind.example");
    json(&baton, "correct", &[&priya, "--buying-role", "champion", "--title", "Head of IT", "--by", "Sam Ortiz"]);
    fails(&baton, "correct", &[&priya, "--title", "CIO", "--by", "Dana Whit"], "Sam Ortiz corrected this line");
    let known = || {
        let people = baton.lines(&["stakeholders", "-a", "northwind"]);
        let priya = people.iter().find(|person| person["name"] == "Priya Nair").unwrap().clone();
        (priya["buying_role"].clone(), priya["title"].clone())
    };
    assert_eq!(known(), (json!("champion"), json!("Head of IT")));
    baton.expect(0, &["rebuild"]);
    assert_eq!(known(), (json!("champion"), json!("Head of IT")));
    json(&baton, "correct", &[&priya, "--title", "CIO", "--by", "Dana Whit", "--over"]);
    assert_eq!(known(), (json!("champion"), json!("CIO")));
}

#[test]
fn two_at_once_leave_one_decision_each_line() {
    let baton = loaded();
    let id = document(&baton);
    let sheet = json(&baton, "show", &[]);
    let lines = [line(&sheet, "SOC 2"), line(&sheet, "training")];
    let (baton, id) = (&baton, &id);
    let decide = |by: &'static str, line: &str| {
        let arguments = ["review", "correct", id, line, "--statement", by, "--by", by];
        let tried = || baton.run(&arguments).code;
        // One process has the graph at a time: who finds it taken asks again.
        (0..200).map(|_| tried()).find(|code| *code == Some(0)).is_some()
    };
    std::thread::scope(|scope| {
        let one = scope.spawn(|| decide("One", &lines[0]));
        let two = scope.spawn(|| decide("Two", &lines[1]));
        assert!(one.join().unwrap() && two.join().unwrap());
    });
    let all = statements(baton, "commitment");
    assert!(all.iter().any(|told| told.starts_with("corrected One")), "{all:?}");
    assert!(all.iter().any(|told| told.starts_with("corrected Two")), "{all:?}");
}

#[test]
fn what_was_rejected_stays_away_and_is_suggested_when_said_anew() {
    let baton = loaded();
    document(&baton);
    let sheet = json(&baton, "show", &[]);
    json(&baton, "reject", &[&line(&sheet, "budget"), "--reason", "another project", "--by", "Sam Ortiz"]);
    let priya = ("Priya Nair", "priya@northwind.example");
    let quoted = "Hi Sam,\nnoted.\n\n> We are worried that the budget may be cut in spring.\n";
    std::fs::write(baton.path("quoted.jsonl"), mail("m:4", "2026-01-09T09:00:00Z", priya, quoted)).unwrap();
    baton.ingest(&baton.path("quoted.jsonl"), 0, &[]);
    let risks = || baton.lines(&["facts", "-a", "northwind", "--kind", "risk"]);
    assert!(risks().iter().all(|fact| fact["review"] == "rejected"), "{:#?}", risks());
    let anew = "Hi Sam,\nI am still worried that our budget may be cut this spring.";
    std::fs::write(baton.path("anew.jsonl"), mail("m:5", "2026-01-12T09:00:00Z", priya, anew)).unwrap();
    baton.ingest(&baton.path("anew.jsonl"), 0, &[]);
    let live: Vec<Value> = risks().into_iter().filter(|fact| fact["review"] != "rejected").collect();
    assert_eq!(live.len(), 1, "{live:#?}");
    assert_eq!(
        (live[0]["suggestion"]["by"].as_str(), live[0]["suggestion"]["reason"].as_str()),
        (Some("Sam Ortiz"), Some("another project"))
    );
    let made =
        baton.expect(0, &["handoff", "-a", "northwind", "--type", "sales-to-implementation", "--as-of", "2026-01-13"]);
    assert!(!made.contains("cut this spring"), "a suggestion is in the document");
    assert_eq!(json(&baton, "show", &[])["suggestions"].as_array().unwrap().len(), 1);
}

#[test]
fn a_second_start_says_so() {
    let baton = loaded();
    let start = |kind: &str| {
        let answer = baton.run(&["handoff", "start", "-a", "northwind", "--type", kind]);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        let told: Value = serde_json::from_str(&answer.out).unwrap();
        (told["started"].as_bool().unwrap(), told["document"].as_str().unwrap().to_owned(), answer.err)
    };
    let (started, first, _) = start("sales-to-implementation");
    assert!(started);
    let (started, second, told) = start("sales-to-implementation");
    assert!(!started && first == second && told.contains("already"), "{told}");
    assert!(start("monthly-summary").0);
    assert_eq!(baton.lines(&["handoff", "list", "-a", "northwind"]).len(), 2);
}
