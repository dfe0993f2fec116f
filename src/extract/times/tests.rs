//! Tables of expressions, read on Monday 12 January 2026 at 09:30.

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

fn reference() -> Reference {
    Reference { local: date(2026, 1, 12).to_datetime(time(9, 30, 0, 0)), day_first: false }
}

/// Every expression of `text` as `words=value`, joined by ` | `; the words as shown.
fn shown(text: &str) -> String {
    let found: Vec<String> = find(text, 0..text.len(), reference())
        .iter()
        .map(|time| format!("{}={}", &text[time.shown.clone()], time.value.as_deref().unwrap_or("-")))
        .collect();
    found.join(" | ")
}

/// The same without the words that limit an expression.
fn check(text: &str, expected: &str) {
    let found: Vec<String> = find(text, 0..text.len(), reference())
        .iter()
        .map(|time| format!("{}={}", &text[time.range.clone()], time.value.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(found.join(" | "), expected, "{text:?}");
}

/// Rows of a phrase that is one expression as a whole, and its value.
fn whole(rows: &[(&str, &str)]) {
    for (phrase, value) in rows {
        assert_eq!(shown(&format!("we meet {phrase}")), format!("{phrase}={value}"), "{phrase:?}");
    }
}

#[test]
fn days() {
    check("I'll send it by Friday.", "Friday=2026-01-16");
    check("this Friday", "this Friday=2026-01-16");
    check("next Friday works", "next Friday=2026-01-23");
    check("last Friday we met", "last Friday=2026-01-09");
    check("on Monday", "Monday=2026-01-12");
    check("Friday next week", "Friday next week=2026-01-23");
    check("by the 15th", "15th=2026-01-15");
    check("by the 3rd of February", "3rd of February=2026-02-03");
    check("due 2026-02-03 at noon", "2026-02-03 at noon=2026-02-03T12:00");
    check("tomorrow and the day after tomorrow", "tomorrow=2026-01-13 | day after tomorrow=2026-01-14");
    check("by EOW or EOM", "EOW=2026-01-16 | EOM=2026-01-31");
    check("by the end of June", "end of June=2026-06-30");
    check("by year end", "year end=2026-12-31");
    check("by the fifteenth", "the fifteenth=2026-01-15");
    check("I came for the twenty second.", "the twenty second=2026-01-22");
    check("it was Thursday the 8th", "Thursday the 8th=2026-01-08");
    check("our call on December 18 went well", "December 18=2025-12-18");
    check("we meet on Feb 30", "Feb 30=-");
    check("we meet on 2/29/2026", "2/29/2026=-");
    check("by EOD Friday", "EOD Friday=2026-01-16");
    check("the next business day", "next business day=2026-01-13");
    check("can we do it on 15?", "15=2026-01-15");
    check("on the 17 between 2 and 4pm", "the 17 between 2 and 4pm=2026-01-17T14:00/2026-01-17T16:00");
}

#[test]
fn written_days() {
    whole(&[
        ("Feb 3rd, 2027", "2027-02-03"),
        ("10 October 2025", "2025-10-10"),
        ("Monday, 16 February", "2026-02-16"),
        ("Tuesday the 3rd", "2026-02-03"),
        ("3/4", "2026-03-04"),
        ("02/03/26", "2026-02-03"),
        ("05-Aug-2016", "2016-08-05"),
        ("2020/Sep/23", "2020-09-23"),
        ("23/Sep/2020", "2020-09-23"),
        ("2019-aug-01", "2019-08-01"),
        ("Oct/2", "2026-10-02"),
        ("October, 1st", "2026-10-01"),
        ("5/7, 2020", "2020-05-07"),
        ("28 june in 2020", "2020-06-28"),
        ("May twenty one", "2026-05-21"),
        ("20261016", "2026-10-16"),
        ("2026 10 16", "2026-10-16"),
        ("the 21st this month", "2026-01-21"),
        ("the twenty-sixth day of the month", "2026-01-26"),
        ("the 15th day of next month", "2026-02-15"),
        ("first Monday of March", "2026-03-02"),
        ("Friday 1-16", "2026-01-16"),
        ("this friday (jan-16)", "2026-01-16"),
        ("this upcoming Friday", "2026-01-16"),
        ("next week Wednesday", "2026-01-21"),
        ("next week on Tuesday", "2026-01-20"),
        ("Monday two weeks from now", "2026-01-26"),
        ("in 3 days on Friday", "2026-01-16"),
        ("Friday after next", "2026-01-30"),
        ("Thursday, January 8", "2026-01-08"),
        ("Wednesday, December 31", "2025-12-31"),
        ("fifteen August", "2026-08-15"),
        ("16. Nov. 2016", "2016-11-16"),
        ("03.02.2026", "2026-02-03"),
        ("Tues 3.2.26", "2026-02-03"),
        ("22 Apr 14", "2014-04-22"),
        ("27/Nov/25", "2025-11-27"),
        ("27/Nov/25 4:10 PM", "2025-11-27T16:10"),
        ("the last day of the month", "2026-01-31"),
        ("first business day of February", "2026-02-02"),
        ("close of business on Thursday", "2026-01-15"),
        ("Thursday EOD", "2026-01-15"),
        ("end of Q1", "2026-03-31"),
        ("end of next week", "2026-01-23"),
        ("end of 2026", "2026-12-31"),
        ("EOD", "2026-01-12"),
    ]);
}

#[test]
fn days_of_a_list() {
    check("on 18 and 19 June", "18=2026-06-18 | 19 June=2026-06-19");
    check("the 17th, 18th or 19th of April", "17th=2026-04-17 | 18th=2026-04-18 | 19th of April=2026-04-19");
    check("March 3rd or 4th work", "March 3rd=2026-03-03 | 4th=2026-03-04");
    check("March 3 and 5", "March 3=2026-03-03 | 5=2026-03-05");
    check("March 3, 5 people, 4 weeks", "March 3=2026-03-03 | 4 weeks=P4W");
}

#[test]
fn holidays() {
    whole(&[
        ("Christmas", "2026-12-25"),
        ("christmas eve", "2026-12-24"),
        ("Easter Monday", "2026-04-06"),
        ("Good Friday", "2026-04-03"),
        ("labor day", "2026-09-07"),
        ("black friday 2010", "2010-11-26"),
        ("cyber monday", "2026-11-30"),
        ("International Workers' Day", "2026-05-01"),
        ("Mother's Day", "2026-05-10"),
        ("independence day of this year", "2026-07-04"),
        ("halloween weekend 2026", "2026-10-31/2026-11-02"),
        ("labor day weekend", "2026-09-05/2026-09-08"),
    ]);
}

#[test]
fn counted_days() {
    check("within 10 business days", "10 business days=2026-01-12/2026-01-26");
    check("for two weeks", "two weeks=P2W");
    whole(&[
        ("in two weeks", "2026-01-26"),
        ("three days ago", "2026-01-09"),
        ("2 weeks and 2 days ago", "2025-12-27"),
        ("a week from Friday", "2026-01-23"),
        ("two weeks on Friday", "2026-01-30"),
        ("in less than two weeks", "2026-01-26"),
        ("in 3 business days", "2026-01-15"),
        ("in 30 minutes", "2026-01-12T10:00"),
        ("the next 3 days", "2026-01-13/2026-01-16"),
        ("2 upcoming months", "2026-01-13/2026-03-13"),
        ("next 4 business days", "2026-01-13/2026-01-17"),
        ("previous three quarters", "2025-04-01/2026-01-01"),
        ("next 2 quarters", "2026-04-01/2026-10-01"),
        ("the next two decades", "2030-01-01/2050-01-01"),
        ("next hour", "2026-01-12T09:30/2026-01-12T10:30"),
        ("4 weeks in the future", "2026-02-09"),
    ]);
}

#[test]
fn lengths() {
    whole(&[
        ("3h", "PT3H"),
        ("3.5years", "P3.5Y"),
        ("twenty and four hours", "PT24H"),
        ("1 hour and 30 minutes", "PT1H30M"),
        ("one and a half hours", "PT1.5H"),
        ("one hour and a half", "PT1.5H"),
        ("one and a quarter year", "P1.25Y"),
        ("½ hour", "PT30M"),
        ("2 nights", "P2D"),
        ("another week", "P1W"),
        ("3 h", "PT3H"),
        ("a half hour", "PT30M"),
        ("2 years 1 month 21 days", "P2Y1M21D"),
        ("10 business days", "P10BD"),
    ]);
}

#[test]
fn clocks() {
    check("at 3pm tomorrow", "3pm tomorrow=2026-01-13T15:00");
    check("Tuesday 3 February at 2pm PT", "Tuesday 3 February at 2pm=2026-02-03T14:00");
    check("no calls before 10:00", "10:00=10:00");
    check("I'll be back at 9:00a.", "9:00a=09:00");
    check("we start at 6.45", "6.45=06:45");
    whole(&[
        ("tomorrow at 3:30 p.m.", "2026-01-13T15:30"),
        ("1130am on Friday", "2026-01-16T11:30"),
        ("8pm in the evening, Sunday", "2026-01-18T20:00"),
        ("3 pm or later on Friday", "2026-01-16T15:00"),
        ("tomorrow for 8:00am", "2026-01-13T08:00"),
        ("between 0930-1130", "09:30/11:30"),
        ("2-3pm on Friday", "2026-01-16T14:00/2026-01-16T15:00"),
        ("Thursday between 2 and 4", "2026-01-15T02:00/2026-01-15T04:00"),
        ("half past three", "03:30"),
        ("half past seven o'clock", "07:30"),
        ("ten to four", "03:50"),
        ("7:56:30 pm", "19:56:30"),
        ("5 to 6pm", "17:00/18:00"),
        ("between 9 to 10:30", "09:00/10:30"),
        ("12 noon", "12:00"),
        ("mid night", "00:00"),
        ("five-thirty tomorrow evening", "2026-01-13T17:30"),
        ("Monday at 2.30", "2026-01-12T02:30"),
        ("2026-12-16T12:23", "2026-12-16T12:23"),
        ("Wed Oct 26 15:50:06 2016", "2016-10-26T15:50:06"),
        ("now", "2026-01-12T09:30"),
        ("right now", "2026-01-12T09:30"),
    ]);
}

#[test]
fn parts_of_the_day() {
    check("Good morning all", "");
    check("we will have lunch with Dana Ruiz", "");
    whole(&[
        ("tomorrow morning", "2026-01-13T08:00/2026-01-13T12:00"),
        ("tonight", "2026-01-12T20:00/2026-01-12T23:59"),
        ("Tuesday AM", "2026-01-13T08:00/2026-01-13T12:00"),
        ("tonight at 1", "2026-01-13T01:00"),
        ("the rest of the day", "2026-01-12T09:30/2026-01-12T23:59"),
        ("in the morning", "08:00/12:00"),
        ("in the morning at 7", "07:00"),
        ("in the afternoon at 4", "16:00"),
        ("late afternoon", "14:00/16:00"),
        ("in the early-morning on Tuesday", "2026-01-13T08:00/2026-01-13T10:00"),
        ("early this evening", "2026-01-12T16:00/2026-01-12T18:00"),
        ("between 7 and 9 last night", "2026-01-11T19:00/2026-01-11T21:00"),
        ("yesterday afternoon from 3-8pm", "2026-01-11T15:00/2026-01-11T20:00"),
        ("10am to 12pm Monday morning", "2026-01-12T10:00/2026-01-12T12:00"),
    ]);
}

#[test]
fn stretches() {
    check("this week or next month", "this week=2026-01-12/2026-01-19 | next month=2026-02");
    check("in May", "May=2026-05");
    check("meet on Thursday, week 23", "Thursday=2026-01-15 | week 23=2026-06-01/2026-06-08");
    whole(&[
        ("Q3 2026", "2026-Q3"),
        ("q1-2019", "2019-Q1"),
        ("Dec/2018", "2018-12"),
        ("2016 november", "2016-11"),
        ("the month of June", "2026-06"),
        ("this January", "2026-01"),
        ("FY26", "-"),
        ("year 2020", "2020"),
        ("the year 2008", "2008"),
        ("first week of March", "2026-03-02/2026-03-09"),
        ("3rd week of 2018", "2018-01-15/2018-01-22"),
        ("last week of 2019", "2019-12-23/2019-12-30"),
        ("week 27 of last year", "2025-06-30/2025-07-07"),
        ("w/c Feb 4", "2026-02-02/2026-02-09"),
        ("the week starting on February 2", "2026-02-02/2026-02-09"),
        ("the weekend", "2026-01-17/2026-01-19"),
        ("this working week", "2026-01-12/2026-01-17"),
        ("the month after next", "2026-03"),
        ("the second half of the year", "2026-07-01/2027-01-01"),
        ("first half of 2027", "2027-01-01/2027-07-01"),
        ("next year's Q1", "2027-Q1"),
        ("the nineteen seventies", "1970-01-01/1980-01-01"),
        ("the last four months of 2021", "2021-09-01/2022-01-01"),
        ("first ten days of last year", "2025-01-01/2025-01-11"),
        ("year to date", "2026-01-01/2026-01-12"),
        ("earlier this year", "2026-01-01/2026-01-12"),
        ("middle of 2000", "2000-05-01/2000-09-01"),
        ("nineties", "1990-01-01/2000-01-01"),
    ]);
    check("back in two thousand and fifteen", "two thousand and fifteen=2015");
    check("left in nineteen ninety six", "nineteen ninety six=1996");
}

#[test]
fn ranges() {
    whole(&[
        ("from Monday to Wednesday", "2026-01-12/2026-01-14"),
        ("March 3-5", "2026-03-03/2026-03-05"),
        ("from December to February", "2025-12-01/2026-02-01"),
        ("2014-2018", "2014-01-01/2018-01-01"),
        ("2014~2018", "2014-01-01/2018-01-01"),
        ("10/1-11/2/2017", "2017-10-01/2017-11-02"),
        ("Dec/2018-May/2019", "2018-12-01/2019-05-01"),
        ("from May to Oct 2020", "2020-05-01/2020-10-01"),
        ("Jan-Feb 2017", "2017-01-01/2017-02-01"),
        ("from the middle of 2007 to the end of 2008", "2007-07-01/2009-01-01"),
        ("from March to date", "2025-03-01/2026-01-12"),
        ("between now and March 15th", "2026-01-12/2026-03-15"),
        ("from 2pm till tomorrow 4:30pm", "2026-01-12T14:00/2026-01-13T16:30"),
        ("next Monday 6-8", "2026-01-19T06:00/2026-01-19T08:00"),
        ("Wednesday from 10-4", "2026-01-14T10:00/2026-01-14T16:00"),
        ("from 3 until 12 of Sept", "2026-09-03/2026-09-12"),
        ("for 1 week, from 20th dec", "2026-12-20/2026-12-27"),
        ("3 days starting from next Monday", "2026-01-19/2026-01-22"),
        ("14th Feb from 9:30am for 7 hours", "2026-02-14T09:30/2026-02-14T16:30"),
        ("from 10 am for 3 hours 30 minutes", "10:00/13:30"),
        ("next week from Wednesday to Friday", "2026-01-21/2026-01-23"),
        ("between half past seven and 4pm of tomorrow", "2026-01-13T07:30/2026-01-13T16:00"),
        ("from next monday to friday", "2026-01-19/2026-01-23"),
    ]);
}

#[test]
fn recurring() {
    whole(&[
        ("every Monday", "XXXX-WXX-1"),
        ("each monday at 4pm", "XXXX-WXX-1T16"),
        ("Tuesdays at 9am", "XXXX-WXX-2T09"),
        ("3pm each day", "T15"),
        ("every day at 7:13 p.m.", "T19:13"),
        ("every morning", "TMO"),
        ("every afternoon at 4", "T16"),
        ("Thursday mornings", "XXXX-WXX-4TMO"),
        ("every 4/15", "XXXX-04-15"),
        ("bi-monthly", "P2M"),
        ("every two weeks", "P2W"),
        ("every weekday", "P1WD"),
    ]);
}

#[test]
fn limits_are_shown() {
    whole(&[
        ("by Friday", "2026-01-16"),
        ("since 2019", "2019"),
        ("before the year 2019", "2019"),
        ("after the 15th day of next month", "2026-02-15"),
        ("starting on January 27th", "2026-01-27"),
        ("beginning January 27th", "2026-01-27"),
        ("around 1pm", "13:00"),
        ("before around 2pm today", "2026-01-12T14:00"),
        ("as early as 7:00 am", "07:00"),
        ("more than 1 hour and 30 minutes", "PT1H30M"),
        ("no later than 6:00", "06:00"),
        ("later than 2018", "2018"),
        ("2018 or later", "2018"),
        ("> = 2019", "2019"),
        ("on or before the day after tomorrow", "2026-01-14"),
        ("in advance of 2pm", "14:00"),
        ("Tuesday after 1pm", "2026-01-13T13:00"),
        ("Feb 1st no later than 6:00", "2026-02-01T06:00"),
    ]);
}

#[test]
fn what_only_looks_like_a_time() {
    check("We may march on", "");
    check("this is confidential and may be privileged", "");
    check("version 2.4.1 costs 30 EUR, 24/7, ticket 4711", "");
    check("call 0171 2345678 or +86 2010-2015-86", "");
    check("rates were at 6.45 percent, 0.8/15", "");
    check("we need 2000 units", "");
    check("asap", "asap=-");
    check("the 3rd option, our 24th contest, on the 2nd floor, the 25th Anniversary", "");
    check("at 20 Main St, at 14 sites, from 3 to 5 regions, 12 to 15 seats", "");
    check("he may second that, ticket 20231201-44, monday.com, the fall in prices", "");
    check("it costs twelve fifty euros, four thirty-one of them", "");
    check("this may be late, in three D, at one time, at the last minute", "");
    check("Mon, 8 Oct 2001 14:24:41 -0700", "Mon, 8 Oct 2001 14:24:41=2001-10-08T14:24:41");
    check("buy $DEC at 720P with 3D glasses, see com.sun.misc and The Sun paper", "");
    check("we sat down and the sun set", "");
    check("it should not last two hours", "two hours=PT2H");
    check("37.1 in the morning", "morning=08:00/12:00");
    check("before 1.4.16 and in Spring Boot", "");
    check("send it as soon as you have it", "");
}

#[test]
fn stretches_that_depend_on_more() {
    check("this summer", "this summer=-");
    check("by the end of FY26", "end of FY26=-");
}

#[test]
fn nesting_ends() {
    for piece in [
        "end of the ",
        "2 days after ",
        "Monday two weeks after ",
        "month of ",
        "rest of the ",
        "1 hour and ",
        "before or on ",
    ] {
        let text = format!("{}May", piece.repeat(3_000));
        let _ = find(&text, 0..text.len(), reference());
    }
}

proptest! {
    #[test]
    fn any_text_is_read(
        text in "\\PC{0,120}",
        words in "(the |next |by |3|rd|/|-|:|pm|May |Friday |of |in |two |weeks? |Q1 |end |or |later |and |from |to |2019|for |on |~|\\.|½ |morning |mid){0,16}",
    ) {
        for text in [text, words] {
            let mut end = 0;
            for time in find(&text, 0..text.len(), reference()) {
                prop_assert!(time.shown.start >= end && time.shown.end <= text.len());
                prop_assert!(time.shown.start <= time.range.start && time.range.end <= time.shown.end);
                prop_assert!(text.get(time.range.clone()).is_some() && text.get(time.shown.clone()).is_some());
                end = time.shown.end;
            }
        }
    }
}
