//! Evidence as numbered notes, in order of first appearance, worded for people.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::model::{Evidence, Origin};

use super::page::Citation;
use super::wording::{plain, source};

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Note {
    pub(super) number: usize,
    pub(super) at: Timestamp,
    /// When, in what and by whom: `2026-01-12, email, Sam Ortiz`.
    pub(super) head: String,
    /// The words; empty where a record has none of its own.
    pub(super) quote: String,
    /// Where to find it: the interaction, and the code points of the words.
    pub(super) place: String,
}

/// Notes in the order in which lines point at them.
#[derive(Default)]
pub(super) struct Notes<'a> {
    known: Vec<(&'a Evidence, bool)>,
}

impl<'a> Notes<'a> {
    /// The note of that evidence, which may be known already.
    pub(super) fn cite(&mut self, evidence: &'a Evidence, origin: Origin) -> Citation {
        // What a person added is told as that; other evidence of the same line has words of its own.
        let added = origin == Origin::Added && evidence.quote.is_empty();
        if let Some(place) = self.known.iter().position(|known| *known == (evidence, added)) {
            return Citation { number: place + 1, first: false };
        }
        self.known.push((evidence, added));
        Citation { number: self.known.len(), first: true }
    }

    pub(super) fn into_list(self) -> Vec<Note> {
        self.known.into_iter().zip(1..).map(|((evidence, added), number)| note(evidence, added, number)).collect()
    }
}

fn note(evidence: &Evidence, added: bool, number: usize) -> Note {
    let day = evidence.at.to_zoned(TimeZone::UTC).date();
    let speaker = evidence.speaker.as_deref().map(plain).filter(|speaker| !speaker.is_empty());
    let head = match (added, speaker) {
        (true, Some(person)) => format!("{day}, added by {person}; no source says it"),
        (true, None) => format!("{day}, added by a person; no source says it"),
        (false, Some(speaker)) => format!("{day}, {}, {speaker}", source(evidence.kind)),
        (false, None) => format!("{day}, {}", source(evidence.kind)),
    };
    let quote = plain(&evidence.quote);
    let interaction = plain(&evidence.interaction);
    let place = if quote.is_empty() || evidence.start == evidence.end {
        interaction
    } else {
        format!("{interaction}, {}–{}", evidence.start, evidence.end)
    };
    Note { number, at: evidence.at, head, quote, place }
}
