//! Tables of expressions, read on Monday 12 January 2026 at 09:30.

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

fn reference() -> Reference {
    Reference { local: date(2026, 1, 12).to_datetime(time(9, 30, 0, 0)), day_first: false }
}

/// Every expression of `text` as `words=value`, joined by ` | `.
fn check(text: &str, expected: &str) {
    let found: Vec<String> = find(text, 0..text.len(), reference())
        .iter()
        .map(|time| format!("{}={}", &text[time.range.clone()], time.value.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(found.join(" | "), expected, "{text:?}");
}

#[test]
fn days() {
    check("I'll send it by Friday.", "Friday=2026-01-16");
    check("this Friday", "this Friday=2026-01-16");
    check("next Friday works", "next Friday=2026-01-23");
    check("last Friday we met", "last Friday=2026-01-09");
    check("on Monday", "Monday=2026-01-12");
    check("Friday next week", "Friday next week=2026-01-23");
    check("by the 15th", "the 15th=2026-01-15");
    check("by the 3rd of February", "the 3rd of February=2026-02-03");
    check("Feb 3rd, 2027", "Feb 3rd, 2027=2027-02-03");
    check("10 October 2025", "10 October 2025=2025-10-10");
    check("Monday, 16 February", "Monday, 16 February=2026-02-16");
    check("Tuesday the 3rd", "Tuesday the 3rd=2026-02-03");
    check("due 2026-02-03 at noon", "2026-02-03 at noon=2026-02-03T12:00");
    check("on 3/4", "3/4=2026-03-04");
    check("02/03/26", "02/03/26=2026-02-03");
    check("05-Aug-2016", "05-Aug-2016=2016-08-05");
    check("tomorrow and the day after tomorrow", "tomorrow=2026-01-13 | the day after tomorrow=2026-01-14");
    check("first Monday of March", "first Monday of March=2026-03-02");
    check("by Christmas", "Christmas=2026-12-25");
    check("EOD", "EOD=2026-01-12");
    check("by EOW or EOM", "EOW=2026-01-16 | EOM=2026-01-31");
    check("end of Q1", "end of Q1=2026-03-31");
    check("by the end of June", "the end of June=2026-06-30");
    check("end of next week", "end of next week=2026-01-23");
    check("by year end", "year end=2026-12-31");
}

#[test]
fn counted_days() {
    check("in two weeks", "in two weeks=2026-01-26");
    check("three days ago", "three days ago=2026-01-09");
    check("a week from Friday", "a week from Friday=2026-01-23");
    check("in 3 business days", "in 3 business days=2026-01-15");
    check("within 10 business days", "10 business days=2026-01-12/2026-01-26");
    check("in 30 minutes", "in 30 minutes=2026-01-12T10:00");
    check("for two weeks", "two weeks=P2W");
    check("the next 3 days", "the next 3 days=2026-01-13/2026-01-16");
}

#[test]
fn clocks() {
    check("at 3pm tomorrow", "3pm tomorrow=2026-01-13T15:00");
    check("tomorrow at 3:30 p.m.", "tomorrow at 3:30 p.m.=2026-01-13T15:30");
    check("Tuesday 3 February at 2pm PT", "Tuesday 3 February at 2pm=2026-02-03T14:00");
    check("2-3pm on Friday", "2-3pm on Friday=2026-01-16T14:00/2026-01-16T15:00");
    check("Thursday between 2 and 4", "Thursday between 2 and 4=2026-01-15T02:00/2026-01-15T04:00");
    check("half past three", "half past three=03:30");
    check("no calls before 10:00", "10:00=10:00");
    check("tomorrow morning", "tomorrow morning=2026-01-13T08:00/2026-01-13T12:00");
    check("tonight", "tonight=2026-01-12T20:00/2026-01-12T23:59");
}

#[test]
fn stretches() {
    check("this week or next month", "this week=2026-01-12/2026-01-19 | next month=2026-02");
    check("Q3 2026", "Q3 2026=2026-Q3");
    check("in May", "May=2026-05");
    check("from Monday to Wednesday", "from Monday to Wednesday=2026-01-12/2026-01-14");
    check("March 3-5", "March 3-5=2026-03-03/2026-03-05");
    check("FY26", "FY26=2026");
    check("every Monday", "every Monday=XXXX-WXX-1");
    check("first week of March", "first week of March=2026-03-02/2026-03-09");
}

#[test]
fn what_only_looks_like_a_time() {
    check("We may march on", "");
    check("version 2.4.1 costs 30 EUR, 24/7, ticket 4711", "");
    check("call 0171 2345678", "");
    check("asap", "asap=-");
}

#[test]
fn deadlines() {
    let check = |text: &str, expected: Option<(&str, Option<&str>)>| {
        let times = find(text, 0..text.len(), reference());
        let found = due::deadline(text, 0..text.len(), &times, reference());
        let found = found.map(|deadline| (text[deadline.phrase].to_owned(), deadline.date.map(|day| day.to_string())));
        let expected = expected.map(|(phrase, day)| (phrase.to_owned(), day.map(str::to_owned)));
        assert_eq!(found, expected, "{text:?}");
    };
    check("I'll send it by Friday", Some(("by Friday", Some("2026-01-16"))));
    check("we will have it no later than the 15th", Some(("no later than the 15th", Some("2026-01-15"))));
    check("I'll call you on Monday", Some(("on Monday", Some("2026-01-12"))));
    check("I'll send it tomorrow, uh, no, let's say Friday", Some(("Friday", Some("2026-01-16"))));
    check("we will get to it this week", Some(("this week", None)));
    check("I'll be out for two weeks", None);
    check("we'll finish within 10 business days", Some(("within 10 business days", Some("2026-01-26"))));
    check("I'll send it shortly", Some(("shortly", None)));
    check("between 2 and 4 works", None);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,120}", words in "(the |next |by |3|rd|/|-|:|pm|May |Friday |of |in |two |weeks? |Q1 ){0,14}") {
        for text in [text, words] {
            let mut end = 0;
            for time in find(&text, 0..text.len(), reference()) {
                prop_assert!(time.range.start >= end && time.range.end <= text.len());
                prop_assert!(time.shown.start <= time.range.start && time.shown.end == time.range.end);
                prop_assert!(text.is_char_boundary(time.range.start) && text.is_char_boundary(time.range.end));
                end = time.range.end;
            }
        }
    }
}
