//! A change of usage: the level of a metric shifts or drifts, against its own noise and season.
//!
//! - Daily figures are taken together by whole weeks, Monday to Sunday, so weekends play no part; missing days are made up
//!   for by what is usual on these weekdays. Weekly and monthly figures stand for themselves.
//! - [`shift`](super::shift) finds when the level left the one before. It must move by a fifth of itself and stay.
//! - A season is what the same weeks of the year before were beside the weeks around them. Without a year before, a fall
//!   around the turn of the year is a holiday, and so is one in July and August that is not deep.
//! - When figures end nothing is told: a broken export looks the same, and the coverage shows it. Reported zeros are a fall.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use super::buckets::{Bucket, Grain, buckets};
use super::robust::{median, slope};
use super::shift::{Centre, Rules, Shift, Step, shifts};
use super::{About, Difference, Period, severity, today};
use crate::model::{Change, ChangeKind, Evidence, UsagePoint};

/// The level must move by this share of itself.
const LEAST_SHARE: f64 = 0.2;
/// A level that an ordinary summer leaves, as a share of the usual one.
const SUMMER: f64 = 0.65;
/// The same weeks a year ago lie so many buckets back, by grain, and are compared with so many on either side.
const WEEKS_A_YEAR: usize = 52;
const MONTHS_A_YEAR: usize = 12;
/// A shift that began within so many days of a known one, the same way, is the same.
const SAME_DAYS: i32 = 28;

const RULES: Rules = Rules {
    centre: Centre::Median,
    allowance: 0.75,
    alarm: 6.0,
    cut: 4.0,
    least_past: 6,
    longest_past: 26,
    least_recent: 2,
    longest_recent: 4,
    least_noise: 0.05,
};
/// A month has the noise of four weeks already taken out.
const MONTHLY: Rules = Rules { least_past: 4, longest_past: 12, longest_recent: 2, ..RULES };

type Figure = (UsagePoint, Evidence);

/// A shift of a metric with the figures that tell it.
struct Told<'v> {
    shift: Shift,
    /// First day of the new level.
    since: Date,
    /// The last day that had to be seen.
    established: Date,
    grain: Grain,
    /// Change from one bucket to the next as a share of the level before, where the change is gradual.
    drift: Option<f64>,
    first: &'v Evidence,
    latest: &'v Evidence,
}

pub(super) fn changes(period: &Period<'_>, changes: &mut Vec<Change>) {
    for figures in period.after.usage.chunk_by(|(a, _), (b, _)| a.metric == b.metric) {
        let metric = figures[0].0.metric.as_str();
        let before = &period.before.usage;
        let from = before.partition_point(|(point, _)| point.metric.as_str() < metric);
        let until = before.partition_point(|(point, _)| point.metric.as_str() <= metric);
        let known = told(&before[from..until], today(period.since));
        let is_known = |new: &Told<'_>| {
            known.iter().any(|old| {
                let apart = (new.since - old.since).get_days().abs();
                old.shift.is_fall() == new.shift.is_fall() && apart <= SAME_DAYS
            })
        };
        let new = told(figures, today(period.until));
        changes.extend(new.iter().filter(|new| !is_known(new)).map(|new| tell(period, metric, new)));
    }
}

/// What the figures of one metric tell by the beginning of `today`.
fn told(figures: &[Figure], today: Date) -> Vec<Told<'_>> {
    let Some((grain, buckets)) = buckets(figures, today) else { return Vec::new() };
    let levels: Vec<f64> = buckets.iter().map(|bucket| bucket.level).collect();
    let are_counts = figures.iter().all(|(point, _)| point.value.fract() == 0.0);
    let step = |(at, bucket): (usize, &Bucket)| Step {
        value: bucket.level,
        // Counts of rare events scatter by chance alone: Poisson.
        least_spread: if are_counts { ((bucket.level + 0.5) / bucket.figures as f64).sqrt() } else { 0.0 },
        season: season(&levels, at, bucket, grain),
    };
    let steps: Vec<Step> = buckets.iter().enumerate().map(step).collect();
    let is_large = |shift: &Shift| (shift.after - shift.before).abs() >= LEAST_SHARE * shift.before.abs();
    let rules = if grain == Grain::Monthly { &MONTHLY } else { &RULES };
    let tell = |shift: Shift| Told {
        shift,
        since: buckets[shift.onset].start,
        established: buckets[shift.at].end,
        grain,
        drift: drift(&levels, &shift),
        first: &figures[buckets[shift.onset].first].1,
        latest: &figures[buckets[shift.at].last].1,
    };
    shifts(&steps, rules, is_large).into_iter().map(tell).collect()
}

