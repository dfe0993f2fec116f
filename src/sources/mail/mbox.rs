//! Splits an mbox stream into raw messages, one in memory at a time. Understands mboxo and mboxrd quoting and separator
//! lines as written by Unix mailers, Thunderbird, Eudora, list archives and Google Takeout.

use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::Timestamp;

use super::{RawMail, date, emit, parse};
use crate::model::Problem;
use crate::sources::detect::Head;
use crate::sources::{Item, MAX_ITEM_BYTES, Sink, text};

/// Says whether the file starts with a separator line.
pub(crate) fn sniff(head: &Head<'_>) -> bool {
    let mut lines = head.text.trim_start().lines();
    let Some(first) = lines.next() else { return false };
    let second_is_header = lines.next().is_some_and(|line| {
        line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' ')) || line.starts_with('>')
    });
    matches!(Separator::of(first.as_bytes()), Separator::Dated(_))
        || (matches!(Separator::of(first.as_bytes()), Separator::Undated) && second_is_header)
}

/// Reads every message of an mbox file.
pub(crate) fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    for block in Splitter::new(input, label.into()) {
        match block {
            Ok(mail) => emit(parse(&mail.raw, label, &mail.item(), mail.envelope_at), sink)?,
            Err(problem) => sink(Item::Problem(problem))?,
        }
    }
    ControlFlow::Continue(())
}

/// What a line that starts with `From ` is.
enum Separator {
    /// A separator with a time.
    Dated(Timestamp),
    /// `From somebody@somewhere` alone: a separator after a blank line only.
    Undated,
    /// Words that happen to start with "From".
    No,
}

impl Separator {
    fn of(line: &[u8]) -> Self {
        let Some(rest) = line.strip_prefix(b"From ") else { return Self::No };
        let Ok(rest) = std::str::from_utf8(&rest[..rest.len().min(400)]) else { return Self::No };
        if let Some(moment) = rest.contains(':').then(|| date::loose(rest)).flatten() {
            return Self::Dated(moment.at);
        }
        let mut words = rest.split_whitespace();
        match (words.next(), words.next()) {
            (Some(word), None) if word.contains('@') || word == "-" || word == "MAILER-DAEMON" => Self::Undated,
            _ => Self::No,
        }
    }
}

/// Iterates over the raw messages of an mbox stream. A message above [`MAX_ITEM_BYTES`] and a failing stream are
/// problems; after the first the iteration goes on with the next message.
pub struct Splitter<R> {
    input: R,
    path: Arc<str>,
    /// The line read last, up to the limit.
    line: Vec<u8>,
    /// Bytes consumed so far.
    offset: u64,
    /// Start and time of the message whose separator has been read.
    open: Option<(u64, Option<Timestamp>)>,
    /// Size of the message before, a guess for the next one.
    size_hint: usize,
    ended: bool,
}

impl<R: BufRead> Splitter<R> {
    /// Starts at the beginning of an mbox file; `path` goes into the messages and problems.
    pub fn new(input: R, path: Arc<str>) -> Self {
        Self { input, path, line: Vec::new(), offset: 0, open: None, size_hint: 4096, ended: false }
    }

    /// Reads up to the next separator; `None` at the end of the stream when nothing was collected.
    fn next_block(&mut self) -> io::Result<Option<Block>> {
        let mut block = Block { raw: Vec::with_capacity(self.size_hint), size: 0, start: 0, at: None };
        let mut any = self.open.is_some();
        (block.start, block.at) = self.open.take().unwrap_or((self.offset, None));
        let mut after_blank = true;
        loop {
            let at = self.offset;
            let consumed = text::read_line(&mut self.input, &mut self.line, MAX_ITEM_BYTES)?;
            if consumed == 0 {
                self.ended = true;
                return Ok(any.then_some(block));
            }
            self.offset += consumed;
            let separator = match Separator::of(&self.line) {
                Separator::Dated(time) => Some(Some(time)),
                Separator::Undated if after_blank => Some(None),
                Separator::Undated | Separator::No => None,
            };
            after_blank = matches!(self.line.as_slice(), b"\n" | b"\r\n");
            if let Some(time) = separator {
                self.open = Some((at, time));
                if any {
                    return Ok(Some(block));
                }
                (block.start, block.at) = self.open.take().unwrap_or_default();
                any = true;
            } else if any || !after_blank {
                any = true;
                block.push(unquoted(&self.line), consumed);
            }
        }
    }
}

/// A message under construction.
struct Block {
    raw: Vec<u8>,
    size: u64,
    start: u64,
    at: Option<Timestamp>,
}

