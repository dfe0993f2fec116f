//! An account as its page shows it: promises in both directions, what could go wrong, what is new, and its course over
//! time. It is made of what was read of the account before, so that it costs little again.

use jiff::Timestamp;
use serde::Serialize;

use super::brief::{due_first, live, shown, surest, top};
use super::{AccountDetail, ApiError, App, RejectedItem, Top, When};
use crate::access::Caller;
use crate::model::{AccountSlug, Change, Fact, FactKind, FactStatus, Side, Stakeholder};

/// How much of each list is shown.
const PEOPLE: usize = 6;
const PROMISES: usize = 6;
const LINES: usize = 5;
const CHANGES: usize = 8;
const REJECTED: usize = 3;

/// An account as its page shows it. Each line has at most two of the words behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountOverview {
    /// What the account is and what it was read from.
    pub account: AccountDetail,
    /// The time that everything is judged at.
    pub as_of: Timestamp,
    /// The people of the customer, most influential first.
    pub people: Top<Stakeholder>,
    /// Open promises of ours, the earliest due first.
    pub we_owe: Top<Fact>,
    /// Open promises of theirs.
    pub they_owe: Top<Fact>,
    /// Open promises of whom is not certain.
    pub unclear: Top<Fact>,
    /// How many of all those are overdue.
    pub overdue: usize,
    /// Current risks, the surest first.
    pub risks: Top<Fact>,
    /// Current objectives.
    pub objectives: Top<Fact>,
    /// Current issues.
    pub issues: Top<Fact>,
    /// What changed in the 30 days before, the most severe first.
    pub changes: Top<Change>,
    /// What could not be loaded, the latest first.
    pub rejected: Top<RejectedItem>,
}

/// An account as its page shows it.
pub async fn overview(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    when: When,
) -> Result<AccountOverview, ApiError> {
    let as_of = app.judged_at(when);
    let known = app.known(caller, account, when).await?;
    // Each is read once and kept; the first time they are read at once.
    let (facts, people, changes, _) =
        tokio::try_join!(known.facts(), known.people_in_brief(), known.changes(app), known.interactions())?;
    let mut promises = live(facts, FactKind::Commitment);
    promises.sort_by_cached_key(|fact| due_first(fact));
    let overdue = promises.iter().filter(|fact| fact.status_at(as_of) == FactStatus::Overdue).count();
    let first = |facts: Vec<&Fact>, most: usize| top(facts, most, |fact: &Fact| shown(fact, as_of));
    let owed_by = |side: Option<Side>| {
        let is_theirs = |fact: &&Fact| fact.owner.as_ref().and_then(|owner| owner.side) == side;
        first(promises.iter().copied().filter(is_theirs).collect(), PROMISES)
    };
    let lines = |kind| first(surest(live(facts, kind)), LINES);
    let people = people.iter().filter(|person| person.side != Some(Side::Vendor)).collect();
    let rejected = super::sources(app, caller, account, when).await?.rejected;
    Ok(AccountOverview {
        account: known.detail().await?.clone(),
        as_of,
        people: top(people, PEOPLE, |person: &Stakeholder| {
            let mut person = person.clone().judged_at(as_of);
            person.evidence.clear();
            person
        }),
        we_owe: owed_by(Some(Side::Vendor)),
        they_owe: owed_by(Some(Side::Customer)),
        unclear: owed_by(None),
        overdue,
        risks: lines(FactKind::Risk),
        objectives: lines(FactKind::Objective),
        issues: lines(FactKind::OpenIssue),
        changes: top(changes.iter().collect(), CHANGES, |change: &Change| {
            let mut change = change.clone();
            change.evidence.truncate(1);
            change
        }),
        rejected: top(rejected.iter().collect(), REJECTED, RejectedItem::clone),
    })
}
