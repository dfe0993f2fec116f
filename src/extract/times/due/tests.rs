//! Deadlines, as the convention of due dates has them: said on a day, a clause, the words of its deadline, its day.

use jiff::civil::time;

use super::super::find;
use super::*;

/// A clause said on a day at 09:30, the words that say when, and the one day that follows from them.
type Row = (&'static str, &'static str, &'static str, Option<&'static str>);

const ROWS: &[Row] = &[
    ("2026-01-12", "it has to be Monday 16 March, before the Easter peak", "Monday 16 March", Some("2026-03-16")),
    ("2026-01-12", "I'll send it by Friday", "by Friday", Some("2026-01-16")),
    ("2026-01-12", "we will have it no later than the 15th", "no later than the 15th", Some("2026-01-15")),
    ("2026-01-12", "I'll call you on Monday", "on Monday", Some("2026-01-12")),
    ("2026-01-12", "I'll send it tomorrow, uh, no, let's say Friday", "Friday", Some("2026-01-16")),
    ("2026-01-12", "I will revert by Monday, no, by Tuesday", "by Tuesday", Some("2026-01-13")),
    ("2026-01-12", "we will get to it this week", "this week", None),
    ("2026-01-12", "we'll finish within 10 business days", "within 10 business days", Some("2026-01-26")),
    ("2026-01-12", "I'll send it shortly", "shortly", None),
    ("2026-01-16", "I'll send it Friday", "Friday", Some("2026-01-16")),
    ("2026-01-16", "I'll send it by next Friday", "by next Friday", Some("2026-01-23")),
    ("2026-01-12", "I'll send it next Friday", "next Friday", Some("2026-01-23")),
    ("2026-01-12", "I'll send it this Friday", "this Friday", Some("2026-01-16")),
    ("2026-01-17", "I'll send it this Friday", "this Friday", Some("2026-01-23")),
    ("2026-01-18", "I'll send it next Monday", "next Monday", Some("2026-01-19")),
    ("2026-01-12", "we will decide Friday after next", "Friday after next", Some("2026-01-30")),
    ("2026-01-12", "I'll send it a week from Friday", "a week from Friday", Some("2026-01-23")),
    ("2026-01-12", "please return it by the 10th", "by the 10th", Some("2026-02-10")),
    ("2026-01-31", "please sign by the 30th", "by the 30th", Some("2026-03-30")),
    ("2026-01-31", "please sign by the 31st", "by the 31st", Some("2026-01-31")),
    ("2025-12-30", "I'll reply by the 5th", "by the 5th", Some("2026-01-05")),
    ("2025-12-30", "I'll reply by January 5", "by January 5", Some("2026-01-05")),
    ("2026-01-05", "I'll send it by December 18", "by December 18", Some("2026-12-18")),
    ("2026-01-12", "can you get it by the first of April?", "by the first of April", Some("2026-04-01")),
    ("2024-02-15", "please confirm by Feb 29", "by Feb 29", Some("2024-02-29")),
    ("2026-02-15", "please confirm by Feb 29", "by Feb 29", Some("2028-02-29")),
    ("2024-02-28", "we'll be back in two days", "in two days", Some("2024-03-01")),
    ("2026-01-12", "we'll do it on February 30", "on February 30", None),
    ("2026-01-31", "we'll be back in a month", "in a month", Some("2026-02-28")),
    ("2026-01-12", "I'll get back to you in two weeks", "in two weeks", Some("2026-01-26")),
    ("2026-01-12", "we will finish in two weeks' time", "in two weeks' time", Some("2026-01-26")),
    ("2026-01-12", "please respond within a week", "within a week", Some("2026-01-19")),
    ("2026-01-12", "please send it within 24 hours", "within 24 hours", Some("2026-01-13")),
    ("2026-03-06", "I'll get to it in 5 working days", "in 5 working days", Some("2026-03-13")),
    ("2026-03-07", "I'll get to it in one business day", "in one business day", Some("2026-03-09")),
    ("2025-12-30", "I'll reply within 3 business days", "within 3 business days", Some("2026-01-02")),
    ("2026-01-12", "please respond by the next business day", "by the next business day", Some("2026-01-13")),
    ("2026-01-12", "please return it by the end of Q1", "by the end of Q1", Some("2026-03-31")),
    ("2026-04-02", "we'll finish by the end of Q1", "by the end of Q1", Some("2027-03-31")),
    ("2025-12-30", "we'll finish by the end of next quarter", "by the end of next quarter", Some("2026-03-31")),
    ("2024-02-15", "please sign by EOM", "by EOM", Some("2024-02-29")),
    ("2026-01-12", "I'll be done by year end", "by year end", Some("2026-12-31")),
    ("2026-01-12", "I'll be done by EOW", "by EOW", Some("2026-01-16")),
    ("2026-01-17", "I'll do it by the end of the week", "by the end of the week", Some("2026-01-23")),
    ("2026-01-12", "we'll ship by end of next week", "by end of next week", Some("2026-01-23")),
    ("2026-01-12", "we'll finish by the end of FY26", "by the end of FY26", None),
    ("2026-01-12", "I'll have it to you by EOD", "by EOD", Some("2026-01-12")),
    ("2026-01-12", "I'll have it to you by EOD Friday", "by EOD Friday", Some("2026-01-16")),
    ("2026-01-12", "I'll have it tomorrow EOD", "tomorrow EOD", Some("2026-01-13")),
    (
        "2026-01-12",
        "please reply by close of business on Thursday",
        "by close of business on Thursday",
        Some("2026-01-15"),
    ),
    ("2026-03-06", "I'll send it by end of day on the 10th", "by end of day on the 10th", Some("2026-03-10")),
    ("2026-01-12", "we'll roll it out the first week of March", "the first week of March", None),
    ("2026-01-12", "we'll ship early next week", "early next week", None),
    ("2026-01-12", "we'll have numbers by mid-February", "by mid-February", None),
    ("2026-01-12", "we will go live in March", "March", None),
    ("2026-01-12", "we'll be live before summer", "before summer", None),
    ("2026-01-12", "we will pay on the last day of the month", "on the last day of the month", Some("2026-01-31")),
    ("2026-01-12", "I will share the deck tomorrow morning", "tomorrow morning", Some("2026-01-13")),
    ("2026-01-12", "I'll call you Thursday at 3pm", "Thursday at 3pm", Some("2026-01-15")),
    ("2026-01-12", "please send it by 5pm", "by 5pm", Some("2026-01-12")),
    ("2026-01-12", "please send it by 9am", "by 9am", None),
    ("2026-01-12", "can you sign by 3/4?", "by 3/4", Some("2026-03-04")),
    ("2026-01-12", "can you sign by 30/4?", "by 30/4", Some("2026-04-30")),
    ("2026-01-12", "please pay by 3.4.2026", "by 3.4.2026", Some("2026-04-03")),
    ("2026-01-12", "this week, probably Thursday", "Thursday", Some("2026-01-15")),
    ("2026-01-12", "I'll send Friday's numbers today", "today", Some("2026-01-12")),
    ("2026-01-12", "I'll send the June numbers tomorrow", "tomorrow", Some("2026-01-13")),
    ("2026-01-12", "please let me know by Friday whether Tuesday works for you", "by Friday", Some("2026-01-16")),
    ("2026-01-12", "I'll send it as soon as I can", "as soon as I can", None),
];