/// Shares of the usual level between which a bucket says nothing because of the time of the year.
fn season(levels: &[f64], at: usize, bucket: &Bucket, grain: Grain) -> (f64, f64) {
    let year = if grain == Grain::Monthly { MONTHS_A_YEAR } else { WEEKS_A_YEAR };
    let around = year / 4;
    if let Some(then) = at.checked_sub(year).filter(|then| *then >= around) {
        // Holidays move by a week.
        let near = levels.get(then.saturating_sub(1)..then + 2).unwrap_or_default();
        let usual = median(levels.get(then - around..then + around + 1).unwrap_or_default()).unwrap_or_default();
        let least = near.iter().copied().fold(f64::INFINITY, f64::min);
        let most = near.iter().copied().fold(0.0, f64::max);
        let share = |level: f64| if usual > 0.0 { level / usual } else { 1.0 };
        // A tenth more or less is noise.
        let (low, high) = (share(least), share(most));
        return (if low < 0.9 { low } else { 1.0 }, if high > 1.1 { high } else { 1.0 });
    }
    let is_holiday = |date: Date| matches!((date.month(), date.day()), (12, 21..) | (1, ..=6));
    match grain {
        Grain::Daily | Grain::Weekly if is_holiday(bucket.start) || is_holiday(bucket.end) => (0.0, 1.0),
        _ if matches!(bucket.end.month(), 7 | 8) => (SUMMER, 1.0),
        Grain::Daily | Grain::Weekly | Grain::Monthly => (1.0, 1.0),
    }
}

/// The Theil-Sen slope (P. K. Sen, 1968) of a change that did not come at once.
fn drift(levels: &[f64], shift: &Shift) -> Option<f64> {
    let levels = &levels[shift.onset..=shift.at];
    let at_once = (levels[0] - shift.before) / (shift.after - shift.before) > 0.6;
    let slope = slope(levels).filter(|_| levels.len() >= 4 && !at_once && shift.before != 0.0)?;
    Some(slope / shift.before.abs()).filter(|share| (*share < 0.0) == shift.is_fall())
}

fn tell(period: &Period<'_>, metric: &str, told: &Told<'_>) -> Change {
    let Shift { before, after, .. } = told.shift;
    let share = if before == 0.0 { after.signum() } else { (after - before) / before.abs() };
    let direction = if share < 0.0 { "fell" } else { "rose" };
    let percent = |share: f64| (share * 100.0).abs().round();
    let how_much = if before == 0.0 { String::new() } else { format!(" by {}%", percent(share)) };
    let (unit, step) = match told.grain {
        Grain::Daily => ("a day", "a week"),
        Grain::Weekly => ("a week", "a week"),
        Grain::Monthly => ("a month", "a month"),
    };
    let drift = told.drift.map(|drift| format!(", about {}% {step}", percent(drift))).unwrap_or_default();
    let (since, before, after) = (told.since, tidy(before), tidy(after));
    let mut evidence = vec![told.first.clone()];
    evidence.extend(Some(told.latest.clone()).filter(|latest| latest != told.first));
    let about = About {
        subject: period.account_iri(),
        summary: format!("{metric} {direction}{how_much}: from {before} to {after} {unit} since {since}{drift}"),
        evidence,
    };
    let at = told.established.to_zoned(TimeZone::UTC).map_or(period.until, |zoned| zoned.timestamp());
    let values =
        (json!({"metric": metric, "level": before}), json!({"metric": metric, "level": after, "since": since}));
    period.change(ChangeKind::UsageChanged, at, about, Difference::new(values, severity::usage(share)))
}

fn tidy(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
