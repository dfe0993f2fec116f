//! Every sample of chat, calls, tickets, CRM, tables, notes and calendars: read as it is against its snapshot, and
//! read again truncated and with flipped bits, where nothing may panic. Each sample is claimed by exactly one sniffer.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use baton::model::Span;
use baton::sources::{Item, MemoryBundle, crm, ics, notes, slack, tables, tickets, transcripts};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A reader of one form: its name, its sniffer, its reader.
type Form = (&'static str, fn(&str, &str) -> bool, fn(&str, &[u8]) -> Vec<Item>);

const FORMS: [Form; 7] = [
    ("transcripts", transcripts::sniff, |label, bytes| collect(|sink| transcripts::read(label, &text(bytes), sink))),
    ("tickets", tickets::sniff, |label, bytes| collect(|sink| tickets::read(label, &text(bytes), sink))),
    ("crm", crm::sniff, |label, bytes| collect(|sink| crm::read(label, &text(bytes), sink))),
    ("usage", tables::usage::sniff, |label, bytes| collect(|sink| tables::usage::read(label, &mut &bytes[..], sink))),
    ("survey", tables::survey::sniff, |label, bytes| {
        collect(|sink| tables::survey::read(label, &mut &bytes[..], sink))
    }),
    ("notes", notes::sniff, |label, bytes| collect(|sink| notes::read(label, &text(bytes), sink))),
    ("ics", ics::sniff, |label, bytes| collect(|sink| ics::read(label, &text(bytes), sink))),
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned()
}

fn collect(read: impl FnOnce(&mut baton::sources::Sink<'_>) -> ControlFlow<()>) -> Vec<Item> {
    let mut items = Vec::new();
    let _ = read(&mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    });
    items
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn shown(items: &[Item]) -> Value {
    items
        .iter()
        .map(|item| match item {
            Item::Interaction(interaction) => serde_json::to_value(interaction).unwrap(),
            Item::Problem(problem) => json!({"problem": problem}),
        })
        .collect()
}

/// What holds for every item, whatever the input was.
fn assert_sound(items: &[Item], of: &str) {
    for item in items {
        match item {
            Item::Interaction(interaction) => {
                assert!(interaction.sent_at.is_some(), "{of}: {} has no time", interaction.id);
                assert!(!interaction.text.trim().is_empty(), "{of}: {} has no text", interaction.id);
                for turn in &interaction.turns {
                    let words = Span { start: turn.start, end: turn.end }.of(&interaction.text);
                    assert!(words.is_some_and(|words| !words.is_empty()), "{of}: a turn outside of the text");
                }
            }
            Item::Problem(problem) => {
                assert!(!problem.reason.is_empty() && !problem.path.is_empty(), "{of}: {problem:?}");
            }
        }
    }
}

/// The one form whose sniffer claims a file.
fn claimed(name: &str, bytes: &[u8]) -> Vec<&'static Form> {
    let text = text(bytes);
    let head = &text[..text.floor_char_boundary(4096)];
    FORMS.iter().filter(|(_, sniff, _)| sniff(name, head)).collect()
}

/// Damaged copies of a file: cut off, and with single bits flipped, at places drawn from a fixed seed.
fn damaged(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut place = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below.max(1)
    };
    let mut copies = Vec::new();
    for _ in 0..24 {
        copies.push(bytes[..place(bytes.len())].to_vec());
        let mut flipped = bytes.to_vec();
        for _ in 0..3 {
            let at = place(bytes.len());
            if let Some(byte) = flipped.get_mut(at) {
                *byte ^= 1 << place(8);
            }
        }
        copies.push(flipped);
    }
    copies
}

