//! Which rules may hold in a sentence. The words tell where each trigger may begin; there what the rule wants before and
//! after it is asked for, then the rest of its pattern from there on is tried, and most rules end with that.

use std::sync::OnceLock;

use super::guard::Lazy;
use super::keys::{Keys, Number, What};
use super::literal::certain;
use super::pattern::{Opening, openings, parts, tail, triggers, without_ending, written_out};
use super::rules::{Rule, all};

/// Rules with their patterns, and what the words of a sentence tell of them.
pub(super) struct Index {
    keys: Keys,
    rules: Vec<Indexed>,
    /// What is known of the rules before a sentence is read.
    nothing: Vec<Seen>,
    /// Rules that no place of their trigger can rule out.
    anywhere: Vec<Number>,
}

struct Indexed {
    rule: &'static Rule,
    pattern: Lazy,
    /// What must stand from the start of its trigger on; `None` when the pattern has no such part.
    tail: Option<Lazy>,
}

/// What is known of a rule in a sentence.
#[derive(Clone, Copy)]
struct Seen {
    wanted: bool,
    /// Whether it is among the likely ones.
    noted: bool,
    /// The first place of a word that is needed before the trigger.
    before: u16,
    /// The last place of a word that is needed after the trigger.
    after: u16,
}

impl Seen {
    /// Before anything was read. Where no word is needed, it is as if one stood there.
    fn nothing([before, after]: [bool; 2]) -> Self {
        Self {
            wanted: false,
            noted: false,
            before: if before { u16::MAX } else { 0 },
            after: if after { 0 } else { u16::MAX },
        }
    }

    fn may_hold(self) -> bool {
        self.wanted && self.before < u16::MAX && self.after > 0
    }

    fn may_stand(self, at: u16) -> bool {
        self.wanted && self.before <= at && self.after > at
    }
}

/// The index, made at first use.
pub(super) fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(build)
}

fn build() -> Index {
    let mut made = Index { keys: Keys::default(), rules: Vec::new(), nothing: Vec::new(), anywhere: Vec::new() };
    for (number, rule) in (0..).zip(all()) {
        for literal in triggers(rule.pattern).into_iter().flat_map(spellings) {
            made.keys.add(&literal, number, What::Wanted);
        }
        let openings = openings(rule.pattern);
        for opening in &openings {
            match opening {
                Opening::Here(letters) => made.keys.add(letters, number, What::Here),
                Opening::Later(letters) => made.keys.add(letters, number, What::Later),
                Opening::Unknown => {}
            }
        }
        let tail = tail(rule.pattern).filter(|_| !openings.contains(&Opening::Unknown)).map(Lazy::at_start);
        if tail.is_none() {
            made.anywhere.push(number);
        }
        made.nothing.push(Seen::nothing(needs(rule.pattern, number, &mut made.keys)));
        made.rules.push(Indexed { rule, pattern: Lazy::new(rule.pattern), tail });
    }
    made
}

/// Notes the words that a rule needs, and says whether it needs any before and after its trigger.
fn needs(pattern: &'static str, number: Number, keys: &mut Keys) -> [bool; 2] {
    let Some([before, _, after]) = parts(pattern) else { return [false; 2] };
    let starts_word = before.starts_with("(?:") || before.starts_with('{');
    let sides = [(before, starts_word, What::Before), (after, false, What::After)];
    sides.map(|(piece, starts_word, what)| {
        let literals = certain(&written_out(piece), starts_word);
        for literal in literals.iter().flatten() {
            keys.add(literal, number, what);
        }
        literals.is_some()
    })
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
    /// The rules that may hold in a sentence of lower-case words, with their patterns, in order. The sentence must not
    /// be longer than sixteen bits count.
    pub(super) fn likely(&'static self, lower: &[u8]) -> impl Iterator<Item = (&'static Rule, &'static Lazy)> {
        let mut seen = self.nothing.clone();
        let mut places: Vec<(Number, u16)> = Vec::with_capacity(64);
        let mut likely = self.anywhere.clone();
        self.keys.visit(lower, |number, what, at| {
            let (known, at) = (&mut seen[usize::from(number)], at as u16);
            match what {
                What::Wanted => known.wanted = true,
                What::Here => places.push((number, at)),
                What::Later => likely.push(number),
                What::Before => known.before = known.before.min(at),
                What::After => known.after = known.after.max(at),
            }
        });
        for (number, at) in places {
            let known = &mut seen[usize::from(number)];
            if known.may_stand(at) && !known.noted {
                let tail = self.rules[usize::from(number)].tail.as_ref().and_then(Lazy::get);
                if tail.is_none_or(|tail| tail.is_match(&lower[usize::from(at)..])) {
                    known.noted = true;
                    likely.push(number);
                }
            }
        }
        likely.retain(|number| seen[usize::from(*number)].may_hold());
        likely.sort_unstable();
        likely.dedup();
        likely.into_iter().map(|number| {
            let Indexed { rule, pattern, .. } = &self.rules[usize::from(number)];
            (*rule, pattern)
        })
    }
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
        let names: Vec<_> = index().anywhere.iter().map(|at| index().rules[usize::from(*at)].rule.name).collect();
        assert!(names.len() < 10, "{names:?}");
    }
}
