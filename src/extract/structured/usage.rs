//! Usage figures: attributes `usage.<metric>` of a day.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::model::{Findings, Interaction, UsagePoint};

/// The figures of one row, dated by the day it was recorded for.
pub(super) fn read(interaction: &Interaction) -> Findings {
    let Some(date) = day(interaction) else { return Findings::default() };
    let usage = interaction
        .attributes
        .iter()
        .filter_map(|(name, value)| {
            let metric = name.strip_prefix("usage.").filter(|metric| !matches!(*metric, "" | "date"))?;
            let value: f64 = value.trim().replace(',', "").parse().ok()?;
            value.is_finite().then(|| UsagePoint { metric: metric.to_owned(), date, value })
        })
        .collect();
    Findings { usage, ..Findings::default() }
}

fn day(interaction: &Interaction) -> Option<Date> {
    if let Some(date) = interaction.attribute("usage.date").and_then(|date| date.get(..10)?.parse().ok()) {
        return Some(date);
    }
    let minutes = interaction.utc_offset_minutes.unwrap_or_default();
    let zone = Offset::from_seconds(i32::from(minutes) * 60).map_or(TimeZone::UTC, TimeZone::fixed);
    Some(interaction.sent_at?.to_zoned(zone).date())
}
