//! Which rules may hold in a sentence. An automaton walks from the start of every word over the first letters of all
//! triggers; where one may begin, what the rule wants from there on is tried at once, and most rules end with that.

use std::sync::OnceLock;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::guard::Lazy;
use super::pattern::{Opening, openings, tail, triggers, without_ending};
use super::rules::{Rule, all};

/// Rules with their patterns, and where each has to be tried.
pub(super) struct Index {
    /// Over the keys, each the first letters of a word.
    automaton: Option<NFA>,
    keys: Vec<Key>,
    rules: Vec<Indexed>,
}

struct Indexed {
    rule: &'static Rule,
    pattern: Lazy,
    /// What must stand from the start of its trigger on; `None` when the pattern has no such part.
    tail: Option<Lazy>,
}

/// What waits for a word that begins with certain letters. Rules are named by their place.
#[derive(Default)]
struct Key {
    /// Rules that are tried at all when the text goes on as here.
    wanted: Vec<(usize, String)>,
    /// Rules whose trigger may begin here.
    here: Vec<usize>,
    /// Rules whose trigger may have begun in the word before.
    later: Vec<usize>,
}

/// What is known of a rule in a sentence.
#[derive(Clone, Copy, Default)]
struct Seen {
    wanted: bool,
    fits: bool,
}

/// The index, made at first use.
pub(super) fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| Builder::default().build())
}

#[derive(Default)]
struct Builder {
    letters: Vec<String>,
    keys: Vec<Key>,
}

impl Builder {
    fn build(mut self) -> Index {
        let mut rules = Vec::new();
        for (number, rule) in all().enumerate() {
            for literal in triggers(rule.pattern).into_iter().flat_map(spellings) {
                let end = literal.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(literal.len());
                self.key(&literal[..end]).wanted.push((number, literal));
            }
            let openings = openings(rule.pattern);
            for opening in &openings {
                match opening {
                    Opening::Here(letters) => self.key(letters).here.push(number),
                    Opening::Later(letters) => self.key(letters).later.push(number),
                    Opening::Unknown => {}
                }
            }
            let tail = tail(rule.pattern).filter(|_| !openings.contains(&Opening::Unknown)).map(Lazy::at_start);
            rules.push(Indexed { rule, pattern: Lazy::new(rule.pattern), tail });
        }
        let automaton = NFA::builder().match_kind(MatchKind::Standard).prefilter(false).build(&self.letters).ok();
        Index { automaton, keys: self.keys, rules }
    }

    fn key(&mut self, letters: &str) -> &mut Key {
        let at = self.letters.iter().position(|known| known == letters).unwrap_or_else(|| {
            self.letters.push(letters.to_owned());
            self.keys.push(Key::default());
            self.keys.len() - 1
        });
        &mut self.keys[at]
    }
}

/// The plain literals that a trigger may begin with: up to the first sign of a pattern, with its apostrophes straight,
/// curly and left out. What begins within a word ("n't sure", "'d like") counts from its next word.
fn spellings(trigger: &'static str) -> Vec<String> {
    let trigger = without_ending(trigger).unwrap_or(trigger);
    let end = trigger.find(['(', '\\', '[', '?', '.']).unwrap_or(trigger.len());
    let mut plain = trigger.get(..end).unwrap_or(trigger);
    if trigger.get(end..).is_some_and(|rest| rest.starts_with('?')) {
        // The letter before a question mark may be missing.
        plain = plain.get(..plain.len().saturating_sub(1)).unwrap_or(plain);
    }
    let plain = plain.trim_end();
    if plain.contains('\'') {
        vec![plain.to_owned(), plain.replace('\'', "’"), plain.replace('\'', "")]
    } else {
        vec![plain.to_owned()]
    }
}

impl Index {
    /// The rules that may hold in a sentence of lower-case words, with their patterns, in order.
    pub(super) fn likely(&'static self, lower: &[u8]) -> impl Iterator<Item = (&'static Rule, &'static Lazy)> {
        let mut seen: Vec<Seen> =
            self.rules.iter().map(|rule| Seen { wanted: false, fits: rule.tail.is_none() }).collect();
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(64);
        for at in starts(lower) {
            self.keys_at(lower, at, |key| {
                for (rule, literal) in &key.wanted {
                    seen[*rule].wanted |= begins(&lower[at..], literal.as_bytes());
                }
                for rule in &key.later {
                    seen[*rule].fits = true;
                }
                places.extend(key.here.iter().map(|rule| (*rule, at)));
            });
        }
        for (rule, at) in places {
            let known = &mut seen[rule];
            if known.wanted && !known.fits {
                let tail = self.rules[rule].tail.as_ref().and_then(Lazy::get);
                known.fits = tail.is_none_or(|tail| tail.is_match(&lower[at..]));
            }
        }
        let likely = self.rules.iter().zip(seen).filter(|(_, seen)| seen.wanted && seen.fits);
        likely.map(|(indexed, _)| (indexed.rule, &indexed.pattern))
    }

    /// Calls `visit` with every key that the text at `at` begins with.
    fn keys_at(&self, lower: &[u8], at: usize, mut visit: impl FnMut(&Key)) {
        let Some(automaton) = &self.automaton else { return };
        let Ok(mut state) = automaton.start_state(Anchored::Yes) else { return };
        for (length, byte) in lower[at..].iter().enumerate() {
            state = automaton.next_state(Anchored::Yes, state, *byte);
            if !automaton.is_special(state) {
                continue;
            }
            if automaton.is_dead(state) {
                return;
            }
            let patterns = 0..if automaton.is_match(state) { automaton.match_len(state) } else { 0 };
            for pattern in patterns.map(|index| automaton.match_pattern(state, index)) {
                // A state also knows the keys that end like this one.
                if automaton.pattern_len(pattern) == length + 1 {
                    visit(&self.keys[pattern.as_usize()]);
                }
            }
        }
    }
}

/// Where words begin.
fn starts(lower: &[u8]) -> impl Iterator<Item = usize> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    (0..lower.len()).filter(move |&at| is_letter(&lower[at]) && (at == 0 || !is_letter(&lower[at - 1])))
}

/// Says whether a text begins with a literal; a trigger of several words may stand around a line break.
fn begins(text: &[u8], literal: &[u8]) -> bool {
    let same = |(byte, wanted): (&u8, &u8)| byte == wanted || *wanted == b' ' && matches!(byte, b'\n' | b'\t' | b'\r');
    text.len() >= literal.len() && text.iter().zip(literal).all(same)
}

/// Names of the rules that are tried on a sentence.
#[cfg(test)]
pub(super) fn rules_tried(text: &str) -> Vec<&'static str> {
    index().likely(text.to_ascii_lowercase().as_bytes()).map(|(rule, _)| rule.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_literal_begins_with_a_letter() {
        for literal in all().flat_map(|rule| triggers(rule.pattern)).flat_map(spellings) {
            assert!(literal.starts_with(|c: char| c.is_ascii_alphanumeric()), "{literal}");
        }
    }

    #[test]
    fn most_rules_are_tried_where_their_trigger_stands() {
        let whole: Vec<_> = index().rules.iter().filter(|rule| rule.tail.is_none()).map(|rule| rule.rule.name).collect();
        assert!(whole.len() < 10, "{whole:?}");
    }
}
