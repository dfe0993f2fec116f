//! The words around the lines: whose word a line is, what the sources are called, what was read; and outside text made
//! fit to be shown.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::model::{Coverage, InteractionKind, Origin, ReviewState};

/// Marks a line that is not certain.
pub(super) const UNSURE: &str = "unsure";

/// What a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct LegendEntry {
    /// The mark as it stands at a line.
    pub(super) mark: &'static str,
    pub(super) meaning: &'static str,
}

/// The marks, in the order in which a reader meets them.
pub(super) const LEGEND: [LegendEntry; 5] = [
    LegendEntry { mark: "no mark", meaning: "observed in records and figures, or put together from several sources" },
    LegendEntry { mark: "customer said", meaning: "the customer's own statement" },
    LegendEntry { mark: "we said", meaning: "our own side's statement" },
    LegendEntry { mark: "added", meaning: "a person added it; no source says it" },
    LegendEntry { mark: UNSURE, meaning: "the reading may be wrong; look at the evidence" },
];

/// Whose word a line is; what was observed bears no mark.
pub(super) fn who(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Observed => None,
        Origin::CustomerSaid => Some("customer said"),
        Origin::VendorSaid => Some("we said"),
        Origin::Added => Some("added"),
    }
}

/// What people decided about a line. That one was added tells its origin.
pub(super) fn decided(review: ReviewState) -> Option<&'static str> {
    match review {
        ReviewState::Extracted | ReviewState::Added => None,
        ReviewState::Confirmed => Some("confirmed by a person"),
        ReviewState::Corrected => Some("corrected by a person"),
        ReviewState::Rejected => Some("rejected by a person"),
    }
}

/// What one item of a kind is called.
pub(super) fn source(kind: InteractionKind) -> &'static str {
    match kind {
        InteractionKind::Email => "email",
        InteractionKind::Chat => "chat",
        InteractionKind::Call => "call",
        InteractionKind::Ticket => "ticket",
        InteractionKind::Note => "note",
        InteractionKind::Crm => "CRM record",
        InteractionKind::Usage => "usage figures",
        InteractionKind::Survey => "survey answer",
        InteractionKind::Event => "event",
    }
}

/// How many items of each source were read, from when to when, how many failed, and how many questions are open.
pub(super) fn coverage(sources: &[Coverage], rejected: u32, gaps: usize) -> String {
    let read: Vec<String> = sources.iter().map(one_source).collect();
    let read = if read.is_empty() { "Nothing was read".to_owned() } else { format!("Read: {}", read.join(", ")) };
    let questions = if gaps == 1 { "1 question is open".to_owned() } else { format!("{gaps} questions are open") };
    let items = if rejected == 1 { "item" } else { "items" };
    format!("{read}; {rejected} {items} failed to load. {questions}.")
}

fn one_source(coverage: &Coverage) -> String {
    let name = source(coverage.kind);
    let plural = if coverage.items == 1 || name.ends_with('s') { "" } else { "s" };
    let (first, last) = (day(coverage.first), day(coverage.last));
    let when = if first == last { first } else { format!("{first} to {last}") };
    format!("{} {name}{plural} ({when})", coverage.items)
}

fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).date().to_string()
}

/// Outside text as one line of characters that can be shown: XML forbids most control characters, and those that turn
/// the direction of writing would reorder what stands around the text.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}') {
            if !shown.is_empty() && !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if !is_hidden(c) {
            shown.push(c);
        }
    }
    shown.truncate(shown.trim_end().len());
    shown
}

/// A heading: outside text, or another where nothing of it can be shown.
pub(super) fn plain_or(text: &str, other: &str) -> String {
    let shown = plain(text);
    if shown.is_empty() { other.to_owned() } else { shown }
}

/// Control characters, non-characters, and what embeds or overrides a direction of writing.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_left_out() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected, "{text:?}");
        check("a\u{0}b\u{1b}[31m c\u{7f}\u{9b}", "ab[31m c");
        check("  one\r\n\ttwo\u{2028}three\u{a0}four\u{b}", "one two three four");
        check("pay \u{202e}000,1\u{202c} now \u{2067}x\u{2069}", "pay 000,1 now x");
        check("\u{fffe}\u{ffff}\u{1fffe}\u{fdd0}\u{feff}", "");
        check("שלום مرحبا 😀 \u{fffd}", "שלום مرحبا 😀 \u{fffd}");
    }
}
