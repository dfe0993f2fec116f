//! Deadlines: which time expression of a clause says when the action is due, and the words to show for it.

use std::ops::Range;

use jiff::civil::Date;

use super::{Reference, Time};
use crate::model::Grain;

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
/// Meeting and availability windows ("are you free Tuesday", "between 2 and 4") are none. A date that corrects the one
/// before it ("tomorrow, no, let's say Friday") takes its place.
pub fn deadline(text: &str, clause: Range<usize>, times: &[Time], reference: Reference) -> Option<Deadline> {
    let today = reference.local.date();
    let within = times.iter().filter(|time| clause.start <= time.range.start && time.range.end <= clause.end);
    let mut best: Option<(Standing, &Time)> = None;
    let mut before = clause.start;
    for time in within {
        let standing = standing(text, &clause, time, today);
        let corrects = is_correction(text.get(before..time.shown.start).unwrap_or_default());
        before = time.range.end;
        if standing > Standing::None && best.is_none_or(|(known, _)| standing > known || corrects) {
            best = Some((standing, time));
        }
    }
    let (_, time) = best?;
    let phrase = with_preposition(text, &clause, time);
    Some(Deadline { phrase, date: time.day })
}

fn standing(text: &str, clause: &Range<usize>, time: &Time, today: Date) -> Standing {
    let before = text.get(clause.start..time.range.start).unwrap_or_default().trim_end().to_ascii_lowercase();
    let word = before.rsplit([' ', '\n', ',']).next().unwrap_or_default();
    let is_past = time.day.is_some_and(|day| day < today);
    if is_past && !matches!(word, "by" | "before" | "until") {
        return Standing::None;
    }
    match word {
        "than"
            if !before.ends_with("later than")
                || !(before.ends_with("no later than") || before.ends_with("not later than")) =>
        {
            Standing::None
        }
        "by" | "before" | "until" | "till" | "than" | "within" | "due" => Standing::Limit,
        "since" | "from" | "between" | "after" | "for" | "every" | "of" | "about" | "during" | "starting"
        | "beginning" => Standing::None,
        _ if is_present(text.get(time.range.clone()).unwrap_or_default()) => Standing::None,
        _ if is_length(time) => Standing::None,
        _ if time.value.is_none() && time.grain != Grain::None => Standing::None,
        _ if time.value.as_deref().is_some_and(|value| value.starts_with(['P', 'T', 'X']) || value.contains('W')) => {
            Standing::None
        }
        _ if is_window(time) => Standing::None,
        _ => Standing::When,
    }
}

/// "now", "at the moment", "to date": said of what is, not of what is to be done.
fn is_present(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is = |word: &str| last.eq_ignore_ascii_case(word);
    let at = words.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("at"));
    is("now") || is("date") || (at && (is("moment") || is("present") || is("time")))
}

fn is_length(time: &Time) -> bool {
    time.value.as_deref().is_some_and(|value| value.starts_with('P'))
}

/// A clock alone, or from one clock to another, sets no day.
fn is_window(time: &Time) -> bool {
    let Some(value) = time.value.as_deref() else { return false };
    let is_clock = value.as_bytes().get(2) == Some(&b':');
    is_clock || (value.contains('/') && value.contains('T') && time.grain == Grain::Hour && time.day.is_none())
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
    if time.shown != time.range {
        return time.shown.clone();
    }
    let before = text.get(clause.start..time.range.start).unwrap_or_default();
    let trimmed = before.trim_end();
    let word = trimmed.rsplit([' ', '\n', ',']).next().unwrap_or_default();
    let is_preposition =
        matches!(word.to_ascii_lowercase().as_str(), "on" | "by" | "before" | "until" | "within" | "at");
    if is_preposition { clause.start + trimmed.len() - word.len()..time.range.end } else { time.range.clone() }
}
