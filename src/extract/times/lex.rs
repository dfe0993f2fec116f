//! Cuts text into tokens: words of the grammar, numbers, punctuation, and everything else.
//! Letters and digits that stand together (`7pm`, `Dec31`, `FY26`) are parted only where every piece is known;
//! web and mail addresses are one opaque token.

use std::ops::Range;

use super::starts;
use super::words::{Word, lookup};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of the grammar.
    Word(Word),
    /// Digits, with their count.
    Number(u32, u8),
    /// One punctuation mark; dashes and apostrophes of all sorts are `-` and `'`.
    Punct(u8),
    /// Anything else.
    Other,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether nothing stands between it and the token before.
    pub(super) glued: bool,
}

/// Cuts `range` of `text`; empty when nothing there can be part of a time expression.
pub(super) fn lex(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut lexer = Lexer { text, end: range.end, tokens: Vec::new(), anchored: false };
    let mut at = range.start;
    while at < lexer.end {
        at = lexer.step(at);
    }
    if lexer.anchored { lexer.tokens } else { Vec::new() }
}

struct Lexer<'a> {
    text: &'a str,
    end: usize,
    tokens: Vec<Token>,
    anchored: bool,
}

impl Lexer<'_> {
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        match bytes[at] {
            b'\n' => self.line_break(at),
            byte if byte.is_ascii_whitespace() => at + 1,
            byte if byte.is_ascii_alphanumeric() => self.run(at),
            b'@' if self.joins_words(at) => self.address(at),
            b'$' | b'#' if bytes[..self.end].get(at + 1).is_some_and(u8::is_ascii_alphabetic) => {
                self.opaque(at, at + 1)
            }
            b'~' => self.push(at, at + 1, Kind::Punct(b'-')),
            byte if byte.is_ascii() => self.push(at, at + 1, Kind::Punct(byte)),
            _ => self.wide(at),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) -> usize {
        let glued = self.tokens.last().is_some_and(|last| last.end == start);
        let token = Token { start, end, kind, glued };
        self.anchored |= starts::is_heart(&token);
        self.tokens.push(token);
        end
    }

    /// A paragraph ends an expression; the end of a line does not.
    fn line_break(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..self.end];
        let blank = rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        if blank { self.push(at, at + 1, Kind::Punct(b'\n')) } else { at + 1 }
    }

    fn run(&mut self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[..self.end];
        let alphabetic = bytes[at].is_ascii_alphabetic();
        let mut end = at + 1;
        let mut mixed = false;
        while end < bytes.len() && bytes[end].is_ascii_alphanumeric() {
            mixed |= bytes[end].is_ascii_alphabetic() != alphabetic;
            end += 1;
        }
        if self.text[end..self.end].chars().next().is_some_and(|c| !c.is_ascii() && c.is_alphabetic()) {
            return self.opaque(at, end);
        }
        let rest = &self.text[end..self.end];
        if alphabetic && (rest.starts_with("://") || is_web(&self.text[at..self.end]) || is_domain(rest)) {
            return self.opaque_to_space(at);
        }
        if mixed {
            return self.split(at, end);
        }
        let kind = if alphabetic { word(&self.text[at..end]) } else { number(&self.text[at..end]) };
        self.push(at, end, kind)
    }

    /// Parts letters from digits where every piece is known.
    fn split(&mut self, at: usize, end: usize) -> usize {
        let run = &self.text[at..end];
        let mut pieces: [(usize, usize, Kind); 3] = [(0, 0, Kind::Other); 3];
        let mut count = 0;
        let mut start = 0;
        while start < run.len() {
            let digit = run.as_bytes()[start].is_ascii_digit();
            let length = run.as_bytes()[start..].iter().take_while(|b| b.is_ascii_digit() == digit).count();
            let piece = &run[start..start + length];
            let kind = if digit { number(piece) } else { word(piece) };
            // "3D" is a word, "3117d" a place; "3d" is a length.
            let is_days = piece.eq_ignore_ascii_case("d") && (start > 3 || (piece == "D" && start < 2));
            if count == 3 || !may_touch_digits(kind) || is_days {
                return self.push(at, end, Kind::Other);
            }
            pieces[count] = (at + start, at + start + length, kind);
            count += 1;
            start += length;
        }
        for (start, end, kind) in &pieces[..count] {
            self.push(*start, *end, *kind);
        }
        end
    }

    fn wide(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else { return self.end };
        let end = at + c.len_utf8();
        match c {
            '–' | '—' | '‐' | '‑' | '−' => self.push(at, end, Kind::Punct(b'-')),
            '’' | '‘' | '´' => self.push(at, end, Kind::Punct(b'\'')),
            '½' => self.push(at, end, Kind::Word(Word::Half)),
            '€' | '£' | '¥' => self.push(at, end, Kind::Punct(b'$')),
            _ if c.is_whitespace() => end,
            _ if c.is_alphanumeric() => self.opaque(at, end),
            _ => self.push(at, end, Kind::Punct(b'?')),
        }
    }

    fn opaque(&mut self, at: usize, from: usize) -> usize {
        let rest = &self.text[from..self.end];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        self.push(at, from + length, Kind::Other)
    }

    fn opaque_to_space(&mut self, at: usize) -> usize {
        let rest = &self.text[at..self.end];
        let length = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '"').unwrap_or(rest.len());
        self.push(at, at + length.max(1), Kind::Other)
    }

    fn joins_words(&self, at: usize) -> bool {
        let next = self.text.as_bytes()[..self.end].get(at + 1);
        next.is_some_and(u8::is_ascii_alphanumeric) && self.tokens.last().is_some_and(|last| last.end == at)
    }

    /// A mail address: what is glued before the `@` belongs to it.
    fn address(&mut self, at: usize) -> usize {
        let mut start = at;
        while let Some(last) = self.tokens.last().copied().filter(|last| last.end == start && !opens(last.kind)) {
            start = last.start;
            self.tokens.pop();
        }
        self.opaque_to_space(start)
    }
}

