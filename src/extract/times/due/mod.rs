//! Deadlines: which time expression of a clause says when the action is due, and the words to show for it.

use std::ops::Range;

use jiff::civil::{Date, Time as Time24};

use super::{Reference, Time};
use crate::model::Grain;

#[cfg(test)]
mod tests;

/// When the action of a clause is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The words to show, its preposition included ("by Friday"), in bytes of the text.
    pub phrase: Range<usize>,
    /// The one day that follows from the words; `None` for "shortly", "this week", "late April".
    pub date: Option<Date>,
}

/// How an expression stands to the action of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// It says something else: how long, how often, since when, a window for a meeting.
    None,
    /// It says when, without a preposition: "tomorrow", "on Monday", "next week".
    When,
    /// It sets a limit: "by Friday", "before the 15th", "no later than noon".
    Limit,
}

/// The deadline that the words of `clause` set, if they set one. `times` are those of the text or of the clause alone.
/// Windows for a meeting ("are you free Tuesday", "between 2 and 4") are none. A date that corrects the one before it
/// ("tomorrow, no, let's say Friday") takes its place.
pub fn deadline(text: &str, clause: Range<usize>, times: &[Time], reference: Reference) -> Option<Deadline> {
    let is_meeting = asks_when_to_meet(text.get(clause.clone()).unwrap_or_default());
    let within = times.iter().filter(|time| clause.start <= time.range.start && time.range.end <= clause.end);
    let mut best: Option<(Standing, &Time)> = None;
    let mut before = clause.start;
    for time in within {
        let standing = match standing(text, &clause, time, reference) {
            Standing::When if is_meeting => Standing::None,
            standing => standing,
        };
        let corrects = is_correction(text.get(before..time.shown.start).unwrap_or_default());
        before = time.range.end;
        // "this week, probably Thursday": the day says it better than the stretch that it lies in.
        let better =
            |known: Standing, wide: &Time| standing > known || corrects || (standing == known && holds(wide, time));
        if standing > Standing::None && best.is_none_or(|(known, wide)| better(known, wide)) {
            best = Some((standing, time));
        }
    }
    let (_, time) = best?;
    let phrase = with_preposition(text, &clause, time);
    Some(Deadline { phrase, date: time.day.or_else(|| today_at(text, &clause, time, reference)) })
}

/// Whether a stretch holds the one day of another time.
fn holds(wide: &Time, time: &Time) -> bool {
    let (Some(value), Some(day), None) = (wide.value.as_deref(), time.day, wide.day) else { return false };
    let day = day.to_string();
    value.split_once('/').is_some_and(|(start, end)| start <= day.as_str() && day.as_str() < end)
        || (value.len() == "2026-01".len() && day.starts_with(value))
}

/// Words that make the times of a clause those at which people could meet.
const MEETING: &[&str] = &[
    "are you free",
    "are you available",
    "you available",
    "i am free",
    "i'm free",
    "i am available",
    "i'm available",
    "we are free",
    "we're free",
    "we are available",
    "we're available",
    "your availability",
    "my availability",
    "how about",
    "what about",
    "works for me",
    "work for me",
    "works for us",
    "work for you",
    "work for everyone",
    "can we meet",
    "could we meet",
    "shall we meet",
    "should we meet",
    "let's meet",
    "lets meet",
    "like to meet",
    "we can meet",
    "we could meet",
    "can you meet",
    "could you meet",
    "able to meet",
    "time to meet",
    "time to talk",
    "can we talk",
    "could we talk",
    "can you talk",
    "could you talk",
    "can we chat",
    "could we chat",
    "can we speak",
    "could we speak",
    "catch up",
    "available for a call",
    "free for a call",
    "hop on a call",
    "jump on a call",
    "have a call",
    "a slot",
];

/// "are you free", "how about", "could we meet": what is asked or offered is when to meet.
fn asks_when_to_meet(clause: &str) -> bool {
    let clause = clause.to_ascii_lowercase().replace('\u{2019}', "'");
    MEETING.iter().any(|cue| clause.contains(cue))
}

/// The words of the clause before the expression, without an article: "by the" 15th ends in "by".
fn lead<'a>(text: &'a str, clause: &Range<usize>, until: usize) -> &'a str {
    let before = text.get(clause.start..until).unwrap_or_default().trim_end();
    let article = before.len().checked_sub(4).and_then(|at| before.get(at..));
    match article {
        Some(article)
            if article.trim_start().eq_ignore_ascii_case("the") && article.starts_with(char::is_whitespace) =>
        {
            before[..before.len() - 3].trim_end()
        }
        _ => before,
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', '\n', ',']).next().unwrap_or_default()
}

