//! The accounts at a glance: for each what a manager wants to see first. Thousands are listed from their digests, which
//! are kept until a graph changes.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::Serialize;

use super::{ApiError, App};
use crate::access::Caller;
use crate::model::{AccountDigest, AccountSlug, ChangeKind, MonthMood, OpenPromise, Party, Side, Sight};

/// From so many accounts with a new digest on, all digests are read at once.
const MANY: usize = 64;
/// What is new is counted over so long.
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// An account at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountGlance {
    /// Its key.
    pub account: AccountSlug,
    /// Display name; its key where none is known.
    pub name: String,
    /// Our owner of the account.
    pub owner: Option<Party>,
    /// How many interactions were read.
    pub interactions: u32,
    /// When somebody last wrote or spoke.
    pub last_contact: Option<Timestamp>,
    /// Day of the next renewal.
    pub renewal_date: Option<Date>,
    /// Open promises of ours.
    pub we_owe: usize,
    /// Open promises of theirs.
    pub they_owe: usize,
    /// Open promises of either side, or of nobody certain, whose day has passed.
    pub overdue: usize,
    /// Current risks.
    pub risks: u32,
    /// Mood by month, earliest first.
    pub moods: Vec<MonthMood>,
    /// What became new in the 30 days before, by kind.
    pub news: Vec<(ChangeKind, usize)>,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the columns")]
pub enum SortBy {
    #[default]
    Name,
    Owner,
    LastContact,
    WeOwe,
    TheyOwe,
    Overdue,
    Risks,
    Mood,
    News,
}

/// Which way the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

/// Which accounts are of interest beyond their name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Concern {
    /// All.
    #[default]
    Any,
    /// Those with something overdue.
    Overdue,
    /// Those with a risk.
    AtRisk,
    /// Those whose mood of the latest month is below zero.
    Unhappy,
    /// Those of whom nothing was heard for 30 days.
    Quiet,
}

/// Which accounts, in which order.
#[derive(Clone, Debug, Default)]
pub struct PortfolioRequest {
    /// Words that key, name or owner have.
    pub text: String,
    /// The owner, by name or address.
    pub owner: Option<String>,
    /// What is of interest.
    pub concern: Concern,
    /// The order.
    pub order: (SortBy, Direction),
}

/// The accounts that were asked for, with the owners that there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Portfolio {
    /// The accounts.
    pub accounts: Vec<AccountGlance>,
    /// Every owner of an account in scope, by name.
    pub owners: Vec<String>,
    /// How many accounts are in scope.
    pub in_scope: usize,
}

type Kept = HashMap<(AccountSlug, Sight), (u64, Arc<AccountDigest>)>;

/// The digests that were read, kept until a graph changes. Cheap to clone.
#[derive(Clone, Default)]
pub struct Digests {
    kept: Arc<RwLock<Kept>>,
}

impl Digests {
    /// Forgets everything, as an erasure wants it.
    pub(super) fn forget(&self) {
        if let Ok(mut kept) = self.kept.write() {
            kept.clear();
        }
    }
}

impl App {
    /// The digests of these accounts, in their order; accounts that nothing was loaded into have none.
    async fn digests_of(
        &self,
        accounts: &[AccountSlug],
        sight: Sight,
    ) -> Result<Vec<(AccountSlug, Arc<AccountDigest>)>, ApiError> {
        let known = |account: &AccountSlug| {
            let generation = self.stores.generation(account);
            let kept = self.digests.kept.read().ok()?;
            let (of, digest) = kept.get(&(account.clone(), sight))?;
            (*of == generation).then(|| Arc::clone(digest))
        };
        let missing: Vec<&AccountSlug> = accounts.iter().filter(|account| known(account).is_none()).collect();
        // Of before they are read: what is written meanwhile is read again.
        let generations: HashMap<&AccountSlug, u64> =
            accounts.iter().map(|account| (account, self.stores.generation(account))).collect();
        let mut read = Vec::new();
        if missing.len() < MANY {
            for account in missing {
                read.extend(self.stores.archive.digests(Some(account), sight).await?);
            }
        } else {
            read = self.stores.archive.digests(None, sight).await?;
        }
        if let Ok(mut kept) = self.digests.kept.write() {
            for (account, digest) in read {
                let Some(generation) = generations.get(&account) else { continue };
                kept.insert((account, sight), (*generation, Arc::new(digest)));
            }
        }
        let kept = self.digests.kept.read().map_err(|_| ApiError::Internal("the digests are lost".to_owned()))?;
        let found =
            |account: &AccountSlug| Some((account.clone(), Arc::clone(&kept.get(&(account.clone(), sight))?.1)));
        Ok(accounts.iter().filter_map(found).collect())
    }
}

/// The accounts that the caller may see, at a glance.
pub async fn portfolio(app: &App, caller: &Caller, request: &PortfolioRequest) -> Result<Portfolio, ApiError> {
    let scope = app.accounts_within(&caller.token.accounts).await?;
    let now = app.clock.now();
    let digests = app.digests_of(&scope, caller.sight()).await?;
    let all: Vec<AccountGlance> = digests.into_iter().map(|(account, digest)| glance(account, &digest, now)).collect();
    let mut owners: Vec<String> = all.iter().filter_map(|account| account.owner.as_ref().and_then(named)).collect();
    owners.sort_unstable();
    owners.dedup();
    let in_scope = all.len();
    let mut accounts: Vec<AccountGlance> = all.into_iter().filter(|account| takes(request, account, now)).collect();
    sort(&mut accounts, request.order);
    Ok(Portfolio { accounts, owners, in_scope })
}

