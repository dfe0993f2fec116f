//! The same files in any order, one by one or at once, twice, as a folder or an archive, rebuilt: the same graph.

use std::fs;
use std::path::PathBuf;
use std::slice::from_ref;

use proptest::prelude::*;

use crate::support::{Loaded, Random, assert_same, jsonl, mixed_files, write_files, zip_of};

/// The graph of all files read at once, in order of name.
fn at_once(files: &[(String, Vec<u8>)]) -> String {
    let mut loaded = Loaded::new();
    write_files(&loaded.path("in"), files);
    loaded.ingest(&[loaded.path("in")], None);
    loaded.graph()
}

#[test]
fn any_order_gives_the_same_graph() {
    let files = mixed_files();
    let expected = at_once(&files);
    assert!(expected.lines().count() > 1_000, "the graph is nearly empty");
    for seed in 1..=4 {
        let mut loaded = Loaded::new();
        write_files(&loaded.path("in"), &files);
        let mut paths: Vec<PathBuf> = files.iter().map(|(name, _)| loaded.path("in").join(name)).collect();
        Random::new(seed).shuffle(&mut paths);
        if seed % 2 == 0 {
            loaded.ingest(&paths, None);
        } else {
            for part in paths.chunks(7) {
                loaded.ingest(part, None);
            }
        }
        assert_same(&loaded.graph(), &expected, &format!("seed {seed}"));
    }
}

#[test]
fn one_by_one_gives_the_same_graph() {
    let files = mixed_files();
    let expected = at_once(&files);
    let mut loaded = Loaded::new();
    write_files(&loaded.path("in"), &files);
    // Backwards: CRM rows come after everything that they assign.
    for (name, _) in files.iter().rev() {
        loaded.ingest(&[loaded.path("in").join(name)], None);
    }
    assert_same(&loaded.graph(), &expected, "one by one");
}

#[test]
fn twice_is_once_and_a_rebuild_changes_nothing() {
    // Two exports of one deal in two forms word its stages differently at the same time: edits of each other.
    let twins = ["crm/real/hubspot-deals.json", "crm/real/salesforce.json"];
    let mut files = mixed_files();
    files.retain(|(name, _)| !twins.contains(&name.as_str()));
    let mut loaded = Loaded::new();
    write_files(&loaded.path("in"), &files);
    let input = [loaded.path("in")];
    let first = loaded.ingest(&input, None);
    let once = loaded.graph();
    let second = loaded.ingest(&input, None);
    assert_eq!((second.new, second.changed), (0, 0), "first {first:?}");
    assert_eq!(second.read, first.read);
    assert_eq!(second.rejected, first.rejected);
    assert_same(&loaded.graph(), &once, "twice");
    loaded.rebuild();
    assert_same(&loaded.graph(), &once, "rebuilt");
}

#[test]
fn an_archive_gives_the_same_graph_as_its_folder() {
    let files = mixed_files();
    let expected = at_once(&files);
    let mut loaded = Loaded::new();
    let path = loaded.path("all.zip");
    fs::write(&path, zip_of(&files)).unwrap();
    loaded.ingest(&[path], None);
    assert_same(&loaded.graph(), &expected, "zip");
}

#[test]
fn a_company_that_comes_late_takes_what_is_its_own() {
    let row = |id: u32, name: &str| {
        format!("Record ID,Company name,Company Domain Name,Company owner\n{id},{name},shared.example,Sam Ortiz\n")
            .into_bytes()
    };
    let mail = crate::support::mail(
        "1",
        ("Ann Lee <ann@shared.example>", "Sam Ortiz <sam@vendor.example>"),
        "12 Jan 2026 09:30:00 +0000",
        "Could you send us the price list by the end of the month?",
    );
    let files = vec![
        ("a.eml".to_owned(), mail),
        ("b.csv".to_owned(), row(1, "First Co")),
        ("c.csv".to_owned(), row(2, "Second Co")),
    ];
    let expected = at_once(&files);
    for order in [[0, 1, 2], [1, 0, 2], [1, 2, 0], [2, 0, 1]] {
        let mut loaded = Loaded::new();
        write_files(&loaded.path("in"), &files);
        for at in order {
            loaded.ingest(&[loaded.path("in").join(&files[at].0)], None);
        }
        assert_same(&loaded.graph(), &expected, &format!("{order:?}"));
    }
}

