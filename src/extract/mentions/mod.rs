//! Named things in running text: people, organisations, titles, products, money, addresses, telephone numbers.
//! A capital letter alone names nobody: a name is known (participants, a list of first names) or announced by its words.

mod cues;
mod familiar;
pub(crate) mod gazetteer;
mod names;
mod organizations;
pub(crate) mod patterns;
mod telephone;
pub(crate) mod titles;
mod words;

use std::ops::Range;

use crate::model::{MentionKind, Party};

/// A named thing in a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteMention {
    /// What it names.
    pub kind: MentionKind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// Says whether a lower-case word is a listed first name and nothing else.
pub(crate) fn is_first_name(lower: &str) -> bool {
    gazetteer::first_name(lower) == Some(gazetteer::Listed::Name)
}

/// Says whether a word is an address that a last name follows: "Mr.", "Frau".
pub(crate) fn is_honorific(word: &str) -> bool {
    cues::HONORIFICS.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// Finds the mentions within `sentences` of `text`, in order, without overlap. `known` are the people around it.
pub fn find(text: &str, sentences: &[Range<usize>], known: &[Party]) -> Vec<ByteMention> {
    let mut familiar = familiar::Familiar::of(known);
    let words: Vec<Vec<words::Word<'_>>> = sentences
        .iter()
        .filter_map(|range| text.get(range.clone()).map(|sentence| words::split(sentence, range.start)))
        .collect();
    let mut found = Vec::new();
    for sentence in sentences {
        patterns::find(text, sentence.clone(), &mut found);
    }
    for sentence in &words {
        familiar.learn(sentence);
    }
    for pair in words.windows(2).filter(|pair| cues::closes(&pair[0])) {
        found.extend(names::signed(&pair[1]));
    }
    for sentence in &words {
        titles::find(sentence, &mut found);
        organizations::find(sentence, &familiar, &mut found);
        names::find(sentence, &familiar, &mut found);
    }
    settle(found)
}

/// Adds the names that a larger model told, where they look like names and nothing more certain stands there.
pub fn with_told(
    text: &str,
    mut found: Vec<ByteMention>,
    told: impl Iterator<Item = (MentionKind, Range<usize>)>,
) -> Vec<ByteMention> {
    let before = found.len();
    found.extend(told.filter_map(|(kind, range)| named(text, kind, range)));
    if found.len() == before { found } else { settle(found) }
}

/// A told name as it is written: the model knows no capitals, and takes what follows a name with it.
fn named(text: &str, kind: MentionKind, range: Range<usize>) -> Option<ByteMention> {
    let words = text.get(range.clone())?;
    let kept = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words);
    let is_name = kept.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && kept.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !kept.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | '<' | '>' | '_'));
    let whole = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '_'));
    let stands_alone = whole(text.get(..range.start)?.chars().next_back())
        && whole(text.get(range.start + kept.len()..)?.chars().next());
    (is_name && stands_alone).then(|| ByteMention { kind, range: range.start..range.start + kept.len() })
}

/// Puts mentions in order and keeps the more certain of two that overlap: patterns, people, the rest by length.
fn settle(mut found: Vec<ByteMention>) -> Vec<ByteMention> {
    found.sort_by_key(|mention| (rank(mention.kind), std::cmp::Reverse(mention.range.len()), mention.range.start));
    let mut kept: std::collections::BTreeMap<usize, ByteMention> = std::collections::BTreeMap::new();
    for mention in found {
        let before = kept.range(..mention.range.end).next_back();
        if before.is_none_or(|(_, other)| other.range.end <= mention.range.start) {
            kept.insert(mention.range.start, mention);
        }
    }
    kept.into_values().collect()
}

fn rank(kind: MentionKind) -> u8 {
    match kind {
        MentionKind::Email => 0,
        MentionKind::Money => 1,
        MentionKind::Phone => 2,
        MentionKind::Person => 3,
        MentionKind::Organization | MentionKind::Title | MentionKind::Product => 4,
    }
}

#[cfg(test)]
mod tests;
