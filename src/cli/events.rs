//! `baton events`: what was told, in order.

use std::collections::BTreeSet;

use clap::Args;
use jiff::Timestamp;

use crate::archive::Archive;
use crate::config::Config;
use crate::model::{AccountScope, AccountSlug, EventChoice, EventFilter, Sight};
use crate::notify::Hub;

use super::{Outcome, output, time};

/// Events read in one go.
const PAGE: usize = 1_000;

/// Lists what was told to webhooks and streams, in order, as JSON Lines. `baton serve` finds what is new.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton events -a northwind --since 2026-01-01\n  baton events --since 1200")]
pub(super) struct Events {
    /// Only those of this account.
    #[arg(short, long, value_parser = super::account)]
    account: Option<AccountSlug>,
    /// After the event of this number, or from this date (its start, UTC) or time on.
    #[arg(long, value_name = "ROW|T", value_parser = since)]
    since: Option<Since>,
}

#[derive(Clone, Copy, Debug)]
enum Since {
    Row(i64),
    Time(Timestamp),
}

impl Events {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let archive = Archive::open(&config.data).await?;
        let accounts: Option<BTreeSet<AccountSlug>> = self.account.map(|account| BTreeSet::from([account]));
        let filter =
            EventFilter { accounts: AccountScope::from(accounts), events: EventChoice::All, sight: Sight::Full };
        let mut row = match self.since {
            None => 0,
            Some(Since::Row(row)) => row,
            Some(Since::Time(at)) => archive.last_event_before(at).await?,
        };
        loop {
            let page = Hub::since(&archive, row, &filter, PAGE).await?;
            if page.events.is_empty() {
                break;
            }
            row = page.last;
            output::json_lines(page.events)?;
        }
        archive.close().await;
        Ok(Outcome::Done)
    }
}

fn since(text: &str) -> Result<Since, String> {
    match text.parse() {
        Ok(row) => Ok(Since::Row(row)),
        Err(_) => time::parse_start(text).map(Since::Time),
    }
}
