//! `baton people`: who may be one person, and what people decide about it.

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use crate::config::Config;
use crate::ingest::{Stores, project_pending, suggestions};
use crate::model::{
    AccountSlug, IdentityReview, IdentitySuggestion, Iri, LikenessReason, PersonKey, Side, Stakeholder,
};
use crate::resolve::people::decide::Decider;
use crate::upkeep::{find_person, person_key};

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

/// Two people who may be one, as they are shown.
#[derive(Serialize)]
struct Shown<'v> {
    a: Person<'v>,
    b: Person<'v>,
    score: f32,
    reasons: Vec<LikenessReason>,
}

#[derive(Serialize)]
struct Person<'v> {
    id: &'v Iri,
    name: &'v str,
    addresses: &'v [String],
    keys: &'v [PersonKey],
    side: Option<Side>,
    title: Option<&'v str>,
}

impl People {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        let engine = config.engine.engine().version();
        match self.action {
            Action::Suggestions(list) => {
                let cut = list.when.cut(now);
                stores.require(&list.account).await?;
                let (people, found) = suggestions(&stores, &list.account, engine, cut).await?;
                output::json_lines(found.into_iter().filter_map(|suggestion| shown(suggestion, &people)))?;
            }
            Action::Merge(merge) => {
                let people = people_of(&stores, &merge.account).await?;
                let (one, other) = (find_person(&people, &merge.one)?, find_person(&people, &merge.other)?);
                let known = stores.archive.identities(&merge.account, None).await?;
                let decided = Decider { by: &merge.decider.by, at: now }.merge(one, other, &known)?;
                keep(&stores, &merge.account, engine, (&decided, now)).await?;
            }
            Action::Split(split) => {
                let people = people_of(&stores, &split.account).await?;
                let person = find_person(&people, &split.person)?;
                let keys: Vec<PersonKey> = split.keys.iter().map(|text| person_key(text)).collect();
                let known = stores.archive.identities(&split.account, None).await?;
                let decided = Decider { by: &split.decider.by, at: now }.split(person, &keys, &known)?;
                keep(&stores, &split.account, engine, (&decided, now)).await?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// Keeps decisions, and shows the people whom they are about as they are now.
async fn keep(
    stores: &Stores,
    account: &AccountSlug,
    engine: &str,
    (decided, now): (&[IdentityReview], Timestamp),
) -> anyhow::Result<()> {
    stores.archive.add_identities(account, decided).await?;
    project_pending(stores, engine, now).await?;
    let about = |person: &Stakeholder| {
        decided.iter().any(|review| person.keys.contains(&review.a) || person.keys.contains(&review.b))
    };
    let people = people_of(stores, account).await?.into_iter().filter(about);
    output::json_lines(people.map(|person| person.judged_at(now)))
}

async fn people_of(stores: &Stores, account: &AccountSlug) -> anyhow::Result<Vec<Stakeholder>> {
    stores.require(account).await?;
    Ok(stores.graph.account(account).stakeholders()?)
}

fn shown(suggestion: IdentitySuggestion, people: &[Stakeholder]) -> Option<Shown<'_>> {
    let person = |iri: &Iri| {
        let person = people.iter().find(|person| person.id == *iri)?;
        Some(Person {
            id: &person.id,
            name: &person.name,
            addresses: &person.addresses,
            keys: &person.keys,
            side: person.side,
            title: person.title.as_deref(),
        })
    };
    let (a, b) = (person(&suggestion.a)?, person(&suggestion.b)?);
    Some(Shown { a, b, score: suggestion.score, reasons: suggestion.reasons })
}
