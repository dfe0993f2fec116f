//! Search over the facts of an account: by the words of statement and quotes, and, where a base model is at hand, by
//! meaning. Every fact is looked at; below a million of them that takes less time than to ask for it, and nothing has
//! to be kept up to date. Pure but for the model. Entry point: [`Searchable`].

mod meanings;
mod rank;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use meanings::Meanings;
pub use rank::{Hit, Matched};

use crate::model::{Fact, FactKind, Meaning};
use words::WordIndex;

/// Facts found when the caller does not say how many, and at most.
pub const USUAL: usize = 20;
/// Most facts that one search finds.
pub const MOST: usize = 500;

/// Facts without a meaning that one search gives theirs, the latest first; the others count by their words alone.
const MOST_READ: usize = 2048;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// In these words.
    pub words: &'a str,
    /// Only facts of this kind.
    pub kind: Option<FactKind>,
    /// At most so many.
    pub limit: usize,
}

/// What searching the facts of an account needs, made once.
#[derive(Debug)]
pub struct Searchable {
    words: WordIndex,
    /// By the place of the fact; filled in as far as a search could.
    meanings: Mutex<Arc<Vec<Option<Meaning>>>>,
}

impl Searchable {
    /// Makes facts searchable; `stored` has the meanings that an engine gave to statements.
    pub fn of(facts: &[Fact], stored: &HashMap<String, Meaning>) -> Self {
        let meanings = facts.iter().map(|fact| stored.get(&fact.statement).cloned()).collect();
        Self { words: WordIndex::of(facts), meanings: Mutex::new(Arc::new(meanings)) }
    }

    /// The facts that match, best first. `facts` are those that this was made of. It blocks where a model has to read.
    pub fn search(&self, facts: &[Fact], query: Query<'_>, model: &Meanings) -> Vec<Hit> {
        let meaning = model.of(&[query.words]).into_iter().next().flatten();
        let meanings = match &meaning {
            Some(_) => self.filled(facts, model),
            None => Arc::default(),
        };
        let words = self.words.scores(query.words);
        rank::best(facts, (&words, meaning.as_ref(), &meanings), query)
    }

    /// The meanings, with those that were missing as far as one search may read.
    fn filled(&self, facts: &[Fact], model: &Meanings) -> Arc<Vec<Option<Meaning>>> {
        let known = Arc::clone(&self.meanings.lock().unwrap_or_else(PoisonError::into_inner));
        let places = known.iter().enumerate().rev().filter(|(_, known)| known.is_none()).map(|(place, _)| place);
        let missing: Vec<usize> = places.take(MOST_READ).collect();
        if missing.is_empty() {
            return known;
        }
        let texts: Vec<&str> =
            missing.iter().filter_map(|place| facts.get(*place)).map(|fact| fact.statement.as_str()).collect();
        let mut filled = Vec::clone(&known);
        for (place, meaning) in missing.into_iter().zip(model.of(&texts)) {
            if let Some(slot) = filled.get_mut(place) {
                *slot = meaning;
            }
        }
        let filled = Arc::new(filled);
        *self.meanings.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&filled);
        filled
    }
}

#[cfg(test)]
mod tests;
