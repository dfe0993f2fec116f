//! Precision and recall of person names. Set `BATON_MEASURE_DATA` to the folder of the scored sets to measure on them;
//! without it a small invented fixture is checked.

#![expect(clippy::print_stderr, reason = "a measure is read by whoever asked for it")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use baton::extract::{mentions, sentences};
use baton::model::MentionKind;
use serde_json::Value;

/// Invented sentences in the form of the sets.
const FIXTURE: &str = r#"{"tokens":["I","met","Thomas","Keller","in","Berlin","."],"ents":[[2,4,"PER"]]}
{"tokens":["Please","ask","Anna","."],"ents":[[2,3,"person"]]}"#;

#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    gold: usize,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Score {
    fn line(&self) -> String {
        let precision = self.right as f64 / self.found.max(1) as f64;
        let recall = self.right as f64 / self.gold.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        format!("precision {precision:.3} recall {recall:.3} F1 {f1:.3} support {}", self.gold)
    }
}

#[test]
fn person_names() {
    let Some(data) = std::env::var_os("BATON_MEASURE_DATA").map(PathBuf::from) else {
        let score = measure(FIXTURE, false);
        assert_eq!((score.right, score.found, score.gold), (2, 2, 2));
        return;
    };
    for (file, mail) in [
        ("emailcoref/threads.jsonl", true),
        ("ner/wnut17.jsonl", false),
        ("ner/btc.jsonl", false),
        ("ner/wikigold.jsonl", false),
    ] {
        let Ok(lines) = std::fs::read_to_string(data.join(file)) else { continue };
        let score = measure(&lines, mail);
        eprintln!("{file}: {}", score.line());
        if std::env::var("BATON_MEASURE_SHOW").is_ok_and(|name| file.contains(&name)) {
            eprintln!("  wrong: {:?}\n  missed: {:?}", score.wrong, score.missed);
        }
    }
}

fn measure(lines: &str, mail: bool) -> Score {
    let mut score = Score::default();
    for record in lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let tokens: Vec<&str> = record["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let running = if mail { running_text(&record, &tokens) } else { vec![true; tokens.len()] };
        let (text, places) = join(&tokens, &record, &running);
        let spans = if mail { &record["mentions"] } else { &record["ents"] };
        let gold: BTreeSet<(usize, usize)> = spans
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|span| Some((span[0].as_u64()? as usize, span[1].as_u64()? as usize, span[2].as_str()?)))
            .filter(|&(start, end, kind)| {
                matches!(kind, "P" | "PER" | "person") && running[start] && (!mail || is_proper(&tokens[start..end]))
            })
            .map(|(start, end, _)| trim(&tokens, start, end))
            .map(|(start, end)| (places[start].0, places[end - 1].1))
            .collect();
        let found: BTreeSet<(usize, usize)> = mentions::find(&text, &sentences::split(&text, 0..text.len()), &[])
            .into_iter()
            .filter(|mention| mention.kind == MentionKind::Person)
            .map(|mention| {
                (
                    mention.range.start,
                    mention.range.end
                        + usize::from(
                            text[mention.range.end..].starts_with('.') && ends_in_initial(&text[mention.range.clone()]),
                        ),
                )
            })
            .collect();
        score.right += gold.intersection(&found).count();
        score.found += found.len();
        score.gold += gold.len();
        let context = |&(start, end): &(usize, usize)| {
            format!("{}[{}]", &text[text.floor_char_boundary(start.saturating_sub(25))..start], &text[start..end])
        };
        score.wrong.extend(found.difference(&gold).map(context));
        score.missed.extend(gold.difference(&found).map(context));
    }
    score
}

fn ends_in_initial(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| last.chars().count() == 1)
}

/// Honorifics and possessives are not part of the name.
fn trim(tokens: &[&str], mut start: usize, mut end: usize) -> (usize, usize) {
    while end - start > 1 && matches!(tokens[end - 1], "'s" | "'" | "," | "’s") {
        end -= 1;
    }
    while end - start > 1 && matches!(tokens[start], "Mr." | "Ms." | "Mrs." | "Dr." | "Mr" | "Professor" | "@") {
        start += 1;
    }
    (start, end)
}

fn is_proper(tokens: &[&str]) -> bool {
    const PRONOUNS: &[&str] = &[
        "I", "You", "We", "He", "She", "They", "My", "Your", "Our", "Me", "All", "His", "Her", "Their", "Who", "It",
        "I'm", "Us", "Let",
    ];
    tokens.iter().all(|token| token.starts_with(char::is_uppercase) || matches!(*token, "," | "." | "'s"))
        && !tokens.iter().any(|token| PRONOUNS.contains(token) || token.contains('@'))
}

/// Which tokens stand outside header lines.
fn running_text(record: &Value, tokens: &[&str]) -> Vec<bool> {
    let line = |at: usize| record["line"][at].as_u64();
    let mut running = Vec::with_capacity(tokens.len());
    let mut header = false;
    for at in 0..tokens.len() {
        if at == 0 || line(at) != line(at - 1) {
            let field = matches!(
                tokens[at],
                "From"
                    | "To"
                    | "Cc"
                    | "cc"
                    | "CC"
                    | "Bcc"
                    | "bcc"
                    | "Subject"
                    | "Sent"
                    | "Date"
                    | "Original"
                    | "Forwarded"
            );
            header = field && tokens.get(at + 1).is_some_and(|next| matches!(*next, ":" | "Message" | "by"))
                || tokens[at] == "X" && tokens.get(at + 1) == Some(&"-");
        }
        running.push(!header);
    }
    running
}

/// The text of the running tokens, spaced as people write, and where each token stands in it.
fn join(tokens: &[&str], record: &Value, running: &[bool]) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !running[at] {
            places.push((text.len(), text.len()));
            continue;
        }
        let broken = at > 0 && record["line"][at] != record["line"][at - 1];
        let close = matches!(
            *token,
            "," | "." | ";" | ":" | "?" | "!" | ")" | "'s" | "n't" | "'ll" | "'re" | "'ve" | "'m" | "'d" | "%"
        );
        let open = text.ends_with(['(', '$']);
        if broken {
            text.push_str("\n\n");
        } else if at > 0 && !close && !open {
            text.push(' ');
        }
        places.push((text.len(), text.len() + token.len()));
        text.push_str(token);
    }
    (text, places)
}
