//! A sentence as the rules see it: lower case, single blanks, straight apostrophes, and in place of each name a slot
//! (`#0`), of each organisation `%0`. A pronoun that can mean one person only is that person's slot.

use std::ops::Range;

use crate::extract::mentions::ByteMention;
use crate::model::MentionKind;

/// A slot is one figure, so a sentence has at most ten people.
const MOST_SLOTS: usize = 10;

/// What may stand before a name and is no part of it.
#[rustfmt::skip]
const COURTESIES: &[&str] = &[
    "mr ", "mr. ", "mrs ", "mrs. ", "ms ", "ms. ", "miss ", "dr ", "dr. ", "prof ", "prof. ", "the ", "herr ", "herrn ", "frau ",
    "fr. ", "hr. ", "ing. ", "mag. ", "di ", "doktor ", "monsieur ", "madame ", "mme ", "m. ", "señor ", "señora ", "sr. ", "sra. ",
    "don ", "doña ", "meneer ", "mevrouw ", "mevr. ", "dhr. ", "der ", "die ", "den ", "dem ", "colleague ", "kollege ", "kollegin ",
    "collègue ",
];

/// A sentence with slots.
#[derive(Debug, Default)]
pub(super) struct Masked {
    pub(super) words: String,
    /// For each byte of `words` where it comes from.
    from: Vec<usize>,
    end: usize,
    /// The names, by slot.
    pub(super) people: Vec<Range<usize>>,
    /// The organisations, by slot.
    pub(super) organizations: Vec<Range<usize>>,
    /// Slots filled in for pronouns by the sentence before.
    pub(super) guessed: Vec<usize>,
}

impl Masked {
    /// Masks the sentence at `range` of `text`.
    pub(super) fn new(
        text: &str,
        range: Range<usize>,
        previous: Option<Range<usize>>,
        mentions: &[ByteMention],
    ) -> Self {
        let mut made = Self { end: range.end, ..Self::default() };
        let mut pronouns = Pronouns { before: previous.and_then(|before| only_person(text, before, mentions)) };
        let mut at = range.start;
        for mention in within(mentions, &range) {
            let slot = match mention.kind {
                MentionKind::Person => '#',
                MentionKind::Organization => '%',
                MentionKind::Title
                | MentionKind::Product
                | MentionKind::Money
                | MentionKind::Email
                | MentionKind::Phone => continue,
            };
            let list = if slot == '#' { &mut made.people } else { &mut made.organizations };
            if mention.range.start < at || mention.range.end > range.end || list.len() >= MOST_SLOTS {
                continue;
            }
            list.push(mention.range.clone());
            let number = list.len() - 1;
            made.plain(text, at..mention.range.start, &mut pronouns);
            made.slot(slot, number, mention.range.start);
            at = mention.range.end;
        }
        made.plain(text, at..range.end, &mut pronouns);
        made
    }

    /// Where the words at `range` come from.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.from.get(byte).copied().unwrap_or(self.end);
        at(range.start)..at(range.end)
    }

    fn push(&mut self, c: char, from: usize) {
        self.words.push(c);
        self.from.resize(self.words.len(), from);
    }

    /// A slot in place of a name; a courtesy or an article before it goes.
    fn slot(&mut self, sign: char, number: usize, from: usize) {
        while let Some(rest) = COURTESIES.iter().find_map(|word| self.words.strip_suffix(word)) {
            if rest.ends_with(char::is_alphanumeric) {
                break;
            }
            let length = rest.len();
            self.words.truncate(length);
            self.from.truncate(length);
        }
        self.push(sign, from);
        self.push(char::from(b'0' + (number % MOST_SLOTS) as u8), from);
    }

    fn plain(&mut self, text: &str, range: Range<usize>, pronouns: &mut Pronouns) {
        let Some(words) = text.get(range.clone()) else { return };
        let mut starts_word = !self.words.ends_with(char::is_alphanumeric);
        let mut skip = 0;
        for (offset, c) in words.char_indices() {
            if offset < skip {
                continue;
            }
            let at = range.start + offset;
            if starts_word
                && let Some((length, possessive)) = pronoun(&words[offset..])
                && let Some(slot) = pronouns.meant(self)
            {
                self.slot('#', slot, at);
                if possessive {
                    self.push('\'', at);
                    self.push('s', at);
                }
                skip = offset + length;
                starts_word = false;
                continue;
            }
            starts_word = !c.is_alphanumeric();
            match c {
                _ if c.is_whitespace() || matches!(c, '#' | '%' | '*' | '>' | '|') => {
                    if !self.words.is_empty() && !self.words.ends_with(' ') {
                        self.push(' ', at);
                    }
                }
                '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' => self.push('\'', at),
                '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»' => self.push('"', at),
                '\u{2013}' | '\u{2014}' => self.push('-', at),
                _ => c.to_lowercase().for_each(|c| self.push(c, at)),
            }
        }
    }
}

/// Whom a pronoun can mean when the sentence itself names nobody before it.
struct Pronouns {
    before: Option<Range<usize>>,
}

impl Pronouns {
    /// The slot of the person last named in the sentence, else of the only one named in the sentence before.
    fn meant(&mut self, masked: &mut Masked) -> Option<usize> {
        if let Some(last) = masked.people.len().checked_sub(1) {
            return Some(last);
        }
        let before = self.before.clone()?;
        masked.people.push(before);
        masked.guessed.push(0);
        Some(0)
    }
}

/// The pronoun of one person that `words` begin with: its length, and whether it is a possessive.
fn pronoun(words: &str) -> Option<(usize, bool)> {
    const PRONOUNS: [(&str, bool); 5] = [("she", false), ("he", false), ("him", false), ("his", true), ("her", true)];
    PRONOUNS.into_iter().find_map(|(word, possessive)| {
        let stands = words.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
            && !words[word.len()..].starts_with(char::is_alphanumeric);
        stands.then_some((word.len(), possessive))
    })
}

/// The one person whom a sentence names.
fn only_person(text: &str, range: Range<usize>, mentions: &[ByteMention]) -> Option<Range<usize>> {
    let mut named = within(mentions, &range).filter(|mention| mention.kind == MentionKind::Person);
    let first = named.next()?.range.clone();
    let name = text.get(first.clone())?;
    named.all(|other| text.get(other.range.clone()) == Some(name)).then_some(first)
}

/// The mentions that begin within a range.
pub(super) fn within<'m>(mentions: &'m [ByteMention], range: &Range<usize>) -> impl Iterator<Item = &'m ByteMention> {
    let first = mentions.partition_point(|mention| mention.range.start < range.start);
    let end = range.end;
    mentions[first..].iter().take_while(move |mention| mention.range.start < end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::mentions;

    #[test]
    fn names_become_slots() {
        let check = |text: &str, expected: &str| {
            let cut = text.find('/').unwrap_or(0);
            let (before, sentence) = (0..cut, cut + usize::from(cut > 0)..text.len());
            let found = mentions::find(text, &[before.clone(), sentence.clone()], &[]);
            assert_eq!(Masked::new(text, sentence, Some(before), &found).words, expected, "{text}");
        };
        check("I’ll  ask Dana Whitfield, it is her call", "i'll ask #0, it is #0's call");
        check("Ruth is our CFO./She signs.", "#0 signs.");
        check("Ruth met Helena./She signs.", "she signs.");
    }
}
