//! The parts of the author's own lines: greeting, closing, signature, disclaimer and what programs add.

use super::fold::strip_words;
use super::footers;
use super::greeting::is_greeting;
use super::lines::{Line, next_filled};
use super::phrases::{CLOSING, DEVICE};
use super::shape::{is_card, is_contact, is_likely_name, is_mark, is_name, is_sentence, is_signature_line};
use crate::model::ZoneKind;

/// A signature is sought within this many filled lines from the end.
const WINDOW: usize = 16;

/// What letters thank for in their last line.
const CAUSES: &[&str] = &[
    "help",
    "time",
    "assistance",
    "support",
    "attention",
    "consideration",
    "patience",
    "cooperation",
    "understanding",
    "help with this",
    "attention to this matter",
    "prompt attention",
    "time and consideration",
    "continued support",
    "help in this matter",
    "assistance in this matter",
    "prompt response",
    "kind attention",
    "quick response",
];

/// Labels the parts of a mail's own lines in place.
pub(super) fn refine(lines: &[Line<'_>], labels: &mut [ZoneKind]) {
    footers::label_armour(lines, labels);
    let mut at = 0;
    let mut first = true;
    let last = (0..lines.len()).rev().find(|&i| labels[i] == ZoneKind::Body && !lines[i].is_blank());
    while at < lines.len() {
        if labels[at] != ZoneKind::Body {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|&i| labels[i] != ZoneKind::Body).unwrap_or(lines.len());
        if let Some(filled) = next_filled(&lines[..end], at) {
            let begin = if first { label_greeting(lines, labels, filled, end) } else { filled };
            first = false;
            let ends_message =
                end == lines.len() || labels[end] == ZoneKind::QuoteHeader || last.is_some_and(|l| l < end);
            if ends_message {
                label_end(lines, labels, begin, end);
            } else {
                label_announced(lines, labels, begin, end);
            }
        }
        at = end;
    }
}

fn label_greeting(lines: &[Line<'_>], labels: &mut [ZoneKind], at: usize, end: usize) -> usize {
    let more = next_filled(&lines[..end], at + 1).is_some();
    if is_greeting(lines[at].text, more) {
        labels[at] = ZoneKind::Greeting;
        return at + 1;
    }
    at
}

/// Labels what stands at the end of the own lines `begin..end`.
fn label_end(lines: &[Line<'_>], labels: &mut [ZoneKind], begin: usize, end: usize) {
    let end = footers::label(lines, labels, begin, end);
    let end = before_postscript(lines, begin, end);
    let written = (0..begin).any(|i| matches!(labels[i], ZoneKind::Greeting | ZoneKind::Body) && !lines[i].is_blank());
    let top = begin + usize::from(!written);
    if let Some(at) = delimiter(lines, top, end) {
        labels[at..end].fill(ZoneKind::Signature);
        label_closing(lines, labels, begin, at);
        return;
    }
    let end = label_device(lines, labels, begin, end);
    label_closing(lines, labels, begin, end);
}

/// A postscript is said, not signed: the end of the letter stands above it.
fn before_postscript(lines: &[Line<'_>], begin: usize, end: usize) -> usize {
    (begin + 1..end)
        .rev()
        .find(|&i| {
            ["ps", "p.s", "pps"].iter().any(|mark| {
                strip_words(lines[i].text, mark).is_some_and(|rest| rest.starts_with([':', '.', ' ', '-', ',']))
            })
        })
        .unwrap_or(end)
}

/// The line of dashes above a signature.
fn delimiter(lines: &[Line<'_>], begin: usize, end: usize) -> Option<usize> {
    (begin..end).find(|&i| {
        let text = lines[i].text;
        if !is_mark(text) {
            return false;
        }
        let below: Vec<&str> = lines[i + 1..end].iter().map(|line| line.text).filter(|text| !text.is_empty()).collect();
        if below.is_empty() {
            return false;
        }
        if text == "--" {
            return below.len() <= WINDOW;
        }
        let signed = below.iter().filter(|text| is_signature_line(text) || is_mark(text)).count();
        below.len() <= 10
            && signed * 3 >= below.len() * 2
            && below.iter().any(|text| is_name(text) || is_contact(text) || is_closing(text))
    })
}

/// "Sent from my phone"; what stands below it was written before.
fn label_device(lines: &[Line<'_>], labels: &mut [ZoneKind], begin: usize, end: usize) -> usize {
    let device = |i: usize| {
        let text = lines[i].text;
        text.len() < 120 && DEVICE.begin(text) && !text.ends_with('?')
    };
    let Some(at) = (begin + 1..end).find(|&i| device(i)) else { return end };
    labels[at..end].fill(ZoneKind::Signature);
    let prose = (at + 1..end).find(|&i| is_sentence(lines[i].text) && !device(i));
    if let Some(prose) = prose {
        labels[prose..end].fill(ZoneKind::Quoted);
    }
    at
}

/// Says whether a line closes a letter, with or without the author's name.
fn is_closing(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    CLOSING.near(text).iter().any(|closing| {
        strip_words(text, closing).is_some_and(|rest| {
            if let Some(more) = joined(rest) {
                return is_closing(more);
            }
            if let Some(cause) = strip_words(rest.trim_start(), "for your") {
                return CAUSES.contains(&cause.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str());
            }
            let punctuated = rest.starts_with([',', '!', '.', '-', '–', '—', ';', ':']);
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches('.');
            rest.is_empty() || (punctuated || rest.split_whitespace().count() <= 2) && is_name(rest)
        })
    })
}

/// What follows the word that joins two closings: "Thanks and regards".
fn joined(rest: &str) -> Option<&str> {
    [" and ", " & ", ", and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " i "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
}

/// Labels closing and signature at the end of `begin..end`.
fn label_closing(lines: &[Line<'_>], labels: &mut [ZoneKind], begin: usize, end: usize) {
    if label_announced(lines, labels, begin, end) {
        return;
    }
    let (filled, from) = tail(lines, labels, begin, end);
    let mut start = filled.len();
    while start > from && (may_sign(lines[filled[start - 1]].text) || is_attachment(lines[filled[start - 1]].text)) {
        start -= 1;
    }
    if let Some(signed) = unannounced(lines, &filled[start..], begin) {
        labels[signed..end].fill(ZoneKind::Signature);
    }
}

/// Labels a signature that words of closing announce; says whether there is one.
fn label_announced(lines: &[Line<'_>], labels: &mut [ZoneKind], begin: usize, end: usize) -> bool {
    let (filled, from) = tail(lines, labels, begin, end);
    let Some(place) = (from..filled.len()).find(|&place| closes(lines, &filled[place..])) else { return false };
    for &i in &filled[place..] {
        labels[i] = if is_closing(lines[i].text) { ZoneKind::Closing } else { ZoneKind::Signature };
    }
    fill_blanks(lines, labels, filled[place], end);
    true
}

/// The filled lines of `begin..end`, and the first of them at which the letter may close.
fn tail(lines: &[Line<'_>], labels: &[ZoneKind], begin: usize, end: usize) -> (Vec<usize>, usize) {
    let filled: Vec<usize> = (begin..end).filter(|&i| !lines[i].is_blank()).collect();
    // Only below a greeting may the first line close a letter.
    let first = usize::from(!labels[..begin].contains(&ZoneKind::Greeting));
    let from = filled.len().saturating_sub(WINDOW).max(first).min(filled.len());
    (filled, from)
}

/// The mark of an attachment that a mail program leaves at the end: `<<plan.xls>>`, ` - plan.xls`.
fn is_attachment(text: &str) -> bool {
    let framed = text.starts_with("<<") && text.ends_with(">>") || text.starts_with("(See attached file:");
    let file = text.strip_prefix("- ").or(Some(text)).and_then(|name| name.rsplit_once('.'));
    let named = text.starts_with("- ")
        && file
            .is_some_and(|(_, form)| (2..=4).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_alphanumeric()));
    text.len() <= 80 && (framed || named)
}

/// Says whether the first of these lines closes the letter: a name follows, or nothing, and no sentence.
fn closes(lines: &[Line<'_>], filled: &[usize]) -> bool {
    let text = |i: usize| lines[filled[i]].text;
    if !is_closing(text(0)) {
        return false;
    }
    if text(0).contains(" for your ") && !(filled.len() > 1 && !is_mark(text(1)) && may_sign(text(1))) {
        return false;
    }
    let signed = filled.len() == 1 || is_closing(text(1)) || may_sign(text(1)) || text(1).len() <= 40;
    signed
        && (1..filled.len())
            .all(|i| !is_sentence(text(i)) || is_motto(text(i)) || is_closing(text(i)) || is_attachment(text(i)))
}

/// Says whether a line may stand in a signature that nothing announces.
fn may_sign(text: &str) -> bool {
    is_signature_line(text) || is_mark(text) || is_motto(text)
}

/// Says whether a line is a saying in quotation marks.
fn is_motto(text: &str) -> bool {
    text.starts_with(['"', '“', '„', '«']) && text.len() < 200
}

fn fill_blanks(lines: &[Line<'_>], labels: &mut [ZoneKind], from: usize, end: usize) {
    for i in from + 1..end {
        if lines[i].is_blank() {
            labels[i] = labels[i - 1];
        }
    }
}

/// A signature without a closing above it: a name on its own after a finished paragraph, and what follows it.
fn unannounced(lines: &[Line<'_>], tail: &[usize], begin: usize) -> Option<usize> {
    if tail.len() > 12 {
        return None;
    }
    tail.iter().enumerate().find_map(|(place, &i)| {
        let text = lines[i].text;
        let above = lines[i - 1].text;
        let apart = i == begin || above.is_empty() || above.ends_with(['.', '?', '!', ')']);
        let names = tail[place..].iter().filter(|&&j| is_name(lines[j].text)).count();
        let contacts = tail[place..].iter().filter(|&&j| is_contact(lines[j].text)).count();
        let marked = |text: &str| text.starts_with(['-', '–', '—', '~', '*', '•']);
        let listed =
            (begin..i).any(|j| marked(lines[j].text)) || tail[place + 1..].iter().any(|&j| marked(lines[j].text));
        let dashed = marked(text) && !listed && is_name(text);
        let alone = names <= 3 || contacts > 0;
        (apart && is_name(text) && alone && !marked(text) && (contacts > 0 || is_likely_name(text))
            || dashed
            || apart && is_card(text)
            || apart && contacts >= 2 && is_contact(text))
        .then_some(i)
    })
}
