//! `baton search`: facts of an account by words and by meaning.

use std::collections::HashMap;

use clap::Args;
use jiff::Timestamp;

use super::{Outcome, When, output, read};
use crate::api::FoundFact;
use crate::config::Config;
use crate::ingest::{meanings, view};
use crate::model::{AccountSlug, Fact, FactKind};
use crate::search::{MOST, Meanings, Query, Searchable, USUAL};

/// Finds facts of an account by words and, with a base model (--encoder), by meaning, best first.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton search -a northwind \"who signs the contract\" --limit 5")]
pub(super) struct Search {
    /// What is looked for, in any words.
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// Only facts of this kind.
    #[arg(long, value_parser = read::kind, value_name = "KIND")]
    kind: Option<FactKind>,
    /// At most so many facts.
    #[arg(long, value_name = "N", default_value_t = USUAL as u32, value_parser = clap::value_parser!(u32).range(1..=MOST as i64))]
    limit: u32,
    #[command(flatten)]
    when: When,
}

impl Search {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let (cut, engine) = (self.when.cut(now), config.engine_version(&stores.archive).await?);
        let view = view(&stores, &self.account, &engine, cut).await?;
        let facts: Vec<Fact> = view.account()?.facts(None)?.into_iter().map(|record| record.fact).collect();
        let model = Meanings::new(config.encoder.clone());
        let known =
            if model.is_there() { meanings(&stores, &self.account, &engine, cut).await? } else { HashMap::new() };
        let asked = self.words.join(" ");
        let query = Query { words: &asked, kind: self.kind, limit: self.limit as usize };
        let hits = Searchable::of(&facts, &known).search(&facts, query, &model);
        let judged_at = cut.as_of.unwrap_or(now);
        output::json_lines(hits.into_iter().filter_map(|hit| {
            let fact = facts.get(hit.place)?.clone().judged_at(judged_at);
            Some(FoundFact { fact, score: hit.score, matched: hit.matched })
        }))?;
        Ok(Outcome::Done)
    }
}
