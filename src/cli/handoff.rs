//! `baton handoff`: one document of an account, and what there is to make, start and compare.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use crate::archive::Start;
use crate::config::Config;
use crate::handoff::{Definitions, Format, HandoffType, render};
use crate::lifecycle::diff;
use crate::model::{AccountSlug, Handoff as Document, Iri, Process, Trigger};
use crate::review::{Desk, Opening, Request, make, start};

use super::review::{ActorArgs, iri};
use super::{Outcome, When, output, time};

/// Makes a handoff document.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Example:\n  baton handoff -a northwind --type sales-to-implementation --as-of 2026-01-31 --format pdf --out handoff.pdf"
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
    Start(StartHandoff),
    List(List),
    Diff(Diff),
}

/// Lists the types of documents, with their sections and the fields they require, as JSON Lines.
#[derive(Debug, Args)]
struct Types {}

/// Starts a handoff: makes its draft. While one of the account and type is open, says so and starts no second.
#[derive(Debug, Args)]
struct StartHandoff {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// Type of the document.
    #[arg(long = "type", value_name = "TYPE")]
    kind: String,
    /// When the handoff meeting is: the draft is made again 48 hours before it.
    #[arg(long, value_name = "T", value_parser = time::parse_start)]
    meeting: Option<Timestamp>,
    /// Who hands over; the owner of the account when not given.
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Who takes over.
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    #[command(flatten)]
    actor: ActorArgs,
}

/// Lists the handoffs, of one account or of all, as JSON Lines.
#[derive(Debug, Args)]
struct List {
    /// Only this account.
    #[arg(short, long, value_parser = super::account)]
    account: Option<AccountSlug>,
}

/// Says what differs between two documents, as JSON.
#[derive(Debug, Args)]
struct Diff {
    /// The earlier document, by its id.
    before: String,
    /// The later one.
    after: String,
}

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
    /// File to write, in place of standard output.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    when: When,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum FormatName {
    #[default]
    Md,
    Html,
    Json,
    Docx,
    Pdf,
}

impl FormatName {
    pub(super) fn format(self) -> Format {
        match self {
            Self::Md => Format::Markdown,
            Self::Html => Format::Html,
            Self::Json => Format::Json,
            Self::Docx => Format::Docx,
            Self::Pdf => Format::Pdf,
        }
    }
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

/// Whether a handoff was started, and the one that is open now.
#[derive(Serialize)]
struct Started {
    started: bool,
    #[serde(flatten)]
    handoff: Process,
}

impl Handoff {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let definitions = Arc::new(Definitions::load(config.templates.as_deref())?);
        match self.action {
            Some(Action::Types(_)) => output::json_lines(definitions.types().map(Listed::of))?,
            Some(Action::Start(begin)) => begin.run(config, definitions).await?,
            Some(Action::List(list)) => list.run(config).await?,
            Some(Action::Diff(two)) => two.run(config).await?,
            None => self.wanted.write(config, definitions).await?,
        }
        Ok(Outcome::Done)
    }
}

impl Wanted {
    async fn write(self, config: &Config, definitions: Arc<Definitions>) -> anyhow::Result<()> {
        output::refuse_terminal(self.format.format(), self.out.as_deref());
        let now = Timestamp::now();
        // Optional only because a subcommand may stand in their place.
        let (account, kind) = self.account.zip(self.kind).context("name an account and a type")?;
        definitions.get(&kind)?;
        let stores = super::open(config, now).await?;
        let engine = config.engine(&stores.archive).await?;
        let desk = Desk { stores, definitions, engine, now };
        let document = make(&desk, &Request::draft(&account, &kind, self.when.cut(now))).await?;
        output::document(&render(&desk.definitions, &document, self.format.format())?, self.out.as_deref())
    }
}

impl StartHandoff {
    async fn run(self, config: &Config, definitions: Arc<Definitions>) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        stores.require(&self.account).await?;
        let engine = config.engine(&stores.archive).await?;
        let desk = Desk { stores, definitions, engine, now };
        let opening = Opening {
            account: self.account,
            kind: self.kind,
            trigger: Trigger::ByHand,
            meeting_at: self.meeting,
            outgoing: self.from,
            incoming: self.to,
        };
        match start(&desk, opening, &self.actor.actor()).await? {
            Start::Opened(handoff) => output::json(&Started { started: true, handoff }),
            Start::IsOpen(handoff) => {
                eprintln!(
                    "baton: a {} handoff of {} is {} already, started {}: no second one is",
                    handoff.kind, handoff.account, handoff.state, handoff.opened_at
                );
                output::json(&Started { started: false, handoff })
            }
        }
    }
}

impl List {
    async fn run(self, config: &Config) -> anyhow::Result<()> {
        let stores = super::open(config, Timestamp::now()).await?;
        output::json_lines(stores.archive.handoffs(self.account.as_ref()).await?)
    }
}

impl Diff {
    async fn run(self, config: &Config) -> anyhow::Result<()> {
        let stores = super::open(config, Timestamp::now()).await?;
        let read = async |id: &str| -> anyhow::Result<Document> {
            let id: Iri = iri(id);
            stores.archive.document(&id).await?.with_context(|| format!("there is no document {id}"))
        };
        output::json(&diff(&read(&self.before).await?, &read(&self.after).await?))
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
