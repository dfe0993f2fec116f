//! Words of a text with their byte ranges, in one normal form: lower case, contractions taken apart
//! (`I'll` → `i` `will`, `won't` → `will` `not`, `gonna` → `going` `to`), chat spellings mended (`pls` → `please`).
//! Entry point: [`Words::new`]. Classes of words are in [`class`], verb forms in [`verbs`].

mod class;
mod contractions;
mod lexicon;
mod names;
mod phrases;
mod scan;
mod verbs;

pub use class::Class;
pub use names::{is_common_given_name, looks_like_name};
pub use phrases::Phrases;
use phrases::Print;
pub(crate) use phrases::phrases;
pub use verbs::Form;

use std::ops::Range;

/// How the normal form of a word is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Norm {
    /// The word itself in lower case.
    Own,
    /// A part of a contraction or a mended spelling.
    Mended(&'static str),
}

/// One word or punctuation mark.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    start: u32,
    end: u32,
    norm: Norm,
    print: Print,
    /// What sort of word it is.
    pub class: Class,
    /// The verb it can be a form of; empty when none is known.
    pub lemma: &'static str,
    /// Which forms of that verb it can be.
    pub form: Form,
}

/// The words of one sentence.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    base: usize,
    lower: String,
    list: Vec<Word>,
}

impl<'t> Words<'t> {
    /// Takes `range` of `text` apart. A range outside the text gives no words.
    pub fn new(text: &'t str, range: Range<usize>) -> Self {
        let base = range.start;
        let slice = text.get(range).unwrap_or_default();
        let lower = slice.to_ascii_lowercase();
        let mut words = Vec::with_capacity(slice.len() / 5 + 4);
        scan::scan(&lower, |start, end| contractions::push(&lower, start..end, &mut words));
        let mut made = Self { text, base, lower, list: words };
        contractions::mend_bare(&mut made);
        made.classify();
        made
    }

    fn classify(&mut self) {
        let table = lexicon::table();
        for index in 0..self.list.len() {
            let norm = self.norm(index);
            let print = Print::of(norm);
            let entry = table.look_up(norm, print);
            let word = &mut self.list[index];
            word.print = print;
            word.class = word.class | entry.class;
            word.lemma = entry.lemma;
            word.form = entry.form;
        }
    }

    /// The whole text that the ranges refer to.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Number of words and punctuation marks.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Says whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The normal form of the word at `index`; empty past the end.
    pub fn norm(&self, index: usize) -> &str {
        let Some(word) = self.list.get(index) else { return "" };
        match word.norm {
            Norm::Own => self.lower.get(word.start as usize..word.end as usize).unwrap_or_default(),
            Norm::Mended(norm) => norm,
        }
    }

    fn norm_bytes(&self, index: usize) -> &[u8] {
        let Some(word) = self.list.get(index) else { return b"" };
        match word.norm {
            Norm::Own => self.lower.as_bytes().get(word.start as usize..word.end as usize).unwrap_or_default(),
            Norm::Mended(norm) => norm.as_bytes(),
        }
    }

    fn print(&self, index: usize) -> Print {
        self.list.get(index).map_or_else(Print::default, |word| word.print)
    }

