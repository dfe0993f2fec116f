//! Annotators of one's own on the command line: what they add, and that a broken one stops nothing.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Answer, Baton, answer_with_input, parse_lines};

#[path = "../../../src/annotate/testing.rs"]
mod models;

const FILE: &str = "[[annotator]]\nname = \"names\"\ntask = \"ner\"\narchitecture = \"bert\"\nfolder = \"names\"\n\
                    mentions = { PER = \"person\" }\n\
                    [[annotator]]\nname = \"mood\"\ntask = \"classification\"\narchitecture = \"bert\"\n\
                    folder = \"classes\"\nfacts = { complaint = \"open_issue\" }\n\
                    [[annotator]]\nname = \"about\"\ntask = \"zero-shot\"\narchitecture = \"bert\"\n\
                    folder = \"entailing\"\nlabels = [\"pricing\"]\nthreshold = 0.9\n";

const MAIL: &str = r#"{"id": "mail:1", "kind": "email", "sent_at": "2026-01-12T09:30:00Z", "text": "Grüße, Zoë Stone met the price. I'll send you the SOC 2 report by 20 January 2026.", "participants": [{"role": "from", "name": "Sam Ortiz", "address": "sam@vendor.example"}]}"#;

fn prepared() -> (Baton, PathBuf) {
    let baton = Baton::new();
    models::write_names(&baton.path("names"));
    models::write_classes(&baton.path("classes"));
    models::write_entailing(&baton.path("entailing"));
    let file = baton.path("annotators.toml");
    fs::write(&file, FILE).unwrap();
    (baton, file)
}

fn extract(baton: &Baton, arguments: &[&str]) -> Answer {
    let mut all = vec!["extract"];
    all.extend(arguments);
    answer_with_input(&mut baton.command(&all), MAIL.as_bytes())
}

fn only(answer: &Answer) -> Value {
    assert_eq!(answer.code, Some(0), "{answer:?}");
    parse_lines(&answer.out).remove(0)
}

#[test]
fn annotators_add_to_what_is_extracted() {
    let (baton, file) = prepared();
    let answer = extract(&baton, &["--annotators", file.to_str().unwrap()]);
    assert_eq!(answer.err, "");
    let line = only(&answer);
    let annotations = line["annotations"].as_array().unwrap();
    let name = annotations.iter().find(|a| a["annotator"] == "names").unwrap();
    assert_eq!((&name["label"], &name["text"]), (&"PER".into(), &"Zoë Stone".into()), "{line}");
    assert_eq!((&name["start"], &name["end"]), (&7.into(), &16.into()), "{line}");
    assert!(name["confidence"].as_f64().unwrap() > 0.5, "{line}");
    assert!(annotations.iter().any(|a| a["annotator"] == "about" && a["label"] == "pricing"), "{line}");
    // Those of the data folder need no option, and without any the field is not there.
    fs::create_dir_all(baton.data()).unwrap();
    assert!(only(&extract(&baton, &[])).get("annotations").is_none());
    fs::write(baton.data().join("annotators.toml"), FILE.replace("folder = \"", "folder = \"../")).unwrap();
    assert_eq!(only(&extract(&baton, &[]))["annotations"], line["annotations"]);
}

#[test]
fn a_broken_annotator_is_told_of_and_left_out() {
    let (baton, file) = prepared();
    let plain = only(&extract(&baton, &[]));
    fs::remove_dir_all(baton.path("entailing")).unwrap();
    fs::remove_file(baton.path("classes/vocab.txt")).unwrap();
    fs::write(baton.path("names/rust_model.ot"), "no weights").unwrap();
    let answer = extract(&baton, &["--annotators", file.to_str().unwrap()]);
    assert_eq!(only(&answer), plain);
    for said in ["annotator names is left out: ", "annotator mood is left out: ", "annotator about is left out: "] {
        assert_eq!(answer.err.matches(said).count(), 1, "{}", answer.err);
    }
    assert!(answer.err.contains("rust_model.ot") && answer.err.contains("classes/vocab.txt"), "{}", answer.err);
    assert_eq!(answer.err.lines().count(), 3, "{}", answer.err);
    assert!(!answer.err.contains("panicked"), "{}", answer.err);
}

#[test]
fn a_slip_in_the_file_is_1() {
    let (baton, file) = prepared();
    fs::write(&file, FILE.replace("labels", "lables")).unwrap();
    let answer = extract(&baton, &["--annotators", file.to_str().unwrap()]);
    assert_eq!((answer.code, answer.out.as_str()), (Some(1), ""), "{answer:?}");
    assert!(answer.err.contains("annotators.toml:18: annotator 3: unknown field `lables`"), "{}", answer.err);
    let answer = extract(&baton, &["--annotators", "/nowhere.toml"]);
    assert!(answer.code == Some(1) && answer.err.contains("/nowhere.toml: No such file"), "{answer:?}");
}
