//! `baton backup`, `baton restore` and `baton check`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use crate::archive::Archive;
use crate::config::Config;
use crate::upkeep::{self, Over};

use super::{Outcome, output};

/// Copies the archive with the files beside it into a new folder; a service may run meanwhile.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton backup ./backups/2026-03-01\n\n\
    The graph is not copied: it follows from the archive. What is erased later is still in older backups; baton restore \
    --over erases it again.")]
pub(super) struct Backup {
    /// A folder that is not there yet, or has nothing in it.
    folder: PathBuf,
    /// Write what was copied as JSON.
    #[arg(long)]
    json: bool,
}

/// Puts a backup in the place of the data folder and makes its graph.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton restore ./backups/2026-03-01 --data ./baton-data --over")]
pub(super) struct Restore {
    /// The backup.
    folder: PathBuf,
    /// Replace what is in the data folder. What was erased from it stays erased.
    #[arg(long)]
    over: bool,
    /// Write what was restored as JSON.
    #[arg(long)]
    json: bool,
}

/// Checks the archive in itself, every graph against it, every quote against its text, and the rules of the ontology.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  baton check\n\nEach fault is a line: which check, where, why. Exit code 1 if there is any."
)]
pub(super) struct Check {
    /// Write what was checked as JSON.
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        anyhow::ensure!(config.data.is_dir(), "there is no data folder {}", config.data.display());
        let archive = Archive::open(&config.data).await?;
        let manifest = upkeep::backup(&archive, &config.data, &self.folder, Timestamp::now()).await?;
        archive.close().await;
        if self.json {
            output::json(&manifest)?;
        } else {
            let bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
            output::text(&format!("Copied {} files, {bytes} bytes.\n", manifest.files.len()))?;
        }
        Ok(Outcome::Done)
    }
}

impl Restore {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let over = if self.over { Over::Anything } else { Over::Nothing };
        let engine = |name: Option<&str>| config.engine_named(name);
        let restored = upkeep::restore(&self.folder, (&config.data, over), engine, Timestamp::now()).await?;
        if self.json {
            output::json(&restored)?;
        } else {
            let mut text = format!("Restored {} accounts as of {}.\n", restored.accounts.len(), restored.made_at);
            if restored.erased_again > 0 {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "Erased since, and erased again: {} interactions.", restored.erased_again);
            }
            output::text(&text)?;
        }
        Ok(Outcome::Done)
    }
}

impl Check {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let engine = config.engine(&stores.archive).await?;
        let checked = upkeep::check(&stores, &engine, now).await?;
        stores.archive.close().await;
        if self.json {
            output::json(&checked)?;
        } else {
            // Writing to a string cannot fail.
            let mut text = String::new();
            for fault in &checked.faults {
                let _ = writeln!(text, "{}: {}: {}", fault.check, fault.place, fault.reason);
            }
            let graph = if checked.graph { "" } else { " The graph is in use by a service and was not looked at." };
            let _ = writeln!(
                text,
                "Checked {} accounts and {} quotes: {} faults.{graph}",
                checked.accounts,
                checked.quotes,
                checked.faults.len()
            );
            output::text(&text)?;
        }
        anyhow::ensure!(checked.faults.is_empty(), "{} faults", checked.faults.len());
        Ok(Outcome::Done)
    }
}
