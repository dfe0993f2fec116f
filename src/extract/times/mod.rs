//! Date and time expressions with their place, value and grain.

use std::ops::Range;

use jiff::civil::{Date, DateTime};

use crate::model::Grain;

pub mod due;

/// What relative expressions are resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The message's own time in its author's zone.
    pub local: DateTime,
    /// Whether `3/4` is the third of April.
    pub day_first: bool,
}

/// A time expression in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Where it stands, in bytes of the text, prepositions such as "by" included only when they are part of its meaning.
    pub range: Range<usize>,
    /// The words to show: `range` and the preposition of a deadline before it ("by Friday", "no later than noon").
    pub shown: Range<usize>,
    /// Its value in the form of [`crate::model::TimeExpression::value`].
    pub value: Option<String>,
    /// How exact it is.
    pub grain: Grain,
    /// The one day that follows from it, if one does: what a deadline with this expression is due on.
    pub day: Option<Date>,
}

/// Finds the time expressions within `range` of `text`, in order, without overlap.
pub fn find(text: &str, range: Range<usize>, reference: Reference) -> Vec<Time> {
    let _ = (text, range, reference);
    Vec::new()
}
