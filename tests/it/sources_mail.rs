//! Every mail of the corpus against its reviewed snapshot, and again damaged: whatever happens, nothing panics and
//! nothing is dropped without a problem.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use baton::sources::{self, Item};
use serde_json::{Value, json};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/mail");
const FAMILIES: [&str; 3] = ["real", "malformed", "regression"];

/// Everything read from one file, as the snapshot shows it.
fn read(name: &str, bytes: &[u8]) -> Vec<Value> {
    let mut items = Vec::new();
    let Some(format) = sources::detect(name, bytes) else { return vec![json!("form not recognised")] };
    let mut input = bytes;
    let _ = sources::read(format, name, &mut input, &mut |item| {
        items.push(match item {
            Item::Interaction(interaction) => serde_json::to_value(interaction).unwrap(),
            Item::Problem(problem) => json!({ "problem": problem }),
        });
        ControlFlow::Continue(())
    });
    items
}

fn cases() -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for family in FAMILIES {
        let before = cases.len();
        for entry in fs::read_dir(Path::new(CORPUS).join(family)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "eml" || extension == "mbox") {
                cases.push(path);
            }
        }
        assert!(cases.len() > before, "no case in {family}");
    }
    cases.sort();
    cases
}

#[test]
fn corpus_reads_as_reviewed() {
    insta::with_settings!({ snapshot_path => "../corpus/mail/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for path in cases() {
            let family = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            let items = read(name, &fs::read(&path).unwrap());
            insta::assert_json_snapshot!(format!("{family}__{name}"), items);
        }
    });
}

#[test]
fn line_ends_do_not_matter() {
    for path in cases() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        if bytes.contains(&b'\r') || path.extension().is_some_and(|own| own == "mbox") {
            continue;
        }
        let crlf: Vec<u8> =
            bytes.iter().flat_map(|&byte| if byte == b'\n' { vec![b'\r', b'\n'] } else { vec![byte] }).collect();
        assert_eq!(read(name, &bytes), read(name, &crlf), "{name}");
    }
}

#[test]
fn damaged_mail_never_panics() {
    for path in cases() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let whole = fs::read(&path).unwrap();
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..200 {
            // xorshift: the same places on every run.
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            let at = (seed % whole.len() as u64) as usize;
            assert!(!read(name, &whole[..at.max(1)]).is_empty(), "{name} cut at {at}");
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (seed >> 60 & 7);
            assert!(!read(name, &flipped).is_empty(), "{name} flipped at {at}");
        }
    }
}
