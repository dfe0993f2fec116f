//! Accounts: which there are, what each is, what changed, who knows whom.

use jiff::Timestamp;
use serde::Serialize;

use super::{ApiError, App, Page, PageRequest, When};
use crate::access::Caller;
use crate::graph::AccountGraph;
use crate::ingest;
use crate::model::{AccountProfile, AccountSlug, Change, Coverage, FactKind, Party};

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AccountEntry {
    /// Its key.
    pub account: AccountSlug,
    /// Display name.
    pub name: Option<String>,
    /// Mail domains of the customer.
    pub domains: Vec<String>,
    /// Our owner of the account.
    pub owner: Option<Party>,
    /// How many interactions were read.
    pub interactions: u32,
    /// When the first was.
    pub first: Option<Timestamp>,
    /// When the last was.
    pub last: Option<Timestamp>,
}

/// An account with what structured sources say of it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AccountDetail {
    /// Its entry in the list.
    #[serde(flatten)]
    pub entry: AccountEntry,
    /// What structured sources say of it.
    pub profile: AccountProfile,
    /// How much of each kind of source was read.
    pub coverage: Vec<Coverage>,
    /// How many facts there are, by kind.
    #[schema(value_type = std::collections::BTreeMap<String, u64>)]
    pub facts: std::collections::BTreeMap<FactKind, u64>,
}

impl AccountDetail {
    /// The account of a graph.
    pub(super) fn read(graph: &AccountGraph<'_>) -> Result<Self, crate::graph::GraphError> {
        let (profile, coverage) = (graph.profile()?, graph.coverage()?);
        let entry = AccountEntry::of(graph.slug(), &profile, &coverage);
        Ok(Self { entry, profile, coverage, facts: graph.count_facts()?.into_iter().collect() })
    }
}

impl AccountEntry {
    /// The entry of an account, read from its graph.
    pub fn read(graph: &AccountGraph<'_>) -> Result<Self, crate::graph::GraphError> {
        Ok(Self::of(graph.slug(), &graph.profile()?, &graph.coverage()?))
    }

    /// Says whether its key, name or a domain has these small letters in it.
    fn has(&self, wanted: &str) -> bool {
        self.account.as_str().contains(wanted)
            || self.name.as_ref().is_some_and(|name| name.to_lowercase().contains(wanted))
            || self.domains.iter().any(|domain| domain.contains(wanted))
    }

    fn of(account: &AccountSlug, profile: &AccountProfile, coverage: &[Coverage]) -> Self {
        Self {
            account: account.clone(),
            name: profile.name.clone(),
            domains: profile.domains.clone(),
            owner: profile.owner.clone(),
            interactions: coverage.iter().map(|source| source.items).sum(),
            first: coverage.iter().map(|source| source.first).min(),
            last: coverage.iter().map(|source| source.last).max(),
        }
    }
}

/// A page of the accounts that the caller may see, by key.
pub async fn accounts(app: &App, caller: &Caller, page: &PageRequest) -> Result<Page<AccountEntry>, ApiError> {
    let all = app.accounts_within(&caller.token.accounts).await?;
    let (range, next) = page.of(&all, |account| account.as_str().to_owned())?;
    let (chosen, graph, sight) = (all[range].to_vec(), app.stores.graph.clone(), caller.sight());
    let read = tokio::task::spawn_blocking(move || {
        chosen
            .iter()
            .map(|account| Ok(AccountEntry::read(&graph.account_seen(account, sight)?)?))
            .collect::<Result<Vec<_>, ApiError>>()
    });
    Ok(Page { data: read.await??, next })
}

/// A page of the accounts that the caller may see and whose key, name or domain has these words in it, by key.
pub async fn find_accounts(
    app: &App,
    caller: &Caller,
    text: &str,
    page: &PageRequest,
) -> Result<Page<AccountEntry>, ApiError> {
    let (all, graph, sight) =
        (app.accounts_within(&caller.token.accounts).await?, app.stores.graph.clone(), caller.sight());
    let wanted = text.trim().to_lowercase();
    let read = tokio::task::spawn_blocking(move || {
        let mut found = Vec::new();
        for account in &all {
            let entry = AccountEntry::read(&graph.account_seen(account, sight)?)?;
            if entry.has(&wanted) {
                found.push(entry);
            }
        }
        Ok::<_, ApiError>(found)
    });
    let found = read.await??;
    let (range, next) = page.of(&found, |entry| entry.account.as_str().to_owned())?;
    Ok(Page { data: found[range].to_vec(), next })
}

/// One account.
pub async fn account(app: &App, caller: &Caller, account: &AccountSlug, when: When) -> Result<AccountDetail, ApiError> {
    let known = app.known(caller, account, when).await?;
    Ok(known.detail().await?.clone())
}

/// What changed in an account between two times, earliest first.
pub async fn changes(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (since, until): (Timestamp, Option<Timestamp>),
    known_at: Option<Timestamp>,
) -> Result<Vec<Change>, ApiError> {
    caller.require_account(account)?;
    app.stores.require(account).await?;
    let until = until.unwrap_or_else(|| app.clock.now());
    if since > until {
        return Err(ApiError::Unfit("since lies after until".to_owned()));
    }
    let (engine, known) = (app.engine.version(), (known_at, caller.sight()));
    Ok(ingest::changes(&app.stores, account, engine, (since, until), known).await?)
}

/// A page of what changed in an account between two times, earliest first.
pub async fn changes_page(
    app: &App,
    caller: &Caller,
    (account, known_at): (&AccountSlug, Option<Timestamp>),
    times: (Timestamp, Option<Timestamp>),
    page: &PageRequest,
) -> Result<Page<Change>, ApiError> {
    let found = changes(app, caller, account, times, known_at).await?;
    let numbered: Vec<(usize, Change)> = found.into_iter().enumerate().collect();
    let (range, next) = page.of(&numbered, |(place, _)| format!("{place:08}"))?;
    Ok(Page { data: numbered[range].iter().map(|(_, change)| change.clone()).collect(), next })
}
