//! Damaged and hostile files: each is listed with path, item and reason, everything else is loaded, nothing panics.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::slice::from_ref;

use baton::ingest::walk::{self, Unit};
use baton::model::{AccountSlug, Problem};
use baton::sources::Item;

use crate::support::{Baton, Loaded, Random, corpus_files, jsonl, write_files, zip_of};

/// A file that is in order, to be found again beside those that are not.
fn good() -> (String, Vec<u8>) {
    let rows = jsonl(&[("good:1", "2026-01-12T09:00:00Z", 'v', "I'll send you the SOC 2 report by Friday.")]);
    ("zz/good.jsonl".to_owned(), rows)
}

/// Units by the file that they came from, mails parsed.
fn units_of(folder: &Path) -> BTreeMap<String, Vec<Result<String, Problem>>> {
    let mut found: BTreeMap<String, Vec<Result<String, Problem>>> = BTreeMap::new();
    let flow = walk::walk(&[folder.to_owned()], &mut |unit: Unit| {
        let (path, items) = match unit {
            Unit::Mail(mail) => {
                let path = mail.path.to_string();
                let (interaction, problems) = mail.parse();
                let read = interaction.into_iter().map(|interaction| Ok(interaction.id));
                (path, read.chain(problems.into_iter().map(Err)).collect::<Vec<_>>())
            }
            Unit::Item { path, item: Item::Interaction(interaction) } => (path.to_string(), vec![Ok(interaction.id)]),
            Unit::Item { path, item: Item::Problem(problem) } => (path.to_string(), vec![Err(problem)]),
        };
        found.entry(path).or_default().extend(items);
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    found
}

/// Every sample of every form, the malformed included.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut samples = corpus_files();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let slack: Vec<(String, Vec<u8>)> = walkdir::WalkDir::new(corpus.join("slack/real/export"))
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(corpus.join("slack/real/export")).unwrap().to_str().unwrap();
            (name.to_owned(), fs::read(entry.path()).unwrap())
        })
        .collect();
    samples.push(("slack/slack.zip".to_owned(), zip_of(&slack)));
    samples.push(("zip/all.zip".to_owned(), zip_of(&samples)));
    samples
}

#[test]
fn damaged_files_are_listed_and_the_rest_is_loaded() {
    let mut random = Random::new(11);
    let mut files = vec![good()];
    for (name, content) in samples() {
        let (form, file) = name.split_once('/').map(|(form, rest)| (form, rest.replace('/', "-"))).unwrap();
        let mut cut = content.clone();
        cut.truncate(random.below(content.len().max(1)));
        let mut flipped = content.clone();
        for _ in 0..=content.len() / 400 {
            let at = random.below(flipped.len());
            flipped[at] ^= 1 << random.below(8);
        }
        let mut torn = content.clone();
        let from = random.below(torn.len());
        torn.drain(from..(from + 40).min(content.len()));
        for (damage, content) in [("cut", cut), ("flipped", flipped), ("torn", torn)] {
            files.push((format!("{form}/{damage}-{file}"), content));
        }
    }
    let mut loaded = Loaded::new();
    let folder = loaded.path("in");
    write_files(&folder, &files);
    let units = units_of(&folder);
    for (name, _) in &files {
        let path = folder.join(name).display().to_string();
        let member = format!("{path}!");
        let told = units.iter().any(|(own, units)| (*own == path || own.starts_with(&member)) && !units.is_empty());
        assert!(told, "{name} was passed over without a word");
    }
    let report = loaded.ingest(from_ref(&folder), None);
    for problem in &report.rejected {
        assert!(problem.path.starts_with(folder.to_str().unwrap()), "{problem:?}");
        assert!(!problem.reason.is_empty(), "{problem:?}");
    }
    assert!(loaded.graph().contains("SOC 2"), "the good file is not there");
    let again = loaded.ingest(&[folder], None);
    assert_eq!(again.new, 0);
    assert_eq!(again.rejected, report.rejected);
}

