//! `baton forget`: erases a person, an interaction, an account, or what was kept long enough.

use std::fmt::Write as _;

use clap::Args;
use jiff::Timestamp;

use crate::config::Config;
use crate::model::AccountSlug;
use crate::upkeep::{Forgotten, Target, forget};

use super::{Outcome, output};

/// Erases for good: from archive, graph, documents and files. What others wrote stays, with the person masked in it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  baton forget --person priya.nair@northwind.example -a northwind --by 'Dana Whit'\n  \
    baton forget --interaction 'mail:<1@northwind.example>' -a northwind\n  baton forget --expired\n\n\
    Reading the same files again does not bring back what was erased. The accounts that it was in are made anew, which \
    takes as long as baton rebuild without reading texts again. Backups are not changed: take a new one."
)]
pub(super) struct Forget {
    #[command(flatten)]
    what: What,
    /// The account in which the person or the interaction is named; a person goes from every account.
    #[arg(short = 'a', long = "in", value_name = "ACCOUNT", value_parser = super::account)]
    within: Option<AccountSlug>,
    /// Who asks for it.
    #[arg(long, env = "BATON_USER", default_value = "command line", value_name = "NAME")]
    by: String,
    /// Write the report as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A person: address, other key, IRI or full name.
    #[arg(long, value_name = "WHO", requires = "within")]
    person: Option<String>,
    /// An interaction by its identity, every version of it.
    #[arg(long, value_name = "ID", requires = "within")]
    interaction: Option<String>,
    /// An account with everything in it.
    #[arg(long, value_name = "A", value_parser = super::account)]
    account: Option<AccountSlug>,
    /// What the privacy rules keep no longer.
    #[arg(long)]
    expired: bool,
}

impl Forget {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let target = match (&self.what, &self.within) {
            (What { person: Some(who), .. }, Some(account)) => Target::Person { who, account },
            (What { interaction: Some(id), .. }, Some(account)) => Target::Interaction { id, account },
            (What { account: Some(account), .. }, _) => Target::Account(account),
            (What { person: None, interaction: None, account: None, .. }, _) => Target::Expired,
            (What { .. }, None) => anyhow::bail!("name the account with -a"),
        };
        let forgotten = forget(&stores, &config.engine(&stores.archive).await?, target, &self.by, now).await?;
        if self.json {
            output::json(&forgotten)?;
        } else {
            output::text(&summary(&forgotten))?;
        }
        stores.archive.close().await;
        Ok(Outcome::Done)
    }
}

/// The report for a person.
fn summary(forgotten: &Forgotten) -> String {
    let mut text = format!(
        "Erased {} interactions and {} other records; masked {} interactions.\n",
        forgotten.interactions, forgotten.records, forgotten.masked
    );
    // Writing to a string cannot fail.
    for fact in &forgotten.facts {
        let _ = writeln!(text, "Lost its support: {} {} of {}", fact.kind.as_str(), fact.id, fact.account);
    }
    for document in &forgotten.documents {
        let _ =
            writeln!(text, "Lost {} lines: {} {} of {}", document.lines, document.kind, document.id, document.account);
    }
    text
}
