//! Cues with times: WebVTT, SubRip and their dialects. Blank lines may be missing, commas and points are both marks
//! of fractions, and the speaker stands in a voice tag, before a colon, in brackets or not at all.

use std::ops::ControlFlow;

use super::call::{Call, Utterance};
use super::names;
use crate::sources::{Sink, emit, markup};

/// Says whether a text without the `WEBVTT` line starts with a cue.
pub(super) fn starts_like_cues(head: &str) -> bool {
    head.lines().map(str::trim).filter(|line| !line.is_empty()).take(3).any(|line| timing(line).is_some())
}

/// Reads the cues of a call.
pub(super) fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut call = Call::default();
    let mut cue: Option<Cue> = None;
    let mut count = 0usize;
    let mut skipping = Skipping::No;
    let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.contains("-->") || timing(line).is_some() {
            close(&mut call, cue.take());
            count += 1;
            skipping = Skipping::No;
            match timing(line) {
                Some(at_s) => cue = Some(Cue { at_s, lines: Vec::new() }),
                None => emit::reject(sink, label, format!("cue {count}"), format!("the time cannot be read: {line}"))?,
            }
        } else if line.is_empty() {
            close(&mut call, cue.take());
            skipping = Skipping::No;
        } else if let Some(open) = &mut cue {
            if !is_cue_id_before_time(line, lines.get(index + 1)) {
                open.lines.push(line);
            }
        } else if skipping == Skipping::Note {
            call.take_metadata(line);
        } else if let Some(note) = line.strip_prefix("NOTE") {
            skipping = Skipping::Note;
            call.take_metadata(note.trim());
        } else if line.starts_with("STYLE") || line.starts_with("REGION") {
            skipping = Skipping::Style;
        } else if line.starts_with("WEBVTT") {
            skipping = Skipping::Note;
            call.take_metadata(line.trim_start_matches("WEBVTT").trim_start_matches([' ', '-']));
        } else if skipping == Skipping::No && !is_cue_id(line, lines.get(index + 1)) && !call.take_metadata(line) {
            emit::reject(
                sink,
                label,
                format!("line {}", index + 1),
                format!("words outside of any cue: {:?}", shortened(line)),
            )?;
        }
    }
    close(&mut call, cue.take());
    call.finish(label, sink)
}

/// What is passed over until the next blank line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Skipping {
    No,
    /// A comment or the header, which may say something about the call.
    Note,
    Style,
}

struct Cue<'a> {
    at_s: f64,
    lines: Vec<&'a str>,
}

/// A line before a time is the cue's own name: a number, a GUID, whatever.
fn is_cue_id(line: &str, next: Option<&&str>) -> bool {
    next.is_some_and(|next| next.contains("-->")) || line.chars().all(|c| c.is_ascii_digit())
}

/// The name of the next cue where the blank line before it is missing.
fn is_cue_id_before_time(line: &str, next: Option<&&str>) -> bool {
    let counted = line.chars().all(|c| c.is_ascii_digit());
    let guid = line.len() >= 32 && line.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '-' | '/'));
    next.is_some_and(|next| next.contains("-->")) && (counted || guid)
}

fn shortened(line: &str) -> String {
    line.chars().take(40).collect()
}

fn close(call: &mut Call, cue: Option<Cue<'_>>) {
    let Some(cue) = cue else { return };
    let mut label: Option<String> = None;
    for (index, line) in cue.lines.iter().enumerate() {
        if index == 0
            && let Some(name) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
            && names::is_label(name)
        {
            label = Some(name.to_owned());
            continue;
        }
        for (voice, part) in voices(line) {
            let part = markup::decode_entities(&part);
            let part = part.trim();
            let (own, words) = match voice {
                Some(voice) => (Some(voice), part),
                None => match names::split_label(part) {
                    Some((name, words)) => (Some(name.to_owned()), words),
                    None => (None, part),
                },
            };
            let is_new = own.is_some();
            label = own.or(label);
            push(call, is_new.then_some(()).and(label.clone()).or_else(|| label.clone()), cue.at_s, words);
        }
    }
}

