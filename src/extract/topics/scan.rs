//! Finds topics: one automaton over all triggers, then the patterns whose trigger was seen.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::bytes::Regex;

use super::guard::{Heard, Lazy, stands};
use super::pattern::triggers;
use super::rules::{Rule, all};
use super::{SentenceContext, TopicFinding};
use crate::model::{FactKind, Polarity};

/// Sentences longer than this are lists or logs; only their beginning is read.
const LONGEST_BYTES: usize = 600;
/// A sentence longer than this is cut down to the clause that matched.
const WHOLE_SENTENCE_BYTES: usize = 140;

struct Index {
    automaton: Option<AhoCorasick>,
    /// For each literal of the automaton, the rules that wait for it.
    waiting: Vec<Vec<u16>>,
    rules: Vec<(&'static Rule, Lazy)>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(build)
}

fn build() -> Index {
    let rules: Vec<_> = all().map(|rule| (rule, Lazy::new(rule.pattern))).collect();
    let mut literals: Vec<String> = Vec::new();
    let mut waiting: Vec<Vec<u16>> = Vec::new();
    for (number, (rule, _)) in rules.iter().enumerate() {
        for literal in triggers(rule.pattern) {
            for literal in spellings(literal) {
                let number = number as u16;
                if let Some(at) = literals.iter().position(|known| *known == literal) {
                    waiting[at].push(number);
                } else {
                    literals.push(literal);
                    waiting.push(vec![number]);
                }
            }
        }
    }
    let automaton =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(&literals).ok();
    Index { automaton, waiting, rules }
}

/// The plain literals that a trigger may begin with: up to the first sign of a pattern, with its apostrophes straight,
/// curly and left out. What begins within a word ("n't sure", "'d like") counts from its next word.
fn spellings(trigger: &str) -> Vec<String> {
    let trigger = match trigger.strip_prefix("n't ").or_else(|| trigger.strip_prefix('\'')) {
        Some(rest) => rest.strip_prefix("d ").or_else(|| rest.strip_prefix("ll ")).unwrap_or(rest),
        None => trigger,
    };
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

/// The topics of a sentence: at most one finding for each kind and category, in the order of the rules.
pub fn find(context: &SentenceContext<'_>) -> Vec<TopicFinding> {
    let words = context.words();
    let words = words.get(..words.floor_char_boundary(LONGEST_BYTES)).unwrap_or(words);
    let lower = words.to_ascii_lowercase().into_bytes();
    let index = index();
    let candidates = candidates(index, &lower);
    let mut found: Vec<TopicFinding> = Vec::new();
    for number in candidates {
        let (rule, pattern) = &index.rules[usize::from(number)];
        let Some((hit, trigger)) = pattern.get().and_then(|regex| hit(regex, &lower)) else { continue };
        let side = context.speaker.and_then(|speaker| speaker.side);
        if !stands(rule, &Heard { lower: &lower, start: trigger, side }) {
            continue;
        }
        let clause = clause(words, hit);
        let mut finding = finding(rule, context, words, &lower, clause);
        reach_back(context, &mut finding);
        match found.iter_mut().find(|known| known.kind == rule.kind && known.category == finding.category) {
            Some(known) if known.confidence < finding.confidence => *known = finding,
            Some(_) => {}
            None => found.push(finding),
        }
    }
    super::rules::settle(found)
}

/// Where a pattern matches, and where its trigger begins.
fn hit(regex: &Regex, lower: &[u8]) -> Option<(Range<usize>, usize)> {
    // Most patterns that are tried do not match, and saying so costs much less than telling where.
    if !regex.is_match(lower) {
        return None;
    }
    let captures = regex.captures(lower)?;
    let range = captures.get_match().range();
    let trigger = captures.name("t").map_or(range.start, |trigger| trigger.start());
    Some((range, trigger))
}

fn candidates(index: &Index, lower: &[u8]) -> Vec<u16> {
    let Some(automaton) = &index.automaton else { return Vec::new() };
    let mut candidates: Vec<u16> = Vec::new();
    // A trigger of several words may stand around a line break.
    let spaced: Vec<u8> =
        lower.iter().map(|byte| if matches!(byte, b'\n' | b'\t' | b'\r') { b' ' } else { *byte }).collect();
    for hit in automaton.find_overlapping_iter(&spaced) {
        let at_word_start = hit.start() == 0 || !spaced[hit.start() - 1].is_ascii_alphanumeric();
        if at_word_start {
            candidates.extend(&index.waiting[hit.pattern().as_usize()]);
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    candidates
}

fn finding(
    rule: &'static Rule,
    context: &SentenceContext<'_>,
    words: &str,
    lower: &[u8],
    clause: Range<usize>,
) -> TopicFinding {
    let base = context.range.start;
    TopicFinding {
        kind: rule.kind,
        category: rule.category_in(lower).map(str::to_owned),
        range: base + clause.start..base + clause.end,
        confidence: rule.confidence,
        rule: rule.name,
        polarity: Polarity::Affirmed,
        statement: words.get(clause).map(|clause| super::shape::statement(rule.kind, clause)),
        by_side: None,
    }
}

/// "That is the reason why…", "This is not public", "Careful." say nothing without the sentence before.
fn reach_back(context: &SentenceContext<'_>, finding: &mut TopicFinding) {
    const POINTING: [&str; 6] = ["that is ", "that's ", "this is ", "that’s ", "careful", "be careful"];
    if !matches!(finding.kind, FactKind::BuyingMotivation | FactKind::SensitiveTopic) {
        return;
    }
    let lower = context.words().to_lowercase();
    let is_word = lower.starts_with("that") || lower.starts_with("this") || lower.split_whitespace().count() <= 3;
    let Some(previous) =
        context.previous.filter(|_| is_word).filter(|_| POINTING.iter().any(|head| lower.starts_with(head)))
    else {
        return;
    };
    let before = context.text.get(..context.range.start).unwrap_or_default();
    let Some(start) = before.rfind(previous) else { return };
    let gap = before.get(start + previous.len()..).unwrap_or_default();
    if gap.contains("\n\n") || finding.range.end - start > LONGEST_BYTES {
        return;
    }
    finding.range = start..finding.range.end;
    finding.statement = Some(super::shape::statement(finding.kind, previous));
}

/// The clause around a match: the whole sentence when it is short, else the part between strong separators.
fn clause(words: &str, hit: Range<usize>) -> Range<usize> {
    let mut start = 0;
    let mut end = words.len();
    if words.len() > WHOLE_SENTENCE_BYTES {
        for separator in ["; ", " but ", " however", " although ", " — ", " – ", " -- "] {
            if let Some(at) = words.get(..hit.start).and_then(|head| head.rfind(separator)) {
                start = start.max(at + separator.len());
            }
            if let Some(at) = words.get(hit.end..).and_then(|tail| tail.find(separator)) {
                end = end.min(hit.end + at);
            }
        }
    }
    let part = words.get(start..end).unwrap_or_default();
    let trimmed = part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '•' | '>' | ','));
    let start = start + part.len() - trimmed.len();
    start..start + trimmed.trim_end_matches(|c: char| c.is_whitespace() || c == ',').len()
}

/// Names of the rules that are tried on a sentence.
#[cfg(test)]
pub(super) fn rules_tried(text: &str) -> Vec<&'static str> {
    let index = index();
    let tried = candidates(index, text.to_ascii_lowercase().as_bytes());
    tried.into_iter().map(|number| index.rules[usize::from(number)].0.name).collect()
}
