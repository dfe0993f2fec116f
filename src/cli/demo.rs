//! `baton demo`: the sample account, loaded into a store of its own, and its handoff, printed or as pages.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;

use crate::access::create;
use crate::api::App;
use crate::archive::Cut;
use crate::config::Config;
use crate::demo;
use crate::handoff::{Definitions, Format, render};
use crate::http::{Limits, Rate};
use crate::ingest::{self, Options, Stores};
use crate::model::{AccountScope, Actor, Reach, Role, TokenRole, Trigger};
use crate::review::{Desk, Opening, Request, make, start};
use crate::schedule::LateClock;
use crate::serve::{Exposure, Settings, bind, serve, stopped};
use crate::web::{PageSettings, Transport};

use super::{Outcome, output};

/// Requests of the demo's one reader in a second.
const RATE: std::num::NonZeroU32 = std::num::NonZeroU32::new(1_000).expect("it is not zero");

/// Loads the sample account into a fresh temporary store and prints its handoff, or shows it as pages.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton demo > handoff.md\n  baton demo --serve")]
pub(super) struct Demo {
    /// Write the handoff as JSON.
    #[arg(long, conflicts_with = "serve")]
    json: bool,
    /// Keep the sample account in the data folder instead of a temporary one.
    #[arg(long)]
    keep: bool,
    /// Show the account as pages instead, as it stood on the sample's last day, until it is stopped.
    #[arg(long)]
    serve: bool,
    /// Address for the pages; port 0 takes any that is free.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS", requires = "serve")]
    listen: SocketAddr,
    /// Folder whose files take the place of the templates and assets of the pages that have the same name.
    #[arg(long, env = "BATON_PAGES", value_name = "DIR", requires = "serve")]
    pages: Option<PathBuf>,
}

impl Demo {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let folder = tempfile::tempdir().context("make a temporary folder")?;
        let data = if self.keep { config.data.clone() } else { folder.path().join("data") };
        let config = Config { data, ..config.clone() };
        let stores = Stores::open(&config.data).await?;
        // Served, it is the sample's last day, and what was read was read by then.
        let now = if self.serve { demo::morning()? } else { Timestamp::now() };
        load((&stores, now), &config, folder.path()).await?;
        if self.serve {
            // The service opens them for itself.
            stores.archive.clone().close().await;
            drop(stores);
            self.show(&config).await?;
            return Ok(Outcome::Done);
        }
        let definitions = Arc::new(Definitions::load(config.templates.as_deref())?);
        let account = demo::account().context("read the sample account")?;
        let cut = Cut { as_of: Some(demo::as_of()?), ..Cut::default() };
        let engine = config.engine(&stores.archive).await?;
        let desk = Desk { stores: stores.clone(), definitions, engine, now: Timestamp::now() };
        let document = make(&desk, &Request::draft(&account, demo::HANDOFF_TYPE, cut)).await?;
        let format = if self.json { Format::Json } else { Format::Markdown };
        output::document(&render(&desk.definitions, &document, format)?, None)?;
        stores.archive.close().await;
        eprintln!("To read it with its evidence in a browser: baton demo --serve");
        Ok(Outcome::Done)
    }

    /// Serves the sample account as it stood on its last day, with its handoff open for review.
    async fn show(&self, config: &Config) -> anyhow::Result<()> {
        let listener = bind(self.listen, None, Exposure::Guarded).await?;
        let address = listener.local_addr().context("read the address")?;
        let app = super::serve::app(config, Arc::new(LateClock::saying(demo::morning()?)), Timestamp::now()).await?;
        open_handoff(&app).await?;
        let now = app.clock.now();
        let whose = ("demo", (TokenRole::Admin, None));
        let (_, secret) = create(&app.stores.archive, whose.0, whose.1, AccountScope::All, (now, None)).await?;
        eprintln!("The sample account as it stood on {}, until ctrl-c:", now.strftime("%-d %B %Y"));
        eprintln!("  http://{address}/signin#token={secret}");
        let settings = Settings {
            rate: Rate { per_second: RATE },
            limits: Limits::default(),
            tls: None,
            reach: Reach::Public,
            hosts: vec![address.ip().to_string()],
            pages: PageSettings { transport: Transport::Plain, folder: self.pages.clone() },
        };
        serve(app, settings, listener, stopped().context("listen to signals")?).await?;
        Ok(())
    }
}

async fn open_handoff(app: &App) -> anyhow::Result<()> {
    let opening = Opening {
        account: demo::account().context("read the sample account")?,
        kind: demo::HANDOFF_TYPE.to_owned(),
        trigger: Trigger::ByHand,
        meeting_at: None,
        outgoing: None,
        incoming: None,
    };
    start(&app.desk(), opening, &Actor { by: "demo".to_owned(), role: Role::Admin }).await?;
    Ok(())
}
/// Writes the sample's files out and ingests them, as a user would.
async fn load((stores, now): (&Stores, Timestamp), config: &Config, folder: &Path) -> anyhow::Result<()> {
    let files = folder.join("sample");
    demo::write_files(&files).context("write the sample's files")?;
    stores.add_vendor_domains(&[demo::VENDOR_DOMAIN.to_owned()]).await?;
    let options = Options { paths: vec![files], account: demo::account(), ..Options::default() };
    let report =
        ingest::ingest(stores, &config.engine(&stores.archive).await?, &options, now, Arc::new(|_| {})).await?;
    eprintln!("Loaded {} items of the sample account in {:.1} s.", report.read, report.seconds);
    for problem in &report.rejected {
        eprintln!("Rejected: {} {}: {}", problem.path, problem.item, problem.reason);
    }
    Ok(())
}
