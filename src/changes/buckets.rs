//! Usage figures taken together so that they can be compared: whole weeks of daily ones, weekly and monthly ones as they
//! are. What was made of the first figures does not depend on those that follow.

use jiff::civil::{Date, Weekday};

use super::robust::median;
use crate::model::{Evidence, UsagePoint};

/// The grain is read from so many figures, the first.
const TELLING: usize = 14;
/// What is usual on a weekday is read from so many weeks before.
const USUAL_WEEKS: usize = 8;

/// How often a metric is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    /// Every day or working day.
    Daily,
    /// Every week or two.
    Weekly,
    /// Less often.
    Monthly,
}

/// Figures taken together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bucket {
    pub(super) start: Date,
    pub(super) end: Date,
    /// Mean of the figures, had there been one for every usual day.
    pub(super) level: f64,
    /// Number of figures.
    pub(super) figures: usize,
    /// Places of the first and the last of them.
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The buckets that were over at the beginning of `today`; `None` of nothing.
pub(super) fn buckets(figures: &[(UsagePoint, Evidence)], today: Date) -> Option<(Grain, Vec<Bucket>)> {
    let points: Vec<(usize, Date, f64)> = figures
        .iter()
        .enumerate()
        .filter(|(_, (point, _))| point.date < today && point.value.is_finite())
        .map(|(place, (point, _))| (place, point.date, point.value))
        .collect();
    let gaps: Vec<f64> =
        points.windows(2).take(TELLING).map(|pair| f64::from((pair[1].1 - pair[0].1).get_days())).collect();
    let grain = match median(&gaps)? {
        ..=3.0 => Grain::Daily,
        ..=17.0 => Grain::Weekly,
        _ => Grain::Monthly,
    };
    let single = |&(place, date, level): &(usize, Date, f64)| Bucket {
        start: date,
        end: date,
        level,
        figures: 1,
        first: place,
        last: place,
    };
    let buckets = match grain {
        Grain::Daily => weeks(&points),
        Grain::Weekly | Grain::Monthly => points.iter().map(single).collect(),
    };
    Some((grain, buckets))
}

/// The whole weeks among daily figures: those to whose end figures are known.
fn weeks(points: &[(usize, Date, f64)]) -> Vec<Bucket> {
    let latest = points.last().map(|(_, date, _)| *date);
    let mut usual: Vec<[Option<f64>; 7]> = Vec::new();
    let mut weeks = Vec::new();
    for of_week in points.chunk_by(|a, b| monday(a.1) == monday(b.1)) {
        let (first, last) = (of_week[0], of_week[of_week.len() - 1]);
        let start = monday(first.1);
        let end = start.saturating_add(jiff::Span::new().days(6));
        if Some(end) > latest {
            break;
        }
        let mut days = [None; 7];
        for (_, date, value) in of_week {
            days[weekday(*date)] = Some(*value);
        }
        if let Some(level) = level(&days, &usual[usual.len().saturating_sub(USUAL_WEEKS)..]) {
            weeks.push(Bucket { start, end, level, figures: of_week.len(), first: first.0, last: last.0 });
        }
        usual.push(days);
    }
    weeks
}

/// The mean of a week; days without a figure are taken to stand to the others as they usually do. `None` when less than
/// half of the usual days have one.
fn level(days: &[Option<f64>; 7], usual: &[[Option<f64>; 7]]) -> Option<f64> {
    let of_day = |day: usize| median(&usual.iter().filter_map(|week| week[day]).collect::<Vec<_>>());
    let expected: [Option<f64>; 7] = std::array::from_fn(of_day);
    let values: Vec<f64> = days.iter().copied().flatten().collect();
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let usual_days = expected.iter().flatten().count();
    if usual_days == 0 {
        return (values.len() >= 3).then_some(mean);
    }
    if values.len() * 2 < usual_days {
        return None;
    }
    let both = days.iter().zip(&expected).filter_map(|(day, usual)| Some(((*day)?, (*usual)?)));
    let (sum, of_these) = both.fold((0.0, 0.0), |(sum, all), (day, usual)| (sum + day, all + usual));
    let of_all = expected.iter().flatten().sum::<f64>() / usual_days as f64;
    let is_whole = expected.iter().zip(days).all(|(usual, day)| usual.is_none() || day.is_some());
    Some(if is_whole || of_these <= 0.0 || of_all <= 0.0 { mean } else { sum / of_these * of_all })
}

fn monday(date: Date) -> Date {
    date.saturating_sub(jiff::Span::new().days(weekday(date) as i64))
}

fn weekday(date: Date) -> usize {
    date.weekday().since(Weekday::Monday) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_days_are_made_up_for() {
        let full = [Some(10.0), Some(10.0), Some(10.0), Some(10.0), Some(10.0), Some(3.0), Some(3.0)];
        let working = [Some(10.0), Some(10.0), Some(10.0), Some(10.0), Some(10.0), None, None];
        let check = |days: [Option<f64>; 7], usual: &[[Option<f64>; 7]], expected: Option<f64>| {
            assert_eq!(level(&days, usual).map(|level| (level * 100.0).round() / 100.0), expected, "{days:?}");
        };
        check(full, &[full, full], Some(8.0));
        check([Some(20.0), None, Some(20.0), Some(20.0), None, Some(6.0), None], &[full, full], Some(16.0));
        check([Some(20.0), None, None, None, None, None, None], &[full, full], None);
        check(working, &[working, working], Some(10.0));
        check([Some(10.0), None, Some(10.0), Some(10.0), Some(10.0), None, None], &[working], Some(10.0));
        check([Some(0.0); 7], &[[Some(0.0); 7]], Some(0.0));
        check([Some(1.0), Some(2.0), Some(3.0), None, None, None, None], &[], Some(2.0));
    }
}