impl Block {
    /// Adds a line; above the limit only the size is counted on.
    fn push(&mut self, line: &[u8], consumed: u64) {
        self.size += consumed;
        if self.size <= MAX_ITEM_BYTES as u64 {
            self.raw.extend_from_slice(line);
        } else {
            self.raw = Vec::new();
        }
    }
}

impl<R: BufRead> Iterator for Splitter<R> {
    type Item = Result<RawMail, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let block = match self.next_block() {
            Ok(block) => block?,
            Err(error) => {
                self.ended = true;
                return Some(Err(Problem::new(&*self.path, format!("byte {}", self.offset), error.to_string())));
            }
        };
        if block.size > MAX_ITEM_BYTES as u64 {
            let reason =
                format!("message of {} MiB is above the limit of {} MiB", block.size >> 20, MAX_ITEM_BYTES >> 20);
            return Some(Err(Problem::new(&*self.path, format!("message at byte {}", block.start), reason)));
        }
        self.size_hint = block.raw.len().clamp(1024, 64 * 1024);
        Some(Ok(RawMail {
            raw: block.raw,
            path: Arc::clone(&self.path),
            offset: Some(block.start),
            envelope_at: block.at,
        }))
    }
}

/// Takes one `>` off a quoted `From ` line (mboxrd; the same for the single `>` of mboxo).
fn unquoted(line: &[u8]) -> &[u8] {
    if line.first() != Some(&b'>') {
        return line;
    }
    let marks = line.iter().take_while(|&&byte| byte == b'>').count();
    if line[marks..].starts_with(b"From ") { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(input: &[u8]) -> Vec<(u64, bool, String)> {
        Splitter::new(input, "f".into())
            .map(|block| block.unwrap())
            .map(|mail| (mail.offset.unwrap(), mail.envelope_at.is_some(), String::from_utf8_lossy(&mail.raw).into()))
            .collect()
    }

    #[test]
    fn splits_and_unquotes() {
        let check = |input: &str, expected: &[(u64, bool, &str)]| {
            let found = split(input.as_bytes());
            let found: Vec<_> = found.iter().map(|(at, dated, raw)| (*at, *dated, raw.as_str())).collect();
            assert_eq!(found, expected, "{input:?}");
        };
        let from = "From p@n.example Mon Jan 12 09:30:00 2026\n";
        check(&format!("{from}A: 1\n\nx\n\n{from}B: 2\n"), &[(0, true, "A: 1\n\nx\n\n"), (51, true, "B: 2\n")]);
        check(
            &format!("\n{from}A: 1\n\n>From me\n>>From you\n> From\n"),
            &[(1, true, "A: 1\n\nFrom me\n>From you\n> From\n")],
        );
        check(
            &format!("{from}A: 1\n\nFrom here on\n\nFrom nobody knows where\n"),
            &[(0, true, "A: 1\n\nFrom here on\n\nFrom nobody knows where\n")],
        );
        check(
            "From - Mon, 12 Jan 2026 09:30:00 +0100\nA: 1\n\n\nFrom b@x.example\nB: 1\n",
            &[(0, true, "A: 1\n\n\n"), (46, false, "B: 1\n")],
        );
        check("From 17@xxx Mon Jan 12 09:30:00 +0000 2026\r\nA: 1\r\n", &[(0, true, "A: 1\r\n")]);
        check("A: 1\n\nno separator\n", &[(0, false, "A: 1\n\nno separator\n")]);
        check(from, &[(0, true, "")]);
        check("", &[]);
    }

    #[test]
    fn a_giant_message_is_a_problem_and_the_next_one_is_read() {
        let from = "From p@n.example Mon Jan 12 09:30:00 2026\n";
        let mut input = format!("{from}A: 1\n\n").into_bytes();
        input.resize(MAX_ITEM_BYTES + 1000, b'x');
        input.extend_from_slice(format!("\n\n{from}B: 2\n").as_bytes());
        let blocks: Vec<_> = Splitter::new(input.as_slice(), "f".into()).collect();
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].as_ref().unwrap_err().item, "message at byte 0");
        assert_eq!(blocks[1].as_ref().unwrap().raw, b"B: 2\n");
    }

    proptest! {
        #[test]
        fn never_loses_the_place(text in "(From |>From |a@b |Mon Jan 12 09:30:00 2026|\n|x|:){0,60}") {
            let blocks = split(text.as_bytes());
            for pair in blocks.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0);
            }
        }
    }
}
