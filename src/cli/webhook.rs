//! `baton webhook`: who is told of events by HTTP.

use std::collections::BTreeSet;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;

use crate::archive::Archive;
use crate::config::Config;
use crate::model::{AccountScope, AccountSlug, DeliveryState, EventChoice, EventName, Reach, Sight};
use crate::notify::{self, NewWebhook, Replay};

use super::{Outcome, output};

/// Deliveries read in one go.
const PAGE: u32 = 1_000;

/// Webhooks: who is told of events by HTTP, signed after the Standard Webhooks specification. `baton serve` sends.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  baton webhook add https://hooks.vendor.example/baton --event commitment.overdue -a northwind\n  \
    baton webhook deliveries --dead"
)]
pub(super) struct Webhook {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Adds a webhook and prints it with its secret, which is not shown again.
    Add(Add),
    /// Lists the webhooks, as JSON Lines.
    List,
    /// Takes a webhook away, and what waits for it.
    Remove {
        /// Its id.
        id: String,
    },
    /// Gives a webhook another secret and prints it; the one before signs too for a day.
    Secret {
        /// Its id.
        id: String,
    },
    /// Sends to a webhook again that was disabled because its receiver answered 410 Gone.
    Enable {
        /// Its id.
        id: String,
    },
    /// Lists what was sent and what waits, as JSON Lines.
    Deliveries(Deliveries),
    /// Sends again what was given up or delivered.
    Replay(ReplayArgs),
}

#[derive(Debug, Args)]
struct Add {
    /// Where events are sent: an https URL.
    url: String,
    /// Only events of this name; may be given several times.
    #[arg(long = "event", value_name = "NAME", value_parser = event)]
    events: Vec<EventName>,
    /// Only events of this account; may be given several times.
    #[arg(short, long = "account", value_name = "ACCOUNT", value_parser = super::account)]
    accounts: Vec<AccountSlug>,
    /// What of an account it is told: `full`, or `shared` without what is private or sensitive.
    #[arg(long, default_value = "shared", value_parser = sight)]
    sight: Sight,
    /// Permit addresses of one's own network, and http to this machine.
    #[arg(long)]
    allow_private: bool,
}

#[derive(Debug, Args)]
struct Deliveries {
    /// Only those of this webhook.
    #[arg(long, value_name = "ID")]
    webhook: Option<String>,
    /// Only those that were given up.
    #[arg(long, conflicts_with = "waiting")]
    dead: bool,
    /// Only those that wait.
    #[arg(long)]
    waiting: bool,
}

#[derive(Debug, Args)]
struct ReplayArgs {
    /// The delivery.
    #[arg(required_unless_present = "dead", conflicts_with = "dead")]
    id: Option<String>,
    /// Everything that was given up.
    #[arg(long)]
    dead: bool,
    /// Of what was given up, that of this webhook.
    #[arg(long, value_name = "ID", requires = "dead")]
    webhook: Option<String>,
}

impl Webhook {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let archive = Archive::open(&config.data).await?;
        let now = Timestamp::now();
        match self.action {
            Action::Add(add) => add.run(&archive, now).await?,
            Action::List => output::json_lines(notify::webhooks(&archive).await?)?,
            Action::Remove { id } => notify::remove_webhook(&archive, &id).await?,
            Action::Secret { id } => {
                let secret = notify::rotate_secret(&archive, &id, now).await?;
                output::json_lines([json!({"id": id, "secret": secret})])?;
            }
            Action::Enable { id } => notify::enable_webhook(&archive, &id).await?,
            Action::Deliveries(deliveries) => deliveries.run(&archive).await?,
            Action::Replay(replay) => {
                let what = replay.id.map_or(Replay::Dead(replay.webhook), Replay::One);
                output::json_lines([json!({"replayed": notify::replay(&archive, &what, now).await?})])?;
            }
        }
        archive.close().await;
        Ok(Outcome::Done)
    }
}

impl Add {
    async fn run(self, archive: &Archive, now: Timestamp) -> anyhow::Result<()> {
        // None given means all.
        let events = Some(BTreeSet::from_iter(self.events)).filter(|events| !events.is_empty());
        let accounts = Some(BTreeSet::from_iter(self.accounts)).filter(|accounts| !accounts.is_empty());
        let new = NewWebhook {
            url: self.url,
            events: EventChoice::from(events),
            accounts: AccountScope::from(accounts),
            sight: self.sight,
            reach: if self.allow_private { Reach::Private } else { Reach::Public },
        };
        let (webhook, secret) = notify::add_webhook(archive, new, now).await?;
        let mut line = serde_json::to_value(webhook)?;
        line["secret"] = secret.into();
        output::json_lines([line])
    }
}

impl Deliveries {
    async fn run(self, archive: &Archive) -> anyhow::Result<()> {
        let state = match (self.dead, self.waiting) {
            (true, _) => Some(DeliveryState::Dead),
            (false, true) => Some(DeliveryState::Waiting),
            (false, false) => None,
        };
        let mut after: Option<String> = None;
        loop {
            let page = notify::deliveries(archive, self.webhook.as_deref(), state, after.as_deref(), PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id.clone());
            output::json_lines(page)?;
        }
    }
}

fn event(name: &str) -> Result<EventName, String> {
    EventName::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = EventName::ALL.into_iter().map(EventName::as_str).collect();
        format!("no such event; there are {}", known.join(", "))
    })
}

fn sight(name: &str) -> Result<Sight, String> {
    Sight::from_name(name).ok_or_else(|| "there are full and shared".to_owned())
}
