//! Words of a sentence with their place and shape.

use std::ops::Range;

/// A word: letters, figures and the marks inside a word.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// The word, without marks around it.
    pub text: &'a str,
    /// Where it stands in the whole text.
    pub range: Range<usize>,
    /// What stands between it and the next word.
    pub after: &'a str,
    /// The word in lower case, without a possessive.
    pub lower: String,
    /// Whether a sentence, or a part of it that may begin with a capital, begins here.
    pub first: bool,
}

impl Word<'_> {
    /// Says whether the word begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Says whether the word is written in capitals and has at least three letters.
    pub(super) fn is_shouted(&self) -> bool {
        self.text.len() >= 3 && !self.text.contains(char::is_lowercase)
    }

    /// Says whether the word is an initial: `K.` or `K`.
    pub(super) fn is_initial(&self) -> bool {
        let mut letters = self.text.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && self.text != "I"
    }

    /// Says whether nothing but a space parts this word from the next; an initial may carry its stop.
    pub(super) fn joins(&self) -> bool {
        self.after == " " || self.is_initial() && self.after == ". " || self.after == "\n" || self.after == "\r\n"
    }
}

/// Cuts a sentence into words; `offset` is where it stands in the whole text.
pub(super) fn split(sentence: &str, offset: usize) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(skip) = sentence[at..].find(char::is_alphanumeric) {
        let start = at + skip;
        let end = end_of_word(sentence, start);
        let bare = bare(&sentence[start..end]);
        let first = words.is_empty() || opens(&sentence[at..start]);
        words.push(Word {
            text: bare,
            range: offset + start..offset + start + bare.len(),
            after: "",
            lower: bare.to_lowercase(),
            first,
        });
        ends.push((start + bare.len(), start));
        at = end;
    }
    for i in 0..words.len() {
        let next = ends.get(i + 1).map_or(sentence.len(), |&(_, start)| start);
        words[i].after = &sentence[ends[i].0..next];
    }
    words
}

/// Says whether what stands between two words lets a capital follow.
fn opens(between: &str) -> bool {
    between.contains(['!', '?', ':', '"', '“', '•', '\n']) || between.contains(". ") || between.contains(" - ")
}

fn end_of_word(sentence: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = sentence[start..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inner = matches!(c, '\'' | '’' | '-' | '.' | '@' | '_' | '&' | '+')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !inner {
            break;
        }
        end = start + i + c.len_utf8();
    }
    end
}

/// The word without a possessive.
fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).or_else(|| word.strip_suffix("'S")).unwrap_or(word)
}
