//! Positions in text. The public unit is the Unicode code point, as in W3C `oa:TextPositionSelector`;
//! the engine works on bytes and converts once, at its border, through [`TextIndex`].

use serde::{Deserialize, Serialize};

/// A half-open range of Unicode code points in an interaction's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// Makes a span; `start` must not exceed `end`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// Says whether the two spans share at least one code point.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text under this span, or `None` when it reaches past the end.
    pub fn of(self, text: &str) -> Option<&str> {
        if text.is_ascii() {
            return text.get(self.start as usize..self.end as usize);
        }
        TextIndex::new(text).slice(self)
    }
}

/// Distance in code points between two remembered byte offsets.
const STRIDE: usize = 64;

/// Converts between byte offsets and code points of one text in constant time.
#[derive(Clone, Debug)]
pub struct TextIndex<'a> {
    text: &'a str,
    /// Byte offset of every [`STRIDE`]-th code point; empty for ASCII text, where both units agree.
    marks: Vec<u32>,
    code_points: u32,
}

impl<'a> TextIndex<'a> {
    /// Indexes `text`; ASCII text costs one scan and no memory.
    pub fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self { text, marks: Vec::new(), code_points: to_u32(text.len()) };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0usize;
        for (byte, _) in text.char_indices() {
            if count.is_multiple_of(STRIDE) {
                marks.push(to_u32(byte));
            }
            count += 1;
        }
        Self { text, marks, code_points: to_u32(count) }
    }

    /// Number of code points in the text.
    pub fn len(&self) -> u32 {
        self.code_points
    }

    /// Says whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.code_points == 0
    }

    /// The code point that starts at `byte`; a byte inside a character counts as that character's start,
    /// a byte past the end as the end.
    pub fn code_point(&self, byte: usize) -> u32 {
        if self.marks.is_empty() {
            return to_u32(byte.min(self.text.len()));
        }
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let mark = self.marks.partition_point(|&at| at as usize <= byte).saturating_sub(1);
        let from = self.marks[mark] as usize;
        to_u32(mark * STRIDE + self.text[from..byte].chars().count())
    }

    /// The byte at which `code_point` starts; past the end it is the length of the text.
    pub fn byte(&self, code_point: u32) -> usize {
        if self.marks.is_empty() {
            return (code_point as usize).min(self.text.len());
        }
        if code_point >= self.code_points {
            return self.text.len();
        }
        let mark = code_point as usize / STRIDE;
        let from = self.marks[mark] as usize;
        let rest = code_point as usize % STRIDE;
        self.text[from..].char_indices().nth(rest).map_or(self.text.len(), |(offset, _)| from + offset)
    }

    /// The span of a byte range.
    pub fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        let start = self.code_point(bytes.start);
        Span { start, end: self.code_point(bytes.end).max(start) }
    }

    /// The text under `span`, or `None` when it reaches past the end or is reversed.
    pub fn slice(&self, span: Span) -> Option<&'a str> {
        if span.end > self.code_points || span.start > span.end {
            return None;
        }
        self.text.get(self.byte(span.start)..self.byte(span.end))
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn byte_and_code_point_are_inverse(text in "\\PC{0,300}") {
            let index = TextIndex::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.code_point(byte) as usize, count);
                prop_assert_eq!(index.byte(count as u32), byte);
            }
            prop_assert_eq!(index.byte(index.len()), text.len());
        }
    }

    #[test]
    fn span_slices_by_code_point() {
        let check = |text: &str, start, end, expected: Option<&str>| {
            assert_eq!(Span { start, end }.of(text), expected, "{text:?} {start}..{end}");
        };
        check("plain", 1, 3, Some("la"));
        check("naïve café", 2, 5, Some("ïve"));
        check("naïve", 2, 9, None);
        check("naïve", 4, 2, None);
    }
}
