//! `baton demo`: the sample account, loaded into a store of its own, and its handoff.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;

use crate::archive::Cut;
use crate::config::Config;
use crate::demo;
use crate::handoff::{Definitions, Format, render};
use crate::ingest::{self, Options, Stores};
use crate::review::{Desk, Request, make};

use super::{Outcome, output};

/// Loads the sample account into a fresh temporary store and prints its handoff.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton demo > handoff.md")]
pub(super) struct Demo {
    /// Write the handoff as JSON.
    #[arg(long)]
    json: bool,
    /// Keep the sample account in the data folder instead of a temporary one.
    #[arg(long)]
    keep: bool,
}

impl Demo {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let folder = tempfile::tempdir().context("make a temporary folder")?;
        let data = if self.keep { config.data.clone() } else { folder.path().join("data") };
        let config = Config { data, ..config.clone() };
        let stores = Stores::open(&config.data).await?;
        load(&stores, &config, folder.path()).await?;
        let definitions = Arc::new(Definitions::load(config.templates.as_deref())?);
        let account = demo::account().context("read the sample account")?;
        let cut = Cut { as_of: Some(demo::as_of()?), ..Cut::default() };
        let engine = config.engine(&stores.archive).await?;
        let desk = Desk { stores: stores.clone(), definitions, engine, now: Timestamp::now() };
        let document = make(&desk, &Request::draft(&account, demo::HANDOFF_TYPE, cut)).await?;
        let format = if self.json { Format::Json } else { Format::Markdown };
        output::document(&render(&desk.definitions, &document, format)?, None)?;
        stores.archive.close().await;
        Ok(Outcome::Done)
    }
}

/// Writes the sample's files out and ingests them, as a user would.
async fn load(stores: &Stores, config: &Config, folder: &Path) -> anyhow::Result<()> {
    let files = folder.join("sample");
    demo::write_files(&files).context("write the sample's files")?;
    stores.add_vendor_domains(&[demo::VENDOR_DOMAIN.to_owned()]).await?;
    let options = Options { paths: vec![files], account: demo::account(), ..Options::default() };
    let report =
        ingest::ingest(stores, &config.engine(&stores.archive).await?, &options, Timestamp::now(), Arc::new(|_| {}))
            .await?;
    eprintln!("Loaded {} items of the sample account in {:.1} s.", report.read, report.seconds);
    for problem in &report.rejected {
        eprintln!("Rejected: {} {}: {}", problem.path, problem.item, problem.reason);
    }
    Ok(())
}