#[test]
fn reads_the_samples() {
    let mut cases = 0;
    insta::glob!("../corpus", "{transcripts,tickets,crm,tables,notes,ics}/*/*", |path| {
        cases += 1;
        let bytes = std::fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let forms = claimed(name, &bytes);
        let names: Vec<&str> = forms.iter().map(|(name, ..)| *name).collect();
        assert_eq!(names.len(), 1, "{name} is claimed by {names:?}");
        let items = (forms[0].2)(name, &bytes);
        assert!(!items.is_empty(), "{name} yields nothing");
        assert_sound(&items, name);
        insta::assert_json_snapshot!(shown(&items));
    });
    assert!(cases >= 40, "only {cases} samples were found");
}

#[test]
fn damaged_samples_do_not_panic() {
    let mut cases = 0;
    for folder in ["transcripts", "tickets", "crm", "tables", "notes", "ics"] {
        for path in files_under(&corpus().join(folder)) {
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            for copy in damaged(&bytes) {
                cases += 1;
                for (form, sniff, read) in &FORMS {
                    // A reader may be handed anything: the sniffer saw only the beginning.
                    let _ = sniff(name, &text(&copy));
                    assert_sound(&read(name, &copy), &format!("{name} as {form}"));
                }
            }
        }
    }
    assert!(cases >= 1000, "only {cases} damaged copies were read");
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_under(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Names and contents of the files of an export.
type Files = Vec<(String, Vec<u8>)>;

/// The files of a Slack sample with their names inside the export.
fn slack_files(folder: &Path) -> Files {
    let inside = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files_under(folder).into_iter().map(|path| (inside(&path), std::fs::read(&path).unwrap())).collect()
}

fn slack_samples() -> Vec<(String, Files)> {
    let mut samples = Vec::new();
    for family in ["real", "malformed", "regression"] {
        for entry in std::fs::read_dir(corpus().join("slack").join(family)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("slack-{family}-{}", path.file_name().unwrap().to_str().unwrap());
            samples.push((name, slack_files(&path)));
        }
    }
    samples.sort();
    assert!(samples.len() >= 3, "only {} exports were found", samples.len());
    samples
}

fn read_slack(label: &str, files: Files) -> Vec<Item> {
    collect(|sink| slack::read(label, &mut MemoryBundle::new(files), sink))
}

#[test]
fn reads_the_slack_exports() {
    for (name, files) in slack_samples() {
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        assert!(slack::sniff(&names), "{name}");
        for (file, bytes) in &files {
            let claimed: Vec<&str> = claimed(file, bytes).iter().map(|(form, ..)| *form).collect();
            assert!(claimed.is_empty(), "{file} of {name} is claimed by {claimed:?}");
        }
        let items = read_slack(&name, files);
        assert_sound(&items, &name);
        insta::assert_json_snapshot!(name, shown(&items));
    }
}

#[test]
fn damaged_slack_exports_do_not_panic() {
    for (name, files) in slack_samples() {
        for index in 0..files.len() {
            for copy in damaged(&files[index].1) {
                let mut files = files.clone();
                files[index].1 = copy;
                assert_sound(&read_slack(&name, files), &name);
            }
        }
    }
}

#[test]
fn slack_is_not_seen_where_there_is_none() {
    let check = |names: &[&str], expected: bool| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(slack::sniff(&names), expected, "{names:?}");
    };
    check(&["users.json", "channels.json"], true);
    check(&["e/dms.json", "e/users.json"], true);
    check(&["users.json", "notes.md"], false);
    check(&["superusers.json", "channels.json"], false);
    check(&[], false);
}

proptest! {
    #[test]
    fn readers_take_any_text(
        start in prop::sample::select(vec!["", "WEBVTT\n\n", "[", "{\"tickets\":[", "{\"records\":[", "---\n", "BEGIN:VCALENDAR\n", "date,x\n"]),
        rest in "(\\PC|[\n,;:\"{}\\[\\]<>-]){0,200}",
    ) {
        let input = format!("{start}{rest}");
        for (form, sniff, read) in &FORMS {
            let _ = sniff("2026-01-12.md", &input);
            assert_sound(&read("2026-01-12.md", input.as_bytes()), form);
        }
    }
}
