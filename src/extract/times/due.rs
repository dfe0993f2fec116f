//! Deadlines: which time expression of a clause says when the action is due, and the words to show for it.

use std::ops::Range;

use jiff::civil::Date;

use super::{Reference, Time};

/// When the action of a clause is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The words to show, its preposition included ("by Friday"), in bytes of the text.
    pub phrase: Range<usize>,
    /// The one day that follows from the words; `None` for "shortly", "this week", "late April".
    pub date: Option<Date>,
}

/// The deadline that the words of `clause` set, if they set one. `times` are those of the text or of the clause alone.
/// Meeting and availability windows ("are you free Tuesday", "between 2 and 4") are none.
pub fn deadline(text: &str, clause: Range<usize>, times: &[Time], reference: Reference) -> Option<Deadline> {
    let _ = (text, reference);
    let time = times.iter().find(|time| clause.start <= time.range.start && time.range.end <= clause.end)?;
    Some(Deadline { phrase: time.shown.clone(), date: time.day })
}
