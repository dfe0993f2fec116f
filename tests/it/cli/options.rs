//! Options, exit codes, help, and what happens when the reader goes away.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use crate::support::{Baton, answer, answer_with_input, invented_files, jsonl};

const COMMANDS: [&str; 10] =
    ["demo", "ingest", "extract", "accounts", "stakeholders", "facts", "changes", "handoff", "query", "rebuild"];

fn loaded() -> Baton {
    let rows = jsonl(&[
        ("a", "2026-01-12T09:30:00Z", 'v', "I'll send you the SOC 2 report by 20 January 2026."),
        ("b", "2026-02-12T09:30:00Z", 'c', "We are worried about the budget."),
    ]);
    Baton::with_files(&[("a.jsonl".to_owned(), rows)], &["--vendor-domain", "vendor.example"])
}

#[test]
fn every_command_shows_an_example() {
    for command in COMMANDS {
        let help = answer(&mut Baton::bare(&[command, "--help"]));
        assert_eq!(help.code, Some(0), "{command}");
        assert!(
            help.out.contains("Example:") && help.out.contains(&format!("baton {command}")),
            "{command}: {}",
            help.out
        );
        assert!(help.out.contains("--data"), "{command}: {}", help.out);
    }
    let help = answer(&mut Baton::bare(&["--help"]));
    assert!(COMMANDS.iter().all(|command| help.out.contains(command)), "{}", help.out);
    assert_eq!(answer(&mut Baton::bare(&["--version"])).code, Some(0));
}

#[test]
fn wrong_usage_is_2() {
    let baton = Baton::new();
    let check = |arguments: &[&str], expected: &str| {
        let answer = baton.run(arguments);
        assert_eq!(answer.code, Some(2), "{arguments:?}: {answer:?}");
        assert!(answer.err.contains(expected), "{arguments:?}: {}", answer.err);
        assert_eq!(answer.out, "", "{arguments:?}");
    };
    check(&[], "Usage");
    check(&["unknown"], "unrecognized");
    check(&["ingest"], "PATH");
    check(&["facts"], "--account");
    check(&["facts", "-a", "x", "--kind", "nonsense"], "commitment");
    check(&["facts", "-a", "x", "--as-of", "yesterday"], "2026-01-12");
    check(&["facts", "-a", "x", "--known-at", "2026-13-01"], "neither a date");
    check(&["facts", "-a", "!!"], "letter");
    check(&["changes", "-a", "x"], "--since");
    check(&["handoff", "-a", "x"], "--type");
    check(&["handoff", "-a", "x", "--type", "monthly-summary", "--format", "rtf"], "possible values");
    assert!(!baton.data().exists(), "wrong usage made a data folder");
}

#[test]
fn failures_are_1_and_say_why() {
    let baton = loaded();
    let check = |arguments: &[&str], expected: &str| {
        let answer = baton.run(arguments);
        assert_eq!(answer.code, Some(1), "{arguments:?}: {answer:?}");
        assert!(answer.err.contains(expected), "{arguments:?}: {}", answer.err);
        assert_eq!(answer.err.lines().count(), 1, "{arguments:?}: {}", answer.err);
        assert_eq!(answer.out, "", "{arguments:?}");
    };
    for command in ["facts", "stakeholders"] {
        check(&[command, "-a", "nobody"], "no account nobody");
    }
    check(&["changes", "-a", "nobody", "--since", "2026-01-01"], "no account nobody");
    check(&["handoff", "-a", "nobody", "--type", "monthly-summary"], "no account nobody");
    check(&["query", "/nowhere.rq", "-a", "northwind"], "/nowhere.rq");
    check(&["handoff", "-a", "northwind", "--type", "nonsense"], "sales-to-implementation");
    check(&["changes", "-a", "northwind", "--since", "2026-02-01", "--until", "2026-01-01"], "--since");
    check(&["extract", "/nowhere.jsonl"], "/nowhere.jsonl");
    let query = baton.path("q.rq");
    for (text, expected) in [
        ("SELECT nonsense", "query"),
        ("DELETE WHERE { ?s ?p ?o }", "not allowed"),
        ("SELECT * WHERE { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE"),
    ] {
        fs::write(&query, text).unwrap();
        check(&["query", query.to_str().unwrap(), "-a", "northwind"], expected);
    }
    let file = baton.path("file");
    fs::write(&file, "x").unwrap();
    let answer = answer(&mut Baton::bare(&["accounts", "--data", file.to_str().unwrap()]));
    assert_eq!(answer.code, Some(1));
    assert_eq!(answer.err.matches("File exists").count(), 1, "{}", answer.err);
}

#[test]
fn the_data_folder_comes_from_flag_or_environment() {
    let baton = loaded();
    let by_flag = baton.expect(0, &["accounts"]);
    let by_environment = answer(Baton::bare(&["accounts"]).env("BATON_DATA", baton.data()));
    assert_eq!(by_environment.out, by_flag);
    assert!(by_flag.contains("northwind"));
    let other = answer(Baton::bare(&["accounts", "--data"]).arg(baton.path("other")).env("BATON_DATA", baton.data()));
    assert_eq!((other.code, other.out.as_str()), (Some(0), ""));
    // Without either it is a folder where the program runs.
    let here = baton.path("here");
    fs::create_dir(&here).unwrap();
    assert_eq!(answer(Baton::bare(&["accounts"]).current_dir(&here)).code, Some(0));
    assert!(here.join("baton-data").is_dir());
    // Text that is only analysed needs no store.
    let extracting = baton.path("extracting");
    fs::create_dir(&extracting).unwrap();
    assert_eq!(answer_with_input(Baton::bare(&["extract"]).current_dir(&extracting), b"").code, Some(0));
    assert_eq!(fs::read_dir(&extracting).unwrap().count(), 0);
}

