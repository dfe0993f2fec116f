//! Names of weekdays and months that are also other words: "sat", "sun", "may", "march".

use super::lex::Kind;
use super::parser::Parser;
use super::words::Word;

/// "sat", "sun", "mon", "wed" as ordinary words and in names: after "is" or an article, and two of them wherever neither
/// a preposition nor a number beside them makes them days.
pub(super) fn is_other_weekday(parser: &Parser<'_>, at: usize) -> bool {
    let form = parser.text_at(at);
    if form.len() != 3 {
        return false;
    }
    let led = at.checked_sub(1);
    let beside = matches!(parser.word(at + 1), Some(Word::Part(_) | Word::At));
    if led.is_some_and(|led| matches!(parser.word(led), Some(Word::Is | Word::The | Word::LetterA))) {
        return !beside;
    }
    if !form.eq_ignore_ascii_case("sat") && !form.eq_ignore_ascii_case("sun") {
        return false;
    }
    let is_name = parser.is_capital(at + 1) && parser.tokens[at + 1].kind == Kind::Other;
    let wanted = !is_name
        && led.is_some_and(|led| match parser.tokens[led].kind {
            Kind::Word(word) => matches!(
                word,
                Word::On | Word::By | Word::Until | Word::Before | Word::After | Word::From | Word::To | Word::Through
            ),
            Kind::Punct(mark) => mark != b'.',
            Kind::Number(..) | Kind::Other => false,
        });
    let told = matches!(parser.word(at + 1), Some(Word::Part(_) | Word::Month(_) | Word::Weekday(_)));
    let told = told || parser.digits(at + 1).is_some() || parser.ends(at + 1) && parser.is_capital(at);
    let small_after = !parser.is_capital(at + 1) && parser.is_capital(at) && !form.ends_with(['T', 'N']);
    !(wanted || told || small_after)
}

/// "may" and "march" as verbs, "mar", "jan", "dec" in lower case: a month only after a word that wants one.
pub(super) fn is_other_month(parser: &Parser<'_>, at: usize, month: i8) -> bool {
    let wanted = at
        .checked_sub(1)
        .and_then(|before| parser.word(before))
        .is_some_and(|word| word.leads_to_period() || matches!(word, Word::Or | Word::Beginning | Word::Starting));
    let capital = parser
        .tokens
        .get(at)
        .and_then(|token| parser.text.as_bytes().get(token.start))
        .is_some_and(u8::is_ascii_uppercase);
    let joined =
        at.checked_sub(1).is_some_and(|before| matches!(parser.word(before), Some(Word::And | Word::Or | Word::To)));
    let leads =
        matches!(parser.word(at + 1), Some(Word::To | Word::Until | Word::Through)) || parser.is_punct(at + 1, b'-');
    matches!(month, 3 | 5) && !(wanted && (capital || !joined)) && !(capital && leads)
}
