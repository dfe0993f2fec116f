//! Words around an expression that limit it: "since 2019", "no later than noon", "2020 or later". They are shown with
//! the expression and are no part of its value.

use super::parser::Parser;
use super::words::Word;

/// The first token of the words that limit the expression at `at`; `at` itself where none do.
pub(super) fn before(parser: &Parser<'_>, at: usize) -> usize {
    let mut first = at;
    while let Some(earlier) = one_before(parser, first) {
        first = earlier;
    }
    first
}

fn one_before(parser: &Parser<'_>, at: usize) -> Option<usize> {
    let last = at.checked_sub(1)?;
    if parser.is_punct(last, b'<') || parser.is_punct(last, b'>') || parser.is_punct(last, b'=') {
        return Some(last);
    }
    match parser.word(last)? {
        Word::By
        | Word::Until
        | Word::Before
        | Word::Within
        | Word::Since
        | Word::After
        | Word::Around
        | Word::Starting
        | Word::Beginning
        | Word::Ending => Some(last),
        Word::On | Word::At | Word::In if parser.is(last.checked_sub(1)?, Word::Or) => {
            let led =
                matches!(parser.word(last.checked_sub(2)?)?, Word::Before | Word::After | Word::Than | Word::Until);
            last.checked_sub(1).filter(|_| led)
        }
        Word::Or => {
            let limits = matches!(parser.word(at), Some(Word::Before | Word::After));
            let led = matches!(parser.word(last.checked_sub(1)?)?, Word::On | Word::At | Word::In);
            last.checked_sub(1).filter(|_| limits && led).or_else(|| {
                let joined = matches!(parser.word(at), Some(Word::On | Word::At | Word::In | Word::Equal));
                let led = matches!(parser.word(last - 1), Some(Word::Before | Word::After | Word::Than | Word::Until));
                (joined && led).then_some(last)
            })
        }
        Word::With => {
            last.checked_sub(1).filter(|&led| matches!(parser.word(led), Some(Word::Starting | Word::Ending)))
        }
        Word::Of => {
            let advance = last.checked_sub(1).filter(|&advance| parser.is(advance, Word::Advance))?;
            advance.checked_sub(1).filter(|&led| parser.is(led, Word::In))
        }
        Word::On | Word::From => last.checked_sub(1).filter(|&led| {
            matches!(parser.word(led), Some(Word::Starting | Word::Beginning | Word::Ending))
                || (parser.is(last, Word::On) && matches!(parser.word(led), Some(Word::Before | Word::After)))
        }),
        Word::To if parser.is(last.checked_sub(1)?, Word::Equal) => {
            last.checked_sub(2).filter(|&or| parser.is(or, Word::Or))
        }
        Word::To => last.checked_sub(1).filter(|&prior| parser.is(prior, Word::Prior)),
        Word::As => {
            let early = matches!(parser.word(last.checked_sub(1)?)?, Word::Early | Word::Late | Word::Soon);
            last.checked_sub(2).filter(|&first| early && parser.is(first, Word::As))
        }
        Word::Than => than(parser, last),
        _ => None,
    }
}

/// "later than", "no later than", "more than".
fn than(parser: &Parser<'_>, than: usize) -> Option<usize> {
    let more = than.checked_sub(1)?;
    match parser.word(more)? {
        Word::Later | Word::Earlier | Word::Sooner => {
            let no = more.checked_sub(1).filter(|&no| parser.is(no, Word::No) || parser.is(no, Word::Not));
            Some(no.unwrap_or(more))
        }
        Word::Less | Word::More | Word::Greater => Some(more),
        _ => None,
    }
}

/// The token after the words that limit the expression before `next`: "or later", "and after".
pub(super) fn after(parser: &Parser<'_>, next: usize) -> usize {
    let joined = matches!(parser.word(next), Some(Word::Or | Word::And));
    match parser.word(next + 1) {
        Some(Word::Later | Word::Earlier | Word::Greater | Word::Onwards | Word::More)
            if joined && ends(parser, next + 2) =>
        {
            next + 2
        }
        Some(Word::After | Word::Before) if joined && ends(parser, next + 2) => next + 2,
        _ => next,
    }
}

/// Whether nothing follows to which "after" or "more" would belong.
fn ends(parser: &Parser<'_>, at: usize) -> bool {
    use super::lex::Kind;
    parser.tokens.get(at).is_none_or(|token| matches!(token.kind, Kind::Punct(_)))
}
