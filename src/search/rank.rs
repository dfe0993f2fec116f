//! The order of what was found: how well the words match and how near the meaning lies, added up.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Query;
use crate::model::{Fact, Meaning};

/// A fact whose meaning lies farther than this from what is asked says something else.
const NEAR: f32 = 0.30;
/// Facts that one thread compares at a time.
const BATCH: usize = 4096;

/// What of a fact matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// A word of the statement or of the quotes.
    Words,
    /// The meaning of the statement.
    Meaning,
}

/// A fact that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place among the facts.
    pub place: usize,
    /// How well it matches, 0 to 2: up to 1 for the words and up to 1 for the meaning.
    pub score: f32,
    /// What of it matched.
    pub matched: Vec<Matched>,
}

/// The best of the facts by the scores of their words and the nearness of their meanings; ties by identity.
pub(super) fn best(
    facts: &[Fact],
    (words, meaning, meanings): (&FxHashMap<u32, f32>, Option<&Meaning>, &[Option<Meaning>]),
    query: Query<'_>,
) -> Vec<Hit> {
    let hit = |(place, fact): (usize, &Fact)| {
        if query.kind.is_some_and(|kind| fact.kind != kind) {
            return None;
        }
        let by_words = words.get(&(place as u32)).copied();
        let known = meanings.get(place).and_then(Option::as_ref);
        let near = meaning.zip(known).map_or(0.0, |(asked, known)| asked.cosine(known));
        let by_meaning = Some(near).filter(|near| *near >= NEAR);
        let matched = by_words.map(|_| Matched::Words).into_iter().chain(by_meaning.map(|_| Matched::Meaning));
        let score = by_words.unwrap_or_default() + near.max(0.0);
        (by_words.is_some() || by_meaning.is_some()).then(|| Hit { place, score, matched: matched.collect() })
    };
    let mut hits: Vec<Hit> = facts.par_iter().enumerate().with_min_len(BATCH).filter_map(hit).collect();
    let id = |hit: &Hit| facts.get(hit.place).map(|fact| &fact.id);
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| id(a).cmp(&id(b))));
    hits.truncate(query.limit);
    hits
}
