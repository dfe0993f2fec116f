//! An account on one page: who it is, who matters, what is owed, what could go wrong, what is new, what nobody knows.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{AccountDetail, ApiError, App, OpenField, When};
use crate::access::Caller;
use crate::model::{AccountSlug, Change, Fact, FactKind, Polarity, Stakeholder};

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
    let mut commitments = live(facts, FactKind::Commitment);
    commitments.sort_by_cached_key(|fact| due_first(fact));
    let lines = |facts: Vec<&Fact>| top(facts, LINES, |fact: &Fact| shown(fact, as_of));
    let changes = known.changes(app).await?;
    Ok(AccountBrief {
        account: super::account(app, caller, account, when).await?,
        as_of,
        people: top(known.people().await?.iter().collect(), PEOPLE, |person: &Stakeholder| {
            let mut person = person.clone().judged_at(as_of);
            person.evidence.truncate(WORDS);
            person.preferences.iter_mut().for_each(|preference| preference.evidence.truncate(WORDS));
            person
        }),
        commitments: lines(commitments),
        risks: lines(surest(live(facts, FactKind::Risk))),
        objectives: lines(surest(live(facts, FactKind::Objective))),
        changes: top(changes.iter().collect(), LINES, |change: &Change| {
            let mut change = change.clone();
            change.evidence.truncate(WORDS);
            change
        }),
        gaps: super::gaps(app, caller, account, (None, Some(as_of))).await?.gaps,
    })
}

/// The facts of a kind that count and that nobody denied or rejected.
pub(super) fn live(facts: &[Fact], kind: FactKind) -> Vec<&Fact> {
    let counts = |fact: &&Fact| fact.is_told() && fact.status.is_live() && fact.polarity == Polarity::Affirmed;
    facts.iter().filter(|fact| fact.kind == kind).filter(counts).collect()
}

/// Orders facts by the day that they are due, those without one last.
pub(super) fn due_first(fact: &Fact) -> (bool, Option<Date>) {
    let day = fact.due.as_ref().and_then(|due| due.date);
    (day.is_none(), day)
}

/// The surest first.
pub(super) fn surest(mut facts: Vec<&Fact>) -> Vec<&Fact> {
    facts.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    facts
}

/// A fact as a list shows it, with few of its words.
pub(super) fn shown(fact: &Fact, as_of: Timestamp) -> Fact {
    let mut fact = fact.clone().judged_at(as_of);
    fact.evidence.truncate(WORDS);
    fact
}

/// The first items, each as it is shown.
pub(super) fn top<T>(items: Vec<&T>, most: usize, shown: impl Fn(&T) -> T) -> Top<T> {
    Top { total: items.len() as u64, first: items.into_iter().take(most).map(shown).collect() }
}
