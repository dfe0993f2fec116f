//! `baton report`: what readers made of the documents, what that says of the rules, and what became of the accounts.

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;

use crate::archive::Cut;
use crate::config::Config;
use crate::ingest::{Stores, project_pending};
use crate::lifecycle::{calibration, outcome, quality};
use crate::model::{AccountSlug, Calibration, Happened, Process};

use super::review::ActorArgs;
use super::{Outcome, output};

/// Tells how good the documents are, and lets that weigh what is read from now on.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton report quality -a northwind\n  baton report calibration apply")]
pub(super) struct Report {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// What was accepted, corrected, rejected and missing, by kind of source, rule and section; ratings and reasons of
    /// rejection. As JSON.
    Quality {
        /// Only this account.
        #[arg(short, long, value_parser = super::account)]
        account: Option<AccountSlug>,
    },
    /// What became of the accounts: days to first value, satisfaction in 30 days, escalations. As JSON Lines.
    Outcomes {
        /// Only this account.
        #[arg(short, long, value_parser = super::account)]
        account: Option<AccountSlug>,
    },
    /// How the decisions of people weigh the confidence of each rule's facts. As JSON Lines.
    Calibration(Calibrate),
}

#[derive(Debug, Args)]
struct Calibrate {
    #[command(subcommand)]
    action: Option<CalibrateAction>,
}

#[derive(Debug, Subcommand)]
enum CalibrateAction {
    /// Shows what would be taken over, beside what is in force.
    Show,
    /// Lets the decisions made so far weigh every fact from now on.
    Apply {
        #[command(flatten)]
        actor: ActorArgs,
    },
    /// Leaves every confidence as it was read.
    Off {
        #[command(flatten)]
        actor: ActorArgs,
    },
}

impl Report {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let engine = config.engine_version(&stores.archive).await?;
        match self.action {
            Action::Quality { account } => {
                let all = histories(&stores, account.as_ref()).await?;
                output::json(&quality(all.iter().flat_map(|(_, history)| history)))?;
            }
            Action::Outcomes { account } => {
                for (process, history) in histories(&stores, account.as_ref()).await? {
                    let told = stores.archive.told(&process.account, &engine, Cut::default()).await?;
                    output::json_lines(outcome(&process, &history, &told, now))?;
                }
            }
            Action::Calibration(calibrate) => calibrate.run(&stores, &engine, now).await?,
        }
        Ok(Outcome::Done)
    }
}

impl Calibrate {
    async fn run(self, stores: &Stores, engine: &str, now: Timestamp) -> anyhow::Result<()> {
        let all = histories(stores, None).await?;
        let learned = calibration(all.iter().flat_map(|(_, history)| history));
        match self.action.unwrap_or(CalibrateAction::Show) {
            CalibrateAction::Show => show(&learned, &stores.archive.calibration(None).await?),
            CalibrateAction::Apply { actor } => {
                stores.archive.set_calibration(&learned, &actor.actor().by, now).await?;
                project_pending(stores, engine, now).await?;
                show(&learned, &learned)
            }
            CalibrateAction::Off { actor } => {
                stores.archive.set_calibration(&Calibration::default(), &actor.actor().by, now).await?;
                project_pending(stores, engine, now).await?;
                Ok(())
            }
        }
    }
}

/// A line for each rule: what was decided, and whether that is in force.
fn show(learned: &Calibration, in_force: &Calibration) -> anyhow::Result<()> {
    let mut rules: Vec<&String> = learned.0.keys().chain(in_force.0.keys()).collect();
    rules.sort_unstable();
    rules.dedup();
    output::json_lines(rules.into_iter().map(|rule| {
        let (judged, applied) = (learned.0.get(rule), in_force.0.get(rule));
        json!({
            "rule": rule,
            "judged": judged,
            "precision": judged.and_then(|judged| judged.precision()),
            "in_force": applied,
            "confidence_of_0.8": in_force.confidence(rule, 0.8),
        })
    }))
}

/// Every handoff with what happened to it.
async fn histories(stores: &Stores, account: Option<&AccountSlug>) -> anyhow::Result<Vec<(Process, Vec<Happened>)>> {
    let mut all = Vec::new();
    for process in stores.archive.handoffs(account).await? {
        let history = stores.archive.handoff_events(&process).await?;
        all.push((process, history));
    }
    Ok(all)
}
