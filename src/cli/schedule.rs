//! `baton schedule` and `baton serve`: what happens at set times.

use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::handoff::Definitions;
use crate::ingest::Stores;
use crate::model::{AccountSlug, Schedule as Kept, ScheduleRun};
use crate::review::Desk;
use crate::schedule::{Clock as _, SystemClock, Timetable, prepare, serve, tick};
use crate::serve::{follow, stopped, worker};

use super::{Outcome, output};

/// Documents at set times, handoffs that facts start, drafts before their meeting.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton schedule run --once\n  \
    baton schedule add weekly --cron '0 7 * * MON' --zone Europe/Berlin --type monthly-summary -a northwind")]
pub(super) struct Schedule {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Does everything that is due, and ends; without `--once`, goes on until it is stopped.
    Run {
        /// End when nothing more is due.
        #[arg(long)]
        once: bool,
    },
    /// Lists the schedules with their next and last runs, as JSON Lines.
    List,
    /// Keeps a schedule, in place of one of the same name.
    Add(Add),
    /// Takes a schedule away.
    Remove {
        /// Its name.
        name: String,
    },
}

#[derive(Debug, Args)]
struct Add {
    /// Its name.
    name: String,
    /// When: minute, hour, day of month, month, day of week.
    #[arg(long, value_name = "PATTERN")]
    cron: String,
    /// Time zone of the pattern, by its IANA name.
    #[arg(long, default_value = "UTC", value_name = "ZONE")]
    zone: String,
    /// Type of the documents.
    #[arg(long = "type", value_name = "TYPE", default_value = "monthly-summary")]
    kind: String,
    /// For this account only.
    #[arg(short, long, value_parser = super::account)]
    account: Option<AccountSlug>,
}

/// A schedule as it is listed.
#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    schedule: Kept,
    next: Option<Timestamp>,
    last: Option<ScheduleRun>,
}

impl Schedule {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        if let Action::Run { once: false } = self.action {
            until_stopped(config).await?;
            return Ok(Outcome::Done);
        }
        let desk = desk(config).await?;
        match self.action {
            Action::Run { .. } => {
                let ticked = tick(&desk, &SystemClock, &worker()).await?;
                output::json(&ticked)?;
                let failed = !ticked.problems.is_empty() || ticked.runs.iter().any(|run| run.failed > 0);
                return Ok(if failed { Outcome::SomeRejected } else { Outcome::Done });
            }
            Action::List => output::json_lines(listed(&desk).await?)?,
            Action::Add(add) => add.run(&desk).await?,
            Action::Remove { name } => {
                prepare(&desk).await?;
                anyhow::ensure!(desk.stores.archive.remove_schedule(&name).await?, "there is no schedule {name}");
            }
        }
        Ok(Outcome::Done)
    }
}

impl Add {
    async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let now = SystemClock.now();
        let table = Timetable::new(&self.cron, &self.zone)?;
        anyhow::ensure!(table.next(now).is_some(), "{:?} never comes", self.cron);
        desk.definitions.get(&self.kind)?;
        if let Some(account) = &self.account {
            desk.stores.require(account).await?;
        }
        prepare(desk).await?;
        let schedule = Kept {
            name: self.name,
            cron: self.cron,
            zone: self.zone,
            kind: self.kind,
            account: self.account,
            created_at: now,
        };
        desk.stores.archive.set_schedule(&schedule).await?;
        output::json(&Listed { next: table.next(now), last: None, schedule })
    }
}

async fn listed(desk: &Desk) -> anyhow::Result<Vec<Listed>> {
    prepare(desk).await?;
    let mut listed = Vec::new();
    for schedule in desk.stores.archive.schedules().await? {
        let next = Timetable::of(&schedule).with_context(|| schedule.name.clone())?.next(SystemClock.now());
        let last = desk.stores.archive.last_run(&schedule.name).await?;
        listed.push(Listed { schedule, next, last });
    }
    Ok(listed)
}

/// Ticks until it is stopped. Other commands work beside it.
async fn until_stopped(config: &Config) -> anyhow::Result<()> {
    let stores = Stores::open_to_serve(&config.data).await?;
    let definitions = Arc::new(Definitions::load(config.templates.as_deref())?);
    let engine = config.engine(&stores.archive).await?;
    let desk = Desk { stores, definitions, engine, now: SystemClock.now() };
    let asked = stopped().context("listen to signals")?;
    eprintln!("baton: the scheduler runs; stop it with ctrl-c");
    let stop = CancellationToken::new();
    let followed = tokio::spawn(follow(desk.stores.clone(), Arc::clone(&desk.engine), stop.clone()));
    serve(&desk, &SystemClock, &worker(), asked).await;
    stop.cancel();
    Ok(followed.await?)
}

async fn desk(config: &Config) -> anyhow::Result<Desk> {
    let definitions = Arc::new(Definitions::load(config.templates.as_deref())?);
    let now = SystemClock.now();
    let stores = super::open(config, now).await?;
    let engine = config.engine(&stores.archive).await?;
    Ok(Desk { stores, definitions, engine, now })
}
