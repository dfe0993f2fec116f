//! Whom a finding is about: the speaker, or somebody named.

use std::ops::Range;

use super::masked::Masked;
use crate::model::{Party, PersonFinding, PersonSource, Span};

/// Whom a rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Whoever says it.
    Speaker,
    /// The person in a slot.
    Slot(usize),
}

impl Subject {
    /// The finding about the subject; `None` when nobody knows who speaks.
    pub(super) fn finding(
        self,
        text: &str,
        masked: &Masked,
        speaker: Option<&Party>,
        confidence: f32,
    ) -> Option<PersonFinding> {
        let mut person =
            PersonFinding::at(PersonSource::Introduction, Span { start: 0, end: 0 }, String::new(), confidence);
        match self {
            Self::Speaker => {
                let speaker = speaker?;
                (person.name, person.address) = (speaker.name.clone(), speaker.address.clone());
            }
            Self::Slot(slot) => person.name = Some(name(text, masked, slot)?),
        }
        Some(person)
    }
}

/// The name in a slot, as written but on one line.
pub(super) fn name(text: &str, masked: &Masked, slot: usize) -> Option<String> {
    one_line(text, masked.people.get(slot)?.clone())
}

/// Words of the text on one line; `None` when there are none.
pub(super) fn one_line(text: &str, range: Range<usize>) -> Option<String> {
    let words: Vec<&str> = text.get(range)?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
