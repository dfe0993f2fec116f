//! Facts by the words of their statements and quotes, weighed by BM25 (Robertson and Zaragoza 2009).

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Fact;
use crate::resolve::words::stems;

/// How soon a word said again adds nothing, and how much a long text counts less.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.5;
/// Quotes of a fact that are read, earliest first: the statement says the same.
const QUOTES: usize = 2;

/// A fact that has a word, and how often.
#[derive(Clone, Copy, Debug)]
struct Posting {
    place: u32,
    count: u16,
}

/// Which words stand in which facts.
#[derive(Debug, Default)]
pub(super) struct WordIndex {
    postings: FxHashMap<u32, Vec<Posting>>,
    lengths: Vec<u32>,
    mean_length: f32,
}

impl WordIndex {
    /// Indexes facts by their place.
    pub(super) fn of(facts: &[Fact]) -> Self {
        let mut index = Self::default();
        for (fact, place) in facts.iter().zip(0u32..) {
            let mut words = stems(&fact.statement);
            for words_said in fact.evidence.iter().take(QUOTES) {
                words.extend(stems(&words_said.quote));
            }
            index.lengths.push(words.len() as u32);
            words.sort_unstable();
            for same in words.chunk_by(|a, b| a == b) {
                let count = u16::try_from(same.len()).unwrap_or(u16::MAX);
                index.postings.entry(same[0]).or_default().push(Posting { place, count });
            }
        }
        let total: u64 = index.lengths.iter().map(|length| u64::from(*length)).sum();
        index.mean_length = (total as f32 / index.lengths.len().max(1) as f32).max(1.0);
        index
    }

    /// How well each fact matches the words, by place, 0 to 1; only those that match.
    pub(super) fn scores(&self, words: &str) -> FxHashMap<u32, f32> {
        let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
        let mut most = 0.0;
        let mut seen = FxHashSet::default();
        for word in stems(words).into_iter().filter(|word| seen.insert(*word)) {
            let postings = self.postings.get(&word).map_or(&[][..], Vec::as_slice);
            let (all, having) = (self.lengths.len() as f32, postings.len() as f32);
            let rarity = (1.0 + (all - having + 0.5) / (having + 0.5)).ln();
            most += rarity * (SATURATION + 1.0);
            for posting in postings {
                let length = self.lengths.get(posting.place as usize).copied().unwrap_or_default() as f32;
                let share = 1.0 - LENGTH + LENGTH * length / self.mean_length;
                let count = f32::from(posting.count);
                *scores.entry(posting.place).or_default() +=
                    rarity * count * (SATURATION + 1.0) / (count + SATURATION * share);
            }
        }
        for score in scores.values_mut() {
            *score /= most;
        }
        scores
    }
}
