//! The course of an account over time, as the chart reads it and as a table.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::api::{Timeline, timeline};
use crate::http::{Account, Failure};
use crate::web::Site;
use crate::web::visit::Visit;

/// The latest weeks that the table has.
const WEEKS: usize = 26;

/// A week of the table.
#[derive(Serialize)]
pub(super) struct Row {
    start: Date,
    end: Date,
    messages: u32,
    mood: Option<f32>,
}

/// The latest weeks in which something was said, the latest first.
pub(super) fn rows(course: &Timeline) -> Vec<Row> {
    let weeks = course.weeks.iter().rev().map(|week| Row {
        start: week.start,
        end: week.start.checked_add(6.days()).unwrap_or(week.start),
        messages: week.customer + week.vendor + week.unknown,
        mood: week.mood,
    });
    weeks.filter(|row| row.messages > 0).take(WEEKS).collect()
}

/// Answers what the chart draws.
pub(crate) async fn get_timeline(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
) -> Result<Response, Failure> {
    Ok(axum::Json(timeline(&site.app, &visit.caller, &account, visit.when).await?).into_response())
}