/// One file and what is said of it: `None` when it is read, else part of the reason.
fn check(name: &str, content: &[u8], expected: Option<&str>) {
    let mut loaded = Loaded::new();
    let folder = loaded.path("in");
    write_files(&folder, &[(name.to_owned(), content.to_vec()), good()]);
    let report = loaded.ingest(from_ref(&folder), None);
    let path = folder.join(name).display().to_string();
    match expected {
        None => {
            assert_eq!(report.rejected, [], "{name}");
            assert!(report.read > 1, "{name}: nothing was read");
        }
        Some(reason) => {
            let found = report.rejected.iter().find(|problem| problem.path.starts_with(&path));
            let found = found.unwrap_or_else(|| panic!("{name} is not listed: {report:?}"));
            assert!(found.reason.contains(reason), "{name}: {found:?}");
        }
    }
    assert!(loaded.graph().contains("SOC 2"), "{name}: the good file is not there");
}

#[test]
fn each_fault_has_its_reason() {
    check("empty.eml", b"", Some("empty"));
    check("blank.csv", b"\n \n", Some("empty"));
    check("unknown.json", br#"{"colour": "red", "shape": [1, 2]}"#, Some("not recognised"));
    check("cut.json", br#"{"tickets": [{"id": 1, "subject": "x", "status": "open", "requ"#, Some("EOF"));
    check("binary.bin", &[0, 1, 2, 3, 255, 254, 0, 0, 7], Some("not recognised"));
    check("headless.csv", b"2026-01-12,logins,5\n2026-01-13,logins,6\n", Some(""));
    check("no-date.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nSam: hello there\n", Some("date"));
    check("header-only.csv", b"date,account,metric,value\n", Some("header row"));
    check("no-events.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", Some("no"));
    check("nothing.zip", &zip_of(&[]), Some("no files"));
    check("not.zip", b"PK\x03\x04 and then nothing of the sort", Some("zip"));
    check("undated.jsonl", br#"{"id":"a","kind":"note","text":"Hi"}"#, Some("time"));
    check("turns.jsonl", br#"{"id":5,"text":"Hi","kind":"note"}"#, Some("invalid type"));
}

#[test]
fn unusual_files_are_read() {
    check("semicolon.csv", "date;account;metric;value\n2026-01-12;northwind.example;logins;1.204,5\n".as_bytes(), None);
    check("tab.csv", b"date\taccount\tmetric\tvalue\n2026-01-12\tnorthwind.example\tlogins\t5\n", None);
    check("latin1.csv", b"date,account,metric,value\n2026-01-12,northwind.example,L\xf6sungen,5\n", None);
    let mail = b"Message-ID: <l1@x.example>\r\nDate: 12 Jan 2026 09:30:00 +0000\r\nFrom: J <j@northwind.example>\r\nTo: s@vendor.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\xfc\xdfe aus K\xf6ln\r\n";
    check("latin1.eml", mail, None);
    check("unnamed-2026-01-12.vtt", b"WEBVTT\n\n00:01.000 --> 00:05.000\nWe will send the report by Friday.\n", None);
    let utf16: Vec<u8> = "\u{feff}date,account,metric,value\n2026-01-12,northwind.example,logins,5\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check("utf16.csv", &utf16, None);
}

#[test]
fn what_nobody_named_owns_nothing() {
    let baton = Baton::new();
    let path = baton.path("call-2026-01-12.vtt");
    fs::write(&path, "WEBVTT\n\n00:01.000 --> 00:05.000\nI will send you the security report by Friday.\n").unwrap();
    baton.ingest(&path, 0, &["--account", "northwind"]);
    for fact in baton.lines(&["facts", "-a", "northwind"]) {
        assert!(fact["owner"].is_null(), "{fact}");
    }
}

#[test]
fn bombs_and_giants_are_refused() {
    let zeros = vec![0u8; 48 << 20];
    check("bomb.zip", &zip_of(&[("zeros.txt".to_owned(), zeros)]), Some("bomb"));
    let inner =
        zip_of(&[("a.zip".to_owned(), zip_of(&[("b.zip".to_owned(), zip_of(&[("c.eml".to_owned(), vec![b'x'])]))]))]);
    check("deep.zip", &zip_of(&[("d.zip".to_owned(), inner)]), Some("depth"));

    let mut loaded = Loaded::new();
    let folder = loaded.path("in");
    write_files(&folder, &[good()]);
    let mut giant = File::create(folder.join("giant.eml")).unwrap();
    giant
        .write_all(b"Message-ID: <g@x.example>\r\nDate: 12 Jan 2026 09:30:00 +0000\r\nFrom: a@x.example\r\n\r\n")
        .unwrap();
    giant.set_len(200 << 20).unwrap();
    let mut mbox = File::create(folder.join("giant.mbox")).unwrap();
    let envelope = |id: &str| {
        format!(
            "From a@x.example Mon Jan 12 09:30:00 2026\nMessage-ID: <{id}@x.example>\nDate: Mon, 12 Jan 2026 09:30:00 +0000\nFrom: a@x.example\nTo: b@northwind.example\n\n"
        )
    };
    mbox.write_all(envelope("big").as_bytes()).unwrap();
    let line = [vec![b'x'; 4095], vec![b'\n']].concat();
    for _ in 0..(200 << 20) / line.len() {
        mbox.write_all(&line).unwrap();
    }
    mbox.write_all(format!("\n{}We will send the plan by Friday.\n", envelope("small")).as_bytes()).unwrap();
    let report = loaded.ingest(from_ref(&folder), Some("northwind"));
    for name in ["giant.eml", "giant.mbox"] {
        let path = folder.join(name).display().to_string();
        assert!(
            report.rejected.iter().any(|problem| problem.path == path && problem.reason.contains("limit")),
            "{name}: {report:?}"
        );
    }
    assert_eq!(report.new, 2, "the mail after the giant and the good file: {report:?}");
}

#[test]
fn the_program_says_what_it_rejected() {
    let baton = Baton::new();
    let folder = baton.path("in");
    let files = [good(), ("a/empty.csv".to_owned(), Vec::new()), ("a/x.json".to_owned(), b"{\"a\":1}".to_vec())];
    write_files(&folder, &files);
    let report = baton.ingest(&folder, 3, &[]);
    let rejected = report["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), 2, "{report}");
    assert!(rejected[0]["path"].as_str().unwrap().ends_with("a/empty.csv"));
    assert_eq!(report["new"], 1);
    let text = baton.run(&["ingest", folder.to_str().unwrap()]);
    assert_eq!(text.code, Some(3));
    assert!(text.out.contains("empty.csv: file is empty"), "{}", text.out);
    fs::remove_dir_all(folder.join("a")).unwrap();
    baton.ingest(&folder, 0, &[]);
    let missing = baton.ingest(&folder.join("nothing"), 3, &[]);
    assert!(missing["rejected"][0]["reason"].as_str().unwrap().contains("cannot be read"), "{missing}");
}

#[test]
fn what_was_rejected_counts_until_it_is_mended() {
    let mut loaded = Loaded::new();
    let (one, two) = (loaded.path("in"), loaded.path("in2"));
    write_files(&one, &[good(), ("x.json".to_owned(), b"{\"a\":1}".to_vec())]);
    write_files(&two, &[("y.json".to_owned(), b"{\"a\":1}".to_vec())]);
    let account = AccountSlug::from_name("northwind").unwrap();
    let count =
        |loaded: &Loaded| loaded.runtime.block_on(loaded.stores.archive.count_rejections(&account, None)).unwrap();
    loaded.ingest(from_ref(&one), Some("northwind"));
    loaded.ingest(from_ref(&two), Some("northwind"));
    assert_eq!(count(&loaded), 2);
    loaded.ingest(from_ref(&one), Some("northwind"));
    assert_eq!(count(&loaded), 2, "the second folder only has a longer name");
    fs::remove_file(one.join("x.json")).unwrap();
    loaded.ingest(&[one.join("")], Some("northwind"));
    assert_eq!(count(&loaded), 1);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_closed_folders_are_listed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mut loaded = Loaded::new();
    let folder = loaded.path("in");
    write_files(&folder, &[good(), ("b/c/good.md".to_owned(), b"# Call 2026-01-12\n\nAll well.\n".to_vec())]);
    symlink(&folder, folder.join("b/c/up")).unwrap();
    symlink(folder.join("nowhere"), folder.join("dangling")).unwrap();
    let closed = folder.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let is_open = fs::read_dir(&closed).is_ok();
    let report = loaded.ingest(from_ref(&folder), None);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    let listed =
        |name: &str| report.rejected.iter().any(|problem| problem.path == folder.join(name).display().to_string());
    assert!(listed("b/c/up") && listed("dangling"), "{:?}", report.rejected);
    // A superuser may read every folder: then there is nothing to list.
    assert_eq!(listed("closed"), !is_open, "{:?}", report.rejected);
    assert_eq!(report.new, 2);
}
