//! Search over the facts of an account.

use serde::{Deserialize, Serialize};

use super::{ApiError, App, Page, When};
use crate::access::Caller;
use crate::archive::Wanted;
use crate::model::{AccountSlug, Fact, FactKind};
use crate::search::{MOST, Matched, Query, USUAL};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchRequest {
    /// What is looked for, in any words.
    #[param(min_length = 1)]
    pub q: String,
    /// Only facts of this kind.
    pub kind: Option<FactKind>,
    /// At most so many facts, 20 when not given.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<u32>,
}

/// A fact that was found.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FoundFact {
    /// The fact.
    #[serde(flatten)]
    pub fact: Fact,
    /// How well it matches, 0 to 2: up to 1 for its words and up to 1 for its meaning.
    pub score: f32,
    /// What of it matched.
    pub matched: Vec<Matched>,
}

/// Messages that are looked at for the accounts that speak of something.
const SPEAKING: usize = 200;

/// The accounts, at most so many, whose facts a search over several looks into: those that speak of it, the latest
/// first, then those in which something was said last. All where they are no more.
pub async fn accounts_to_search(
    app: &App,
    caller: &Caller,
    accounts: &[AccountSlug],
    (words, when, most): (&[String], When, usize),
) -> Result<Vec<AccountSlug>, ApiError> {
    if accounts.len() <= most {
        return Ok(accounts.to_vec());
    }
    let (until, sight) = (app.judged_at(when), caller.sight());
    let wanted = Wanted { accounts, words, kind: None, until, sight, after: None, limit: SPEAKING };
    let said = app.stores.archive.search_texts(wanted).await?.found;
    let speaking = said.into_iter().filter_map(|found| found.interaction.account);
    let latest = app.stores.archive.latest_accounts(accounts, most).await?;
    let mut chosen = Vec::with_capacity(most);
    for account in speaking.chain(latest) {
        if chosen.len() < most && !chosen.contains(&account) {
            chosen.push(account);
        }
    }
    Ok(chosen)
}

/// The facts of an account that match, best first; always one page.
pub async fn search(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (request, when): (SearchRequest, When),
) -> Result<Page<FoundFact>, ApiError> {
    let limit = request.limit.map_or(USUAL, |limit| limit as usize);
    if !(1..=MOST).contains(&limit) {
        return Err(ApiError::Invalid(format!("limit is {limit}: it must be 1 to {MOST}")));
    }
    if request.q.trim().is_empty() {
        return Err(ApiError::Invalid("q is empty: say what is looked for".to_owned()));
    }
    let known = app.known(caller, account, when).await?;
    let (facts, searchable) = (known.facts().await?, known.searchable(app).await?);
    let now = app.judged_at(when);
    let model = app.meanings.clone();
    let hits = {
        let known = std::sync::Arc::clone(&known);
        tokio::task::spawn_blocking(move || {
            let query = Query { words: &request.q, kind: request.kind, limit };
            known.search(&searchable, query, &model)
        })
        .await?
    };
    let found = |hit: crate::search::Hit| {
        let fact = facts.get(hit.place)?.clone().judged_at(now);
        Some(FoundFact { fact, score: hit.score, matched: hit.matched })
    };
    Ok(Page { data: hits.into_iter().filter_map(found).collect(), next: None })
}
