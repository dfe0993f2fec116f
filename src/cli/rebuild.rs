//! `baton rebuild`: findings and graph again from the archive.

use clap::Args;
use jiff::Timestamp;

use crate::config::Config;
use crate::ingest::{self, Stores};

use super::{Outcome, output};

/// Makes findings and graph again from the archived text: after a better engine or a lost graph.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton rebuild --data ./baton-data")]
pub(super) struct Rebuild {
    /// Write the accounts as JSON.
    #[arg(long)]
    json: bool,
}

impl Rebuild {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let stores = Stores::open(&config.data).await?;
        let bar = output::count_progress();
        let engine = config.switch_engine(&stores.archive).await?;
        let accounts = ingest::rebuild(&stores, &engine, Timestamp::now(), &|done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        if self.json {
            output::json(&serde_json::json!({ "accounts": accounts }))?;
        } else {
            let names: Vec<&str> = accounts.iter().map(crate::model::AccountSlug::as_str).collect();
            output::text(&format!("Rebuilt {} accounts: {}.\n", names.len(), names.join(", ")))?;
        }
        stores.archive.close().await;
        Ok(Outcome::Done)
    }
}
