//! Plain text: `Name: words`, with or without times, and headers of the form `Name  0:12` with the words below.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::call::{Call, Utterance};
use super::{cues, names};
use crate::sources::{Sink, dates};

/// What a line of a plain transcript is.
#[derive(Debug, PartialEq)]
enum Line<'a> {
    /// Somebody starts to speak.
    Turn { label: &'a str, at_s: Option<f64>, words: &'a str },
    /// A time alone.
    Time(f64),
    /// Words of whoever speaks, or something about the call.
    Other(&'a str),
}

/// Says whether a text is mainly turns: at least three, by labels of which one comes back.
pub(super) fn looks_like_turns(head: &str) -> bool {
    if head.starts_with("---") || head.starts_with('#') || head.starts_with('<') {
        return false;
    }
    let (mut turns, mut others, mut stamped) = (0usize, 0usize, 0usize);
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty()).take(200) {
        match classify(line) {
            Line::Turn { label, at_s, words } => {
                turns += 1;
                stamped += usize::from(at_s.is_some());
                others = others.saturating_sub(usize::from(words.is_empty()));
                *labels.entry(label).or_default() += 1;
            }
            Line::Time(_) => {}
            Line::Other(_) => others += 1,
        }
    }
    let comes_back = labels.values().any(|count| *count >= 2);
    let enough = turns >= 3 || turns >= 2 && stamped == turns;
    enough && (comes_back || stamped * 2 >= turns) && turns * 2 >= others && !is_mail_headers(&labels)
}

/// Headers of a mail look like turns of people named `From` and `Subject`.
fn is_mail_headers(labels: &BTreeMap<&str, usize>) -> bool {
    ["From", "Subject", "Received", "Message-ID", "MIME-Version", "DKIM-Signature"]
        .iter()
        .filter(|name| labels.contains_key(**name))
        .count()
        >= 2
}

/// Reads a plain transcript.
pub(super) fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut call = Call::default();
    let mut at_s = None;
    let mut listing = Listing::No;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if call.utterances.is_empty() && take_preamble(&mut call, line, &mut listing) {
            continue;
        }
        match classify(line) {
            Line::Turn { label, at_s: own, words } => {
                at_s = own.or(at_s.take());
                call.utterances.push(Utterance { label: Some(label.to_owned()), at_s, words: words.to_owned() });
                at_s = None;
            }
            Line::Time(time) => at_s = Some(time),
            Line::Other(words) => match call.utterances.last_mut() {
                Some(_) if is_footer(words) => {}
                Some(last) => {
                    if !last.words.is_empty() {
                        last.words.push(' ');
                    }
                    last.words.push_str(words);
                }
                None => call.utterances.push(Utterance { label: None, at_s: at_s.take(), words: words.to_owned() }),
            },
        }
    }
    call.utterances.retain(|utterance| !utterance.words.trim().is_empty());
    call.finish(label, sink)
}

/// Whether the lines of a preamble name the people present.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listing {
    No,
    People,
}

/// Takes a line before the first turn: title, date, people present.
fn take_preamble(call: &mut Call, line: &str, list: &mut Listing) -> bool {
    if call.take_metadata(line) {
        *list = Listing::No;
        return true;
    }
    let bare = line.trim_end_matches(':').to_lowercase();
    match bare.as_str() {
        "attendees" | "participants" | "invited" => {
            *list = Listing::People;
            return true;
        }
        "transcript" => {
            *list = Listing::No;
            return true;
        }
        _ => {}
    }
    if !matches!(classify(line), Line::Other(_)) {
        return false;
    }
    if *list == Listing::People {
        call.add_people(line.trim_start_matches(['-', '*', '•', ' ']));
        return true;
    }
    if let Some(date) = dates::moment(line) {
        call.date = Some(date);
        return true;
    }
    if let Some((date, range)) = dates::in_name(line) {
        call.date = call.date.or(Some(date));
        let title = line[..range.start].trim_end_matches(['(', ' ', '-', '–']);
        call.title = call.title.take().or_else(|| super::super::emit::full(title));
        return true;
    }
    // One short line without a full stop above the first turn is the title.
    let is_title = call.title.is_none() && line.chars().count() <= 100 && !line.ends_with(['.', '?', '!', ',']);
    if is_title {
        call.title = Some(line.trim_start_matches(['#', ' ']).to_owned());
    }
    is_title
}