/// Clauses whose times set no deadline.
const NONE: &[&str] = &[
    "I'll be out for two weeks",
    "between 2 and 4 works",
    "I'll call you tomorrow between 2 and 4",
    "are you free Thursday?",
    "could we meet Tuesday or Wednesday?",
    "we have been waiting since Monday",
    "I'll be back after Friday",
    "we need more than 3 days",
    "I am sending it now",
    "we sync every Monday at 4pm",
    "I was in Vienna last week",
    "please review the Q3 report",
    "I'll send it as soon as I see the filing",
];

/// The words and the day of the deadline of a clause.
fn found(said: &str, clause: &str, day_first: bool) -> Option<(String, Option<String>)> {
    let day: Date = said.parse().unwrap();
    let reference = Reference { local: day.to_datetime(time(9, 30, 0, 0)), day_first };
    let times = find(clause, 0..clause.len(), reference);
    let found = deadline(clause, 0..clause.len(), &times, reference)?;
    Some((clause[found.phrase].to_owned(), found.date.map(|day| day.to_string())))
}

#[test]
fn deadlines() {
    for (said, clause, phrase, day) in ROWS {
        let expected = Some(((*phrase).to_owned(), day.map(str::to_owned)));
        assert_eq!(found(said, clause, false), expected, "{clause:?} on {said}");
    }
}

#[test]
fn what_sets_no_deadline() {
    for clause in NONE {
        assert_eq!(found("2026-01-12", clause, false), None, "{clause:?}");
    }
}

#[test]
fn numbers_follow_the_locale() {
    for (clause, day) in [("by 3/4", "2026-04-03"), ("by 12/25", "2026-12-25"), ("by 3/4/2026", "2026-04-03")] {
        let (_, found) = found("2026-03-06", clause, true).unwrap();
        assert_eq!(found.as_deref(), Some(day), "{clause:?}");
    }
}