fn standing(text: &str, clause: &Range<usize>, time: &Time, reference: Reference) -> Standing {
    let before = lead(text, clause, time.range.start).to_ascii_lowercase();
    let word = last_word(&before);
    let today = reference.local.date();
    let is_over = |value: &str| {
        let end = value.split_once('/').and_then(|(_, end)| end.get(..10)?.parse::<Date>().ok());
        end.is_some_and(|end| end <= today)
    };
    let is_past = time.day.is_some_and(|day| day < today)
        || (time.day.is_none()
            && matches!(time.grain, Grain::Day | Grain::Week)
            && is_over(time.value.as_deref().unwrap_or_default()));
    if is_past && !matches!(word, "by" | "before" | "until") {
        return Standing::None;
    }
    let value = time.value.as_deref().unwrap_or_default();
    match word {
        "than" if !["no later than", "not later than"].iter().any(|limit| before.ends_with(limit)) => Standing::None,
        // "before the Easter peak" is looser than the day that stands beside it.
        "by" | "before" | "until" | "till" | "than" | "within" | "due" if is_attribute(text, clause, time) => {
            Standing::When
        }
        "by" | "before" | "until" | "till" | "than" | "within" | "due" => Standing::Limit,
        "since" | "from" | "between" | "after" | "for" | "every" | "of" | "about" | "during" | "starting"
        | "beginning" => Standing::None,
        _ if is_present(text.get(time.range.clone()).unwrap_or_default()) => Standing::None,
        // Lengths and what recurs say no when.
        _ if value.starts_with(['P', 'T', 'X']) || value.contains('W') => Standing::None,
        _ if is_window(text, time) || is_attribute(text, clause, time) => Standing::None,
        _ => Standing::When,
    }
}

/// Words before a time that make it part of the name of a thing, where a noun follows: "the June numbers".
const DETERMINERS: &[&str] = &["the", "our", "your", "my", "their", "his", "her", "its", "a", "an", "these", "those"];

/// Words before a month, quarter or year that make it say when.
const SAYING_WHEN: &[&str] = &["in", "during", "through", "throughout", "early", "late", "mid", "around", "on", "over"];

/// Words that may follow a time without being what it describes.
const NO_NOUN: &[&str] = &[
    "and", "or", "but", "so", "if", "when", "as", "at", "by", "in", "on", "of", "to", "for", "from", "with", "after",
    "before", "until", "since", "because", "unless", "please", "then", "i", "we", "you", "he", "she", "they", "it",
    "is", "was", "will", "would", "can", "could", "should", "at", "via", "instead", "too", "also", "latest",
];

/// "Friday's numbers", "the June invoice", "Q3 results": the time says which thing is meant, not when it is due.
fn is_attribute(text: &str, clause: &Range<usize>, time: &Time) -> bool {
    let rest = text.get(time.shown.end..clause.end).unwrap_or_default();
    let owns = ["'s ", "\u{2019}s ", "' ", "\u{2019} "].iter().any(|mark| rest.starts_with(mark));
    if owns {
        return true;
    }
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let noun = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    if noun.is_empty() || NO_NOUN.contains(&noun.as_str()) {
        return false;
    }
    let before = text.get(clause.start..time.shown.start).unwrap_or_default().trim_end().to_ascii_lowercase();
    let word = last_word(&before);
    let words = text.get(time.shown.clone()).unwrap_or_default();
    let is_name = words.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let is_wide = matches!(time.grain, Grain::Month | Grain::Quarter | Grain::Year);
    DETERMINERS.contains(&word) || (is_name && is_wide && !SAYING_WHEN.contains(&word))
}

/// "by 5pm" without a day is today, unless that hour has passed.
fn today_at(text: &str, clause: &Range<usize>, time: &Time, reference: Reference) -> Option<Date> {
    let before = lead(text, clause, time.range.start).to_ascii_lowercase();
    let clock: Time24 = time.value.as_deref()?.parse().ok()?;
    let limited = before.ends_with("later than") || last_word(&before) == "by";
    (limited && clock > reference.local.time()).then(|| reference.local.date())
}

/// "now", "at the moment", "to date": said of what is, not of what is to be done.
fn is_present(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is = |word: &str| last.eq_ignore_ascii_case(word);
    let at = words.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("at"));
    is("now") || is("date") || (at && (is("moment") || is("present") || is("time")))
}

/// A clock alone, or from one clock to another ("Tuesday 2-4pm"), is when something takes place.
fn is_window(text: &str, time: &Time) -> bool {
    let Some(value) = time.value.as_deref() else { return false };
    let is_clock = value.as_bytes().get(2) == Some(&b':');
    let from_to = value.contains('/') && value.contains('T') && time.grain == Grain::Hour;
    let words = text.get(time.range.clone()).unwrap_or_default();
    is_clock || (from_to && (time.day.is_none() || names_two_hours(words)))
}

/// Whether the words name the hours themselves and no part of a day: "between 2 and 4" but not "tomorrow morning".
fn names_two_hours(words: &str) -> bool {
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|digits| matches!(digits.len(), 1 | 2)).count();
    numbers >= 2 && words.contains(['-', '\u{2013}'])
        || ["between ", "from ", " to ", " and ", " until ", " till "].iter().any(|joint| words.contains(joint))
}

/// "no, let's say", "actually", "I mean", "rather": what comes next replaces what came before.
fn is_correction(between: &str) -> bool {
    let between = between.to_ascii_lowercase();
    ["no, ", "let's say", "lets say", "actually", "i mean", "rather", "sorry", "make that", "make it"]
        .iter()
        .any(|cue| between.contains(cue))
}

/// The words to show: the expression with "by", "before", "until", "on" before it.
fn with_preposition(text: &str, clause: &Range<usize>, time: &Time) -> Range<usize> {
    let before = text.get(clause.start..time.shown.start).unwrap_or_default().trim_end();
    let word = last_word(before);
    let is_preposition =
        matches!(word.to_ascii_lowercase().as_str(), "on" | "by" | "before" | "until" | "within" | "at");
    let start = if is_preposition { clause.start + before.len() - word.len() } else { time.shown.start };
    start..time.shown.end
}
