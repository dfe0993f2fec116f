//! Lists of phrases that a sentence is searched for, looked up by their first word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Words;

/// A list of phrases; of those that start with the same word the one listed first is tried first.
#[derive(Clone, Debug, Default)]
pub struct Phrases(FxHashMap<&'static str, Vec<Phrase>>);

#[derive(Clone, Copy, Debug)]
struct Phrase {
    text: &'static str,
    length: usize,
}

impl Phrases {
    /// Reads a list of phrases with bars between them, their words with single spaces between them.
    pub fn new(list: &'static str) -> Self {
        let mut map: FxHashMap<&'static str, Vec<Phrase>> = FxHashMap::default();
        for text in list.split('|').map(str::trim).filter(|text| !text.is_empty()) {
            let first = text.split(' ').next().unwrap_or_default();
            map.entry(first).or_default().push(Phrase { text, length: text.split(' ').count() });
        }
        Self(map)
    }

    /// Says whether `word` alone is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.0.get(word).is_some_and(|phrases| phrases.iter().any(|phrase| phrase.length == 1))
    }

    fn length_at(&self, words: &Words<'_>, index: usize) -> Option<usize> {
        let phrases = self.0.get(words.norm(index))?;
        phrases.iter().find(|phrase| phrase.length == 1 || words.at(index, phrase.text)).map(|phrase| phrase.length)
    }
}

impl Words<'_> {
    /// The first of `phrases` that starts at `index`, as its number of words.
    pub fn any_at(&self, index: usize, phrases: &Phrases) -> Option<usize> {
        phrases.length_at(self, index)
    }

    /// Says whether the word at `index` is alone one of `phrases`.
    pub fn is_any(&self, index: usize, phrases: &Phrases) -> bool {
        phrases.has(self.norm(index))
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
