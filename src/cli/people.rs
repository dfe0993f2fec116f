//! `baton people`: who may be one person, and what people decide about it.

use std::sync::Arc;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use crate::api::PossiblePair;
use crate::config::Config;
use crate::handoff::Definitions;
use crate::ingest::suggestions;
use crate::model::AccountSlug;
use crate::review::{Desk, identities};

use super::{Outcome, When, output};

/// Shows who may be one person, and merges or splits people; a merge can be taken back and holds for ever else.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton people suggestions -a northwind\n  \
    baton people merge -a northwind priya@gmail.com priya.nair@northwind.example --by 'Dana Whit'")]
pub(super) struct People {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Suggestions(Suggestions),
    Merge(Merge),
    Split(Split),
}

/// Lists the pairs of people who may be one though no certain key says so, likeliest first.
#[derive(Debug, Args)]
struct Suggestions {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    #[command(flatten)]
    when: When,
}

/// Makes two people one. Each is named by IRI, address, other key or full name.
#[derive(Debug, Args)]
struct Merge {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// One of them.
    one: String,
    /// The other.
    other: String,
    #[command(flatten)]
    decider: By,
}

/// Parts addresses or other keys from a person; with none given, takes back every merge that was made of them.
#[derive(Debug, Args)]
struct Split {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// The person: IRI, address, other key or full name.
    person: String,
    /// What to split off: addresses or other keys.
    keys: Vec<String>,
    #[command(flatten)]
    decider: By,
}

#[derive(Debug, Args)]
struct By {
    /// Who decides.
    #[arg(long, env = "BATON_USER", default_value = "command line", value_name = "NAME")]
    by: String,
}

impl People {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let definitions = Arc::new(Definitions::load(config.templates.as_deref())?);
        let engine = config.engine(&stores.archive).await?;
        let desk = Desk { stores, definitions, engine, now };
        match self.action {
            Action::Suggestions(list) => {
                desk.stores.require(&list.account).await?;
                let (people, found) =
                    suggestions(&desk.stores, &list.account, desk.engine.version(), list.when.cut(now)).await?;
                output::json_lines(found.into_iter().filter_map(|pair| PossiblePair::of(pair, &people)))?;
            }
            Action::Merge(merge) => {
                let pair = (merge.one.as_str(), merge.other.as_str());
                output::json_lines(identities::merge(&desk, &merge.account, pair, &merge.decider.by).await?)?;
            }
            Action::Split(split) => {
                let parted = (split.person.as_str(), split.keys.as_slice());
                output::json_lines(identities::split(&desk, &split.account, parted, &split.decider.by).await?)?;
            }
        }
        Ok(Outcome::Done)
    }
}
