//! Written dates and times: a small cursor over numbers, words and marks.

use jiff::{civil::Date, civil::Time, tz::Offset};

use super::{Moment, Precision};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Number(&'a str),
    Word(&'a str),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let length = if c.is_ascii_digit() {
            run(|c| c.is_ascii_digit())
        } else if c.is_alphabetic() {
            run(char::is_alphabetic)
        } else {
            c.len_utf8()
        };
        let (token, tail) = rest.split_at(length);
        if c.is_ascii_digit() {
            found.push(Token::Number(token));
        } else if c.is_alphabetic() {
            found.push(Token::Word(token));
        } else if !c.is_whitespace() && !matches!(c, ',' | '\'') {
            found.push(Token::Mark(c));
        }
        rest = tail;
    }
    found
}

/// A cursor over the tokens of a written time.
struct Cursor<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
}

/// Reads a written date with an optional time and offset; `None` when anything else stands beside it.
pub(super) fn read(text: &str) -> Option<Moment> {
    let mut cursor = Cursor { tokens: tokens(text), at: 0 };
    if cursor.word_in(&WEEKDAYS) {
        cursor.mark(&['.']);
    }
    let day = cursor.date()?;
    while cursor.mark(&['-', '_']) || cursor.word_is(&["t", "at", "um"]) {}
    let time = cursor.time();
    let offset = if time.is_some() { cursor.offset() } else { None };
    let in_brackets = matches!(cursor.peek(0), Some(Token::Mark('(' | '[')));
    if cursor.at < cursor.tokens.len() && !in_brackets {
        return None;
    }
    let zone = Offset::from_seconds(i32::from(offset.unwrap_or(0)) * 60).ok()?;
    let at = zone.to_timestamp(day.to_datetime(time.unwrap_or_else(Time::midnight))).ok()?;
    let precision = if time.is_some() { Precision::Time } else { Precision::Day };
    Some(Moment { at, utc_offset_minutes: offset, precision })
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ZONES: [(&str, i16); 13] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("pst", -480),
    ("pdt", -420),
    ("cet", 60),
    ("cest", 120),
    ("bst", 60),
];

impl<'a> Cursor<'a> {
    fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn mark(&mut self, marks: &[char]) -> bool {
        let found = matches!(self.peek(0), Some(Token::Mark(c)) if marks.contains(&c));
        self.at += usize::from(found);
        found
    }

    fn word_is(&mut self, words: &[&str]) -> bool {
        let found =
            matches!(self.peek(0), Some(Token::Word(own)) if words.iter().any(|word| own.eq_ignore_ascii_case(word)));
        self.at += usize::from(found);
        found
    }

    /// Takes a word that starts with one of `stems`, such as the name of a weekday.
    fn word_in(&mut self, stems: &[&str]) -> bool {
        let found = matches!(self.peek(0), Some(Token::Word(own)) if stem_index(own, stems).is_some());
        self.at += usize::from(found);
        found
    }

    fn number(&mut self) -> Option<&'a str> {
        match self.peek(0) {
            Some(Token::Number(digits)) => {
                self.at += 1;
                Some(digits)
            }
            _ => None,
        }
    }

    fn month(&mut self) -> Option<i8> {
        let Some(Token::Word(word)) = self.peek(0) else { return None };
        let index = stem_index(word, &MONTHS)?;
        self.at += 1;
        self.mark(&['.']);
        i8::try_from(index + 1).ok()
    }

    fn date(&mut self) -> Option<Date> {
        if let Some(month) = self.month() {
            let day = self.number()?;
            self.word_is(&["st", "nd", "rd", "th"]);
            return new_date(self.number()?, month, day.parse().ok()?);
        }
        let first = self.number()?;
        if first.len() == 8 {
            return new_date(&first[..4], first[4..6].parse().ok()?, first[6..].parse().ok()?);
        }
        self.word_is(&["st", "nd", "rd", "th"]);
        let dotted = matches!(self.peek(0), Some(Token::Mark('.')));
        self.mark(&['-', '/', '.']);
        if let Some(month) = self.month() {
            self.mark(&['-', '/', '.']);
            let last = self.number()?;
            let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
            return new_date(year, month, day.parse().ok()?);
        }
        let second: i8 = self.number()?.parse().ok()?;
        self.mark(&['-', '/', '.']).then_some(())?;
        let third = self.number()?;
        if first.len() == 4 {
            return new_date(first, second, third.parse().ok()?);
        }
        let first: i8 = first.parse().ok()?;
        let day_first = dotted || first > 12;
        let (month, day) = if day_first { (second, first) } else { (first, second) };
        new_date(third, month, day)
    }

    fn time(&mut self) -> Option<Time> {
        let start = self.at;
        let time = self.clock();
        if time.is_none() {
            self.at = start;
        }
        time
    }

    fn clock(&mut self) -> Option<Time> {
        let first = self.number()?;
        if first.len() == 6 || first.len() == 4 {
            let second = first.get(4..).filter(|part| !part.is_empty()).unwrap_or("0");
            return Time::new(first[..2].parse().ok()?, first[2..4].parse().ok()?, second.parse().ok()?, 0).ok();
        }
        let hour: i8 = first.parse().ok()?;
        let (mut minute, mut second, mut nanos) = (0i8, 0i8, 0i32);
        let has_minutes = self.mark(&[':']);
        if has_minutes {
            minute = self.number()?.parse().ok()?;
            if self.mark(&[':']) {
                second = self.number()?.parse().ok()?;
                if self.mark(&['.']) {
                    nanos = format!("{:0<9}", self.number()?).get(..9)?.parse().ok()?;
                }
            }
        }
        let half = if self.word_is(&["am"]) {
            Some(0)
        } else if self.word_is(&["pm"]) {
            Some(12)
        } else {
            None
        };
        let hour = match half {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(half) => hour % 12 + half,
            None if has_minutes => hour,
            None => return None,
        };
        // A leap second counts as the second before it.
        Time::new(hour, minute, second.min(59), nanos).ok()
    }

    /// The offset after a time, in minutes; `None` also when UTC is named, which says nothing of the author's own zone.
    fn offset(&mut self) -> Option<i16> {
        let mut named = None;
        if let Some(Token::Word(word)) = self.peek(0) {
            let (_, minutes) = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
            self.at += 1;
            named = (*minutes != 0).then_some(*minutes);
        }
        let sign = match self.peek(0) {
            Some(Token::Mark('+')) => 1,
            Some(Token::Mark('-' | '−')) => -1,
            _ => return named,
        };
        self.at += 1;
        let digits = self.number()?;
        let (hours, minutes) = match digits.len() {
            4 => (digits[..2].parse::<i16>().ok()?, digits[2..].parse::<i16>().ok()?),
            1 | 2 => {
                let minutes = if self.mark(&[':']) { self.number()?.parse().ok()? } else { 0 };
                (digits.parse().ok()?, minutes)
            }
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then(|| sign * (hours * 60 + minutes))
    }
}

fn stem_index(word: &str, stems: &[&str]) -> Option<usize> {
    stems.iter().position(|stem| word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem)))
}

fn new_date(year: &str, month: i8, day: i8) -> Option<Date> {
    let number: i16 = year.parse().ok()?;
    let year = match year.len() {
        2 if number < 70 => 2000 + number,
        2 => 1900 + number,
        4 if number >= 1900 => number,
        _ => return None,
    };
    Date::new(year, month, day).ok()
}