fn is_footer(line: &str) -> bool {
    let line = line.to_lowercase();
    ["meeting ended after", "this editable transcript was", "transcribed by https://otter.ai", "transcription ended"]
        .iter()
        .any(|footer| line.starts_with(footer))
}

fn classify(line: &str) -> Line<'_> {
    let (stamp, rest) = leading_time(line);
    if let Some(time) = stamp
        && rest.is_empty()
    {
        return Line::Time(time);
    }
    if let Some((label, time, words)) = stamped_label(rest) {
        return Line::Turn { label, at_s: Some(time), words };
    }
    if let Some((label, words)) = names::split_label(rest) {
        return Line::Turn { label, at_s: stamp, words };
    }
    Line::Other(line)
}

/// A time at the start of a line: `[00:12:03]`, `(12:03)`, `00:12:03`.
fn leading_time(line: &str) -> (Option<f64>, &str) {
    let inner = line.strip_prefix(['[', '(']);
    let text = inner.unwrap_or(line);
    let length = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(text.len());
    let (clock, rest) = text.split_at(length);
    let rest = match inner {
        Some(_) => match rest.strip_prefix([']', ')']) {
            Some(rest) => rest,
            None => return (None, line),
        },
        None if rest.is_empty() || rest.starts_with([' ', '\t']) => rest,
        None => return (None, line),
    };
    match cues::seconds(clock) {
        Some(time) => (Some(time), rest.trim_start_matches([' ', '\t', '-', '–'])),
        None => (None, line),
    }
}

/// `Name (00:12): words`, `Name [00:12] words` and the header line `Name  0:12`.
fn stamped_label(line: &str) -> Option<(&str, f64, &str)> {
    if let Some((label, rest)) = line.split_once(['(', '['])
        && let Some((clock, words)) = rest.split_once([')', ']'])
        && let Some(time) = cues::seconds(clock)
        && names::is_label(label.trim())
    {
        return Some((label.trim(), time, words.trim_start_matches(':').trim()));
    }
    let (label, clock) = line.rsplit_once([' ', '\t'])?;
    let time = cues::seconds(clock)?;
    let label = label.trim_end_matches([' ', '\t', '-', '–', '|', '·']);
    (names::is_label(label) && !label.contains(':')).then_some((label, time, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classifies_lines() {
        let turn = |label, at_s, words| Line::Turn { label, at_s, words };
        let check = |line: &str, expected: Line<'_>| assert_eq!(classify(line), expected, "{line}");
        check("Dana Reyes: hi", turn("Dana Reyes", None, "hi"));
        check("[00:12:03] Dana Reyes: hi", turn("Dana Reyes", Some(723.0), "hi"));
        check("00:12:03 Dana Reyes: hi", turn("Dana Reyes", Some(723.0), "hi"));
        check("Dana (00:12): hi", turn("Dana", Some(12.0), "hi"));
        check("Dana Reyes  0:12", turn("Dana Reyes", Some(12.0), ""));
        check("00:05:00", Line::Time(300.0));
        check("we meet at 10:30", Line::Other("we meet at 10:30"));
        check("so (10:30) works", Line::Other("so (10:30) works"));
    }

    #[test]
    fn sniffs_turns() {
        let check = |text: &str, expected: bool| assert_eq!(looks_like_turns(text), expected, "{text}");
        check("Dana: hi\nTom: hello\nDana: shall we\n", true);
        check("Dana  0:01\nhi there\n\nTom  0:03\nhello\n", true);
        check("Date: 2026-01-12\nAuthor: Ines\nAccount: Alder\n\nMet with them.", false);
        check("From: a@b.example\nTo: c@d.example\nSubject: x\nReceived: y\nReceived: z\n", false);
        check("Just a note.\nNothing else.", false);
    }
}
