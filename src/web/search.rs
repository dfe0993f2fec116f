//! Search over what is known and what was said, in one account or in all.

use axum::extract::State;
use axum::response::Response;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};

use super::Site;
use super::views::value;
use super::visit::Visit;
use crate::api::{self, FoundFact, FoundMessages, MessageSearch, Piece, SearchRequest, marked, words_of};
use crate::http::{Account, Failure, Query};
use crate::model::{AccountSlug, FactKind, InteractionKind};

/// Accounts whose facts a search over all of them looks into.
const MOST_ACCOUNTS: usize = 40;
/// Facts that are shown, and of each account where there are several.
const FACTS: u32 = 25;
const FACTS_EACH: u32 = 5;
/// The longest question.
const LONGEST: usize = 300;

/// What is looked for, as the address of the page has it.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// A kind of fact, `none`, or nothing for all.
    #[serde(default)]
    fact: String,
    /// A kind of message, `none`, or nothing for all.
    #[serde(default)]
    message: String,
    /// Where the messages go on.
    #[serde(default)]
    after: String,
}

/// A fact that was found, its words marked.
#[derive(Serialize)]
struct Shown {
    pieces: Vec<Piece>,
    /// Words of a quote that were found where the statement has none of them.
    quote: Vec<Piece>,
    #[serde(flatten)]
    found: FoundFact,
}

impl Shown {
    fn of(found: FoundFact, words: &[String]) -> Self {
        let has_hit = |pieces: &[Piece]| pieces.iter().any(|piece| piece.is_hit);
        let pieces = marked(&found.fact.statement, words);
        let quotes = found.fact.evidence.iter().map(|words_said| marked(&words_said.quote, words));
        let quote = if has_hit(&pieces) { None } else { quotes.into_iter().find(|quote| has_hit(quote)) };
        Self { pieces, quote: quote.unwrap_or_default(), found }
    }
}

/// Searches one account.
pub(super) async fn search_account(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let values = answer(&site, &visit, &[account], &asked).await?;
    site.views.page(&visit, "search_account.html", context! { account => value(&head), ..values })
}

/// Searches all accounts that the reader may see.
pub(super) async fn search_all(
    State(site): State<Site>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let accounts = site.app.accounts_within(&visit.caller.token.accounts).await?;
    let values = answer(&site, &visit, &accounts, &asked).await?;
    let (in_scope, looked_into) = (accounts.len(), accounts.len().min(MOST_ACCOUNTS));
    site.views.page(&visit, "search.html", context! { in_scope, looked_into, ..values })
}

async fn answer(site: &Site, visit: &Visit, accounts: &[AccountSlug], asked: &Asked) -> Result<Value, Failure> {
    let question: String = asked.q.trim().chars().take(LONGEST).collect();
    let words = words_of(&question);
    let is_asked = !words.is_empty();
    let facts = if is_asked && asked.fact != "none" && asked.after.is_empty() {
        let which = (words.as_slice(), visit.when, MOST_ACCOUNTS);
        let chosen = api::accounts_to_search(&site.app, &visit.caller, accounts, which).await?;
        facts(site, visit, &chosen, (&question, FactKind::from_name(&asked.fact))).await?
    } else {
        Vec::new()
    };
    let messages = if is_asked && asked.message != "none" {
        let kind = InteractionKind::from_name(&asked.message);
        let request = MessageSearch { q: question, kind, limit: None, cursor: Some(asked.after.clone()) };
        api::search_messages(&site.app, &visit.caller, accounts, (&request, visit.when)).await?
    } else {
        FoundMessages::default()
    };
    let shown: Vec<Shown> = facts.into_iter().map(|found| Shown::of(found, &words)).collect();
    Ok(context! {
        asked => value(asked),
        is_asked,
        facts => value(&shown),
        messages => value(&messages),
        fact_kinds => FactKind::ALL.map(FactKind::as_str),
        message_kinds => InteractionKind::ALL.map(InteractionKind::as_str),
    })
}

/// The facts of some accounts that match, best first.
async fn facts(
    site: &Site,
    visit: &Visit,
    accounts: &[AccountSlug],
    (question, kind): (&str, Option<FactKind>),
) -> Result<Vec<FoundFact>, Failure> {
    let limit = Some(if accounts.len() > 1 { FACTS_EACH } else { FACTS });
    let mut found: Vec<FoundFact> = Vec::new();
    for account in accounts {
        let request = SearchRequest { q: question.to_owned(), kind, limit };
        found.extend(api::search(&site.app, &visit.caller, account, (request, visit.when)).await?.data);
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(FACTS as usize);
    Ok(found)
}
