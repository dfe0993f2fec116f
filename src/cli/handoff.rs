//! `baton handoff`: one document of an account.

use clap::{Args, ValueEnum};
use jiff::{SignedDuration, Timestamp};

use crate::archive::Cut;
use crate::config::Config;
use crate::handoff::{Definitions, Format, Input, compose, render};
use crate::ingest::{Stores, changes, view};
use crate::model::{AccountSlug, Change, Handoff as Document};
use crate::queries::Catalogue;

use super::{Outcome, When, output};

/// Makes a handoff document.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  baton handoff -a northwind --type sales-to-implementation --as-of 2026-01-31 --format html > handoff.html"
)]
pub(super) struct Handoff {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// Type of the document.
    #[arg(long = "type", value_name = "TYPE")]
    kind: String,
    /// Form of the document.
    #[arg(long, value_enum, default_value_t)]
    format: FormatName,
    #[command(flatten)]
    when: When,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum FormatName {
    #[default]
    Md,
    Html,
    Json,
}

impl FormatName {
    pub(super) fn format(self) -> Format {
        match self {
            Self::Md => Format::Markdown,
            Self::Html => Format::Html,
            Self::Json => Format::Json,
        }
    }
}

impl Handoff {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let definitions = Definitions::load()?;
        definitions.get(&self.kind)?;
        let stores = super::open(config, now).await?;
        let request = Request { account: &self.account, kind: &self.kind, cut: self.when.cut(now), now };
        let document = make(&stores, config, &definitions, &request).await?;
        output::text(&render(&definitions, &document, self.format.format())?)?;
        Ok(Outcome::Done)
    }
}

/// Which document to make.
pub(super) struct Request<'a> {
    pub(super) account: &'a AccountSlug,
    pub(super) kind: &'a str,
    pub(super) cut: Cut,
    pub(super) now: Timestamp,
}

/// Makes a document from what was known at the time asked for.
pub(super) async fn make(
    stores: &Stores,
    config: &Config,
    definitions: &Definitions,
    request: &Request<'_>,
) -> anyhow::Result<Document> {
    let catalogue = Catalogue::load(None)?;
    let kind = definitions.get(request.kind)?;
    let engine = config.engine.engine();
    let as_of = request.cut.as_of.unwrap_or(request.now);
    let view = view(stores, request.account, engine.version(), request.cut).await?;
    let changes = match kind.changes_days {
        Some(days) => {
            changes_of(stores, engine.version(), request, as_of - SignedDuration::from_hours(24 * days)).await?
        }
        None => Vec::new(),
    };
    let graph = view.graph.account(request.account);
    Ok(compose(Input {
        definitions,
        catalogue: &catalogue,
        kind,
        graph: &graph,
        as_of,
        generated_at: request.now,
        changes,
        rejected: view.rejected,
    })?)
}

async fn changes_of(
    stores: &Stores,
    engine: &str,
    request: &Request<'_>,
    since: Timestamp,
) -> anyhow::Result<Vec<Change>> {
    let until = request.cut.as_of.unwrap_or(request.now);
    let mut changes = changes(stores, request.account, engine, (since, until), request.cut.known_at).await?;
    changes.sort_by(|a, b| b.severity.cmp(&a.severity).then(b.at.cmp(&a.at)));
    Ok(changes)
}
