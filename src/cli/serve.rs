//! `baton serve`: the service.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;

use crate::access::create;
use crate::api::{App, Place};
use crate::config::Config;
use crate::handoff::Definitions;
use crate::http::{Limits, Rate};
use crate::ingest::{Stores, project_pending};
use crate::model::{AccountScope, Reach, TokenRole};
use crate::privacy::Rules;
use crate::queries::Catalogue;
use crate::schedule::{Clock, SystemClock};
use crate::search::Meanings;
use crate::serve::{Exposure, Settings, Tls, bind, serve, stopped};
use crate::sparql::Program;
use crate::web::{PageSettings, Transport};

use super::Outcome;

/// Runs until it is stopped: HTTP interface, jobs, schedules. Other commands work beside it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton serve --listen 127.0.0.1:8080\n  \
    baton serve --listen 0.0.0.0:8443 --tls-cert chain.pem --tls-key key.pem")]
pub(super) struct Serve {
    /// Address to listen on; port 0 takes any that is free.
    #[arg(long, env = "BATON_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Certificate chain, PEM.
    #[arg(long, env = "BATON_TLS_CERT", requires = "tls_key", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// Private key of the certificate, PEM.
    #[arg(long, env = "BATON_TLS_KEY", requires = "tls_cert", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Listen beyond this machine without TLS, because something before it speaks TLS.
    #[arg(long)]
    insecure: bool,
    /// Let webhooks have private addresses.
    #[arg(long)]
    allow_private: bool,
    /// A name under which clients of the Model Context Protocol reach it, besides localhost and the address.
    #[arg(long, env = "BATON_HOST", value_delimiter = ',', value_name = "NAME")]
    host: Vec<String>,
    /// Requests of one token in a second.
    #[arg(long, env = "BATON_RATE", default_value = "10000", value_name = "N")]
    rate: NonZeroU32,
    /// Folder whose files take the place of the templates and assets of the pages that have the same name.
    #[arg(long, env = "BATON_PAGES", value_name = "DIR")]
    pages: Option<PathBuf>,
    /// Most bytes of an upload.
    #[arg(long, env = "BATON_MAX_UPLOAD", default_value_t = Limits::default().upload, value_name = "BYTES")]
    max_upload: usize,
}

impl Serve {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(Tls::read(certificate, key)?),
            _ => None,
        };
        let exposure = if self.insecure { Exposure::Told } else { Exposure::Guarded };
        let listener = bind(self.listen, tls.as_ref(), exposure).await?;
        let address = listener.local_addr().context("read the address")?;
        let app = app(config, Arc::new(SystemClock), now).await?;
        let stop = stopped().context("listen to signals")?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        eprintln!("baton: serving {scheme}://{address} (interface: {scheme}://{address}/docs); stop it with ctrl-c");
        let is_encrypted = tls.is_some() || self.insecure;
        let transport = if is_encrypted { Transport::Encrypted } else { Transport::Plain };
        let pages = PageSettings { transport, folder: self.pages };
        first_token(&app, address, now).await?;
        let limits = Limits { upload: self.max_upload, ..Limits::default() };
        let reach = if self.allow_private { Reach::Private } else { Reach::Public };
        let hosts = self.host.into_iter().chain([address.ip().to_string()]).collect();
        let settings = Settings { rate: Rate { per_second: self.rate }, limits, tls, reach, hosts, pages };
        serve(app, settings, listener, stop).await?;
        Ok(Outcome::Done)
    }
}

/// Opens the stores and finishes what an interrupted ingest left undone.
pub(super) async fn app(config: &Config, clock: Arc<dyn Clock>, now: Timestamp) -> anyhow::Result<App> {
    let files = (Definitions::load(config.templates.as_deref())?, Catalogue::load(None)?);
    let mut stores = Stores::open_to_serve(&config.data).await?;
    let engine = config.engine(&stores.archive).await?;
    if let Some(path) = &config.privacy {
        stores = stores.with_rules(Rules::read(path)?);
    }
    project_pending(&stores, engine.version(), now).await?;
    let place = Place::of(config.data.clone(), Program::current()?);
    let app = App::new(stores, engine, files, clock, place)?;
    Ok(app.with_meanings(Meanings::new(config.encoder.clone())))
}

/// On the first start on this machine, makes a token for whoever runs it, and shows it this once.
async fn first_token(app: &App, address: SocketAddr, now: Timestamp) -> anyhow::Result<()> {
    if !app.stores.archive.tokens().await?.is_empty() {
        return Ok(());
    }
    if !address.ip().is_loopback() {
        eprintln!("baton: there is no token yet: make one with baton token create");
        return Ok(());
    }
    let times = (now, None);
    let (_, secret) =
        create(&app.stores.archive, "first start", (TokenRole::Admin, None), AccountScope::All, times).await?;
    eprintln!("baton: a token for the first start, shown this once (role admin):\n  {secret}");
    Ok(())
}
