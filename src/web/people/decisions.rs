//! Who may be one person, and what is decided about it.

use axum::extract::{Form, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use minijinja::context;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::api::{self, PersonBrief, PossiblePair};
use crate::http::{Account, Failure, Query};
use crate::model::{AccountSlug, LikenessReason};
use crate::web::Site;
use crate::web::map::short;
use crate::web::views::value;
use crate::web::visit::Visit;

/// What was decided just now, as the address of the page has it.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Decided {
    /// Identity of the person that two became.
    #[serde(default)]
    merged: String,
    /// What undoing parts from them, a line each.
    #[serde(default)]
    keys: String,
    /// Who was parted.
    #[serde(default)]
    parted: String,
}

/// One of two who may be one.
#[derive(Serialize)]
struct Half<'p> {
    short: &'p str,
    /// What they are known by, a line each.
    known_by: String,
    #[serde(flatten)]
    brief: &'p PersonBrief,
}

/// Two who may be one.
#[derive(Serialize)]
struct Pair<'p> {
    one: Half<'p>,
    other: Half<'p>,
    score: f32,
    reasons: &'p [LikenessReason],
}

impl<'p> Half<'p> {
    fn of(brief: &'p PersonBrief) -> Self {
        let keys: Vec<&str> = brief.keys.iter().map(crate::model::PersonKey::as_str).collect();
        Self { short: short(&brief.id), known_by: keys.join("\n"), brief }
    }
}

impl<'p> Pair<'p> {
    fn of(pair: &'p PossiblePair) -> Self {
        Self { one: Half::of(&pair.a), other: Half::of(&pair.b), score: pair.score, reasons: &pair.reasons }
    }
}

/// Shows the pairs who may be one person.
pub(in crate::web) async fn list_suggestions(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Query(decided): Query<Decided>,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let found: Vec<PossiblePair> = api::suggestions(&site.app, &visit.caller, &account, visit.when).await?;
    let pairs: Vec<Pair<'_>> = found.iter().map(Pair::of).collect();
    let merged = match decided.merged.as_str() {
        "" => None,
        id => api::stakeholder(&site.app, &visit.caller, &account, id, visit.when).await.ok(),
    };
    let values = context! {
        account => value(&head),
        pairs => value(&pairs),
        merged => merged.as_ref().map(|person| context! { id => short(&person.id), iri => person.id.as_str(), name => person.name.as_str() }),
        keys => decided.keys,
        parted => decided.parted,
    };
    site.views.page(&visit, "suggestions.html", values)
}

/// Two people who are one.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Merge {
    /// One: identity, address or full name.
    one: String,
    /// The other.
    other: String,
    /// What the other is known by, a line each, so that it can be undone.
    #[serde(default)]
    keys: String,
}

/// Makes two people one, and offers to undo it.
pub(in crate::web) async fn merge_people(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Form(merge): Form<Merge>,
) -> Result<Response, Failure> {
    let people = api::merge(&site.app, &visit.caller, &account, (merge.one.trim(), merge.other.trim())).await?;
    let merged = people.first().map(|person| short(&person.id)).unwrap_or_default();
    Ok(to_suggestions(&account, &format!("merged={}&keys={}", encoded(merged), encoded(&merge.keys))))
}

/// Parts a person: `person` is who, each `key` what belongs to somebody else (a line each); without any, every merge is
/// taken back.
pub(in crate::web) async fn split_person(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let of = |wanted: &'static str| fields.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value);
    let person = of("person").next().cloned().unwrap_or_default();
    let keys: Vec<String> =
        of("key").flat_map(|keys| keys.lines()).map(str::to_owned).filter(|key| !key.trim().is_empty()).collect();
    let people = api::split(&site.app, &visit.caller, &account, (&person, &keys)).await?;
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    Ok(to_suggestions(&account, &format!("parted={}", encoded(&names.join(" and ")))))
}

/// Leads back to the suggestions, with what was decided.
fn to_suggestions(account: &AccountSlug, decided: &str) -> Response {
    Redirect::to(&format!("/accounts/{}/people/suggestions?{decided}", encoded(account.as_str()))).into_response()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
