//! What the page of a person shows.

use jiff::Timestamp;
use serde::Serialize;

use crate::api::{self, FactFilter, PageRequest};
use crate::http::Failure;
use crate::model::{
    AccountSlug, Fact, FactKind, Interaction, InteractionKind, Iri, Party, ReviewState, RoleBasis, Stakeholder,
};
use crate::resolve::people::influence::{WEIGHTS, explained};
use crate::web::Site;
use crate::web::map::short;
use crate::web::visit::Visit;

/// Promises looked at.
const PROMISES: u32 = 500;
/// Latest messages shown, and letters of each.
const MESSAGES: usize = 8;
const LETTERS: usize = 220;

/// What the parts of influence are, in the order of [`WEIGHTS`].
const PARTS: [&str; WEIGHTS.len()] = [
    "how senior the title is",
    "the role in the decision",
    "how much is addressed to them",
    "how often others wait for them",
    "how often their word lets things go on",
    "how central they are in all contact",
    "how fast others answer them",
];

/// A part of an influence figure.
#[derive(Serialize)]
struct Part {
    what: &'static str,
    /// What it adds, 0..1.
    adds: f32,
    /// What it can add at most.
    most: f32,
}

/// Something that was said.
#[derive(Serialize)]
struct Message {
    id: String,
    kind: InteractionKind,
    at: Timestamp,
    subject: Option<String>,
    beginning: String,
    sentiment: Option<f32>,
}

/// What the page of a person shows.
#[derive(Serialize)]
pub(super) struct PersonPage {
    short: String,
    #[serde(flatten)]
    person: Stakeholder,
    parts: Vec<Part>,
    /// Why they are taken to have their role.
    why: Option<&'static str>,
    superior: Option<(String, String)>,
    owes: Vec<Fact>,
    owed: Vec<Fact>,
    messages: Vec<Message>,
}

/// Reads what is known of a person.
pub(super) async fn read(site: &Site, visit: &Visit, account: &AccountSlug, id: &str) -> Result<PersonPage, Failure> {
    let (app, caller) = (&site.app, &visit.caller);
    let person = api::stakeholder(app, caller, account, id, visit.when).await?;
    let filter = FactFilter { person: Some(person.name.clone()), ..FactFilter::default() };
    let all = PageRequest { limit: Some(PROMISES), cursor: None };
    let of_kind = (account, Some(FactKind::Commitment));
    let mut promises = api::facts(app, caller, of_kind, (&filter, visit.when), &all).await?.data;
    promises.retain(|fact| fact.review != ReviewState::Rejected && fact.retired_at.is_none());
    promises.reverse();
    let (own, others): (Vec<Fact>, Vec<Fact>) = promises.into_iter().partition(|fact| is(fact.owner.as_ref(), &person));
    let to_them = others.into_iter().filter(|fact| is(fact.beneficiary.as_ref(), &person)).collect();
    let known = app.known(caller, account, visit.when).await?;
    let superior = match &person.reports_to {
        Some(iri) => known.people().await?.iter().find(|other| other.id == *iri),
        None => None,
    };
    Ok(PersonPage {
        short: short(&person.id).to_owned(),
        parts: parts(&person),
        why: person.buying_roles.first().map(|reading| why(reading.basis)),
        superior: superior.map(|other| (short(&other.id).to_owned(), other.name.clone())),
        owes: own,
        owed: to_them,
        messages: messages(site, visit, account, &person.id).await?,
        person,
    })
}

fn is(party: Option<&Party>, person: &Stakeholder) -> bool {
    party.is_some_and(|party| {
        let by_address = party.address.as_ref().is_some_and(|address| person.addresses.contains(address));
        by_address || party.name.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(&person.name))
    })
}

fn parts(person: &Stakeholder) -> Vec<Part> {
    let explained = explained(&person.influence_parts);
    let part =
        |(what, (_, weight, own)): (&'static str, (&str, f32, f32))| Part { what, adds: weight * own, most: weight };
    PARTS.into_iter().zip(explained).map(part).collect()
}

fn why(basis: RoleBasis) -> &'static str {
    match basis {
        RoleBasis::Reviewed => "somebody who knows them decided so",
        RoleBasis::Directory => "the CRM says so",
        RoleBasis::Said => "it was said",
        RoleBasis::Behaviour => "what they do tells it",
        RoleBasis::Title => "the title suggests it",
    }
}

/// What somebody said last.
async fn messages(site: &Site, visit: &Visit, account: &AccountSlug, author: &Iri) -> Result<Vec<Message>, Failure> {
    let known = site.app.known(&visit.caller, account, visit.when).await?;
    let own =
        known.interactions().await?.iter().rev().filter(|node| !node.automatic && node.author.as_ref() == Some(author));
    let mut messages = Vec::new();
    for node in own.take(MESSAGES) {
        let said = api::interaction(&site.app, &visit.caller, account, &node.id).await?;
        messages.push(Message {
            id: node.id.clone(),
            kind: node.kind,
            at: node.at,
            beginning: beginning(&said),
            subject: said.subject,
            sentiment: node.sentiment,
        });
    }
    Ok(messages)
}

fn beginning(said: &Interaction) -> String {
    let words = said.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}
