//! Reading mail on one core: messages and sentences a second, against plain MIME parsing of the same mail.
//!
//! Both are taken turn by turn over small parts of one mailbox and the best turn of each part counts, so that the ratio
//! holds on a busy machine too. `cargo bench --bench extract` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::hint::black_box;
use std::time::Duration;

use baton::extract::embedded::EmbeddedEngine;
use baton::model::Interaction;
use baton::sources::mail::{RawMail, mbox::Splitter};
use mail_parser::MessageParser;
use support::mail::Mailbox;
use support::{Size, ceiling, head, megabytes, row, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Turns over which each part is measured.
const TURNS: usize = 8;
/// Mails in a part.
const PART: usize = 25;

/// A part of the mailbox, raw and parsed, with the best time of each work on it.
struct Part {
    raw: Vec<RawMail>,
    interactions: Vec<Interaction>,
    parsing: Duration,
    reading: Duration,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let (mails, bytes) = mailbox(size.of(3_000, 100));
    head(&format!("Reading {} mails ({:.1} MB) on one core", mails.len(), megabytes(bytes)));
    let mut parts: Vec<Part> = mails.chunks(PART).map(part).collect();
    // The first turn makes the tables.
    let sentences: usize = parts.iter().map(|part| read(&part.interactions)).sum();
    for _ in 0..size.of(TURNS, 1) {
        parts.iter_mut().for_each(turn);
    }
    let parsing: f64 = parts.iter().map(|part| part.parsing.as_secs_f64()).sum();
    let reading: f64 = parts.iter().map(|part| part.reading.as_secs_f64()).sum();
    row("MIME parsing alone", &format!("{:.0} messages/s", mails.len() as f64 / parsing), "");
    let read: usize = parts.iter().map(|part| part.interactions.len()).sum();
    let ratio = reading / parsing;
    row("reading", &format!("{:.0} messages/s", read as f64 / reading), "");
    row("– against MIME parsing", &format!("{ratio:.1} times as long"), &ceiling(ratio, MOST, "times"));
    row("– sentences", &format!("{:.0} sentences/s", sentences as f64 / reading), &format!("{sentences} in all"));
}

/// So much longer than parsing a mail may reading it take: 20,000 sentences a second where MIME parsing alone runs at
/// 250,000 of these mails.
const MOST: f64 = 75.0;

/// A generated mailbox, cut into its messages, and its size.
fn mailbox(count: usize) -> (Vec<RawMail>, u64) {
    let mut bytes = Vec::new();
    Mailbox::new("northwind", count, 3).write(&mut bytes).unwrap();
    let mails = Splitter::new(bytes.as_slice(), "generated.mbox".into()).map(Result::unwrap).collect();
    (mails, bytes.len() as u64)
}

fn part(mails: &[RawMail]) -> Part {
    let interactions = mails.iter().filter_map(|mail| mail.parse().0).collect();
    Part { raw: mails.to_vec(), interactions, parsing: Duration::MAX, reading: Duration::MAX }
}

/// Measures both on a part.
fn turn(part: &mut Part) {
    let (_, parsing) = timed(|| parse(&part.raw));
    let (_, reading) = timed(|| read(&part.interactions));
    part.parsing = part.parsing.min(parsing);
    part.reading = part.reading.min(reading);
}

/// Parses mails as anybody would; the number of their parts.
fn parse(mails: &[RawMail]) -> usize {
    let parser = MessageParser::default();
    let parsed = mails.iter().filter_map(|mail| black_box(parser.parse(black_box(&mail.raw))));
    parsed.map(|message| message.parts.len()).sum()
}

/// Reads mails; the number of their sentences.
fn read(mails: &[Interaction]) -> usize {
    let read = mails.iter().filter_map(|mail| black_box(EmbeddedEngine.analyze_one(black_box(mail))).ok());
    read.map(|read| read.analysis.sentences.len()).sum()
}
