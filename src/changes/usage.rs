//! A change of the level of usage: the last four weeks of a metric against the weeks before, and their noise.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use super::robust::{median, spread};
use super::{About, Difference, Period, severity};
use crate::model::{Change, ChangeKind, Evidence, UsagePoint};

const RECENT_WEEKS: i32 = 4;
const BASELINE_WEEKS: i32 = 26;
/// Fewer weeks with figures than this say nothing.
const LEAST_RECENT: usize = 2;
const LEAST_BASELINE: usize = 4;
/// The level must move by this share of itself.
const LEAST_SHARE: f64 = 0.2;
/// And by this many times the usual spread of the weeks.
const SPREADS: f64 = 3.0;

type Figure = (UsagePoint, Evidence);

/// The level of a metric before and in the last weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Levels {
    before: f64,
    after: f64,
    is_shift: bool,
}

pub(super) fn changes(period: &Period<'_>, changes: &mut Vec<Change>) {
    for figures in period.after.usage.chunk_by(|(a, _), (b, _)| a.metric == b.metric) {
        changes.extend(of_metric(period, figures));
    }
}

fn of_metric(period: &Period<'_>, figures: &[Figure]) -> Option<Change> {
    let (since, until) = (day(period.since), day(period.until));
    let latest = figures.iter().rfind(|(point, _)| point.date <= until)?;
    if latest.0.date <= since {
        return None;
    }
    let now = levels(figures, until)?;
    let was = levels(figures, since);
    // A shift that was there at the start of the period was told then.
    let is_old = was.is_some_and(|was| was.is_shift && (was.after < was.before) == (now.after < now.before));
    if !now.is_shift || is_old {
        return None;
    }
    let share = if now.before == 0.0 { 1.0 } else { (now.after - now.before) / now.before.abs() };
    let metric = &latest.0.metric;
    let (before, after) = (tidy(now.before), tidy(now.after));
    let direction = if share < 0.0 { "fell" } else { "rose" };
    let percent = (share * 100.0).abs().round();
    let at = latest.0.date.to_zoned(TimeZone::UTC).map_or(period.until, |zoned| zoned.timestamp());
    let about = About {
        subject: period.account_iri(),
        summary: format!("{metric} {direction} by {percent}%: from {before} to {after} a week's median"),
        evidence: vec![latest.1.clone()],
    };
    let values = (json!({"metric": metric, "level": before}), json!({"metric": metric, "level": after}));
    Some(period.change(ChangeKind::UsageChanged, at, about, Difference::new(values, severity::usage(share))))
}

/// Weekly levels as seen on `today`. A week counts by the mean of its figures.
fn levels(figures: &[Figure], today: Date) -> Option<Levels> {
    let mut weeks: Vec<(f64, u32)> = vec![(0.0, 0); (RECENT_WEEKS + BASELINE_WEEKS) as usize];
    for (point, _) in figures.iter().filter(|(point, _)| point.date <= today && point.value.is_finite()) {
        let days = (today - point.date).get_days();
        if let Some((sum, count)) = usize::try_from(days / 7).ok().and_then(|week| weeks.get_mut(week)) {
            *sum += point.value;
            *count += 1;
        }
    }
    let (recent, baseline) = weeks.split_at(RECENT_WEEKS as usize);
    let means = |weeks: &[(f64, u32)]| -> Vec<f64> {
        weeks.iter().filter(|(_, count)| *count > 0).map(|(sum, count)| sum / f64::from(*count)).collect()
    };
    let (recent, baseline) = (means(recent), means(baseline));
    if recent.len() < LEAST_RECENT || baseline.len() < LEAST_BASELINE {
        return None;
    }
    let (before, after) = (median(&baseline)?, median(&recent)?);
    let needed = (spread(&baseline)? * SPREADS).max(before.abs() * LEAST_SHARE).max(f64::EPSILON);
    Some(Levels { before, after, is_shift: (after - before).abs() > needed })
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn tidy(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
