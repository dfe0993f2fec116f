//! Looking at tokens: the small questions that every rule of the grammar asks.

use jiff::civil::Date;

use super::Reference;
use super::lex::{Kind, Token};
use super::value::Value;
use super::words::{Unit, Word};

/// Tokens and what they are resolved against.
#[derive(Clone, Copy)]
pub(super) struct Parser<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) reference: Reference,
    /// The text that the tokens stand in.
    pub(super) text: &'a str,
    /// Whether this reads an expression within another: rules that look for one within themselves do so once.
    pub(super) nested: bool,
}

/// What a rule read.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// First token of the expression proper; tokens before it belong to a preposition.
    pub(super) start: usize,
    /// One past the last token.
    pub(super) next: usize,
    /// What it says.
    pub(super) value: Value,
}

impl Read {
    pub(super) fn new(start: usize, next: usize, value: Value) -> Self {
        Self { start, next, value }
    }
}

impl Parser<'_> {
    /// The same for an expression within another; nothing within one that is itself nested.
    pub(super) fn within(&self) -> Option<Self> {
        (!self.nested).then_some(Self { nested: true, ..*self })
    }

    /// The message's own day.
    pub(super) fn today(&self) -> Date {
        self.reference.local.date()
    }

    pub(super) fn word(&self, at: usize) -> Option<Word> {
        match self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            Kind::Number(..) | Kind::Punct(_) | Kind::Other => None,
        }
    }

    pub(super) fn is(&self, at: usize, word: Word) -> bool {
        self.word(at) == Some(word)
    }

    /// Whether the text ends or a mark stands at `at`.
    pub(super) fn ends(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| matches!(token.kind, Kind::Punct(_)))
    }

    /// The words of a token.
    pub(super) fn text_at(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    /// Whether a token starts with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.text_at(at).starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// Whether a token is written so, to the case.
    pub(super) fn is_written(&self, at: usize, form: &str) -> bool {
        self.text_at(at) == form
    }

    pub(super) fn is_punct(&self, at: usize, mark: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Punct(mark))
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// Digits with their count.
    pub(super) fn digits(&self, at: usize) -> Option<(u32, u8)> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            Kind::Word(_) | Kind::Punct(_) | Kind::Other => None,
        }
    }

    /// Skips one word if it is there.
    pub(super) fn skip(&self, at: usize, word: Word) -> usize {
        if self.is(at, word) { at + 1 } else { at }
    }

    /// Skips one mark if it is there.
    pub(super) fn skip_punct(&self, at: usize, mark: u8) -> usize {
        if self.is_punct(at, mark) { at + 1 } else { at }
    }

    /// A count in digits or words ("3", "two", "a", "a couple of", "twenty five"), with the token after it.
    pub(super) fn count(&self, at: usize) -> Option<(i64, usize)> {
        if let Some((value, digits)) = self.digits(at) {
            let is_decimal = self.is_punct(at + 1, b'.') && self.glued(at + 1) && self.digits(at + 2).is_some();
            return (digits <= 4 && !is_decimal).then_some((i64::from(value), at + 1));
        }
        match self.word(at)? {
            Word::Cardinal(value) => Some((i64::from(value), at + 1)),
            Word::One | Word::An | Word::LetterA if self.is(at + 1, Word::Couple) => {
                Some((2, self.skip(at + 2, Word::Of)))
            }
            Word::LetterA if self.is(at + 1, Word::Few) => Some((3, at + 2)),
            Word::One | Word::An | Word::LetterA => Some((1, at + 1)),
            Word::Couple => Some((2, self.skip(at + 1, Word::Of))),
            Word::Few | Word::Several | Word::Some => Some((3, at + 1)),
            Word::Tens(tens) => {
                let next = self.skip(self.skip_punct(at + 1, b'-'), Word::And);
                match self.word(next) {
                    Some(Word::Cardinal(ones)) if ones < 10 => Some((i64::from(tens + ones), next + 1)),
                    Some(Word::One) => Some((i64::from(tens) + 1, next + 1)),
                    _ => Some((i64::from(tens), at + 1)),
                }
            }
            _ => None,
        }
    }

    /// A unit, with "business" or "working" before it, and the token after it.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let business = matches!(self.word(at), Some(Word::Business | Word::Working));
        let at = if business { at + 1 } else { at };
        // "d" and "y" are units beside digits only: "3d", but not "three D" and "a d".
        let letter = self.tokens.get(at).is_some_and(|token| token.end - token.start == 1);
        if letter && at.checked_sub(1).is_none_or(|count| self.digits(count).is_none()) {
            return None;
        }
        match self.word(at)? {
            Word::Unit(Unit::Day) if business => Some((Unit::Weekday, at + 1)),
            Word::Unit(Unit::Week) if business => Some((Unit::Week, at + 1)),
            Word::Unit(unit) if !business => Some((unit, at + 1)),
            _ => None,
        }
    }

    /// A day of a month as an ordinal: "15th", "third", "twenty-first", "15" where `bare` allows it.
    pub(super) fn ordinal(&self, at: usize, bare: bool) -> Option<(i8, usize)> {
        if let Some((value, digits)) = self.digits(at) {
            let suffixed = self.is(at + 1, Word::OrdinalSuffix);
            let in_month = digits <= 2 && (1..=31).contains(&value);
            return (in_month && (suffixed || bare)).then(|| (value as i8, at + 1 + usize::from(suffixed)));
        }
        match self.word(at)? {
            Word::Ordinal(value) => Some((value.cast_signed(), at + 1)),
            Word::Unit(Unit::Second) => Some((2, at + 1)),
            Word::Tens(tens @ (20 | 30)) => {
                let next = self.skip_punct(at + 1, b'-');
                let ones = match self.word(next)? {
                    Word::Ordinal(ones) if ones < 10 => ones.cast_signed(),
                    Word::Unit(Unit::Second) => 2,
                    _ => return None,
                };
                let value = tens as i8 + ones;
                (value <= 31).then_some((value, next + 1))
            }
            _ => None,
        }
    }
}
