//! Apple Mail's `.emlx`: a line with the size of the message, the message, then a property list.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::{emit, parse};
use crate::model::Problem;
use crate::sources::detect::Head;
use crate::sources::{Item, Sink, text};

/// Says whether the file is a byte count followed by a message.
pub(crate) fn sniff(head: &Head<'_>) -> bool {
    head.text
        .split_once('\n')
        .is_some_and(|(first, rest)| size_line(first).is_some() && super::sniff(&Head { name: head.name, text: rest }))
}

/// Reads the message.
pub(crate) fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let raw = match text::read_all(input) {
        Ok(raw) => raw,
        Err(error) => return sink(Item::Problem(Problem::new(label, "", error.to_string()))),
    };
    let start = memchr::memchr(b'\n', &raw).map_or(raw.len(), |end| end + 1);
    let size = std::str::from_utf8(&raw[..start]).ok().and_then(size_line).unwrap_or(raw.len());
    let end = start.saturating_add(size).min(raw.len());
    emit(parse(&raw[start..end], label, "", None), sink)
}

fn size_line(line: &str) -> Option<usize> {
    let digits = line.trim();
    (1..=9).contains(&digits.len()).then(|| digits.parse().ok()).flatten()
}
