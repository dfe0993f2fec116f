//! What happens without anybody asking: documents at set times, handoffs that facts start, drafts made again before a
//! meeting. One [`tick`] does what is due and ends; [`serve`] ticks until it is told to stop.
//!
//! Any number of processes may tick on one archive: a run, a trigger and a document of a period each have a row that
//! only one of them can write. A tick that is cut off is finished by a later one.

mod clock;
mod documents;
mod drafts;
mod starts;
mod timetable;

use std::future::Future;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

pub use clock::{Clock, LateClock, SystemClock};
pub use timetable::{Timetable, TimetableError};

use crate::model::{AccountSlug, Process, Schedule, ScheduleRun};
use crate::review::{Desk, ReviewError};

/// Longest sleep between two ticks: a clock that was set, and what other processes wrote, is seen by then.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// The schedule that every archive has until it is taken away: monthly summaries of all accounts.
const MONTHLY: (&str, &str, &str) = ("monthly-summaries", "0 6 1 * *", "monthly-summary");
/// Setting that says that [`MONTHLY`] was put in once.
const MONTHLY_IS_SET: &str = "monthly_summaries_scheduled";

/// Why a tick ended early.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// A store or a document failed.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// A schedule cannot be read.
    #[error("schedule {name}: {source}")]
    Timetable {
        /// Its name.
        name: String,
        /// Why.
        source: TimetableError,
    },
}

impl From<crate::archive::ArchiveError> for ScheduleError {
    fn from(error: crate::archive::ArchiveError) -> Self {
        Self::Review(error.into())
    }
}

/// What one tick did.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
pub struct Ticked {
    /// Runs of schedules.
    pub runs: Vec<ScheduleRun>,
    /// Handoffs that were started.
    pub started: Vec<Process>,
    /// Triggers that came while a handoff was open.
    pub open_already: Vec<Process>,
    /// Drafts that were made again before their meeting.
    pub redrafted: Vec<Process>,
    /// What could not be done, each with its account.
    pub problems: Vec<String>,
}

impl Ticked {
    fn fails(&mut self, account: &AccountSlug, error: &ReviewError) {
        tracing::error!(account = account.as_str(), %error, "a handoff could not be started or made again");
        self.problems.push(format!("{account}: {error}"));
    }
}

/// A desk whose time is taken anew.
pub(crate) fn at(desk: &Desk, now: Timestamp) -> Desk {
    Desk { now, ..desk.clone() }
}

/// Puts the monthly summaries in, once in the life of an archive.
pub async fn prepare(desk: &Desk) -> Result<(), ScheduleError> {
    let archive = &desk.stores.archive;
    if archive.setting(MONTHLY_IS_SET).await?.is_none() {
        let (name, cron, kind) = MONTHLY;
        let schedule = Schedule {
            name: name.to_owned(),
            cron: cron.to_owned(),
            zone: "UTC".to_owned(),
            kind: kind.to_owned(),
            account: None,
            // The last month is summed up also when Baton came after its end.
            created_at: Timestamp::UNIX_EPOCH,
        };
        archive.set_schedule(&schedule).await?;
        archive.set_setting(MONTHLY_IS_SET, "yes").await?;
    }
    Ok(())
}

/// Does everything that is due now.
#[tracing::instrument(skip_all)]
pub async fn tick(desk: &Desk, clock: &dyn Clock, worker: &str) -> Result<Ticked, ScheduleError> {
    prepare(desk).await?;
    let mut ticked = Ticked::default();
    starts::start_due(desk, clock, &mut ticked).await?;
    drafts::redraft_due(desk, clock, &mut ticked).await?;
    for schedule in desk.stores.archive.schedules().await? {
        ticked.runs.extend(documents::run_due(desk, clock, worker, &schedule).await?);
    }
    Ok(ticked)
}

/// Ticks until `stop` is ready. What fails is logged, and tried again with the next tick.
pub async fn serve(desk: &Desk, clock: &dyn Clock, worker: &str, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        let pause = tick_once(&at(desk, clock.now()), clock, worker).await;
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Ticks, and answers how long nothing is due.
async fn tick_once(desk: &Desk, clock: &dyn Clock, worker: &str) -> Duration {
    match tick(desk, clock, worker).await {
        Ok(ticked) => tracing::info!(
            runs = ticked.runs.len(),
            started = ticked.started.len(),
            redrafted = ticked.redrafted.len(),
            "ticked"
        ),
        Err(error) => tracing::error!(%error, "a tick failed"),
    }
    pause(desk, clock).await
}

/// How long nothing is due.
async fn pause(desk: &Desk, clock: &dyn Clock) -> Duration {
    let schedules = desk.stores.archive.schedules().await.unwrap_or_default();
    let now = clock.now();
    let next = schedules.iter().filter_map(|schedule| Timetable::of(schedule).ok()?.next(now)).min();
    let until = next.map_or(SignedDuration::MAX, |next| next.duration_since(now));
    Duration::try_from(until).unwrap_or_default().clamp(Duration::from_millis(100), LONGEST_SLEEP)
}

#[cfg(test)]
mod tests;
