//! `baton accounts`, `stakeholders`, `facts` and `changes`: what the graph says, as JSON Lines.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::config::Config;
use crate::ingest::{changes, view};
use crate::model::{AccountSlug, FactKind, Sight, Stakeholder};
use crate::resolve::people::influence;

use super::{Outcome, When, output, time};

/// Lists the accounts.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton accounts")]
pub(super) struct Accounts {}

/// Lists the people of an account, most influential first.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton stakeholders -a northwind --as-of 2026-01-31 --explain")]
pub(super) struct Stakeholders {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// Also say what each influence is made of: value, weight and share of every part.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    when: When,
}

/// Lists the facts of an account, by time.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton facts -a northwind --kind commitment")]
pub(super) struct Facts {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// Only this kind.
    #[arg(long, value_parser = kind)]
    kind: Option<FactKind>,
    #[command(flatten)]
    when: When,
}

/// Lists what changed in an account between two times.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton changes -a northwind --since 2026-01-01 --until 2026-01-31")]
pub(super) struct Changes {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// From: a date (its start, UTC) or a time.
    #[arg(long, value_name = "T", value_parser = time::parse_start)]
    since: Timestamp,
    /// Until: a date (its end, UTC) or a time; now when not given.
    #[arg(long, value_name = "T", value_parser = time::parse)]
    until: Option<Timestamp>,
    #[command(flatten)]
    when: When,
}

/// A person with what their influence is made of.
#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    person: Stakeholder,
    influence_explained: Vec<Value>,
}

impl Explained {
    fn of(person: Stakeholder) -> Self {
        let parts = influence::explained(&person.influence_parts);
        let shown = parts.into_iter().map(
            |(part, weight, value)| json!({ "part": part, "value": value, "weight": weight, "adds": weight * value }),
        );
        Self { influence_explained: shown.collect(), person }
    }
}

impl Accounts {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let stores = super::open(config, Timestamp::now()).await?;
        let mut lines = Vec::new();
        for (slug, _) in stores.archive.accounts().await? {
            let graph = stores.graph.account(&slug);
            let (profile, coverage) = (graph.profile()?, graph.coverage()?);
            let items: u32 = coverage.iter().map(|source| source.items).sum();
            lines.push(json!({
                "account": slug,
                "name": profile.name,
                "domains": profile.domains,
                "owner": profile.owner,
                "interactions": items,
                "first": coverage.iter().map(|source| source.first).min(),
                "last": coverage.iter().map(|source| source.last).max(),
            }));
        }
        output::json_lines(lines)?;
        Ok(Outcome::Done)
    }
}

impl Stakeholders {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let cut = self.when.cut(now);
        let view = view(&stores, &self.account, &config.engine_version(&stores.archive).await?, cut).await?;
        let mut people = view.account()?.stakeholders()?;
        people.sort_by(|a, b| b.influence.total_cmp(&a.influence).then_with(|| a.id.cmp(&b.id)));
        let people = people.into_iter().map(|person| person.judged_at(cut.as_of.unwrap_or(now)));
        if self.explain {
            output::json_lines(people.map(Explained::of))?;
        } else {
            output::json_lines(people)?;
        }
        Ok(Outcome::Done)
    }
}

impl Facts {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let cut = self.when.cut(now);
        let view = view(&stores, &self.account, &config.engine_version(&stores.archive).await?, cut).await?;
        let facts = view.account()?.facts(self.kind)?;
        output::json_lines(facts.into_iter().map(|record| record.fact.judged_at(cut.as_of.unwrap_or(now))))?;
        Ok(Outcome::Done)
    }
}

impl Changes {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let until = self.until.or(self.when.as_of).unwrap_or(now);
        anyhow::ensure!(self.since <= until, "--since lies after --until");
        stores.require(&self.account).await?;
        let engine = config.engine_version(&stores.archive).await?;
        let period = (self.since, until);
        output::json_lines(changes(&stores, &self.account, &engine, period, (self.when.known_at, Sight::Full)).await?)?;
        Ok(Outcome::Done)
    }
}

pub(super) fn kind(text: &str) -> Result<FactKind, String> {
    FactKind::from_name(text).ok_or_else(|| {
        let known: Vec<&str> = FactKind::ALL.into_iter().map(FactKind::as_str).collect();
        format!("no such kind; there are {}", known.join(", "))
    })
}
