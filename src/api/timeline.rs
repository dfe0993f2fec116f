//! The course of an account over time: how much was said by whom, in which mood, and how much it was used.

use std::collections::BTreeMap;
use std::collections::HashSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;

use super::{ApiError, App, When};
use crate::access::Caller;
use crate::model::{AccountSlug, InteractionKind, InteractionNode, Iri, Side};

/// The course of an account.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timeline {
    /// Every week from the first in which something was said to the last, silent ones included.
    pub weeks: Vec<Week>,
    /// The usage figures by metric.
    pub usage: Vec<UsageSeries>,
}

/// A week, Monday to Sunday (UTC).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub start: Date,
    /// How much the customer's people said, where the side is known.
    pub customer: u32,
    /// How much ours said.
    pub vendor: u32,
    /// How much people said of whom the side is not known.
    pub unknown: u32,
    /// Mean of the moods toward us, -1 to 1; `None` where nothing can be said.
    pub mood: Option<f32>,
}

/// The figures of a metric, by day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UsageSeries {
    /// Its name as the source has it.
    pub metric: String,
    /// The figures.
    pub points: Vec<(Date, f64)>,
}

/// The course of an account.
pub async fn timeline(app: &App, caller: &Caller, account: &AccountSlug, when: When) -> Result<Timeline, ApiError> {
    let known = app.known(caller, account, when).await?;
    let people = known.people_in_brief().await?;
    let of_side = |side| people.iter().filter(|person| person.side == Some(side)).map(|person| &person.id).collect();
    let (customer, vendor): (HashSet<&Iri>, HashSet<&Iri>) = (of_side(Side::Customer), of_side(Side::Vendor));
    let side = |author: &Iri| match (customer.contains(author), vendor.contains(author)) {
        (true, _) => Some(Side::Customer),
        (_, true) => Some(Side::Vendor),
        _ => None,
    };
    let mut usage: Vec<UsageSeries> = Vec::new();
    for (point, _) in known.usage().await? {
        match usage.last_mut() {
            Some(series) if series.metric == point.metric => series.points.push((point.date, point.value)),
            _ => usage.push(UsageSeries { metric: point.metric.clone(), points: vec![(point.date, point.value)] }),
        }
    }
    Ok(Timeline { weeks: weeks(known.interactions().await?, app.judged_at(when), side), usage })
}

/// The Monday of the week of a time.
fn monday(at: Timestamp) -> Date {
    let date = at.to_zoned(TimeZone::UTC).date();
    let into = i64::from(date.weekday().since(Weekday::Monday));
    date.checked_sub(into.days()).unwrap_or(date)
}

fn weeks(interactions: &[InteractionNode], as_of: Timestamp, side: impl Fn(&Iri) -> Option<Side>) -> Vec<Week> {
    let mut found: BTreeMap<Date, (Week, f32, u32)> = BTreeMap::new();
    for node in interactions.iter().filter(|node| is_said(node) && node.at <= as_of) {
        let start = monday(node.at);
        let empty = || (Week { start, customer: 0, vendor: 0, unknown: 0, mood: None }, 0.0, 0);
        let (week, sum, moods) = found.entry(start).or_insert_with(empty);
        match node.author.as_ref().and_then(&side) {
            Some(Side::Customer) => week.customer += 1,
            Some(Side::Vendor) => week.vendor += 1,
            None => week.unknown += 1,
        }
        if let Some(mood) = node.sentiment {
            *sum += mood;
            *moods += 1;
            week.mood = Some(*sum / *moods as f32);
        }
    }
    let Some((first, last)) = found.keys().next().copied().zip(found.keys().next_back().copied()) else {
        return Vec::new();
    };
    let silent = |start| Week { start, customer: 0, vendor: 0, unknown: 0, mood: None };
    let all = first.series(1.week()).take_while(|start| *start <= last);
    all.map(|start| found.remove(&start).map_or_else(|| silent(start), |(week, ..)| week)).collect()
}

/// Says whether it was said by a person at a time of its own.
fn is_said(node: &InteractionNode) -> bool {
    let by_people = match node.kind {
        InteractionKind::Email
        | InteractionKind::Chat
        | InteractionKind::Call
        | InteractionKind::Ticket
        | InteractionKind::Note
        | InteractionKind::Survey => true,
        InteractionKind::Crm | InteractionKind::Usage | InteractionKind::Event => false,
    };
    by_people && !node.automatic && node.at != Timestamp::UNIX_EPOCH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Visibility;

    fn said(at: &str, author: &str, mood: Option<f32>) -> InteractionNode {
        InteractionNode {
            iri: Iri::from_text(format!("urn:{at}")),
            id: at.to_owned(),
            kind: InteractionKind::Email,
            at: at.parse().unwrap(),
            thread: None,
            author: Some(Iri::from_text(author.to_owned())),
            recipients: Vec::new(),
            copied: Vec::new(),
            mentioned: Vec::new(),
            visibility: Visibility::Account,
            automatic: false,
            sentiment: mood,
        }
    }

    #[test]
    fn silent_weeks_are_weeks() {
        let rows = [
            said("2026-01-05T00:00:00Z", "a", Some(0.5)),
            said("2026-01-11T23:00:00Z", "b", Some(-0.1)),
            said("2026-01-20T10:00:00Z", "c", None),
            said("2026-03-20T10:00:00Z", "c", None),
        ];
        let side = |author: &Iri| match author.as_str() {
            "a" => Some(Side::Customer),
            "b" => Some(Side::Vendor),
            _ => None,
        };
        let told: Vec<String> = weeks(&rows, "2026-02-01T00:00:00Z".parse().unwrap(), side)
            .iter()
            .map(|week| format!("{} {} {} {} {:?}", week.start, week.customer, week.vendor, week.unknown, week.mood))
            .collect();
        assert_eq!(told, ["2026-01-05 1 1 0 Some(0.2)", "2026-01-12 0 0 0 None", "2026-01-19 0 0 1 None"]);
    }
}
