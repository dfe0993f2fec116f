//! An account on one page: who it is, who matters, what is owed, what could go wrong, what is new, what nobody knows.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{AccountDetail, ApiError, App, OpenField, When};
use crate::access::Caller;
use crate::model::{AccountSlug, Change, Fact, FactKind, Stakeholder};

/// How much of each list a brief shows, and how many of the words behind a line.
const PEOPLE: usize = 5;
const LINES: usize = 10;
const WORDS: usize = 2;

/// The beginning of a list, with how long it is.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Top<T> {
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub first: Vec<T>,
}

/// An account on one page. Each line has at most two of the words behind it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AccountBrief {
    /// What the account is and what it was read from.
    pub account: AccountDetail,
    /// The time that everything is judged at.
    pub as_of: Timestamp,
    /// The people, most influential first.
    pub people: Top<Stakeholder>,
    /// Promises that are open, the earliest due first.
    pub commitments: Top<Fact>,
    /// Risks that are current, the surest first.
    pub risks: Top<Fact>,
    /// Objectives that are current, the surest first.
    pub objectives: Top<Fact>,
    /// What changed in the 30 days before, the most severe first.
    pub changes: Top<Change>,
    /// What no source answers.
    pub gaps: Vec<OpenField>,
}

/// An account on one page.
pub async fn brief(app: &App, caller: &Caller, account: &AccountSlug, when: When) -> Result<AccountBrief, ApiError> {
    let as_of = app.judged_at(when);
    let known = app.known(caller, account, when).await?;
    let facts = known.facts().await?;
    let live = |kind: FactKind| live(facts, kind, as_of);
    let mut commitments = live(FactKind::Commitment);
    commitments.sort_by_key(due_first);
    let people = known.people().await?.iter().map(|person| person.clone().judged_at(as_of)).collect();
    let changes = known.changes(app).await?.as_ref().clone();
    Ok(AccountBrief {
        account: super::account(app, caller, account, when).await?,
        as_of,
        people: top(people, PEOPLE, |person: &mut Stakeholder| {
            person.evidence.truncate(WORDS);
            person.preferences.iter_mut().for_each(|preference| preference.evidence.truncate(WORDS));
        }),
        commitments: top(commitments, LINES, short),
        risks: top(surest(live(FactKind::Risk)), LINES, short),
        objectives: top(surest(live(FactKind::Objective)), LINES, short),
        changes: top(changes, LINES, |change: &mut Change| change.evidence.truncate(WORDS)),
        gaps: super::gaps(app, caller, account, (None, Some(as_of))).await?.gaps,
    })
}

/// The facts of a kind that count at a time and that nobody rejected.
pub(super) fn live(facts: &[Fact], kind: FactKind, as_of: Timestamp) -> Vec<Fact> {
    let own = facts.iter().filter(|fact| fact.kind == kind && fact.is_told());
    own.map(|fact| fact.clone().judged_at(as_of)).filter(|fact| fact.status.is_live()).collect()
}

/// Orders facts by the day that they are due, those without one last.
pub(super) fn due_first(fact: &Fact) -> (bool, Option<Date>) {
    let day = fact.due.as_ref().and_then(|due| due.date);
    (day.is_none(), day)
}

pub(super) fn surest(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    facts
}

pub(super) fn short(fact: &mut Fact) {
    fact.evidence.truncate(WORDS);
}

/// The first items, each made short.
pub(super) fn top<T>(mut items: Vec<T>, most: usize, shorten: impl FnMut(&mut T)) -> Top<T> {
    let total = items.len() as u64;
    items.truncate(most);
    items.iter_mut().for_each(shorten);
    Top { total, first: items }
}
