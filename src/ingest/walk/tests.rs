//! Walks over folders and archives made for the occasion.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::*;
use zip::write::SimpleFileOptions;

const MAIL: &str = "From: Priya Nair <p@n.example>\nDate: Mon, 12 Jan 2026 09:30:00 +0100\nMessage-ID: <1@n>\n\nHi\n";
const LINE: &str = r#"{"id":"n:1","kind":"note","text":"Hi"}"#;

/// What was found, one line each: the path below `root`, then what it is.
fn found(root: &Path) -> Vec<String> {
    let mut seen = Vec::new();
    let _ = walk(&[root.to_owned()], &mut |unit| {
        let (path, what) = match unit {
            Unit::Mail(mail) => (mail.path.to_string(), format!("mail {}", mail.raw.len())),
            Unit::Item { item: Item::Interaction(interaction), path } => (path.to_string(), interaction.id.clone()),
            Unit::Item { item: Item::Problem(problem), .. } => (problem.path, problem.reason),
        };
        seen.push(format!("{}: {what}", path.replace(&root.display().to_string(), "")));
        ControlFlow::Continue(())
    });
    seen
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn walks_a_folder_in_order() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    for folder in ["box/cur", "box/new", "box/tmp", "box/.Sent/cur", "__MACOSX"] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    fs::write(
        at("a.mbox"),
        format!("From p@n Mon Jan 12 09:30:00 2026\n{MAIL}\nFrom p@n Mon Jan 12 09:30:00 2026\n{MAIL}"),
    )
    .unwrap();
    fs::write(at("b.jsonl"), LINE).unwrap();
    fs::write(at("c.txt"), " \n").unwrap();
    fs::write(at("d.pdf"), "%PDF-1.7").unwrap();
    fs::write(at(".DS_Store"), "x").unwrap();
    fs::write(at("__MACOSX/x"), "x").unwrap();
    fs::write(at("box/cur/1:2,S"), MAIL).unwrap();
    fs::write(at("box/.Sent/cur/2:2,S"), MAIL).unwrap();
    fs::write(at("box/tmp/3"), MAIL).unwrap();
    fs::write(at("box/dovecot-uidlist"), "3").unwrap();
    let expected = [
        "/a.mbox: mail 92",
        "/a.mbox: mail 91",
        "/b.jsonl: n:1",
        "/box/.Sent/cur/2:2,S: mail 91",
        "/box/cur/1:2,S: mail 91",
        "/c.txt: file is empty",
        "/d.pdf: form not recognised (a PDF document)",
    ];
    assert_eq!(found(root.path()), expected);
    assert_eq!(found(&at("missing")), [": cannot be read: No such file or directory (os error 2)"]);
}

#[cfg(unix)]
#[test]
fn reports_cycles() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("a")).unwrap();
    std::os::unix::fs::symlink(root.path(), root.path().join("a/back")).unwrap();
    std::os::unix::fs::symlink("nowhere", root.path().join("a/dangling")).unwrap();
    let seen = found(root.path());
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen[0].starts_with("/a/back: link leads back to "), "{seen:?}");
    assert!(seen[1].starts_with("/a/dangling: cannot be read"), "{seen:?}");
}

#[test]
fn reads_archives_and_refuses_bombs() {
    let root = tempfile::tempdir().unwrap();
    let inner = archive(&[("note.jsonl", LINE.as_bytes())]);
    let zeros = vec![b'0'; 40 << 20];
    let content = archive(&[
        ("m/1.eml", MAIL.as_bytes()),
        ("m/bomb.txt", &zeros),
        ("m/inner.zip", &inner),
        ("__MACOSX/m/._1.eml", b"x"),
        ("m/empty", b""),
    ]);
    fs::write(root.path().join("x.zip"), &content).unwrap();
    let expected = [
        "/x.zip!m/bomb.txt: entry unpacks to 1028 times its size: refused as a zip bomb",
        "/x.zip!m/1.eml: mail 91",
        "/x.zip!m/empty: file is empty",
        "/x.zip!m/inner.zip!note.jsonl: n:1",
    ];
    assert_eq!(found(root.path()), expected);
}

#[test]
fn reads_a_slack_export_as_one_source() {
    let files: [(&str, &[u8]); 3] = [
        (
            "acme/users.json",
            br#"[{"id":"U1","name":"priya","profile":{"real_name":"Priya Nair","email":"p@n.example"}}]"#,
        ),
        ("acme/channels.json", br#"[{"id":"C1","name":"general","members":["U1"]}]"#),
        (
            "acme/general/2026-01-12.json",
            br#"[{"type":"message","user":"U1","text":"Hi all","ts":"1768210200.000100"}]"#,
        ),
    ];
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("slack.zip"), archive(&files)).unwrap();
    fs::create_dir_all(root.path().join("acme/general")).unwrap();
    for (name, content) in files {
        fs::write(root.path().join(name), content).unwrap();
    }
    let seen = found(root.path());
    assert_eq!(seen.len(), 2, "{seen:?}");
    let (folder, zip) = (seen[0].split_once(": "), seen[1].split_once(": "));
    assert_eq!(folder.map(|(path, _)| path), Some("/acme"), "{seen:?}");
    assert_eq!(zip.map(|(path, _)| path), Some("/slack.zip"), "{seen:?}");
    assert_eq!(folder.map(|(_, id)| id), zip.map(|(_, id)| id), "the same message whatever the container");
}

#[test]
fn damaged_archives_never_panic() {
    let whole = archive(&[("a.eml", MAIL.as_bytes()), ("b/c.jsonl", LINE.as_bytes())]);
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("x.zip");
    for at in 4..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, &bytes).unwrap();
        let _ = found(root.path());
        fs::write(&path, &whole[..at]).unwrap();
        assert!(!found(root.path()).is_empty());
    }
}

#[test]
fn progress_ends_at_the_total() {
    struct Watch(Vec<Progress>);
    impl Visitor for Watch {
        fn unit(&mut self, _: Unit) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
        fn progress(&mut self, progress: Progress) {
            self.0.push(progress);
        }
    }
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a.eml"), MAIL).unwrap();
    fs::write(root.path().join("b.zip"), archive(&[("a.eml", MAIL.as_bytes())])).unwrap();
    let mut watch = Watch(Vec::new());
    let _ = walk(&[root.path().to_owned()], &mut watch);
    let last = watch.0.last().unwrap();
    assert_eq!((last.done, watch.0.len()), (last.total, 2));
}
