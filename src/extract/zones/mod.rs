//! Zones: which part of a message is a greeting, the author's own words, a signature, quoted or added by machines.
//! Works line by line; every byte of the text belongs to exactly one zone.

mod answers;
mod attribution;
mod fields;
pub(crate) mod fold;
mod footers;
mod greeting;
mod header;
mod lines;
mod marks;
mod own;
mod phrases;
pub(crate) mod shape;
mod thread;

use super::ByteZone;
use crate::model::{InteractionKind, ZoneKind};
use lines::Line;

/// Cuts `text` into zones that are ordered, do not overlap and cover it. Empty text has none.
pub fn split(text: &str, kind: InteractionKind) -> Vec<ByteZone> {
    if text.is_empty() {
        return Vec::new();
    }
    match kind {
        InteractionKind::Email | InteractionKind::Ticket => split_mail(text),
        InteractionKind::Chat => {
            let lines = lines::split(text);
            merge(&lines, &thread::label_chat(&lines))
        }
        InteractionKind::Call
        | InteractionKind::Note
        | InteractionKind::Crm
        | InteractionKind::Usage
        | InteractionKind::Survey
        | InteractionKind::Event => vec![ByteZone { kind: ZoneKind::Body, range: 0..text.len() }],
    }
}

fn split_mail(text: &str) -> Vec<ByteZone> {
    let lines = lines::split(text);
    let mut labels = thread::label_mail(&lines);
    own::refine(&lines, &mut labels);
    merge(&lines, &labels)
}

/// Joins lines of one kind; a blank line goes with what stands above it, at the beginning with what follows.
fn merge(lines: &[Line<'_>], labels: &[ZoneKind]) -> Vec<ByteZone> {
    let mut zones: Vec<ByteZone> = Vec::new();
    for (line, &label) in lines.iter().zip(labels) {
        match zones.last_mut() {
            Some(last) if last.kind == label || line.is_blank() => last.range.end = line.end,
            Some(last) if last.range.start == 0 && lines[0].is_blank() && is_blank_so_far(lines, line.start) => {
                last.kind = label;
                last.range.end = line.end;
            }
            Some(_) | None => zones.push(ByteZone { kind: label, range: line.start..line.end }),
        }
    }
    zones
}

fn is_blank_so_far(lines: &[Line<'_>], before: usize) -> bool {
    lines.iter().take_while(|line| line.start < before).all(Line::is_blank)
}

#[cfg(test)]
mod tests;