fn push(call: &mut Call, label: Option<String>, at_s: f64, words: &str) {
    let words = words.trim().trim_start_matches("- ").split_whitespace().collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        call.utterances.push(Utterance { label, at_s: Some(at_s), words });
    }
}

/// Splits a line at its voice tags and drops all other tags.
fn voices(line: &str) -> Vec<(Option<String>, String)> {
    let mut parts: Vec<(Option<String>, String)> = vec![(None, String::new())];
    let mut rest = line;
    while let Some(open) = rest.find('<') {
        let add = |parts: &mut Vec<(Option<String>, String)>, words: &str| {
            if let Some((_, own)) = parts.last_mut() {
                own.push_str(words);
            }
        };
        add(&mut parts, &rest[..open]);
        let tail = &rest[open..];
        let end = tail[1..].find(['<', '>']).map(|end| end + 1).filter(|end| tail[*end..].starts_with('>'));
        let Some(close) = end.filter(|_| is_tag(tail)) else {
            add(&mut parts, "<");
            rest = &tail[1..];
            continue;
        };
        if let Some(name) = voice_name(&tail[1..close]) {
            parts.push((Some(name), String::new()));
        }
        rest = &tail[close + 1..];
    }
    if let Some((_, own)) = parts.last_mut() {
        own.push_str(rest);
    }
    parts.retain(|(_, words)| !words.trim().is_empty());
    parts
}

fn is_tag(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
}

/// The name in `v Dana Reyes` or `v.loud Dana Reyes`.
fn voice_name(tag: &str) -> Option<String> {
    let rest = tag.strip_prefix('v')?;
    let rest = if rest.starts_with('.') { rest.split_once(' ')?.1 } else { rest.strip_prefix([' ', '\t'])? };
    emit::full(&markup::decode_entities(rest))
}

/// The start of a cue in seconds: `00:00:01.000 --> …`, `0:00:01,5 --> …` or `0:00:01.000,0:00:05.000`.
fn timing(line: &str) -> Option<f64> {
    let (start, end) = match line.split_once("-->") {
        Some(halves) => halves,
        None => line
            .split_once(',')
            .filter(|(start, end)| start.contains(['.']) && end.contains('.') && line.len() <= 32)?,
    };
    seconds(end.split_whitespace().next()?)?;
    seconds(start.trim())
}

/// Seconds of `1:02:03.5`, `02:03`, `02:03,500`.
pub(super) fn seconds(clock: &str) -> Option<f64> {
    let clock = clock.trim().replace(',', ".");
    let parts: Vec<&str> = clock.split(':').collect();
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| part.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    parts.iter().try_fold(0.0, |sum: f64, part| {
        let own: f64 = part.parse().ok().filter(|own: &f64| own.is_finite() && *own < 1_000_000.0)?;
        Some(sum * 60.0 + own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_clocks() {
        let check = |clock: &str, expected: Option<f64>| assert_eq!(seconds(clock), expected, "{clock}");
        check("00:01:02.500", Some(62.5));
        check("01:02,500", Some(62.5));
        check("1:00:00", Some(3600.0));
        check("0:0:2.5", Some(2.5));
        check("62", None);
        check("a:b", None);
        check("1:inf", None);
    }

    #[test]
    fn splits_voices() {
        let check = |line: &str, expected: &[(Option<&str>, &str)]| {
            let found = voices(line);
            let found: Vec<_> = found.iter().map(|(name, words)| (name.as_deref(), words.as_str())).collect();
            assert_eq!(found, expected, "{line}");
        };
        check("<v Dana Reyes>hello</v>", &[(Some("Dana Reyes"), "hello")]);
        check("<v.loud Dana>a</v> <v Tom>b", &[(Some("Dana"), "a "), (Some("Tom"), "b")]);
        check("<i>a</i> <00:00:01.000>b 3 < 4", &[(None, "a b 3 < 4")]);
    }
}
