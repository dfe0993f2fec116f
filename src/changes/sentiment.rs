//! A shift of mood of a person, or of the customer's people together, against their own past: found as
//! [`shift`](super::shift) finds it, so one angry mail is no shift and a slow souring is one.
//!
//! What a person says on one day is one step, its median: a quarrel over an afternoon is one bad day. Of the account a week
//! is one step: the median of its people, so that whoever writes most does not speak for all.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use rustc_hash::FxHashMap;
use serde_json::json;

use super::known::Known;
use super::robust::median;
use super::severity::{self, Weight};
use super::shift::{Centre, Rules, Shift, Step, shifts};
use super::{About, Difference, Period, today, whole};
use crate::model::{AccountView, Change, ChangeKind, Evidence, InteractionNode, Iri, Side, Stakeholder};

/// A smaller difference is no shift, on a scale of -1 to 1.
const LEAST_SHIFT: f64 = 0.5;
/// Between warm and neutral it must be larger: that is how people are from day to day.
const LEAST_WARMTH: f64 = 0.7;
/// A mood below this is bad.
const BAD: f64 = -0.25;
/// Moods scatter at least so much.
const LEAST_SPREAD: f64 = 0.35;
/// A new mood must have lasted so many days.
const LEAST_DAYS: i32 = 7;
/// A shift that began within so many days of a known one, the same way, is the same.
const SAME_DAYS: i32 = 28;
/// So many messages are named.
const MOST_NAMED: usize = 5;

/// A person: days. Moods lie between bounds, so one odd day cannot move a mean far.
const PERSON: Rules = Rules {
    centre: Centre::Mean,
    allowance: 0.75,
    alarm: 4.0,
    cut: 3.0,
    least_past: 8,
    longest_past: 40,
    least_recent: 4,
    longest_recent: 8,
    least_noise: 0.0,
};
/// The account: weeks.
const ACCOUNT: Rules = Rules { longest_past: 26, longest_recent: 6, ..PERSON };

/// Moods of one day or week, with the messages.
struct Moods<'v> {
    day: Date,
    value: f64,
    said: Vec<&'v InteractionNode>,
}

/// A shift with the messages since it began.
struct Told<'v> {
    shift: Shift,
    since: Date,
    established: Date,
    recent: Vec<&'v InteractionNode>,
}

pub(super) fn changes(period: &Period<'_>, known: &Known<'_>, changes: &mut Vec<Change>) {
    let (before, after) = (by_author(period.before), by_author(period.after));
    let (since, until) = (today(period.since), today(period.until));
    for person in period.after.stakeholders.iter().filter(|person| person.side != Some(Side::Vendor)) {
        let found = of_person(&said_by(&after, person), until);
        if found.is_empty() {
            continue;
        }
        let told = known.find(person).map(|known| of_person(&said_by(&before, known), since)).unwrap_or_default();
        let weight = if severity::is_key(person) { Weight::Key } else { Weight::Ordinary };
        for new in found.iter().filter(|new| !is_told(new, &told)) {
            changes.push(tell(period, (person.id.clone(), &person.name), new, weight));
        }
    }
    let told = of_account(period.before, &before, since);
    let found = of_account(period.after, &after, until);
    for new in found.iter().filter(|new| !is_told(new, &told)) {
        changes.push(tell(period, (period.account_iri(), "the customer's people"), new, Weight::Key));
    }
}

/// What a person said.
fn said_by<'v>(all: &FxHashMap<&Iri, Vec<&'v InteractionNode>>, person: &Stakeholder) -> Vec<&'v InteractionNode> {
    all.get(&person.id).cloned().unwrap_or_default()
}

fn is_told(new: &Told<'_>, told: &[Told<'_>]) -> bool {
    let near = |old: &Told<'_>| (new.since - old.since).get_days().abs() <= SAME_DAYS;
    told.iter().any(|old| old.shift.is_fall() == new.shift.is_fall() && near(old))
}

/// What people said that has a mood, by who said it, in order of time.
fn by_author(view: &AccountView) -> FxHashMap<&Iri, Vec<&InteractionNode>> {
    let mut by_author: FxHashMap<&Iri, Vec<&InteractionNode>> = FxHashMap::default();
    for node in view.interactions.iter().filter(|node| !node.automatic && node.sentiment.is_some()) {
        if let Some(author) = node.author.as_ref().filter(|_| node.at != Timestamp::UNIX_EPOCH) {
            by_author.entry(author).or_default().push(node);
        }
    }
    by_author
}

/// The shifts of mood that a person's days tell by the beginning of `today`.
fn of_person<'v>(said: &[&'v InteractionNode], today: Date) -> Vec<Told<'v>> {
    find(&by_day(said, today, |day| day), &PERSON)
}

