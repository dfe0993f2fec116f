//! Lists of phrases that a sentence is searched for, looked up by their first word.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::Words;

/// A list of phrases; of those that start with the same word the one listed first is tried first.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    by_first: FxHashMap<Print, Vec<Phrase>>,
    /// A set of bits with one for each first word: most words are told by it to start no phrase.
    filter: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Phrase {
    text: &'static str,
    length: usize,
}

/// A word as a number: equal words have equal ones, others hardly ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Print(u64);

impl Print {
    pub(super) fn of(word: &str) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        Self(hasher.finish())
    }
}

/// Bits of the filter for each first word.
const BITS_FOR_WORD: usize = 16;

impl Phrases {
    /// Reads a list of phrases with bars between them, their words with single spaces between them.
    pub fn new(list: &'static str) -> Self {
        let mut by_first: FxHashMap<Print, Vec<Phrase>> = FxHashMap::default();
        for text in list.split('|').map(str::trim).filter(|text| !text.is_empty()) {
            let first = text.split(' ').next().unwrap_or_default();
            let phrase = Phrase { text, length: text.split(' ').count() };
            by_first.entry(Print::of(first)).or_default().push(phrase);
        }
        let mut made =
            Self { filter: vec![0; (by_first.len() * BITS_FOR_WORD / 64 + 1).next_power_of_two()], by_first };
        for print in made.by_first.keys() {
            let (at, bit) = place(*print, made.filter.len());
            made.filter[at] |= bit;
        }
        made
    }

    /// Says whether `word` alone is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.of(Print::of(word)).iter().any(|phrase| phrase.length == 1 && phrase.text == word)
    }

    /// The phrases that start with the word of that print.
    fn of(&self, print: Print) -> &[Phrase] {
        let (at, bit) = place(print, self.filter.len());
        if self.filter.get(at).is_none_or(|bits| bits & bit == 0) {
            return &[];
        }
        self.by_first.get(&print).map_or(&[], Vec::as_slice)
    }

    fn length_at(&self, words: &Words<'_>, index: usize) -> Option<usize> {
        let phrases = self.of(words.print(index));
        phrases.iter().find(|phrase| words.at(index, phrase.text)).map(|phrase| phrase.length)
    }
}

/// Where a print stands in a filter of a power of two of words.
fn place(print: Print, size: usize) -> (usize, u64) {
    ((print.0 >> 6) as usize & size.wrapping_sub(1), 1 << (print.0 & 63))
}

impl Words<'_> {
    /// The first of `phrases` that starts at `index`, as its number of words.
    pub fn any_at(&self, index: usize, phrases: &Phrases) -> Option<usize> {
        phrases.length_at(self, index)
    }

    /// Says whether the word at `index` is alone one of `phrases`.
    pub fn is_any(&self, index: usize, phrases: &Phrases) -> bool {
        phrases.of(self.print(index)).iter().any(|phrase| phrase.length == 1 && self.is(index, phrase.text))
    }

    /// The first place in the sentence where one of `phrases` stands.
    pub fn find(&self, phrases: &Phrases) -> Option<Range<usize>> {
        (0..self.len()).find_map(|index| self.any_at(index, phrases).map(|length| index..index + length))
    }
}

/// A list of phrases, read once: `phrases!("let me know|keep me posted")`.
macro_rules! phrases {
    ($list:literal) => {{
        static LIST: std::sync::LazyLock<$crate::extract::words::Phrases> =
            std::sync::LazyLock::new(|| $crate::extract::words::Phrases::new($list));
        &*LIST
    }};
}
pub(crate) use phrases;
