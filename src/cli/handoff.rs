//! `baton handoff`: one document of an account.

use clap::{Args, Subcommand, ValueEnum};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::archive::Cut;
use crate::changes;
use crate::config::Config;
use crate::handoff::{Definitions, Format, HandoffType, Input, compose, render};
use crate::ingest::{Stores, fold, view};
use crate::model::{AccountSlug, Change, Handoff as Document};

use super::{Outcome, When, output};

/// Makes a handoff document.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Example:\n  baton handoff -a northwind --type sales-to-implementation --as-of 2026-01-31 --format html > handoff.html"
)]
pub(super) struct Handoff {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    wanted: Wanted,
}

#[derive(Debug, Subcommand)]
enum Action {
    Types(Types),
}

/// Lists the types of documents, with their sections and the fields they require, as JSON Lines.
#[derive(Debug, Args)]
struct Types {}

/// The document to make.
#[derive(Debug, Args)]
struct Wanted {
    /// The account.
    #[arg(short, long, value_parser = super::account, required = true)]
    account: Option<AccountSlug>,
    /// Type of the document.
    #[arg(long = "type", value_name = "TYPE", required = true)]
    kind: Option<String>,
    /// Form of the document.
    #[arg(long, value_enum, default_value_t)]
    format: FormatName,
    #[command(flatten)]
    when: When,
}

/// A type as it is listed.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    purpose: &'a str,
    sections: Vec<ListedSection<'a>>,
}

#[derive(Serialize)]
struct ListedSection<'a> {
    id: &'a str,
    title: &'a str,
    fields: &'a [String],
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
        let definitions = Definitions::load(config.templates.as_deref())?;
        match self.action {
            Some(Action::Types(_)) => output::json_lines(definitions.types().map(Listed::of))?,
            None => self.wanted.write(config, &definitions).await?,
        }
        Ok(Outcome::Done)
    }
}

impl Wanted {
    async fn write(self, config: &Config, definitions: &Definitions) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let (Some(account), Some(kind)) = (self.account, self.kind) else {
            unreachable!("both are required where no subcommand is given")
        };
        definitions.get(&kind)?;
        let stores = super::open(config, now).await?;
        let request = Request { account: &account, kind: &kind, cut: self.when.cut(now), now };
        let document = make(&stores, config, definitions, &request).await?;
        output::text(&render(definitions, &document, self.format.format())?)
    }
}

impl<'a> Listed<'a> {
    fn of(kind: &'a HandoffType) -> Self {
        let sections = kind.sections.iter().map(|section| ListedSection {
            id: &section.id,
            title: &section.title,
            fields: &section.fields,
        });
        Self { kind: &kind.name, title: &kind.title, purpose: &kind.purpose, sections: sections.collect() }
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
    let before = fold(stores, request.account, engine, Cut { as_of: Some(since), ..request.cut }).await?;
    let after = fold(stores, request.account, engine, request.cut).await?;
    let mut changes = changes::between(&before, since, &after, request.cut.as_of.unwrap_or(request.now));
    changes.sort_by(|a, b| b.severity.cmp(&a.severity).then(b.at.cmp(&a.at)));
    Ok(changes)
}