#[test]
fn what_waited_and_was_named_since_is_not_in_the_way() {
    let text = "{\"id\":\"n:1\",\"kind\":\"note\",\"sent_at\":\"2026-01-12T09:00:00Z\",\"text\":\"Hello\",\
                \"participants\":[{\"address\":\"ann@late.example\"}]}\n";
    let mut loaded = Loaded::new();
    let (note, row) = (loaded.path("note.jsonl"), loaded.path("row.csv"));
    fs::write(&note, text).unwrap();
    fs::write(&row, "Record ID,Company name,Company Domain Name\n1,Late,late.example\n").unwrap();
    let first = loaded.ingest(from_ref(&note), None);
    assert_eq!(first.unassigned, ["n:1"]);
    // The same item, now with its account named: it is there twice until the company row tells that both are one.
    loaded.ingest(from_ref(&note), Some("late"));
    let last = loaded.ingest(from_ref(&row), None);
    assert!(last.unassigned.is_empty(), "{last:?}");
    let again = loaded.ingest(&[note, row], None);
    assert_eq!((again.new, again.changed), (0, 0));
}

#[test]
fn two_copies_of_one_mail_are_settled_once() {
    let body = |footer: &str| {
        crate::support::mail(
            "copy",
            ("Ann Lee <ann@late.example>", "Sam Ortiz <sam@vendor.example>"),
            "12 Jan 2026 09:30:00 +0000",
            &format!("I'll send you the contract by Friday.{footer}"),
        )
    };
    let files = vec![("a.eml".to_owned(), body("")), ("b.eml".to_owned(), body("\r\n\r\nSent to you by the list."))];
    let swapped = vec![("a.eml".to_owned(), files[1].1.clone()), ("b.eml".to_owned(), files[0].1.clone())];
    let mut loaded = Loaded::new();
    write_files(&loaded.path("in"), &files);
    loaded.ingest(&[loaded.path("in")], Some("late"));
    let again = loaded.ingest(&[loaded.path("in")], Some("late"));
    assert_eq!((again.new, again.changed, again.unchanged), (0, 0, 2));
    let mut other = Loaded::new();
    write_files(&other.path("in"), &swapped);
    other.ingest(&[other.path("in")], Some("late"));
    assert_same(&other.graph(), &loaded.graph(), "copies swapped");
}

#[test]
fn a_changed_item_leaves_nothing_of_its_former_self() {
    let rows = |text: &'static str| jsonl(&[("m:1", "2026-01-12T09:00:00Z", 'v', text)]);
    let mut loaded = Loaded::new();
    let path = loaded.path("m.jsonl");
    fs::write(&path, rows("I'll send you the SOC 2 report by Friday.")).unwrap();
    loaded.ingest(from_ref(&path), None);
    fs::write(&path, rows("Thanks for the nice lunch.")).unwrap();
    let report = loaded.ingest(from_ref(&path), None);
    assert_eq!((report.new, report.changed), (0, 1));
    assert!(report.facts.is_empty(), "{:?}", report.facts);
    let after = loaded.graph();
    let mut fresh = Loaded::new();
    fresh.ingest(&[path], None);
    assert_same(&after, &fresh.graph(), "changed");
    loaded.rebuild();
    assert_same(&loaded.graph(), &after, "changed and rebuilt");
}

/// A few interactions that answer, repeat and withdraw each other's promises.
fn history() -> impl Strategy<Value = Vec<(u8, u8, bool)>> {
    proptest::collection::vec((0u8..60, 0u8..8, any::<bool>()), 1..10)
}

const TEXTS: [&str; 8] = [
    "I'll send you the SOC 2 report by Friday.",
    "As promised, I will send the SOC 2 report by Friday.",
    "I have sent you the SOC 2 report.",
    "No need for the SOC 2 report any more.",
    "We are worried about the budget.",
    "Budget is approved now, no more worries.",
    "My name is Priya, I decide here. Please call me.",
    "Could you send us the price list by 20 January?",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_interactions_gives_the_same_graph(history in history(), seed in any::<u64>()) {
        let lines: Vec<Vec<u8>> = history.iter().enumerate().map(|(number, (day, text, ours))| {
            let at = format!("2026-0{}-{:02}T09:00:00Z", 1 + day / 28, 1 + day % 28);
            let id = format!("m:{number}");
            jsonl(&[(&id, &at, if *ours { 'v' } else { 'c' }, TEXTS[usize::from(*text)])])
        }).collect();
        let mut once = Loaded::new();
        let path = once.path("all.jsonl");
        fs::write(&path, lines.concat()).unwrap();
        once.ingest(&[path], None);
        let mut order: Vec<usize> = (0..lines.len()).collect();
        Random::new(seed).shuffle(&mut order);
        let mut parts = Loaded::new();
        for at in order {
            let path = parts.path(&format!("{at}.jsonl"));
            fs::write(&path, &lines[at]).unwrap();
            parts.ingest(&[path], None);
        }
        assert_same(&parts.graph(), &once.graph(), "in parts");
    }
}