fn opens(kind: Kind) -> bool {
    matches!(kind, Kind::Punct(b'<' | b'>' | b'(' | b'[' | b'"' | b',' | b';' | b':'))
}

fn is_web(rest: &str) -> bool {
    rest.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
}

/// Whether what follows a word makes it the name of a site: "monday.com".
fn is_domain(rest: &str) -> bool {
    const TOP: [&str; 12] = ["com", "net", "org", "io", "co", "ai", "app", "dev", "de", "eu", "edu", "gov"];
    let Some(rest) = rest.strip_prefix('.') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    TOP.contains(&&rest[..end])
}

/// Longest keyword.
const LONGEST: usize = 14;

fn word(piece: &str) -> Kind {
    if piece.len() > LONGEST {
        return Kind::Other;
    }
    let mut buffer = [0u8; LONGEST];
    let lower = &mut buffer[..piece.len()];
    lower.copy_from_slice(piece.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(lookup).map_or(Kind::Other, Kind::Word)
}

fn number(piece: &str) -> Kind {
    let digits = piece.len() as u8;
    piece.parse().ok().filter(|_| piece.len() <= 9).map_or(Kind::Other, |value| Kind::Number(value, digits))
}

/// Whether a piece may stand against digits without a space.
fn may_touch_digits(kind: Kind) -> bool {
    let Kind::Word(word) = kind else { return matches!(kind, Kind::Number(..)) };
    matches!(
        word,
        Word::Month(_)
            | Word::Unit(_)
            | Word::OrdinalSuffix
            | Word::Am
            | Word::Pm
            | Word::AmPm
            | Word::LetterA
            | Word::LetterP
            | Word::LetterS
            | Word::LetterT
            | Word::Ish
            | Word::Fiscal
            | Word::Calendar
            | Word::School
            | Word::Q
            | Word::H
            | Word::Noon
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let tokens = lex(text, 0..text.len());
        let words: Vec<&str> = tokens.iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(words, expected, "{text:?}");
    }

    #[test]
    fn letters_part_from_digits_where_known() {
        check("7pm", &["7", "pm"]);
        check("Dec31, FY26", &["Dec", "31", ",", "FY", "26"]);
        check("A1B2C3 on Friday", &["A1B2C3", "on", "Friday"]);
        check("16T12:23", &["16", "T", "12", ":", "23"]);
    }

    #[test]
    fn addresses_are_opaque() {
        check("may.2010@x.example on Friday", &["may.2010@x.example", "on", "Friday"]);
        check(">@0 today", &[">", "@0", "today"]);
        check("see https://x.example/2010/05/12 today", &["see", "https://x.example/2010/05/12", "today"]);
    }

    #[test]
    fn text_without_anchor_is_skipped() {
        check("Thanks for the update, it is all good.", &[]);
    }
}
