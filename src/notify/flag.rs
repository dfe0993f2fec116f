//! From an account's history to events: what changed lately and was not told.
//!
//! A look takes the changes of the last [`WINDOW`] in the world's time, as they stand now, so that what is loaded late is
//! told too, and what is found again is not. Those who see everything and those who see what is shared are told what
//! their own reading of the account says; where both readings say the same, it is one event.
//!
//! An account on which nobody has looked before is history: what happened until it was first loaded is noted as told.

use jiff::{SignedDuration, Timestamp};

use super::marks::{Told, marks};
use crate::archive::{Archive, ArchiveError, ToldMark};
use crate::ingest::{StoreError, Stores, changes};
use crate::model::{AccountSlug, Audience, Change, News, Sight};

/// Changes before this are not told. It is longer than a month, so that a service that stood still for some days, and
/// a monthly export that comes late, lose nothing.
const WINDOW: SignedDuration = SignedDuration::from_hours(35 * 24);
/// Marks are kept so long after the change: longer than it can be found again.
const KEPT_MARKS: SignedDuration = SignedDuration::from_hours(100 * 24);

const DAY_S: i64 = 86_400;

/// Looks at every account whose graph was written since the last look, and at all of them once on each day (UTC): promises
/// become late and people silent without a word. Answers how many events were kept. An account that fails is logged and
/// looked at again.
pub async fn flag_due(stores: &Stores, engine: &str, now: Timestamp) -> Result<usize, ArchiveError> {
    let mut kept = 0;
    for account in stores.archive.accounts_to_look_at(day(now)).await? {
        match flag(stores, engine, &account, now).await {
            Ok(news) => kept += news,
            Err(error) => tracing::error!(account = account.as_str(), %error, "changes could not be told"),
        }
    }
    Ok(kept)
}

/// Puts the changes of an account that were not told into the outbox, and answers how many events that made. An account
/// whose graph does not show it yet is left for later: who is told can then see what they are told of.
#[tracing::instrument(skip_all, fields(account = %account))]
pub async fn flag(stores: &Stores, engine: &str, account: &AccountSlug, now: Timestamp) -> Result<usize, StoreError> {
    let archive: &Archive = &stores.archive;
    let Some(look) = archive.look(account).await? else { return Ok(0) };
    let period = (now - WINDOW, now);
    let full = changes(stores, account, engine, period, (None, Sight::Full)).await?;
    let shared =
        if look.hides { changes(stores, account, engine, period, (None, Sight::Shared)).await? } else { full.clone() };
    let told = archive.told_marks(account).await?;
    let (news, marks) = select(&full, &shared, &told, look.first_loaded)?;
    archive.end_look((account, look.writes, day(now)), &news, &marks, (now, now - KEPT_MARKS)).await?;
    Ok(news.len())
}

/// The day of a time, from 1970 on.
fn day(now: Timestamp) -> i64 {
    now.as_second().div_euclid(DAY_S)
}

/// What is new in the two readings of an account, and the marks of everything in them. What happened until `quiet` is
/// marked only.
fn select(
    full: &[Change],
    shared: &[Change],
    told: &[ToldMark],
    quiet: Option<Timestamp>,
) -> Result<(Vec<News>, Vec<ToldMark>), ArchiveError> {
    let (told_full, told_shared) = (Told::of(told, Sight::Full), Told::of(told, Sight::Shared));
    let (mut news, mut kept) = (Vec::new(), Vec::new());
    let mut add = |change: &Change, audience: Audience, new_to: Option<Audience>| -> Result<(), ArchiveError> {
        kept.extend(marks(change, audience));
        if let Some(audience) = new_to.filter(|_| quiet.is_none_or(|quiet| change.at > quiet)) {
            news.push(of_change(change, audience)?);
        }
        Ok(())
    };
    for change in full {
        let is_new = !told_full.holds(change);
        if shared.contains(change) {
            let new_to = match (is_new, !told_shared.holds(change)) {
                (true, true) => Some(Audience::All),
                (true, false) => Some(Audience::Full),
                (false, true) => Some(Audience::Shared),
                (false, false) => None,
            };
            add(change, Audience::All, new_to)?;
        } else {
            add(change, Audience::Full, is_new.then_some(Audience::Full))?;
        }
    }
    for change in shared.iter().filter(|change| !full.contains(change)) {
        let is_new = !told_shared.holds(change);
        add(change, Audience::Shared, is_new.then_some(Audience::Shared))?;
    }
    news.sort_by_key(|event| event.at);
    Ok((news, kept))
}

fn of_change(change: &Change, audience: Audience) -> Result<News, ArchiveError> {
    let data = serde_json::to_value(change)
        .map_err(|error| ArchiveError::Corrupt { what: "change", reason: error.to_string() })?;
    Ok(News { account: change.account.clone(), name: change.kind.into(), at: change.at, audience, data })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(subject: &str, day: &str, summary: &str) -> Change {
        let value = json!({"kind": "risk.new", "at": format!("2026-03-{day}T09:00:00Z"), "account": "northwind",
            "subject": subject, "summary": summary, "before": null, "after": null, "severity": "info", "evidence": []});
        serde_json::from_value(value).unwrap()
    }

    fn told(full: &[Change], shared: &[Change], told: &[ToldMark], quiet: Option<Timestamp>) -> Vec<String> {
        let (news, _) = select(full, shared, told, quiet).unwrap();
        let summary = |event: &News| event.data["summary"].as_str().unwrap().to_owned();
        news.iter().map(|event| format!("{} {}", event.audience.as_str(), summary(event))).collect()
    }

    #[test]
    fn those_who_see_less_are_told_what_they_see() {
        let (a, b) = (change("a", "10", "open"), change("b", "09", "hidden"));
        let more = change("a", "10", "open, and more");
        assert_eq!(told(std::slice::from_ref(&a), std::slice::from_ref(&a), &[], None), ["all open"]);
        assert_eq!(told(&[a.clone(), b.clone()], std::slice::from_ref(&a), &[], None), ["full hidden", "all open"]);
        assert_eq!(
            told(std::slice::from_ref(&more), std::slice::from_ref(&a), &[], None),
            ["full open, and more", "shared open"]
        );
        assert_eq!(told(&[], std::slice::from_ref(&a), &[], None), ["shared open"]);
    }

    #[test]
    fn what_was_told_is_not_told_again() {
        let (a, b) = (change("a", "10", "one"), change("b", "12", "two"));
        let (_, marks) = select(std::slice::from_ref(&a), &[], &[], None).unwrap();
        let both = [a, b];
        assert_eq!(told(&both, &both, &marks, None), ["shared one", "all two"]);
        let (_, marks) = select(&both, &both, &[], None).unwrap();
        assert!(told(&both, &both, &marks, None).is_empty());
    }

    #[test]
    fn what_was_there_at_the_first_look_is_marked_alone() {
        let both = [change("a", "10", "before"), change("b", "12", "after")];
        let loaded: Timestamp = "2026-03-11T00:00:00Z".parse().unwrap();
        assert_eq!(told(&both, &both, &[], Some(loaded)), ["all after"]);
        assert_eq!(select(&both, &both, &[], Some(loaded)).unwrap().1.len(), 2);
    }
}
