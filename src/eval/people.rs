//! Person names in running text: mail threads, tweets, forums, an encyclopedia. A name counts when its span is exact.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::corpus;
use super::score::{Counts, Scored};
use super::sentence::analysis;
use crate::extract::{Engine, mentions::ByteMention};
use crate::model::{Interaction, InteractionKind, Mention, MentionKind, TextIndex};

/// How a set marks names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Threads whose header lines are part of the text; pronouns are marked as well.
    Mail,
    /// Sentences with named things.
    Sentences,
}

/// Names in mail threads, header lines left out: all of them, and those that no training saw.
pub(super) fn mail(data: &Path, engine: &dyn Engine) -> Scored {
    let records = corpus::rows(&data.join("emailcoref/threads.jsonl"));
    let mut all = measure_all(engine, &records, "person names, running text", Form::Mail);
    let unseen = measure_all(engine, &unseen(records, "emailcoref"), "person names, unseen threads", Form::Mail);
    all.rows.extend(unseen.rows);
    all
}

/// Names in three sets of sentences, those that no training saw; handles (`@name`) are left out on both sides.
pub(super) fn ner(data: &Path, engine: &dyn Engine) -> Scored {
    let mut all = Scored::default();
    for name in ["wnut17", "btc", "wikigold"] {
        let records = unseen(corpus::rows(&data.join(format!("ner/{name}.jsonl"))), &format!("ner:{name}"));
        let scored = measure_all(engine, &records, name, Form::Sentences);
        all.rows.extend(scored.rows);
        all.mistakes.extend(scored.mistakes);
    }
    all
}

/// The rows of a set that are never trained on.
fn unseen(records: Vec<Value>, set: &str) -> Vec<Value> {
    let numbered = records.into_iter().enumerate();
    numbered.filter(|(number, _)| corpus::is_test(&format!("{set}:{number}"))).map(|(_, record)| record).collect()
}

fn measure_all(engine: &dyn Engine, records: &[Value], part: &str, form: Form) -> Scored {
    if records.is_empty() {
        return Scored::default();
    }
    let (mut counts, mut mistakes) = (Counts::default(), Vec::new());
    for record in records {
        measure(engine, record, form, (&mut counts, &mut mistakes));
    }
    Scored { rows: vec![counts.row(part)], mistakes }
}

fn measure(engine: &dyn Engine, record: &Value, form: Form, (counts, mistakes): (&mut Counts, &mut Vec<String>)) {
    let tokens: Vec<&str> = record["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let running = match form {
        Form::Mail => running_text(record, &tokens),
        Form::Sentences => vec![true; tokens.len()],
    };
    let (text, places) = join(&tokens, record, &running);
    let gold = gold(record, form, &tokens, &running, &places);
    let found = found(engine, &text);
    counts.right += gold.intersection(&found).count();
    counts.wrong += found.difference(&gold).count();
    counts.missed += gold.difference(&found).count();
    let context = |what: &str, &(start, end): &(usize, usize)| {
        format!("{what}\t{}[{}]", &text[text.floor_char_boundary(start.saturating_sub(25))..start], &text[start..end])
    };
    mistakes.extend(found.difference(&gold).map(|span| context("wrong", span)));
    mistakes.extend(gold.difference(&found).map(|span| context("missed", span)));
}

type Spans = BTreeSet<(usize, usize)>;

fn gold(record: &Value, form: Form, tokens: &[&str], running: &[bool], places: &[(usize, usize)]) -> Spans {
    let spans = match form {
        Form::Mail => &record["mentions"],
        Form::Sentences => &record["ents"],
    };
    spans
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|span| Some((span[0].as_u64()? as usize, span[1].as_u64()? as usize, span[2].as_str()?)))
        .filter(|&(start, end, kind)| {
            let proper = form == Form::Sentences || is_proper(&tokens[start..end]);
            // The name of an account is no name in running text.
            let handle = tokens[start].starts_with('@') || start > 0 && tokens[start - 1].ends_with('@');
            matches!(kind, "P" | "PER" | "person") && running[start] && proper && !handle
        })
        .map(|(start, end, _)| trim(tokens, start, end))
        .map(|(start, end)| (places[start].0, places[end - 1].1))
        .collect()
}

fn found(engine: &dyn Engine, text: &str) -> Spans {
    // A note has no zones: everything in it is read.
    let note = Interaction { text: text.to_owned(), kind: InteractionKind::Note, ..Interaction::default() };
    let index = TextIndex::new(text);
    let bytes = |mention: Mention| ByteMention {
        kind: mention.kind,
        range: index.byte(mention.span.start)..index.byte(mention.span.end),
    };
    analysis(engine, &note)
        .mentions
        .into_iter()
        .map(bytes)
        .filter(|mention| mention.kind == MentionKind::Person && !text[..mention.range.start].trim_end().ends_with('@'))
        .map(|mention| {
            let initial = text[mention.range.end..].starts_with('.') && ends_in_initial(&text[mention.range.clone()]);
            (mention.range.start, mention.range.end + usize::from(initial))
        })
        .collect()
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

pub(super) fn is_proper(tokens: &[&str]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::embedded::EmbeddedEngine;

    /// Invented sentences in the form of the sets.
    const FIXTURE: &str = r#"{"tokens":["I","met","Thomas","Keller","in","Berlin","."],"ents":[[2,4,"PER"]]}
{"tokens":["Please","ask","Anna","."],"ents":[[2,3,"person"]]}"#;

    #[test]
    fn invented_names_are_found() {
        let (mut counts, mut mistakes) = (Counts::default(), Vec::new());
        for record in FIXTURE.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            measure(&EmbeddedEngine, &record, Form::Sentences, (&mut counts, &mut mistakes));
        }
        assert_eq!(counts, Counts { right: 2, wrong: 0, missed: 0 }, "{mistakes:?}");
    }
}
