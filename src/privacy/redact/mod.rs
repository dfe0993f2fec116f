//! Blots out what nobody needs to keep: payment cards, IBANs, secrets, national ids. What only looks like one (order,
//! ticket and phone numbers) stays: a number needs its check digit, and where that says little, a word beside it.

mod cards;
mod context;
mod ibans;
mod national;
mod numbers;
mod secrets;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::Interaction;

use super::mask::masked;

/// What is blotted out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedactionKind {
    /// A payment card number.
    Card,
    /// An international bank account number.
    Iban,
    /// A password, key or token.
    Secret,
    /// A number that a state gives its people.
    NationalId,
}

impl RedactionKind {
    /// The name used on the wire and in rules.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Iban => "iban",
            Self::Secret => "secret",
            Self::NationalId => "national_id",
        }
    }
}

/// How many of each kind were blotted out.
pub type Redacted = BTreeMap<RedactionKind, u64>;

/// Fewer digits than this are no number of interest.
const FEWEST_DIGITS: usize = 6;

/// Blots out of text, subject and attributes everything but the kinds of `off`.
pub(super) fn redact(interaction: &mut Interaction, off: &BTreeSet<RedactionKind>) -> Redacted {
    let mut counts = Redacted::new();
    let texts = [&mut interaction.text].into_iter().chain(interaction.subject.iter_mut());
    for text in texts.chain(interaction.attributes.values_mut()) {
        let found = find(text, off);
        let ranges: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
        if let Some(masked) = masked(text, &ranges) {
            *text = masked;
            for (_, kind) in found {
                *counts.entry(kind).or_default() += 1;
            }
        }
    }
    counts
}

/// Finds the numbers of one kind.
type Finder = fn(&str) -> Vec<Range<usize>>;

/// Where what stands in a text; nothing overlaps.
fn find(text: &str, off: &BTreeSet<RedactionKind>) -> Vec<(Range<usize>, RedactionKind)> {
    let mut found: Vec<(Range<usize>, RedactionKind)> = Vec::new();
    let mut add = |ranges: Vec<Range<usize>>, start: usize, kind| {
        for range in ranges.into_iter().map(|range| start + range.start..start + range.end) {
            if !found.iter().any(|(other, _)| other.start < range.end && range.start < other.end) {
                found.push((range, kind));
            }
        }
    };
    if !off.contains(&RedactionKind::Secret) {
        add(secrets::find(text), 0, RedactionKind::Secret);
    }
    let numbers: [(RedactionKind, Finder); 3] = [
        (RedactionKind::Iban, ibans::find),
        (RedactionKind::Card, cards::find),
        (RedactionKind::NationalId, national::find),
    ];
    // A number stands in one line, and few lines have one.
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let has_number = line.bytes().filter(u8::is_ascii_digit).take(FEWEST_DIGITS).count() == FEWEST_DIGITS;
        for (kind, find) in numbers.iter().filter(|(kind, _)| has_number && !off.contains(kind)) {
            add(find(line), start, *kind);
        }
        start += line.len();
    }
    found
}