fn named(party: &Party) -> Option<String> {
    party.name.clone().or_else(|| party.address.clone())
}

fn glance(account: AccountSlug, digest: &AccountDigest, now: Timestamp) -> AccountGlance {
    let today = now.to_zoned(TimeZone::UTC).date();
    let owed_by = |side| digest.promises.iter().filter(|promise| promise.owner == Some(side)).count();
    let is_late = |promise: &&OpenPromise| promise.due.is_some_and(|due| due < today);
    let mut news: HashMap<ChangeKind, usize> = HashMap::new();
    for one in digest.news.iter().filter(|one| one.at <= now && now.duration_since(one.at) <= MONTH) {
        *news.entry(one.kind).or_default() += 1;
    }
    let month = today - jiff::Span::new().days(30);
    let fell_due = |promise: &&OpenPromise| promise.due.is_some_and(|due| due < today && due >= month);
    let late = digest.promises.iter().filter(fell_due).count();
    if late > 0 {
        news.insert(ChangeKind::CommitmentOverdue, late);
    }
    let mut news: Vec<(ChangeKind, usize)> = news.into_iter().collect();
    news.sort_unstable();
    AccountGlance {
        name: digest.name.clone().unwrap_or_else(|| account.to_string()),
        account,
        owner: digest.owner.clone(),
        interactions: digest.interactions,
        last_contact: digest.last_contact,
        renewal_date: digest.renewal_date,
        we_owe: owed_by(Side::Vendor),
        they_owe: owed_by(Side::Customer),
        overdue: digest.promises.iter().filter(is_late).count(),
        risks: digest.risks,
        moods: digest.moods.clone(),
        news,
    }
}

fn takes(request: &PortfolioRequest, account: &AccountGlance, now: Timestamp) -> bool {
    let owner = account.owner.as_ref().and_then(named).unwrap_or_default();
    let is_meant = |word: &str| {
        account.account.as_str().contains(word)
            || account.name.to_lowercase().contains(word)
            || owner.to_lowercase().contains(word)
    };
    request.text.to_lowercase().split_whitespace().all(is_meant)
        && request.owner.as_ref().is_none_or(|wanted| *wanted == owner)
        && match request.concern {
            Concern::Any => true,
            Concern::Overdue => account.overdue > 0,
            Concern::AtRisk => account.risks > 0,
            Concern::Unhappy => account.moods.last().is_some_and(|mood| mood.mean < 0.0),
            Concern::Quiet => account.last_contact.is_none_or(|last| now.duration_since(last) > MONTH),
        }
}

fn sort(accounts: &mut [AccountGlance], (by, direction): (SortBy, Direction)) {
    let name = |account: &AccountGlance| account.name.to_lowercase();
    // What is equal stays by name, whichever way the rest is sorted.
    accounts.sort_by_cached_key(name);
    let count = |account: &AccountGlance| account.news.iter().map(|(_, count)| count).sum::<usize>();
    match by {
        SortBy::Name => {}
        SortBy::Owner => accounts.sort_by_cached_key(|account| {
            account.owner.as_ref().and_then(named).map_or((true, String::new()), |owner| (false, owner.to_lowercase()))
        }),
        SortBy::LastContact => accounts.sort_by_key(|account| account.last_contact),
        SortBy::WeOwe => accounts.sort_by_key(|account| account.we_owe),
        SortBy::TheyOwe => accounts.sort_by_key(|account| account.they_owe),
        SortBy::Overdue => accounts.sort_by_key(|account| account.overdue),
        SortBy::Risks => accounts.sort_by_key(|account| account.risks),
        SortBy::News => accounts.sort_by_key(count),
        SortBy::Mood => accounts.sort_by(|a, b| {
            let latest = |account: &AccountGlance| account.moods.last().map_or(2.0, |mood| mood.mean);
            latest(a).total_cmp(&latest(b))
        }),
    }
    if direction == Direction::Descending {
        accounts.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DigestNews;

    #[test]
    fn a_glance_is_judged_at_its_day() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let digest = AccountDigest {
            promises: vec![
                OpenPromise { owner: Some(Side::Vendor), due: Some("2026-02-01".parse().unwrap()) },
                OpenPromise { owner: Some(Side::Customer), due: None },
                OpenPromise { owner: None, due: Some("2025-12-01".parse().unwrap()) },
            ],
            news: vec![
                DigestNews { kind: ChangeKind::RiskNew, at: at("2026-01-20T00:00:00Z") },
                DigestNews { kind: ChangeKind::RiskNew, at: at("2025-11-20T00:00:00Z") },
            ],
            ..AccountDigest::default()
        };
        let check = |day: &str, overdue: usize, news: &[(ChangeKind, usize)]| {
            let account = AccountSlug::from_name("northwind").unwrap();
            let seen = glance(account, &digest, at(day));
            assert_eq!((seen.we_owe, seen.they_owe, seen.overdue, &seen.news[..]), (1, 1, overdue, news), "{day}");
        };
        check("2026-02-01T12:00:00Z", 1, &[(ChangeKind::RiskNew, 1)]);
        check("2026-02-02T00:00:00Z", 2, &[(ChangeKind::CommitmentOverdue, 1), (ChangeKind::RiskNew, 1)]);
        check("2025-11-30T00:00:00Z", 0, &[(ChangeKind::RiskNew, 1)]);
    }
}
