//! `baton query`: one SPARQL query.

use std::io::{self, Read as _};
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use jiff::Timestamp;

use crate::config::Config;
use crate::graph::Scope;
use crate::ingest::view;
use crate::model::AccountSlug;
use crate::queries::{Format, Limit, write_answer};

use super::{Outcome, When};

/// Runs one SPARQL query over an account, or over all of them.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  echo 'SELECT ?s WHERE { ?f a <urn:baton:ns#Risk> ; <urn:baton:ns#statement> ?s }' | baton query - -a northwind"
)]
pub(super) struct Query {
    /// File with the query, or `-` for standard input.
    #[arg(value_name = "FILE")]
    file: String,
    /// The account; all accounts when not given.
    #[arg(short, long, value_parser = super::account)]
    account: Option<AccountSlug>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t)]
    format: FormatName,
    /// Seconds after which the query is stopped.
    #[arg(long, default_value_t = 30, value_name = "S")]
    timeout: u64,
    #[command(flatten)]
    when: When,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FormatName {
    #[default]
    Table,
    Json,
    Csv,
    Tsv,
    Xml,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Table => Format::Table,
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Tsv => Format::Tsv,
            Self::Xml => Format::Xml,
        }
    }
}

impl Query {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let text = if self.file == "-" {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).context("read the query from standard input")?;
            text
        } else {
            std::fs::read_to_string(&self.file).with_context(|| format!("read the query {}", self.file))?
        };
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let (store, scope) = if let Some(account) = &self.account {
            let engine = config.engine_version(&stores.archive).await?;
            (view(&stores, account, &engine, self.when.cut(now)).await?.graph, Scope::account(account))
        } else {
            anyhow::ensure!(self.when.as_of.is_none() && self.when.known_at.is_none(), "--as-of needs an account (-a)");
            (stores.graph.clone(), Scope::accounts(&stores.graph.accounts()?))
        };
        let limit = Limit::of(Duration::from_secs(self.timeout));
        write_answer(&store, &scope, &text, (self.format.format(), &limit), io::stdout().lock())?;
        Ok(Outcome::Done)
    }
}
