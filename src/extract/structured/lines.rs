//! Finds the `Label: value` line that tells a value, so that every finding has its words.

use std::ops::Range;

use crate::model::{FactFinding, FactKind, Interaction, Polarity, Span, TextIndex};

/// The text of a structured interaction by lines.
pub(super) struct Lines<'a> {
    text: &'a str,
    index: TextIndex<'a>,
}

/// The words of a line and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) span: Span,
    pub(super) quote: String,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, index: TextIndex::new(text) }
    }

    /// The line that tells `value` under a label like `field`: first by label and value, then by value alone.
    pub(super) fn telling(&self, field: &str, value: &str) -> Option<Words> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let key = key_of(field);
        let labelled = |range: &Range<usize>| {
            self.text[range.clone()].split_once(':').is_some_and(|(label, rest)| {
                let label = key_of(label);
                (label.ends_with(&key) || key.ends_with(&label)) && !label.is_empty() && rest.contains(value)
            })
        };
        let valued = |range: &Range<usize>| {
            self.text[range.clone()].split_once(':').is_some_and(|(_, rest)| rest.trim() == value)
        };
        let found = self.ranges().find(labelled).or_else(|| self.ranges().find(valued))?;
        Some(self.words(found))
    }

    /// The line whose label is `field`, whatever its value.
    pub(super) fn labelled(&self, field: &str) -> Option<Words> {
        let key = key_of(field);
        self.ranges()
            .find(|range| self.text[range.clone()].split_once(':').is_some_and(|(label, _)| key_of(label) == key))
            .map(|range| self.words(range))
    }

    /// The first line that is not empty.
    pub(super) fn first(&self) -> Option<Words> {
        self.ranges().next().map(|range| self.words(range))
    }

    /// The line equal to `line`, or else the first place of it in the text.
    pub(super) fn equal_to(&self, line: &str) -> Option<Words> {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        let at = self.text.find(line)?;
        Some(self.words(at..at + line.len()))
    }

    fn words(&self, range: Range<usize>) -> Words {
        Words { span: self.index.span(range.clone()), quote: self.text[range].to_owned() }
    }

    /// Lines without the blanks around them, empty ones left out, in bytes.
    fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let base = self.text.as_ptr() as usize;
        self.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(move |line| {
            let start = line.as_ptr() as usize - base;
            start..start + line.len()
        })
    }
}

/// Letters and digits alone, lower case: `Close Date` and `close_date` are one.
fn key_of(label: &str) -> String {
    label.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a fact of a structured row needs to be told.
pub(super) struct Told<'a> {
    pub(super) kind: FactKind,
    pub(super) category: Option<&'a str>,
    pub(super) statement: String,
    pub(super) words: Words,
    pub(super) confidence: f32,
    pub(super) rule: &'a str,
    pub(super) slot: Option<String>,
    pub(super) value: Option<String>,
}

impl Told<'_> {
    /// The finding.
    pub(super) fn into_fact(self) -> FactFinding {
        FactFinding {
            kind: self.kind,
            category: self.category.map(str::to_owned),
            statement: self.statement,
            polarity: Polarity::Affirmed,
            owner: None,
            beneficiary: None,
            due: None,
            condition: None,
            speaker: None,
            span: self.words.span,
            quote: self.words.quote,
            confidence: self.confidence,
            rule: self.rule.to_owned(),
            slot: self.slot,
            value: self.value,
            by_side: None,
            meaning: None,
        }
    }
}

/// An attribute under the plain name of its field or one of the given prefixes, empty values left out.
pub(super) fn field<'a>(interaction: &'a Interaction, prefixes: &[&str], name: &str) -> Option<&'a str> {
    prefixes
        .iter()
        .find_map(|prefix| interaction.attribute(&format!("{prefix}.{name}")))
        .or_else(|| interaction.attribute(name))
        .map(str::trim)
        .filter(|value| !value.is_empty())
}
