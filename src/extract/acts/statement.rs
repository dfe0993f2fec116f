//! The one line that says a finding: the action without subject, modal, deadline and the pronoun of who gets it.

use std::ops::Range;

use super::candidates::{Candidate, Deed, Shape};
use crate::extract::words::{Class, Words, phrases};

/// Words that say nothing at the end of a statement.
const TAILS: &str = "please|thanks|thank|asap|ok|okay|then|too|right|tho|though|anyway|for you|to you|if possible|by|on|\
    before|at your earliest convenience|as soon as possible|and|when you get a chance|as well|in advance";

/// Builds the statement of `candidate`; `due` is where its deadline stands.
pub(super) fn build(words: &Words<'_>, candidate: &Candidate, due: Option<&Range<usize>>) -> String {
    let whole = candidate.shape == Shape::Whole;
    let core = candidate.core.clone();
    let mut kept: Vec<Range<usize>> = Vec::new();
    for index in core.clone() {
        let range = words.range(index);
        if due.is_some_and(|due| due.start <= range.start && range.end <= due.end) {
            continue;
        }
        if !whole && index == core.start + 1 && drops_pronoun(words, core.start, core.end) {
            continue;
        }
        kept.push(range);
    }
    let mut line = join(words, &kept);
    if candidate.deed != Deed::Decision {
        trim_tails(&mut line);
    }
    if candidate.shape == Shape::Provide {
        line.insert_str(0, "Provide ");
    }
    if candidate.shape == Shape::Gerund {
        let lemma = words.lemma(core.start);
        let rest = line.split_once(' ').map(|(_, rest)| rest.to_owned());
        line = rest.map_or_else(|| lemma.to_owned(), |rest| format!("{lemma} {rest}"));
    }
    capitalise(&line)
}

/// "send you the report" loses "you"; "call you" and "let you know" keep it.
fn drops_pronoun(words: &Words<'_>, verb: usize, end: usize) -> bool {
    let next = verb + 2;
    words.any(verb + 1, &["you", "me", "us"])
        && !words.any(verb, &["let", "keep", "help", "have", "make"])
        && next < end
        && !words.has(next, Class::MARK.or(Class::PREPOSITION).or(Class::TIME).or(Class::ADVERB).or(Class::AND))
        && !words.is_any(next, phrases!("know|back|up|if|when|that|whether|asap|to"))
}

/// Puts the kept pieces together; what stood next to each other keeps its own spacing.
fn join(words: &Words<'_>, kept: &[Range<usize>]) -> String {
    let mut line = String::new();
    let mut last: Option<usize> = None;
    for range in kept {
        let piece = words.text().get(range.clone()).unwrap_or_default();
        let mark = piece.chars().next().is_some_and(|c| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | ')'));
        if line.is_empty() && mark {
            continue;
        }
        if last.is_some_and(|last| range.start > last) && !mark {
            line.push(' ');
        }
        line.push_str(piece);
        last = Some(range.end);
    }
    line
}

fn trim_tails(line: &mut String) {
    loop {
        let end = line
            .trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | '-' | '–' | '—' | '(')
            })
            .len();
        line.truncate(end);
        let lower = line.to_ascii_lowercase();
        let tail =
            TAILS.split('|').find(|tail| lower.strip_suffix(*tail).is_some_and(|rest| rest.ends_with([' ', ','])));
        match tail {
            Some(tail) => line.truncate(line.len() - tail.len()),
            None => return,
        }
    }
}

fn capitalise(line: &str) -> String {
    let mut chars = line.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
