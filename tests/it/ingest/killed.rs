//! An ingest killed at any place, and the same command again: the graph of an undisturbed run.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use baton::graph::GraphStore;

use crate::support::{Baton, graph_text, invented_files, write_files};

/// Places at which an ingest is killed.
const PLACES: u64 = 20;
/// After so long a run that does not get to its place is killed where it is.
const PATIENCE: Duration = Duration::from_secs(20);

/// Writes what is ingested: several batches, company rows after the mails that they assign, figures and a broken file.
fn write_input(folder: &Path) {
    write_files(folder, &invented_files(40, 3));
    let mut usage = String::from("date,account,metric,value\n");
    for day in 0..2_400 {
        let date = jiff::civil::date(2020, 1, 1) + jiff::Span::new().days(day);
        writeln!(usage, "{date},northwind.example,logins,{}", 100 + day % 7).unwrap();
    }
    fs::write(folder.join("usage.csv"), usage).unwrap();
    let note = |number: u32| {
        format!(
            "{{\"id\":\"n:{number}\",\"kind\":\"note\",\"sent_at\":\"2026-03-{:02}T09:00:00Z\",\"text\":\"We will send the plan number {number} by Friday.\",\
             \"participants\":[{{\"role\":\"author\",\"name\":\"Priya Nair\",\"address\":\"priya@northwind.example\"}}]}}\n",
            1 + number % 28
        )
    };
    fs::write(folder.join("notes.jsonl"), (0..150).map(note).collect::<String>()).unwrap();
    fs::write(folder.join("broken.json"), "{\"unknown\": [").unwrap();
}

/// Bytes that the stores have on disk: grows as an ingest goes on.
fn written(data: &Path) -> u64 {
    let files = walkdir::WalkDir::new(data).into_iter().filter_map(Result::ok);
    files.filter_map(|entry| entry.metadata().ok()).filter(fs::Metadata::is_file).map(|file| file.len()).sum()
}

/// Lets a run go on until it has written `place` bytes, then kills it. Answers the most that was seen on disk.
fn run_until(child: &mut Child, data: &Path, place: u64) -> u64 {
    let started = Instant::now();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(written(data));
        if most >= place || started.elapsed() > PATIENCE {
            child.kill().unwrap();
            break;
        }
        std::thread::yield_now();
    }
    child.wait().unwrap();
    most
}

fn graph_of(baton: &Baton) -> String {
    graph_text(&GraphStore::open(&baton.data().join("graph")).unwrap())
}

#[test]
fn killed_anywhere_and_run_again_it_arrives_at_the_same_graph() {
    let undisturbed = Baton::new();
    let input = undisturbed.path("in");
    write_input(&input);
    let arguments = ["ingest", input.to_str().unwrap(), "--vendor-domain", "vendor.example"];
    let all = run_until(&mut undisturbed.spawn(&arguments), &undisturbed.data(), u64::MAX);
    let expected = graph_of(&undisturbed);
    assert!(expected.lines().count() > 5_000, "the graph is nearly empty");
    let mut killed_early = 0;
    for place in 0..PLACES {
        let baton = Baton::new();
        let bytes = all * (2 * place + 1) / (2 * PLACES);
        let mut child = baton.spawn(&arguments);
        run_until(&mut child, &baton.data(), bytes.max(1));
        killed_early += u64::from(child.wait().unwrap().code().is_none());
        let answer = baton.run(&arguments);
        assert_eq!(answer.code, Some(3), "place {place}: {answer:?}");
        crate::support::assert_same(&graph_of(&baton), &expected, &format!("killed at {bytes} of {all} bytes"));
    }
    assert!(killed_early >= PLACES / 2, "only {killed_early} of {PLACES} runs were killed before their end");
}

#[test]
fn killed_again_and_again_it_still_arrives() {
    let undisturbed = Baton::new();
    let input = undisturbed.path("in");
    write_input(&input);
    let arguments = ["ingest", input.to_str().unwrap(), "--vendor-domain", "vendor.example"];
    let all = run_until(&mut undisturbed.spawn(&arguments), &undisturbed.data(), u64::MAX);
    let baton = Baton::new();
    for place in 1..=6 {
        run_until(&mut baton.spawn(&arguments), &baton.data(), all * place / 7);
    }
    // A command that only reads finishes what the ingest left undone as far as it was archived.
    baton.expect(0, &["accounts"]);
    assert_eq!(baton.run(&arguments).code, Some(3));
    crate::support::assert_same(&graph_of(&baton), &graph_of(&undisturbed), "killed six times");
}
