//! What is planted in an account: which changes, of whom, when.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::random::Random;
use crate::model::ChangeKind;

/// First day of the accounts, and of the year that is scored.
pub(super) const FIRST: Date = jiff::civil::date(2024, 8, 5);
pub(super) const YEAR: Date = jiff::civil::date(2025, 1, 6);
/// Number of weeks scored.
pub(super) const WEEKS: i64 = 52;

/// How a change comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// From one day to the next.
    Sharp,
    /// Over two to four months.
    Gradual,
}

impl Shape {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sharp => "sharp",
            Self::Gradual => "gradual",
        }
    }
}

/// A change that takes some days to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub(super) from: Date,
    /// Zero where it is sharp.
    pub(super) days: i32,
    /// How far: a mood, or a factor of usage.
    pub(super) to: f64,
}

impl Turn {
    pub(super) fn shape(&self) -> Shape {
        if self.days == 0 { Shape::Sharp } else { Shape::Gradual }
    }

    /// How far it has come on a day, 0..1.
    pub(super) fn progress(&self, day: Date) -> f64 {
        let since = (day - self.from).get_days();
        if since < 0 {
            0.0
        } else if since >= self.days {
            1.0
        } else {
            f64::from(since) / f64::from(self.days)
        }
    }
}

/// What is planted in an account. People are numbered: 0..4 are the customer's.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) mood: Option<(usize, Turn)>,
    pub(super) silence: Option<(usize, Turn)>,
    pub(super) departure: Option<(usize, Date, usize)>,
    pub(super) newcomer: Option<Date>,
    pub(super) title: Option<(usize, Date, usize)>,
    pub(super) part: Option<(usize, Date)>,
    /// Of the daily, the weekly or the monthly metric.
    pub(super) usage: Option<(usize, Turn)>,
    /// Said, due, kept.
    pub(super) kept: Option<[Date; 3]>,
    /// Said, due.
    pub(super) late: Option<[Date; 2]>,
    /// Raised, over.
    pub(super) risk: Option<[Date; 2]>,
    pub(super) objective: Option<Date>,
    pub(super) conflict: Option<[Date; 2]>,
    pub(super) owner: Option<Date>,
}

/// A change that has to be told.
#[derive(Clone, Debug)]
pub(super) struct Planted {
    pub(super) kind: ChangeKind,
    pub(super) shape: Shape,
    /// When it begins.
    pub(super) at: Date,
    /// So many days later at the latest it has to be told.
    pub(super) within: i32,
    /// Address of the person it is about, name of the metric, or identity of the message that tells it.
    pub(super) about: About,
}

/// What a planted change is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum About {
    Person(String),
    Metric(String),
    Message(String),
}

impl Plan {
    /// The plan of the account of that number; every fourth is quiet.
    pub(super) fn of(number: usize, random: &mut Random) -> Self {
        if number.is_multiple_of(4) {
            return Self::default();
        }
        let mut day =
            |from: i64, until: i64| YEAR + Span::new().days(from + random.below((until - from) as usize) as i64);
        let turns = [day(30, 240), day(30, 220), day(20, 220)];
        let (left, newcomer, title, part) = (day(20, 300), day(20, 300), day(20, 300), day(20, 300));
        let [kept, late, risk, goal, conflict, owner] =
            [day(20, 260), day(20, 260), day(20, 220), day(60, 300), day(20, 280), day(20, 300)];
        let sharp = number % 2 == 1;
        let span = |days: i32| if sharp { 0 } else { days };
        // Now and then things get better.
        let (mood, factor) = match number % 5 {
            0 => (1.6, random.between(1.45, 1.8)),
            _ => (-1.6, random.between(0.5, 0.68)),
        };
        let mut have = |probability: f64| random.chance(probability);
        Self {
            mood: have(0.6).then_some((0, Turn { from: turns[0], days: span(60), to: mood })),
            silence: have(0.6).then_some((1, Turn { from: turns[1], days: span(75), to: 0.0 })),
            usage: have(0.75).then_some((number % 3, Turn { from: turns[2], days: span(110), to: factor })),
            departure: have(0.5).then_some((2, left, number / 4 % 3)),
            newcomer: have(0.5).then_some(newcomer),
            title: have(0.5).then_some((3, title, number / 4 % 3)),
            part: have(0.5).then_some((0, part)),
            kept: have(0.5).then_some([kept, kept + 14.days(), kept + 11.days()]),
            late: have(0.5).then_some([late, late + 16.days()]),
            risk: have(0.5).then_some([risk, risk + 60.days()]),
            objective: have(0.5).then_some(goal),
            conflict: have(0.5).then_some([conflict, conflict + 12.days()]),
            owner: have(0.5).then_some(owner),
        }
    }
}
