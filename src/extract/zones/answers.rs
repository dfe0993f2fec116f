//! Answers that the author wrote between the lines of an unmarked quotation, each with the author's name in brackets.

use super::lines::Line;
use crate::model::ZoneKind;

/// Bracketed words that programs write.
const PROGRAMS: &[&str] = &[
    "cid",
    "image",
    "external",
    "snip",
    "snipped",
    "attachment",
    "patch",
    "logo",
    "photo",
    "caution",
    "inline",
    "http",
    "mailto",
    "redacted",
    "removed",
    "deleted",
];

/// Words by which the author announces answers in the text below.
const ANNOUNCED: &[&str] = &[
    "answers",
    "answered",
    "responses",
    "comments",
    "inline",
    "in-line",
    "in line",
    "below",
    "in red",
    "in blue",
    "in bold",
    "in caps",
    "siehe unten",
    "ci-dessous",
    "abajo",
    "hieronder",
];

/// Labels bracketed answers, and the lines that go on with them, as the author's own.
pub(super) fn label(lines: &[Line<'_>], labels: &mut [ZoneKind]) {
    let old = |i: usize, labels: &[ZoneKind]| matches!(labels[i], ZoneKind::Quoted | ZoneKind::Forwarded);
    let tagged: Vec<(usize, &str)> = (0..lines.len())
        .filter(|&i| lines[i].text.starts_with('[') && old(i, labels))
        .filter_map(|i| Some((i, tag(lines[i].text)?)))
        .collect();
    let Some(&(_, most)) = tagged.first() else { return };
    let repeated = tagged.iter().filter(|(_, tag)| *tag == most).count() >= 2;
    if !repeated && !announces(lines, labels) {
        return;
    }
    for (at, _) in tagged.into_iter().filter(|(_, tag)| *tag == most) {
        labels[at] = ZoneKind::Body;
        let mut next = at + 1;
        while next < lines.len() && old(next, labels) && goes_on(lines[next - 1].text, lines[next].text) {
            labels[next] = ZoneKind::Body;
            next += 1;
        }
    }
}

/// The name in brackets that a line begins with: one to four words that begin with a capital.
fn tag(text: &str) -> Option<&str> {
    let (tag, rest) = text.strip_prefix('[')?.split_once(']')?;
    let lower = tag.to_lowercase();
    let named = tag.split_whitespace().all(|word| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | ',' | '-' | '\'' | '’'))
    });
    let program = PROGRAMS.iter().any(|word| lower.starts_with(word));
    let words = tag.split_whitespace().count();
    (named && !program && (1..=4).contains(&words) && tag.len() >= 2 && !rest.trim().is_empty()).then_some(tag)
}

/// Says whether a line goes on with the sentence of the line above it.
fn goes_on(above: &str, text: &str) -> bool {
    !text.is_empty() && above.len() > 50 && text.starts_with(|c: char| c.is_lowercase() || c == '(')
}

fn announces(lines: &[Line<'_>], labels: &[ZoneKind]) -> bool {
    (0..lines.len()).filter(|&i| labels[i] == ZoneKind::Body && !lines[i].is_blank()).take(12).any(|i| {
        let lower = lines[i].text.to_lowercase();
        ANNOUNCED.iter().any(|word| lower.contains(word))
    })
}
