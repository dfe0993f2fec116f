//! `baton mcp`: the Model Context Protocol on standard input and output.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;

use crate::access::{Caller, verify};
use crate::api::{App, Place};
use crate::config::Config;
use crate::handoff::Definitions;
use crate::ingest::Stores;
use crate::mcp::{self, InProcess, Who};
use crate::model::{AccountSlug, Sight, TokenRole};
use crate::queries::Catalogue;
use crate::schedule::SystemClock;
use crate::search::Meanings;
use crate::sparql::Program;

use super::{Outcome, token};

/// Answers a client of the Model Context Protocol on standard input and output. It works beside baton serve and other
/// commands: it holds no lock.
#[derive(Debug, Args)]
#[command(
    after_help = "Without a token the client may read what everybody may see, and nothing private or sensitive: \
    whoever runs a model over it decides with --role and --sight what leaves this machine, the model cannot.\n\n\
    Example (configuration of a client):\n  \
    {\"mcpServers\": {\"baton\": {\"command\": \"baton\", \"args\": [\"mcp\", \"--data\", \"/srv/baton-data\"]}}}"
)]
pub(super) struct Mcp {
    /// A token: its bearer asks.
    #[arg(long, env = "BATON_TOKEN", hide_env_values = true, value_name = "T", conflicts_with_all = ["role", "sight", "account"])]
    token: Option<String>,
    /// Without a token, what the client may do: admin, editor, reviewer (of own handoffs), reader, service.
    #[arg(long, value_parser = token::role, default_value = "reader", value_name = "ROLE")]
    role: TokenRole,
    /// Without a token, what the client sees: full, or shared (nothing private, internal or sensitive). Admins, editors
    /// and reviewers see all when this is not given.
    #[arg(long, value_parser = token::sight, value_name = "SIGHT")]
    sight: Option<Sight>,
    /// Without a token, an account that the client may see; all when none is given.
    #[arg(short, long, value_parser = super::account, value_name = "ACCOUNT")]
    account: Vec<AccountSlug>,
    /// Without a token, who asks.
    #[arg(long, env = "BATON_USER", default_value = "command line", value_name = "NAME")]
    by: String,
}

impl Mcp {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let stores = Stores::open_beside(&config.data).await?;
        let files = (Definitions::load(config.templates.as_deref())?, Catalogue::load(None)?);
        // The copies of a running service lie in the data folder.
        let copies = tempfile::tempdir()?;
        let data = config.data.clone();
        let place = Place { data, program: Program::current()?, copies: copies.path().to_owned() };
        let engine = config.engine(&stores.archive).await?;
        let app = App::new(stores, engine, files, Arc::new(SystemClock), place)?
            .with_meanings(Meanings::new(config.encoder.clone()));
        let who = self.who(&app).await?;
        let sparql = Arc::new(InProcess::new(app.clone()));
        mcp::serve_stdio(mcp::Mcp::new(app, sparql, who)).await?;
        Ok(Outcome::Done)
    }

    async fn who(self, app: &App) -> anyhow::Result<Who> {
        let now = Timestamp::now();
        if let Some(secret) = self.token {
            let good = verify(&app.stores.archive, &secret, now).await?.is_some();
            anyhow::ensure!(good, "the token is not good: see baton token list");
            return Ok(Who::Bearer(secret));
        }
        let accounts = (!self.account.is_empty()).then(|| self.account.into_iter().collect());
        let token = crate::model::Token {
            id: "local".to_owned(),
            name: self.by,
            role: self.role,
            sight: self.sight.unwrap_or_else(|| self.role.usual_sight()),
            accounts: accounts.into(),
            created_at: now,
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        };
        Ok(Who::Local(Box::new(Caller { token })))
    }
}
