//! The native form: one interaction a line, or a JSON array of them, or one object over several lines.
//! A bad line or element is a problem and the rest goes on.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::detect::{Head, first_object_keys};
use super::{Item, MAX_ITEM_BYTES, Sink, text};
use crate::model::{Interaction, Problem, TextIndex};

/// Keys of which one must stand beside `id` and `text`, so that another tool's rows are not taken for ours.
const OUR_KEYS: [&str; 9] =
    ["kind", "sent_at", "participants", "account", "thread", "visibility", "attributes", "turns", "language"];

/// Says whether the file holds interactions. A damaged first line does not matter.
pub(crate) fn sniff(head: &Head<'_>) -> bool {
    let ours = |text: &str| {
        let keys = first_object_keys(text);
        let known = OUR_KEYS.iter().any(|key| keys.contains(key));
        keys.contains(&"id") && keys.contains(&"text") && (known || head.has_extension(&["jsonl", "ndjson"]))
    };
    head.text.starts_with(|c: char| c.is_whitespace() || c == '{' || c == '[') && ours(head.text)
        || head.text.lines().skip(1).take(5).any(|line| line.starts_with('{') && ours(line))
}

/// Reads interactions in the native form.
pub(crate) fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut line = Vec::new();
    let mut number = 0u64;
    loop {
        number += 1;
        let consumed = match text::read_line(input, &mut line, MAX_ITEM_BYTES) {
            Ok(0) => return ControlFlow::Continue(()),
            Ok(consumed) => consumed,
            Err(error) => return problem(label, format!("line {number}"), error, sink),
        };
        if consumed > line.len() as u64 {
            let reason = format!("larger than the limit of {} MiB for one item", MAX_ITEM_BYTES >> 20);
            problem(label, format!("line {number}"), reason, sink)?;
            continue;
        }
        let decoded = text::decode(&line);
        let content = decoded.trim();
        let starts_document = content.starts_with('[') || content == "{";
        if number == 1 && starts_document {
            return read_document(label, &mut std::io::Cursor::new(decoded.as_bytes()).chain(input), sink);
        }
        if !content.is_empty() {
            read_line(label, content, number, sink)?;
        }
    }
}

fn read_line(label: &str, line: &str, number: u64, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match serde_json::from_str::<Interaction>(line) {
        Ok(interaction) => accept(label, &format!("line {number}"), interaction, sink),
        Err(error) => problem(label, format!("line {number}"), error, sink),
    }
}

/// Reads a JSON array or object that runs over several lines.
fn read_document(label: &str, input: &mut dyn Read, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    let mut deserializer = serde_json::Deserializer::from_reader(input);
    let result = Document { label, sink, flow: &mut flow }.deserialize(&mut deserializer);
    match (flow, result) {
        (ControlFlow::Break(()), _) => ControlFlow::Break(()),
        (ControlFlow::Continue(()), Err(error)) => problem(label, "", error, sink),
        (ControlFlow::Continue(()), Ok(())) => ControlFlow::Continue(()),
    }
}

/// Streams the elements of an array, one in memory at a time.
struct Document<'d, 's> {
    label: &'d str,
    sink: &'d mut Sink<'s>,
    flow: &'d mut ControlFlow<()>,
}

impl Document<'_, '_> {
    fn take(&mut self, number: usize, value: Value) {
        let item = format!("element {number}");
        *self.flow = match serde_json::from_value::<Interaction>(value) {
            Ok(interaction) => accept(self.label, &item, interaction, self.sink),
            Err(error) => problem(self.label, item, error, self.sink),
        };
    }
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an interaction or an array of interactions")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        let mut number = 0;
        while self.flow.is_continue() {
            let Some(value) = elements.next_element::<Value>()? else { return Ok(()) };
            number += 1;
            self.take(number, value);
        }
        Ok(())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(mut self, map: A) -> Result<(), A::Error> {
        let value = serde::Deserialize::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        self.take(1, value);
        Ok(())
    }
}