/// The shifts of the customer's people together; only weeks that are over count.
fn of_account<'v>(
    view: &'v AccountView,
    by_author: &FxHashMap<&Iri, Vec<&'v InteractionNode>>,
    today: Date,
) -> Vec<Told<'v>> {
    let customers = view.stakeholders.iter().filter(|person| person.side == Some(Side::Customer));
    let weeks = customers.filter_map(|person| by_author.get(&person.id)).flat_map(|said| by_day(said, today, sunday));
    let mut weeks: Vec<Moods<'_>> = weeks.filter(|week| week.day < today).collect();
    weeks.sort_by_key(|week| week.day);
    let all = weeks.chunk_by(|a, b| a.day == b.day).filter_map(|of_week| {
        let mut said: Vec<_> = of_week.iter().flat_map(|moods| moods.said.iter().copied()).collect();
        said.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)));
        let value = median(&of_week.iter().map(|moods| moods.value).collect::<Vec<_>>())?;
        Some(Moods { day: of_week[0].day, value, said })
    });
    find(&all.collect::<Vec<_>>(), &ACCOUNT)
}

/// The median mood of each day, or of each stretch that `stretch` names by one of its days; a day that is not over waits.
fn by_day<'v>(said: &[&'v InteractionNode], today: Date, stretch: impl Fn(Date) -> Date) -> Vec<Moods<'v>> {
    let day = |node: &InteractionNode| node.at.to_zoned(TimeZone::UTC).date();
    let over = said.partition_point(|node| day(node) < today);
    let days = said[..over].chunk_by(|a, b| stretch(day(a)) == stretch(day(b)));
    let moods = days.filter_map(|said| {
        let values: Vec<f64> = said.iter().filter_map(|node| node.sentiment.map(f64::from)).collect();
        Some(Moods { day: stretch(day(said[0])), value: median(&values)?, said: said.to_vec() })
    });
    moods.collect()
}

fn sunday(day: Date) -> Date {
    let left = 6 - i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_add(Span::new().days(left))
}

fn find<'v>(moods: &[Moods<'v>], rules: &Rules) -> Vec<Told<'v>> {
    let step = |moods: &Moods<'_>| Step { value: moods.value, least_spread: LEAST_SPREAD, season: (1.0, 1.0) };
    let steps: Vec<Step> = moods.iter().map(step).collect();
    let lasts = |shift: &Shift| (moods[shift.at].day - moods[shift.onset].day).get_days() >= LEAST_DAYS;
    let is_large = |shift: &Shift| {
        let is_bad = shift.before.min(shift.after) <= BAD;
        (shift.after - shift.before).abs() >= if is_bad { LEAST_SHIFT } else { LEAST_WARMTH } && lasts(shift)
    };
    let tell = |shift: Shift| Told {
        shift,
        since: moods[shift.onset].day,
        established: moods[shift.at].day,
        recent: moods[shift.onset..=shift.at].iter().flat_map(|moods| moods.said.iter().copied()).collect(),
    };
    shifts(&steps, rules, is_large).into_iter().map(tell).collect()
}

/// The messages that tell a shift: those whose mood lies on its side, the strongest, in order of time.
fn telling(told: &Told<'_>) -> Vec<Evidence> {
    let Shift { before, after, .. } = told.shift;
    let middle = f64::midpoint(before, after);
    let mood = |node: &InteractionNode| f64::from(node.sentiment.unwrap_or_default());
    let is_telling = |node: &&&InteractionNode| (mood(node) < middle) == (after < before);
    let mut messages: Vec<&InteractionNode> = told.recent.iter().filter(is_telling).copied().collect();
    messages.sort_by(|a, b| (mood(b) - middle).abs().total_cmp(&(mood(a) - middle).abs()).then(a.at.cmp(&b.at)));
    messages.truncate(MOST_NAMED);
    messages.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)));
    messages.into_iter().map(whole).collect()
}

fn tell(period: &Period<'_>, (subject, name): (Iri, &str), told: &Told<'_>, weight: Weight) -> Change {
    let Shift { before, after, .. } = told.shift;
    let direction = if told.shift.is_fall() { "worse" } else { "better" };
    let (count, since) = (told.recent.len(), told.since);
    let summary =
        format!("The mood of {name} is {direction}: {before:+.1} to {after:+.1} over {count} messages since {since}");
    let about = About { subject, summary, evidence: telling(told) };
    let severity = severity::mood(before as f32, after as f32, weight);
    let at = told.established.tomorrow().and_then(|day| day.to_zoned(TimeZone::UTC));
    let at = at.map_or(period.until, |zoned| zoned.timestamp());
    let values = (json!(round(before)), json!(round(after)));
    period.change(ChangeKind::SentimentShifted, at, about, Difference::new(values, severity))
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
