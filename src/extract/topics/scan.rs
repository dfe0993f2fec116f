//! Finds topics: the patterns whose trigger was seen, what takes them back, and the clause that carries them.

use std::ops::Range;

use regex::bytes::Regex;

use super::guard::{Heard, stands};
use super::rules::Rule;
use super::trigger::index;
use super::{SentenceContext, TopicFinding};
use crate::model::{FactKind, Polarity};

/// Sentences longer than this are lists or logs; only their beginning is read.
const LONGEST_BYTES: usize = 600;
/// A sentence longer than this is cut down to the clause that matched.
const WHOLE_SENTENCE_BYTES: usize = 140;

/// The topics of a sentence: at most one finding for each kind and category, in the order of the rules.
pub fn find(context: &SentenceContext<'_>) -> Vec<TopicFinding> {
    let words = context.words();
    let words = words.get(..words.floor_char_boundary(LONGEST_BYTES)).unwrap_or(words);
    let lower = words.to_ascii_lowercase().into_bytes();
    let mut found: Vec<TopicFinding> = Vec::new();
    for (rule, pattern) in index().likely(&lower) {
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
