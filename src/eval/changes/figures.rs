//! Usage figures of an account: weekends, holidays, summers, spikes, missing days, and perhaps a planted change.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::plan::{FIRST, Turn, YEAR};
use super::random::Random;

/// Names of the metrics: of a day, a week, a month.
pub(super) const METRICS: [&str; 3] = ["logins", "reports_run", "active_seats"];

/// The rows of an account: a day with its figures.
pub(super) fn rows(random: &mut Random, usage: Option<&(usize, Turn)>) -> BTreeMap<Date, Vec<(&'static str, f64)>> {
    let mut rows: BTreeMap<Date, Vec<(&'static str, f64)>> = BTreeMap::new();
    let end = YEAR + 52.weeks();
    for (number, metric) in METRICS.into_iter().enumerate() {
        let turn = usage.filter(|(of, _)| *of == number).map(|(_, turn)| turn);
        let level = random.between(4.0, 7.0).exp();
        let noise = random.between(0.05, 0.12);
        let weekend = random.between(0.0, 0.35);
        let summer = random.between(0.7, 1.0);
        let spike = YEAR + (random.below(350) as i64).days();
        let hole = YEAR + (random.below(330) as i64).days();
        // A few exports break and are never mended.
        let stop = if random.chance(0.1) { YEAR + (200 + random.below(150) as i64).days() } else { end };
        let mut day = FIRST;
        while day < end {
            let is_weekend = day.weekday().to_monday_zero_offset() >= 5;
            let is_due = match number {
                0 => true,
                1 => day.weekday().to_monday_zero_offset() == 6,
                _ => day == day.last_of_month(),
            };
            let is_lost = number == 0 && (random.chance(0.02) || (0..7).contains(&(day - hole).get_days()));
            if is_due && !is_lost && day < stop {
                let season = season(day, number, summer);
                let weekday = if number == 0 && is_weekend { weekend } else { 1.0 };
                let factor = turn.map_or(1.0, |turn| 1.0 + (turn.to - 1.0) * turn.progress(day));
                let odd = if number < 2 && (0..[1, 7][number]).contains(&(day - spike).get_days()) { 4.0 } else { 1.0 };
                let value = level * season * weekday * factor * odd * (1.0 + noise * random.normal());
                rows.entry(day).or_default().push((metric, value.max(0.0).round()));
            }
            day += 1.day();
        }
    }
    rows
}

/// The time of the year: nobody works at its end, and fewer do in high summer.
fn season(day: Date, number: usize, summer: f64) -> f64 {
    let holiday = matches!((day.month(), day.day()), (12, 23..) | (1, ..=3));
    match (holiday, day.month()) {
        (true, _) if number < 2 => 0.3,
        (_, 8) | (false, 7) if day.month() == 8 || day.day() > 14 => summer,
        _ => 1.0,
    }
}
