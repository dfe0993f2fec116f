//! Names of people: known ones, listed first names with what follows them, and names that the words around announce.

use super::cues::{AFTER, Cue, HONORIFICS, PARTICLES, PLACES, inside_phrase, is_month_or_place, is_place};
use super::familiar::Familiar;
use super::gazetteer::{Listed, first_name, is_ordinary};
use super::words::Word;
use super::{ByteMention, organizations, titles};
use crate::model::MentionKind;

/// Finds the people of one sentence.
pub(super) fn find(words: &[Word<'_>], familiar: &Familiar, found: &mut Vec<ByteMention>) {
    let mut at = 0;
    while at < words.len() {
        let Some((start, end)) = name_at(words, at, familiar) else {
            at += 1;
            continue;
        };
        found
            .push(ByteMention { kind: MentionKind::Person, range: words[start].range.start..words[end - 1].range.end });
        at = end;
    }
}

/// The name that begins at word `at`, as a range of words.
fn name_at(words: &[Word<'_>], at: usize, familiar: &Familiar) -> Option<(usize, usize)> {
    let word = &words[at];
    if word.text.contains(['@', '_', '+']) || word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if HONORIFICS.contains(&word.lower.as_str())
        && word.is_capital()
        && matches!(word.after, " " | ". ")
        && !titles::is_title(words, at + 1)
    {
        return words.get(at + 1).filter(|next| is_name_part(next)).map(|_| (at + 1, extent(words, at + 1)));
    }
    if let Some(end) = reversed(words, at, familiar) {
        return Some((at, end));
    }
    if !word.is_capital() {
        let lone = familiar.has(word)
            && word.text.len() >= 3
            && !is_ordinary(&word.lower)
            && first_name(&word.lower) == Some(Listed::Name);
        return lone.then_some((at, at + 1));
    }
    if !is_name_part(word) && !familiar.has(word) {
        return None;
    }
    let end = extent(words, at);
    let numbered =
        at.checked_sub(1).is_some_and(|i| words[i].after == " " && words[i].text.bytes().all(|b| b.is_ascii_digit()));
    if organizations::is_named(words, at, end)
        || numbered
        || words[at..end].iter().any(|word| PLACES.contains(&word.lower.as_str()))
    {
        return None;
    }
    is_person(words, at, end, familiar).then_some((at, end))
}

/// Weighs what speaks for a person.
fn is_person(words: &[Word<'_>], at: usize, end: usize, familiar: &Familiar) -> bool {
    let word = &words[at];
    let listed = first_name(&word.lower);
    let long = end - at >= 2;
    let ordinary = is_ordinary(&word.lower);
    if familiar.has(word) && !(ordinary && word.first && !long) {
        return true;
    }
    if word.is_shouted() && !(long && listed == Some(Listed::Name)) {
        return false;
    }
    if is_place(words, at) || word.is_shouted() && words[at + 1..end].iter().any(|word| !word.is_shouted()) {
        return false;
    }
    let cue = Cue::before(words, at, end);
    let acts = words.get(end).is_some_and(|next| words[end - 1].joins() && AFTER.contains(&next.lower.as_str()));
    let whole = at == 0 && (end == words.len() || end == 1 && matches!(words[0].after.trim(), "," | ":" | " -" | "--"));
    match (listed, cue) {
        (Some(Listed::Name), _) | (Some(Listed::Ambiguous), Cue::Person) => true,
        (Some(Listed::Ambiguous), _) if !long && is_month_or_place(&word.lower) => acts,
        (Some(Listed::Ambiguous), Cue::None) if !long && inside_phrase(words, at) => false,
        (Some(Listed::Ambiguous), Cue::Thing) => long && !ordinary,
        (Some(Listed::Ambiguous), Cue::Perhaps | Cue::None) if ordinary => !word.first || acts,
        (Some(Listed::Ambiguous), Cue::Perhaps | Cue::None) => long || !word.first || whole || acts,
        (None, _) if ordinary => false,
        (None, Cue::Person) => !word.text.contains(char::is_numeric),
        (None, Cue::Perhaps | Cue::Thing | Cue::None) => long && (acts || has_title(words, end)),
    }
}

/// Says whether a title stands beside the name that ends at `end`: "…, Group Director of Finance", "… (CFO)".
fn has_title(words: &[Word<'_>], end: usize) -> bool {
    let beside = matches!(words[end - 1].after, ", " | " (");
    let is_small = |word: &&Word<'_>| matches!(word.lower.as_str(), "our" | "the" | "their" | "my" | "new");
    let skipped = words.iter().skip(end).take_while(is_small).count();
    beside && titles::is_title(words, end + skipped)
}

/// One past the last word of a name that begins at `at`.
fn extent(words: &[Word<'_>], at: usize) -> usize {
    let mut end = at + 1;
    while end < words.len() && end - at < 5 && words[end - 1].joins() && !words[end - 1].text.is_empty() {
        let word = &words[end];
        let possessive = words[end - 1].after.starts_with(['\'', '’']);
        if possessive {
            break;
        }
        let particle = PARTICLES.contains(&word.lower.as_str())
            && word.joins()
            && words.get(end + 1).is_some_and(|next| is_name_part(next) || PARTICLES.contains(&next.lower.as_str()));
        if !(is_name_part(word) || word.is_initial() && end - at <= 2 || particle) {
            break;
        }
        end += 1;
    }
    while end > at + 1 && words[end - 1].text.starts_with(char::is_lowercase) {
        end -= 1;
    }
    end
}

/// Says whether a word can stand in a name: a capital and no ordinary word.
fn is_name_part(word: &Word<'_>) -> bool {
    let lettered = word.text.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'));
    let ordinary = is_ordinary(&word.lower) && first_name(&word.lower).is_none();
    // "J.R." but not "Offer.doc".
    let dotted = word.text.split('.').all(|part| part.chars().count() <= 2) || !word.text.contains('.');
    word.is_capital()
        && lettered
        && dotted
        && word.text.len() > 1
        && !ordinary
        && !(word.is_shouted() && word.text.len() <= 4 && first_name(&word.lower).is_none())
}

/// `Last, First` with an optional initial.
fn reversed(words: &[Word<'_>], at: usize, familiar: &Familiar) -> Option<usize> {
    let (last, first) = (&words[at], words.get(at + 1)?);
    let shaped = last.after == ", "
        && last.lower != first.lower
        && last.is_capital()
        && first.is_capital()
        && is_name_part(last)
        && first_name(&first.lower).is_some();
    // Neither the end of a longer name nor a place in a list of names.
    let alone = at.checked_sub(1).is_none_or(|i| !words[i].is_capital() || !words[i].joins() && words[i].after != ", ")
        || words[at].first;
    let placed = is_month_or_place(&first.lower) && !familiar.has(first);
    let unlisted = first_name(&last.lower).is_none() || familiar.has(last) && familiar.has(first);
    let closed = !first.joins()
        || words.get(at + 2).is_none_or(|next| !next.text.starts_with(char::is_lowercase))
        || familiar.has(last);
    if !shaped || !alone || placed || !unlisted || !closed || !last.text.contains(char::is_lowercase) {
        return None;
    }
    let initial = words.get(at + 2).is_some_and(|next| next.is_initial() && first.after == " ");
    Some(at + 2 + usize::from(initial))
}

/// The name of a sentence that is nothing else, below a line that closes a letter.
pub(super) fn signed(words: &[Word<'_>]) -> Option<ByteMention> {
    let whole = (1..=3).contains(&words.len())
        && words.iter().all(|word| is_name_part(word) || word.is_initial())
        && words.iter().any(|word| word.text.len() > 2)
        && words[..words.len() - 1].iter().all(Word::joins)
        && !organizations::is_named(words, 0, words.len())
        && !words.iter().any(|word| matches!(word.lower.as_str(), "team" | "group" | "all" | "everyone"));
    let range = words.first()?.range.start..words.last()?.range.end;
    whole.then_some(ByteMention { kind: MentionKind::Person, range })
}

/// Names that stand in full: a listed first name and a last name.
pub(super) fn full_names(words: &[Word<'_>]) -> Vec<(usize, usize)> {
    let mut names = Vec::new();
    for at in 0..words.len() {
        let listed =
            first_name(&words[at].lower) == Some(Listed::Name) && words[at].is_capital() && !words[at].is_shouted();
        let end = if listed { extent(words, at) } else { at };
        if end - at >= 2 && !organizations::is_named(words, at, end) {
            names.push((at, end));
        }
    }
    names
}
