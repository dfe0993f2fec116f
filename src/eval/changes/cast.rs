//! The people of an account with planted changes.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::bank::Bank;
use super::plan::{FIRST, Plan, WEEKS, YEAR};
use super::random::Random;
use crate::model::Side;

/// Numbers of people: those of the customer come first.
pub(super) const LEAD: usize = 0;
pub(super) const HERALD: usize = 3;
pub(super) const NEWCOMER: usize = 4;
pub(super) const OWNER: usize = 5;
pub(super) const ENGINEER: usize = 6;
pub(super) const NEXT_OWNER: usize = 7;
const PEOPLE: usize = 8;

/// Somebody of an account.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) first: String,
    pub(super) full: String,
    pub(super) address: String,
    pub(super) side: Side,
    /// The titles they sign with, any of them at a time.
    pub(super) titles: Vec<String>,
    /// Title after a planted change.
    pub(super) next_title: String,
    /// Mails a working day.
    pub(super) rate: f64,
    /// Mean of their moods.
    pub(super) mood: f64,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) holidays: Vec<(Date, Date)>,
}

impl Person {
    /// Says whether they are there and at work.
    pub(super) fn is_there(&self, day: Date) -> bool {
        self.from <= day && day < self.until && self.holiday(day).is_none()
    }

    /// The holiday that they are on.
    pub(super) fn holiday(&self, day: Date) -> Option<(Date, Date)> {
        self.holidays.iter().copied().find(|(from, until)| (*from..*until).contains(&day))
    }
}

/// Makes the people of an account.
pub(super) fn cast(bank: &Bank, number: usize, plan: &Plan, random: &mut Random) -> Vec<Person> {
    let company = domain(&bank.customers[number % bank.customers.len()]);
    let vendor = domain(&bank.vendor);
    let (first_name, last_name) = (random.below(bank.firsts.len()), random.below(bank.lasts.len()));
    (0..PEOPLE)
        .map(|place| {
            let first = bank.firsts[(first_name + place) % bank.firsts.len()].clone();
            let last = &bank.lasts[(last_name + place * 3) % bank.lasts.len()];
            let is_ours = place >= OWNER;
            let domain = if is_ours { &vendor } else { &company };
            let [title, next_title] = bank.titles[(number + place) % bank.titles.len()].clone();
            let titles = match place {
                2 => bank.spellings[number % bank.spellings.len()].to_vec(),
                _ if is_ours => vec!["Customer Success Manager".to_owned()],
                _ => vec![title],
            };
            let betters = plan.mood.is_some_and(|(who, turn)| who == place && turn.to > 0.0);
            Person {
                address: format!("{}.{}@{domain}", first.to_lowercase(), last.to_lowercase()),
                full: format!("{first} {last}"),
                first,
                side: if is_ours { Side::Vendor } else { Side::Customer },
                titles,
                next_title,
                rate: [0.32, 0.25, 0.22, 0.18, 0.22, 0.1, 0.1, 0.1][place],
                mood: if betters { -0.9 } else { random.between(0.1, 0.6) },
                from: from(plan, place),
                until: until(plan, place),
                holidays: holidays(random),
            }
        })
        .collect()
}

fn from(plan: &Plan, place: usize) -> Date {
    let never = YEAR + (WEEKS + 1).weeks();
    match place {
        NEWCOMER => plan.newcomer.map_or(never, |day| day + 1.day()),
        NEXT_OWNER => plan.owner.unwrap_or(never),
        _ => FIRST,
    }
}

fn until(plan: &Plan, place: usize) -> Date {
    let never = YEAR + (WEEKS + 1).weeks();
    match (plan.departure, plan.owner) {
        (Some((who, day, _)), _) if who == place => day + 1.day(),
        (_, Some(day)) if place == OWNER => day + 1.day(),
        _ => never,
    }
}

/// Two holidays of one to three weeks in each year, and the turn of the year, on which nobody works.
fn holidays(random: &mut Random) -> Vec<(Date, Date)> {
    let mut holidays = Vec::new();
    for year in [YEAR - 52.weeks(), YEAR] {
        for half in [30, 190] {
            let start = year + ((half + random.below(100)) as i64).days();
            holidays.push((start, start + (7 + 7 * random.below(3) as i64).days()));
        }
        let end = (year + 200.days()).last_of_year();
        holidays.push((end - 9.days(), end + 5.days()));
    }
    holidays
}

/// The mail domain of a company.
pub(super) fn domain(company: &str) -> String {
    format!("{}.example", company.to_lowercase().replace(' ', "-"))
}
