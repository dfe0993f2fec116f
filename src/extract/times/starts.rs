//! Where an expression can start at all. Most words of a text are none of the grammar's and need no rule tried on them.

use super::lex::{Kind, Token};
use super::words::Word;

/// Tokens within which an expression that starts with a word of leading has its heart.
const NEAR: usize = 8;

/// Whether an expression can start at a token: at its heart, or at a word that leads to one close by.
pub(super) fn may_start(tokens: &[Token], at: usize) -> bool {
    match tokens[at].kind {
        Kind::Number(_, digits) => digits <= 4 || digits == 8,
        Kind::Other => false,
        Kind::Punct(mark) => mark == b'\'',
        Kind::Word(word) => {
            is_heart_word(word) || word == Word::At || (leads(word) && tokens[at + 1..].iter().take(NEAR).any(is_heart))
        }
    }
}

/// Whether a token can be the heart of an expression: text without one needs no further look.
pub(super) fn is_heart(token: &Token) -> bool {
    match token.kind {
        Kind::Number(..) => true,
        Kind::Word(word) => is_heart_word(word),
        Kind::Punct(_) | Kind::Other => false,
    }
}

/// Whether a word can start an expression whose heart comes later.
fn leads(word: Word) -> bool {
    matches!(
        word,
        Word::The
            | Word::LetterA
            | Word::An
            | Word::In
            | Word::At
            | Word::For
            | Word::From
            | Word::To
            | Word::Until
            | Word::Between
            | Word::As
            | Word::Next
            | Word::Last
            | Word::Previous
            | Word::Past
            | Word::This
            | Word::Current
            | Word::Coming
            | Word::Following
            | Word::Same
            | Word::Rest
            | Word::Early
            | Word::Earlier
            | Word::Mid
            | Word::Late
            | Word::Later
            | Word::Start
            | Word::Beginning
            | Word::Middle
            | Word::End
            | Word::Close
            | Word::Right
            | Word::Half
            | Word::Couple
            | Word::Few
            | Word::Several
            | Word::Some
            | Word::Another
            | Word::All
            | Word::Full
            | Word::Every
            | Word::Bi
            | Word::Good
            | Word::Calendar
            | Word::School
            | Word::Q
            | Word::H
            | Word::W
    )
}

fn is_heart_word(word: Word) -> bool {
    matches!(
        word,
        Word::Month(_)
            | Word::Weekday(_)
            | Word::Weekdays(_)
            | Word::Unit(_)
            | Word::Cardinal(_)
            | Word::Tens(_)
            | Word::One
            | Word::Ordinal(_)
            | Word::Season
            | Word::Part(_)
            | Word::Parts(_)
            | Word::Noon
            | Word::Midnight
            | Word::Midday
            | Word::Today
            | Word::Tomorrow
            | Word::Yesterday
            | Word::Tonight
            | Word::Now
            | Word::Moment
            | Word::Present
            | Word::EndOf(_)
            | Word::CloseOfBusiness
            | Word::Business
            | Word::Soon
            | Word::Decade(_)
            | Word::Recurring(..)
            | Word::Date
            | Word::Fiscal
            | Word::Holiday(_)
            | Word::New
            | Word::Feast
    )
}