#[test]
fn a_day_lasts_until_its_end() {
    let baton = loaded();
    let statuses = |as_of: &str| -> Vec<String> {
        let facts = baton.lines(&["facts", "-a", "northwind", "--as-of", as_of]);
        facts
            .iter()
            .map(|fact| format!("{} {}", fact["kind"].as_str().unwrap(), fact["status"].as_str().unwrap()))
            .collect()
    };
    let check = |as_of: &str, expected: &[&str]| assert_eq!(statuses(as_of), expected, "{as_of}");
    check("2026-01-11", &[]);
    check("2026-01-12T09:29:59Z", &[]);
    check("2026-01-12T09:30:00Z", &["commitment open"]);
    check("2026-01-12T10:30:00+01:00", &["commitment open"]);
    check("2026-01-12", &["commitment open"]);
    check("2026-01-20", &["commitment open"]);
    check("2026-01-21T00:00:00Z", &["commitment overdue"]);
    check("2026-02-12", &["commitment overdue", "risk current"]);
}

#[test]
fn queries_answer_in_every_form_and_see_one_account_only() {
    let mut files = invented_files(20, 9);
    files.push((
        "a.jsonl".to_owned(),
        jsonl(&[("a", "2026-01-12T09:30:00Z", 'v', "I'll send you the SOC 2 report by Friday.")]),
    ));
    let baton = Baton::with_files(&files, &["--vendor-domain", "vendor.example"]);
    let query = "SELECT ?fact ?statement WHERE { ?fact <urn:baton:ns#statement> ?statement }";
    let run = |form: &str, account: &[&str]| {
        let mut arguments = vec!["query", "-", "--format", form];
        arguments.extend(account);
        let answer = answer_with_input(&mut baton.command(&arguments), query.as_bytes());
        assert_eq!(answer.code, Some(0), "{answer:?}");
        answer.out
    };
    let rows = |account: &[&str]| run("csv", account).lines().count() - 1;
    let json: serde_json::Value = serde_json::from_str(&run("json", &["-a", "northwind"])).unwrap();
    assert_eq!(json["results"]["bindings"].as_array().unwrap().len(), rows(&["-a", "northwind"]));
    assert!(run("tsv", &["-a", "northwind"]).starts_with("?fact\t?statement\n"));
    assert!(run("xml", &["-a", "northwind"]).contains("http://www.w3.org/2005/sparql-results#"));
    assert!(run("table", &["-a", "northwind"]).contains("statement"));
    assert!(rows(&["-a", "northwind"]) > 0 && rows(&["-a", "northwind"]) < rows(&[]), "the scope is not kept");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let baton = Baton::with_files(&invented_files(60, 2), &["--vendor-domain", "vendor.example"]);
    let query = baton.path("all.rq");
    fs::write(&query, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 20000").unwrap();
    let query = query.to_str().unwrap();
    let commands: [&[&str]; 4] = [
        &["facts", "-a", "northwind"],
        &["query", query, "--format", "json"],
        &["query", query],
        &["handoff", "-a", "northwind", "--type", "sales-to-implementation", "--format", "html"],
    ];
    for arguments in commands {
        let mut child = baton.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The pipe is closed before the program can have written all of it, perhaps before it writes at all.
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}: {err}");
        assert_eq!(err, "", "{arguments:?}");
    }
}

#[test]
fn documents_are_written_to_files_in_every_form() {
    let baton = loaded();
    let write = |code, format, file: &Path| {
        let arguments =
            ["handoff", "-a", "northwind", "--type", "sales-to-implementation", "--format", format, "--out"];
        baton.expect(code, &[&arguments[..], &[file.to_str().unwrap()]].concat())
    };
    let starts = [("md", "---\n"), ("html", "<!doctype html>"), ("json", "{"), ("docx", "PK"), ("pdf", "%PDF-")];
    for (format, start) in starts {
        let file = baton.path(&format!("handoff.{format}"));
        assert_eq!(write(0, format, &file), "");
        assert!(fs::read(&file).unwrap().starts_with(start.as_bytes()), "{format}");
    }
    write(1, "pdf", &baton.path("no/such/folder.pdf"));
}

#[test]
fn demo_prints_a_document_of_eight_sections() {
    let baton = Baton::new();
    let text = baton.expect(0, &["demo"]);
    assert_eq!(text.lines().filter(|line| line.starts_with("## ") && *line != "## Evidence").count(), 8, "{text}");
    assert!(!baton.data().exists(), "the demo wrote to the data folder");
}

#[test]
fn rebuild_names_its_accounts() {
    let baton = loaded();
    let before = baton.expect(0, &["facts", "-a", "northwind"]);
    assert_eq!(baton.json(0, &["rebuild", "--json"])["accounts"], serde_json::json!(["northwind"]));
    assert_eq!(baton.expect(0, &["facts", "-a", "northwind"]), before);
}
