//! Sentences of the public sets by the keys of `models/train/corpora.py`, cut exactly as there; and the parting into
//! training and test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

/// Names of the sets in keys, with their files.
const FILES: [(&str, &str); 7] = [
    ("parakweet", "email_intent_parakweet/sentences.jsonl"),
    ("emailcoref", "emailcoref/threads.jsonl"),
    ("premo", "premo_pr_sentiment/messages.jsonl"),
    ("ami", "ami/utterances.jsonl"),
    ("irc", "irc_disentanglement/messages.jsonl"),
    ("multidogo", "multidogo/customer_sentences.jsonl"),
    ("natcs", "natcs_intents/utterances.jsonl"),
];

/// The rows of a file of JSON lines; none when it is absent.
pub(super) fn rows(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Says whether a document is never trained on: FNV-1a 32 of its name is divisible by five.
pub(super) fn is_test(document: &str) -> bool {
    let hash = document.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash.is_multiple_of(5)
}

/// Every sentence of the sets that are present, by key.
pub(super) fn sentences(data: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, file) in FILES {
        for (line, row) in rows(&data.join(file)).iter().enumerate() {
            let parts = parts(name, row);
            let whole = parts.len() == 1 && !matches!(name, "premo" | "emailcoref");
            for (number, part) in parts.into_iter().enumerate() {
                let key = if whole { format!("{name}:{line}") } else { format!("{name}:{line}:{number}") };
                found.insert(key, squeeze(&part));
            }
        }
    }
    found
}

fn parts(name: &str, row: &Value) -> Vec<String> {
    let text = |field: &str| row[field].as_str().unwrap_or_default();
    match name {
        "emailcoref" => {
            let tokens: Vec<&str> = row["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            split(&break_sentences(&detokenize(&tokens)))
        }
        "premo" => split(text("text")),
        "irc" => {
            static SAID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[[\d:]+\] <[^>]+> (.+)").ok());
            let said = SAID.as_ref().and_then(|said| said.captures(text("x"))).map(|found| found[1].to_owned());
            said.into_iter().filter(|_| text("ch") != "ubuntu").collect()
        }
        _ => vec![if text("text").is_empty() { text("x") } else { text("text") }.to_owned()],
    }
}

/// Cuts a message at ends of sentences and lines; quoted lines and code are left out.
fn split(text: &str) -> Vec<String> {
    let text = text.replace('\r', "");
    let quoted = |line: &&str| line.starts_with("    ") || line.starts_with('>') || line.starts_with("```");
    let text = text.split('\n').filter(|line| !quoted(line)).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let mut from = 0;
    for gap in gaps(&text) {
        let (before, inside, after) = (&text[..gap.start], &text[gap.clone()], &text[gap.end..]);
        let stops = before.ends_with(['.', '!', '?'])
            && after.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '"' | '\'' | '(' | '@' | '`'));
        if inside.contains('\n') || stops {
            found.push(text[from..gap.start].trim().to_owned());
            from = gap.end;
        }
    }
    found.push(text[from..].trim().to_owned());
    found.retain(|part| !part.is_empty());
    found
}

/// The stretches of white space.
fn gaps(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if last.end == at => last.end = end,
            Some(_) | None => found.push(at..end),
        }
    }
    found
}

/// Words of a tokenised mail as running text.
fn detokenize(tokens: &[&str]) -> String {
    static STEPS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        [(r"\s+([.,!?;:%)\]])", "$1"), (r"([(\[$])\s+", "$1"), (r"\s+('s|'ll|'re|'ve|'d|'m|n't)\b", "$1")]
            .into_iter()
            .filter_map(|(pattern, with)| Some((Regex::new(pattern).ok()?, with)))
            .collect()
    });
    STEPS.iter().fold(tokens.join(" "), |text, (pattern, with)| pattern.replace_all(&text, *with).into_owned())
}

/// A line for each sentence: a stop, one space, a capital.
fn break_sentences(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let breaks = c == ' ' && made.ends_with(['.', '!', '?']) && next.is_some_and(|c| c.is_ascii_uppercase());
        made.push(if breaks { '\n' } else { c });
    }
    made
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_as_training_does() {
        let check = |text: &str, expected: &[&str]| assert_eq!(split(text), expected, "{text}");
        check("One. Two\n> quoted\nthree", &["One.", "Two", "three"]);
        check("e.g. this. \"Yes\"", &["e.g. this.", "\"Yes\""]);
        check("    code\n```\nend", &["end"]);
    }

    #[test]
    fn words_become_text() {
        let text = detokenize(&["I", "'ll", "pay", "$", "5", "(", "now", ")", ".", "Ok", "?"]);
        assert_eq!(text, "I'll pay $5 (now). Ok?");
        assert_eq!(break_sentences(&text), "I'll pay $5 (now).\nOk?");
    }

    #[test]
    fn a_fifth_is_test() {
        let share = (0..1000).filter(|number| is_test(&format!("parakweet:{number}"))).count();
        assert!((150..250).contains(&share), "{share}");
    }
}