/// Passes an interaction on, without the turns that do not lie in its text.
fn accept(label: &str, item: &str, mut interaction: Interaction, sink: &mut Sink<'_>) -> ControlFlow<()> {
    if interaction.id.trim().is_empty() {
        return problem(label, item, "the id is empty", sink);
    }
    if !interaction.turns.is_empty() {
        let length = TextIndex::new(&interaction.text).len();
        let before = interaction.turns.len();
        interaction.turns.retain(|turn| turn.start <= turn.end && turn.end <= length);
        let dropped = before - interaction.turns.len();
        if dropped > 0 {
            problem(label, item, format!("{dropped} of {before} turns lie outside the text and were left out"), sink)?;
        }
    }
    sink(Item::Interaction(Box::new(interaction)))
}

fn problem(
    label: &str,
    item: impl Into<String>,
    reason: impl std::fmt::Display,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    sink(Item::Problem(Problem::new(label, item, reason.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn collect(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
        let (mut ids, mut problems) = (Vec::new(), Vec::new());
        let mut input = bytes;
        let _ = read("f", &mut input, &mut |item| {
            match item {
                Item::Interaction(interaction) => ids.push(interaction.id.clone()),
                Item::Problem(problem) => problems.push(format!("{}: {}", problem.item, problem.reason)),
            }
            ControlFlow::Continue(())
        });
        (ids, problems)
    }

    #[test]
    fn reads_lines_arrays_and_objects() {
        let check = |input: &str, expected_ids: &[&str], expected_problems: &[&str]| {
            let (ids, problems) = collect(input.as_bytes());
            assert_eq!(ids, expected_ids, "{input}");
            assert_eq!(problems.len(), expected_problems.len(), "{input}: {problems:?}");
            for (problem, expected) in problems.iter().zip(expected_problems) {
                assert!(problem.starts_with(expected), "{problem} does not start with {expected}");
            }
        };
        let (a, b) = (r#"{"id":"a","text":"Hi"}"#, r#"{"id":"b","text":"Ho"}"#);
        check(&format!("{a}\n\n{b}\n"), &["a", "b"], &[]);
        check(&format!("\u{feff}{a}\r\n{b}"), &["a", "b"], &[]);
        check(
            &format!("{a}\n{{\"id\":\n{b}\n{{\"text\":\"x\"}}"),
            &["a", "b"],
            &["line 2: EOF", "line 4: missing field `id`"],
        );
        check(&format!("[{a},\n{{\"id\":5}},{b}]"), &["a", "b"], &["element 2: "]);
        check(&format!("[\n{a},\n{b}"), &["a", "b"], &[": EOF while parsing a list"]);
        check("{\n \"id\": \"a\",\n \"text\": \"Hi\"\n}\n", &["a"], &[]);
        check("{\"id\":\" \",\"text\":\"\"}", &[], &["line 1: the id is empty"]);
        check("", &[], &[]);
    }

    #[test]
    fn a_turn_outside_the_text_is_left_out() {
        let (ids, problems) = collect(
            br#"{"id":"a","text":"Sam: hi","turns":[{"start":5,"end":7},{"start":5,"end":70},{"start":6,"end":5}]}"#,
        );
        assert_eq!(ids, ["a"]);
        assert_eq!(problems, ["line 1: 2 of 3 turns lie outside the text and were left out"]);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            collect(&bytes);
        }

        #[test]
        fn damaged_lines_never_panic(at in 0usize..180, bit in 0u8..8) {
            let mut bytes = br#"[{"id":"a","text":"Hi","turns":[{"start":0,"end":2,"speaker":"Sam","at_s":1.5}]},
    {"id":"b","text":"Ho","sent_at":"2026-01-12T09:30:00+01:00","attributes":{"n":1}}]"#.to_vec();
            let at = at.min(bytes.len() - 1);
            bytes[at] ^= 1 << bit;
            collect(&bytes);
            collect(&bytes[..at]);
        }
    }
}
