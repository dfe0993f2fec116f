//! The documents of a schedule: one for each account and period, however often and by however many processes it is run.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::{Clock, ScheduleError, Timetable, at};
use crate::archive::Cut;
use crate::model::{AccountSlug, HandoffState, Schedule, ScheduleRun};
use crate::review::{Desk, Request, ReviewError, make};

/// A worker holds a run so long, and takes hold of it anew while it goes on. After a crash another goes on then.
const HOLD: SignedDuration = SignedDuration::from_mins(10);

/// The time that the documents of a run speak of, and the name of its period.
struct Period {
    as_of: Timestamp,
    since: Option<Timestamp>,
    before: Option<String>,
    name: String,
}

/// Runs a schedule for the last time it was due, unless that was done. Times missed before are not made up for: the
/// document of the last one tells what changed since.
pub(super) async fn run_due(
    desk: &Desk,
    clock: &dyn Clock,
    worker: &str,
    schedule: &Schedule,
) -> Result<Option<ScheduleRun>, ScheduleError> {
    let wrong = |source| ScheduleError::Timetable { name: schedule.name.clone(), source };
    let table = Timetable::of(schedule).map_err(wrong)?;
    let now = clock.now();
    let Some(due_at) = table.last(now).filter(|due| *due >= schedule.created_at) else { return Ok(None) };
    if !desk.stores.archive.claim_run(&schedule.name, due_at, worker, (now, now + HOLD)).await? {
        return Ok(None);
    }
    let mut run = ScheduleRun {
        schedule: schedule.name.clone(),
        due_at,
        started_at: now,
        ended_at: None,
        made: 0,
        failed: 0,
        problem: None,
    };
    let period = Arc::new(period(&table, due_at));
    make_all(desk, clock, (worker, schedule), &period, &mut run).await?;
    run.ended_at = Some(clock.now());
    desk.stores.archive.end_run(&run, worker).await?;
    Ok(Some(run))
}

/// A document speaks of the time until the end of the day before its run, and of the changes since the run before.
fn period(table: &Timetable, due_at: Timestamp) -> Period {
    let before = table.last(due_at - SignedDuration::from_nanos(1));
    Period {
        as_of: table.end_of_day_before(due_at),
        since: before.map(|before| table.end_of_day_before(before)),
        before: before.map(|before| table.day(before).to_string()),
        name: table.day(due_at).to_string(),
    }
}

async fn make_all(
    desk: &Desk,
    clock: &dyn Clock,
    (worker, schedule): (&str, &Schedule),
    period: &Arc<Period>,
    run: &mut ScheduleRun,
) -> Result<(), ScheduleError> {
    let all = desk.stores.archive.accounts().await?.into_iter().map(|(account, _)| account);
    let accounts = all.filter(|account| schedule.account.as_ref().is_none_or(|only| only == account));
    let at_once = Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)));
    let mut tasks = JoinSet::new();
    let mut held_until = clock.now() + HOLD;
    for account in accounts {
        // A permit is waited for here, so that no more accounts are in memory than are worked on.
        let Ok(permit) = Arc::clone(&at_once).acquire_owned().await else { break };
        while let Some(done) = tasks.try_join_next() {
            count(run, done);
        }
        let now = clock.now();
        if held_until.duration_since(now) < HOLD / 2 {
            held_until = now + HOLD;
            desk.stores.archive.claim_run(&run.schedule, run.due_at, worker, (now, held_until)).await?;
        }
        let (desk, kind, period) = (at(desk, now), schedule.kind.clone(), Arc::clone(period));
        tasks.spawn(async move {
            let _permit = permit;
            let made = make_one(&desk, &account, &kind, &period).await;
            (account, made)
        });
    }
    while let Some(done) = tasks.join_next().await {
        count(run, done);
    }
    Ok(())
}

type Made = Result<(AccountSlug, Result<bool, ReviewError>), tokio::task::JoinError>;

fn count(run: &mut ScheduleRun, done: Made) {
    let problem = match done {
        Ok((_, Ok(made))) => {
            run.made += u32::from(made);
            return;
        }
        Ok((account, Err(error))) => format!("{account}: {error}"),
        Err(error) => error.to_string(),
    };
    run.failed += 1;
    tracing::error!(schedule = run.schedule, problem, "a document could not be made");
    run.problem.get_or_insert(problem);
}

/// Makes the document of an account and period. Answers false when it is there already, or when the account began
/// after the period.
async fn make_one(desk: &Desk, account: &AccountSlug, kind: &str, period: &Period) -> Result<bool, ReviewError> {
    let archive = &desk.stores.archive;
    if archive.period_document(account, kind, &period.name).await?.is_some() {
        return Ok(false);
    }
    if archive.first_said(account).await?.is_some_and(|first| first > period.as_of) {
        return Ok(false);
    }
    let previous = match &period.before {
        Some(before) => archive.period_document(account, kind, before).await?,
        None => None,
    };
    let request = Request {
        account,
        kind,
        cut: Cut { as_of: Some(period.as_of), ..Cut::default() },
        since: period.since,
        previous: previous.as_ref(),
        state: HandoffState::Draft,
    };
    let document = make(desk, &request).await?;
    Ok(archive.keep_period_document(&document, &period.name).await?)
}
