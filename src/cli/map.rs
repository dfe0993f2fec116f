//! `baton map`: the relationship map of an account.

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use crate::archive::Cut;
use crate::config::Config;
use crate::ingest::{Stores, view};
use crate::map::{self, Asked, Format, RelationshipMap, difference, render};
use crate::model::AccountSlug;

use super::{Outcome, When, output, time};

/// Shows who is in touch with whom, how strongly, and what follows from it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton map -a northwind --format svg > map.svg")]
pub(super) struct Map {
    /// The account.
    #[arg(short, long, value_parser = super::account)]
    account: AccountSlug,
    /// Form of the map.
    #[arg(long, value_enum, default_value_t)]
    format: FormatName,
    /// Also say what is different from the map of T: a date (its end, UTC) or a time.
    #[arg(long, value_name = "T", value_parser = time::parse)]
    since: Option<Timestamp>,
    /// Also say by which path we reach somebody: a name or an address.
    #[arg(long, value_name = "NAME_OR_ADDRESS")]
    path_to: Option<String>,
    #[command(flatten)]
    when: When,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FormatName {
    #[default]
    Json,
    Graphml,
    Dot,
    Svg,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Graphml => Format::GraphMl,
            Self::Dot => Format::Dot,
            Self::Svg => Format::Svg,
        }
    }
}

impl Map {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let cut = self.when.cut(now);
        let as_of = cut.as_of.unwrap_or(now);
        anyhow::ensure!(self.since.is_none_or(|since| since <= as_of), "--since lies after --as-of");
        let mut map = self.at(&stores, config, cut, as_of).await?;
        if let Some(since) = self.since {
            let before = self.at(&stores, config, Cut { as_of: Some(since), ..cut }, since).await?;
            map.changes = Some(difference(&before, &map));
        }
        output::text(&render(&map, self.format.format())?)?;
        Ok(Outcome::Done)
    }

    async fn at(&self, stores: &Stores, config: &Config, cut: Cut, at: Timestamp) -> anyhow::Result<RelationshipMap> {
        let view = view(stores, &self.account, &config.engine_version(&stores.archive).await?, cut).await?;
        let parts = map::read(&view.account()?)?;
        Ok(map::build_asked(&parts, Asked { as_of: at, path_to: self.path_to.as_deref() }))
    }
}
