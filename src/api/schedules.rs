//! What happens at set times: schedules with their runs, kept and taken away.

use serde::{Deserialize, Serialize};

use super::{ApiError, App};
use crate::access::Caller;
use crate::model::{AccountSlug, Schedule, ScheduleRun};
use crate::schedule::{ScheduleError, Timetable, prepare};

/// A schedule as it is listed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Listed)]
pub struct ListedSchedule {
    /// The schedule.
    #[serde(flatten)]
    schedule: Schedule,
    /// When it is due next.
    next: Option<jiff::Timestamp>,
    /// Its last run.
    last: Option<ScheduleRun>,
}

/// A schedule to keep.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSchedule {
    /// When: minute, hour, day of month, month, day of week.
    #[schema(example = "0 7 * * MON")]
    pub cron: String,
    /// Time zone of the pattern, by its IANA name.
    #[serde(default = "utc")]
    pub zone: String,
    /// Type of the documents.
    #[serde(rename = "type", default = "monthly")]
    pub kind: String,
    /// For this account only.
    #[serde(default)]
    pub account: Option<String>,
}

fn utc() -> String {
    "UTC".to_owned()
}

fn monthly() -> String {
    "monthly-summary".to_owned()
}

/// The schedules with their next and last runs.
pub async fn schedules(app: &App, caller: &Caller) -> Result<Vec<ListedSchedule>, ApiError> {
    caller.require_all_accounts()?;
    prepare(&app.desk()).await.map_err(failed)?;
    let mut listed = Vec::new();
    for schedule in app.stores.archive.schedules().await? {
        let next = Timetable::of(&schedule).ok().and_then(|table| table.next(app.clock.now()));
        let last = app.stores.archive.last_run(&schedule.name).await?;
        listed.push(ListedSchedule { schedule, next, last });
    }
    Ok(listed)
}

/// Keeps a schedule, in place of one of the same name.
pub async fn keep_schedule(app: &App, caller: &Caller, name: String, new: NewSchedule) -> Result<Schedule, ApiError> {
    caller.require_all_accounts()?;
    let now = app.clock.now();
    let table = Timetable::new(&new.cron, &new.zone).map_err(|error| ApiError::Unfit(error.to_string()))?;
    if table.next(now).is_none() {
        return Err(ApiError::Unfit(format!("{:?} never comes", new.cron)));
    }
    app.definitions.get(&new.kind)?;
    let account = named_account(app, caller, new.account.as_deref()).await?;
    prepare(&app.desk()).await.map_err(failed)?;
    let schedule = Schedule { name, cron: new.cron, zone: new.zone, kind: new.kind, account, created_at: now };
    app.stores.archive.set_schedule(&schedule).await?;
    Ok(schedule)
}

/// Takes a schedule away.
pub async fn remove_schedule(app: &App, caller: &Caller, name: &str) -> Result<(), ApiError> {
    caller.require_all_accounts()?;
    if app.stores.archive.remove_schedule(name).await? { Ok(()) } else { Err(ApiError::not_found("schedule", name)) }
}

/// The account of that key, which the caller may see; none where none is named.
pub async fn named_account(app: &App, caller: &Caller, name: Option<&str>) -> Result<Option<AccountSlug>, ApiError> {
    let Some(name) = name else { return Ok(None) };
    let account = AccountSlug::from_key(name).ok_or_else(|| ApiError::not_found("account", name))?;
    caller.require_account(&account)?;
    app.stores.require(&account).await?;
    Ok(Some(account))
}

fn failed(error: ScheduleError) -> ApiError {
    match error {
        ScheduleError::Review(error) => error.into(),
        timetable @ ScheduleError::Timetable { .. } => ApiError::Internal(timetable.to_string()),
    }
}
