//! What lawyers, gateways, lists and programs add to the author's own lines.

use super::fold::starts_with;
use super::lines::Line;
use super::phrases::{CONFIDENTIAL, DISCLAIMER, FOOTER, PERHAPS_DISCLAIMER};
use super::shape::{is_contact, is_mark, is_name, is_sentence};
use crate::model::ZoneKind;

/// A rule of at least this many signs parts what a service adds.
const LONG_RULE: usize = 30;

/// Labels the lines that programs for signing and encryption put around a text.
pub(super) fn label_armour(lines: &[Line<'_>], labels: &mut [ZoneKind]) {
    for at in 0..lines.len() {
        if labels[at] != ZoneKind::Body || !lines[at].text.starts_with("-----BEGIN PGP") {
            continue;
        }
        let signed = lines[at].text.starts_with("-----BEGIN PGP SIGNED");
        let last = if signed {
            (at + 1..lines.len()).take_while(|&i| lines[i].text.starts_with("Hash:")).last().unwrap_or(at)
        } else {
            (at..lines.len()).find(|&i| lines[i].text.starts_with("-----END PGP")).unwrap_or(at)
        };
        labels[at..=last].fill(ZoneKind::Automatic);
    }
}

/// Disclaimers and footers, from the first of them to the end where nothing else follows.
pub(super) fn label(lines: &[Line<'_>], labels: &mut [ZoneKind], begin: usize, end: usize) -> usize {
    let mut cut = end;
    let mut at = begin;
    while at < end {
        let starts_paragraph =
            !lines[at].is_blank() && (at == begin || lines[at - 1].is_blank() || is_mark(lines[at - 1].text));
        let Some(kind) = starts_paragraph.then(|| footer(lines, at, end)).flatten() else {
            at += 1;
            continue;
        };
        let stop = (at..end).find(|&i| lines[i].is_blank()).unwrap_or(end);
        let from = if at > begin && is_mark(lines[at - 1].text) { at - 1 } else { at };
        labels[from..stop].fill(kind);
        cut = cut.min(from);
        at = stop;
    }
    if cut < end && labels[cut] == ZoneKind::Automatic {
        let from = with_advertisement(lines, begin, cut);
        labels[from..cut].fill(ZoneKind::Automatic);
        cut = from;
    }
    let behind = (cut..end).any(|i| labels[i] == ZoneKind::Body && is_sentence(lines[i].text));
    if behind && cut <= begin + 3 { end } else { settle(lines, labels, cut, end) }
}

/// Short lines between and behind footers belong to them.
fn settle(lines: &[Line<'_>], labels: &mut [ZoneKind], cut: usize, end: usize) -> usize {
    let mut kind = None;
    for i in cut..end {
        if labels[i] != ZoneKind::Body {
            kind = Some(labels[i]);
        } else if let Some(kind) = kind
            && !lines[i].is_blank()
        {
            labels[i] = kind;
        }
    }
    cut
}

fn footer(lines: &[Line<'_>], at: usize, end: usize) -> Option<ZoneKind> {
    let text = lines[at].text.trim_start_matches(['*', '-', '_', '=', ' ', '"', '>', '<', '[', '(']);
    if DISCLAIMER.begin(text) {
        return Some(ZoneKind::Disclaimer);
    }
    if PERHAPS_DISCLAIMER.begin(text) {
        let paragraph: String = lines[at..end]
            .iter()
            .take_while(|line| !line.is_blank())
            .take(8)
            .map(|line| line.text)
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        let hits = CONFIDENTIAL.iter().filter(|word| paragraph.contains(*word)).count();
        if hits >= 2 {
            return Some(ZoneKind::Disclaimer);
        }
    }
    if text.starts_with("next part --") {
        return Some(ZoneKind::Automatic);
    }
    let ruled = at > 0 && is_mark(lines[at - 1].text) && lines[at - 1].text.len() >= 2;
    let list = ruled && text.contains("mailing list");
    let phrase = FOOTER.begin(text);
    let late = (at..end).filter(|&i| !lines[i].is_blank()).count() <= 8;
    (list
        || is_advertised(lines, at, end)
        || phrase
            && late
            && (ruled || starts_with(text, "to unsubscribe") || starts_with(text, "you received this message because")))
    .then_some(ZoneKind::Automatic)
}

/// Says whether the line above is a long rule, and what stands below it an advertisement or the foot of a list.
fn is_advertised(lines: &[Line<'_>], at: usize, end: usize) -> bool {
    let Some(above) = at.checked_sub(1).map(|above| lines[above].text) else { return false };
    if !is_mark(above) || above.len() < LONG_RULE || above.contains('#') {
        return false;
    }
    let below: Vec<&str> = lines[at..end].iter().map(|line| line.text).filter(|text| !text.is_empty()).collect();
    let linked = below.iter().any(|text| text.contains("://") || text.contains("www."));
    let reached = |text: &&str| is_contact(text) && !text.contains("://") && !text.contains("www.");
    below.len() <= 8 && linked && !below.iter().any(|text| is_name(text) || reached(text))
}

/// Where an advertisement begins that stands between a long rule and the foot of a list at `cut`.
fn with_advertisement(lines: &[Line<'_>], begin: usize, cut: usize) -> usize {
    let filled = |i: &usize| !lines[*i].is_blank();
    let rule = (begin + 1..cut).rev().filter(filled).take(10).find(|&i| {
        let text = lines[i].text;
        is_mark(text) && text.len() >= LONG_RULE
    });
    let linked = |from: usize| lines[from..cut].iter().any(|line| line.text.contains("://"));
    rule.filter(|&rule| linked(rule)).unwrap_or(cut)
}
