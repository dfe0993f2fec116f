//! Every quote anywhere is the text at its span, in code points.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Baton, HANDOFF_TYPES, answer_with_input, corpus_files, invented_files, parse_lines};

/// Texts with everything that makes offsets go wrong: letters of several bytes, emoji with modifiers, combining marks,
/// CRLF, tabs, zero-width and right-to-left marks.
fn hostile() -> Vec<u8> {
    let texts = [
        "Grüße 👋🏽 aus Köln.\r\n\r\nI'll send you the Größentabelle 📎 by Friday.\r\n\r\n> We are worried about the budget.\r\n\r\nÄußerst dringend: could you send us the price list by 20 January?",
        "👩‍👩‍👧‍👦 Our goal is to cut onboarding from 14 to 5 days by end of June.\tWe are worried 😟 about the budget.",
        "e\u{301}te\u{301}: We will deliver the data mapping by 20 March. \u{200b}\u{200f}It must support single sign-on.",
        "𝒲e decided to go with the annual plan.\u{2028}Please call me rather than write — mornings are best 🌅.",
        "\u{feff}Hi Sam,\r\nI’ll send you the “final” contract tomorrow…\r\nThanks\r\nJürgen Weiß\r\nHead of IT",
    ];
    let line = |(number, text): (usize, &&str)| {
        let participants = serde_json::json!([
            {"role": "from", "name": "Jürgen Weiß", "address": "juergen@northwind.example"},
            {"role": "to", "name": "Sam Ortiz", "address": "sam@vendor.example"}]);
        let value = serde_json::json!({"id": format!("h:{number}"), "account": "northwind", "kind": "email",
            "sent_at": format!("2026-01-1{number}T09:00:00Z"), "text": text, "participants": participants});
        format!("{value}\n")
    };
    texts.iter().enumerate().map(line).collect::<String>().into_bytes()
}

/// All evidence in a value, however deep.
fn evidence(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(evidence).collect(),
        Value::Object(fields) if fields.contains_key("quote") && fields.contains_key("interaction") => vec![value],
        Value::Object(fields) => fields.values().flat_map(evidence).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn slice(text: &str, value: &Value) -> String {
    let place = |name: &str| usize::try_from(value[name].as_u64().unwrap()).unwrap();
    text.chars().skip(place("start")).take(place("end") - place("start")).collect()
}

/// Checks all evidence in a value and answers how much there was.
fn check(value: &Value, texts: &BTreeMap<String, String>) -> usize {
    let all = evidence(value);
    for quoted in &all {
        let id = quoted["interaction"].as_str().unwrap();
        let text = texts.get(id).unwrap_or_else(|| panic!("evidence in {id}, which was never read"));
        assert_eq!(slice(text, quoted), quoted["quote"].as_str().unwrap(), "{quoted}");
    }
    all.len()
}

#[test]
fn extracted_spans_are_code_points() {
    let answer = answer_with_input(&mut Baton::bare(&["extract"]), &hostile());
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let sources = parse_lines(&String::from_utf8(hostile()).unwrap());
    let mut quotes = 0;
    for (line, source) in parse_lines(&answer.out).iter().zip(&sources) {
        let text = source["text"].as_str().unwrap();
        quotes += check(line, &BTreeMap::from([(source["id"].as_str().unwrap().to_owned(), text.to_owned())]));
        for list in ["mentions", "times"] {
            for named in line[list].as_array().unwrap() {
                assert_eq!(slice(text, named), named["text"].as_str().unwrap(), "{list}: {named}");
            }
        }
    }
    assert!(quotes >= 5, "only {quotes} quotes in {}", answer.out);
}

#[test]
fn stored_quotes_are_the_words_at_their_spans() {
    let mut files = corpus_files();
    files.extend(invented_files(30, 4));
    files.push(("hostile.jsonl".to_owned(), hostile()));
    let baton = Baton::with_files(&files, &["--vendor-domain", "vendor.example", "--vendor-domain", "corvid.example"]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut quotes = 0;
    for account in baton.lines(&["accounts"]) {
        let slug = account["account"].as_str().unwrap();
        let mut values = baton.lines(&["facts", "-a", slug]);
        values.extend(baton.lines(&["stakeholders", "-a", slug]));
        values.extend(baton.lines(&["changes", "-a", slug, "--since", "2025-01-01"]));
        for kind in HANDOFF_TYPES {
            values.push(baton.json(0, &["handoff", "-a", slug, "--type", kind, "--format", "json"]));
        }
        let ids: Vec<String> =
            values.iter().flat_map(evidence).map(|quoted| quoted["interaction"].as_str().unwrap().to_owned()).collect();
        let texts = runtime.block_on(async {
            let archive = baton::archive::Archive::open(&baton.data()).await.unwrap();
            let account = baton::model::AccountSlug::from_name(slug).unwrap();
            let mut texts = BTreeMap::new();
            for id in ids {
                if let Some(text) = archive.text(&account, &id).await.unwrap() {
                    texts.insert(id, text);
                }
            }
            archive.close().await;
            texts
        });
        quotes += values.iter().map(|value| check(value, &texts)).sum::<usize>();
    }
    assert!(quotes > 100, "only {quotes} quotes");
}
