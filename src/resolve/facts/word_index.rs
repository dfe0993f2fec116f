//! Finds the facts that could be alike by the rare words they share, so that no fact is compared with all others.

use rustc_hash::FxHashMap;

use super::draft::DraftId;
use crate::model::FactKind;
use crate::resolve::words::{WordClass, Words};

/// This many of the rarest words are looked up.
const RAREST_WORDS: usize = 3;
/// Of each word, this many of the latest facts are considered.
const LATEST_FACTS: usize = 24;

/// A statement of this many words is short.
const SHORT_STATEMENT: usize = 6;

/// Facts by kind and word.
#[derive(Debug, Default)]
pub(crate) struct WordIndex {
    facts: FxHashMap<(FactKind, u32), Vec<DraftId>>,
}

impl WordIndex {
    /// Enters a fact under its words.
    pub(crate) fn add(&mut self, kind: FactKind, words: &Words, fact: DraftId) {
        for word in words.iter().filter(|word| word.class != WordClass::Action) {
            self.facts.entry((kind, word.hash)).or_default().push(fact);
        }
    }

    /// The facts of a kind that share a rare word with `words`, latest first.
    pub(crate) fn candidates(&self, kind: FactKind, words: &Words, found: &mut Vec<DraftId>) {
        found.clear();
        let mut lists: [Option<&Vec<DraftId>>; RAREST_WORDS] = [None; RAREST_WORDS];
        for word in words.iter().filter(|word| word.class != WordClass::Action) {
            let Some(mut list) = self.facts.get(&(kind, word.hash)) else { continue };
            for slot in &mut lists {
                match slot {
                    Some(known) if known.len() <= list.len() => {}
                    Some(known) => std::mem::swap(known, &mut list),
                    None => {
                        *slot = Some(list);
                        break;
                    }
                }
            }
        }
        for list in lists.into_iter().flatten() {
            found.extend(list.iter().rev().take(LATEST_FACTS));
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        // Statements as short as this that are alike share two of the three rarest words.
        if lists.iter().all(Option::is_some) && words.len() <= SHORT_STATEMENT {
            let mut kept = 0;
            for at in 1..found.len() {
                if found[at] == found[at - 1] && (kept == 0 || found[kept - 1] != found[at]) {
                    found[kept] = found[at];
                    kept += 1;
                }
            }
            found.truncate(kept);
        } else {
            found.dedup();
        }
    }
}