    /// The word as written; empty past the end.
    pub fn raw(&self, index: usize) -> &'t str {
        self.text.get(self.range(index)).unwrap_or_default()
    }

    /// Where the word stands in the text, in bytes; an empty range at the end of the sentence past the end.
    pub fn range(&self, index: usize) -> Range<usize> {
        match self.list.get(index) {
            Some(word) => self.base + word.start as usize..self.base + word.end as usize,
            None => self.base + self.lower.len()..self.base + self.lower.len(),
        }
    }

    /// Where the words `range` stand in the text, in bytes.
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let at = self.range(range.start).start;
            return at..at;
        }
        self.range(range.start).start..self.range(range.end - 1).end
    }

    /// The words `range` as written.
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(self.span(range)).unwrap_or_default()
    }

    fn has_letter(&self, index: usize) -> bool {
        self.norm(index).starts_with(char::is_alphanumeric)
    }

    /// The class of the word at `index`; empty past the end.
    pub fn class(&self, index: usize) -> Class {
        self.list.get(index).map_or(Class::NONE, |word| word.class)
    }

    /// Says whether the word at `index` is of any class in `class`.
    pub fn has(&self, index: usize, class: Class) -> bool {
        self.class(index).meets(class)
    }

    /// The verb that the word at `index` can be a form of; empty when none is known.
    pub fn lemma(&self, index: usize) -> &'static str {
        self.list.get(index).map_or("", |word| word.lemma)
    }

    /// Says whether the word at `index` can be one of `form` of a known verb.
    pub fn is_form(&self, index: usize, form: Form) -> bool {
        self.list.get(index).is_some_and(|word| word.form.meets(form))
    }

    /// Says whether the word at `index` is `norm`.
    pub fn is(&self, index: usize, norm: &str) -> bool {
        self.norm_bytes(index) == norm.as_bytes()
    }

    /// Says whether the word at `index` is one of `norms`.
    pub fn any(&self, index: usize, norms: &[&str]) -> bool {
        let word = self.norm_bytes(index);
        norms.iter().any(|norm| norm.as_bytes() == word)
    }

    /// Says whether the words from `index` on are `phrase`, whose words are separated by single spaces.
    pub fn at(&self, index: usize, phrase: &str) -> bool {
        let mut rest = phrase.as_bytes();
        for index in index.. {
            let norm = self.norm_bytes(index);
            match rest.strip_prefix(norm) {
                Some([]) => return !norm.is_empty(),
                Some([b' ', next @ ..]) => rest = next,
                Some(_) | None => return false,
            }
        }
        false
    }

    /// Says whether the word at `index` starts with a capital letter as written.
    pub fn is_capital(&self, index: usize) -> bool {
        self.raw(index).chars().next().is_some_and(char::is_uppercase)
    }

    /// Says whether a gap with an empty line stands before the word at `index`.
    pub fn breaks_before(&self, index: usize) -> bool {
        if index == 0 || index >= self.list.len() {
            return false;
        }
        let gap = self.list[index - 1].end as usize..self.list[index].start as usize;
        self.lower.get(gap).is_some_and(|gap| gap.bytes().filter(|byte| *byte == b'\n').count() > 1)
    }

    /// The index of the first word that ends after the byte `at` of the text.
    pub fn index_at(&self, at: usize) -> usize {
        let at = at.saturating_sub(self.base);
        self.list.partition_point(|word| word.end as usize <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let words = Words::new(text, 0..text.len());
        let norms: Vec<&str> = (0..words.len()).map(|index| words.norm(index)).collect();
        assert_eq!(norms.join(" "), expected, "{text:?}");
    }

    #[test]
    fn takes_contractions_apart() {
        check("I'll send it, we won't.", "i will send it , we will not .");
        check("I\u{2019}ve got y\u{2019}all", "i have got y\u{2019}all");
        check("you're gonna love it; can't cannot", "you are going to love it ; can not can not");
        check("didnt dont wont ill send", "did not do not will not i will send");
        check("he was ill yesterday", "he was ill yesterday");
        check("pls lemme know u r ok", "please let me know you are ok");
        check("Let's talk about Tom's deck", "let us talk about tom 's deck");
        check("that's what she's doing", "that is what she is doing");
    }

    #[test]
    fn keeps_numbers_addresses_and_compounds_whole() {
        check("mail a.b@acme.com by 3.30pm, $2,500!", "mail a.b@acme.com by 3.30pm , $2,500 !");
        check("see https://x.io/a?b=c, then follow-up", "see https://x.io/a?b=c , then follow up");
    }

    #[test]
    fn knows_verb_forms() {
        let text = "sending sent sends send shipping tried";
        let words = Words::new(text, 0..text.len());
        let lemmas: Vec<&str> = (0..words.len()).map(|index| words.lemma(index)).collect();
        assert_eq!(lemmas, ["send", "send", "send", "send", "ship", "try"]);
        assert!(words.is_form(0, Form::ING) && words.is_form(1, Form::PAST) && words.is_form(3, Form::BASE));
    }

    proptest! {
        #[test]
        fn ranges_are_in_bounds_and_ordered(text in "\\PC{0,200}") {
            let words = Words::new(&text, 0..text.len());
            let mut last = 0;
            for index in 0..words.len() {
                let range = words.range(index);
                prop_assert!(range.start >= last && range.end > range.start);
                prop_assert!(text.get(range.clone()).is_some());
                last = range.end;
            }
        }
    }
}
