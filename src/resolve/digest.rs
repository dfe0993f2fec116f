//! What a list of accounts shows of one, out of what is known of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::model::{
    AccountDigest, AccountView, ChangeKind, DigestNews, Fact, FactKind, FactStatus, InteractionKind, InteractionNode,
    MonthMood, OpenPromise, Polarity, Side,
};

/// News is kept for so long before the last contact.
const NEWS: SignedDuration = SignedDuration::from_hours(100 * 24);
/// Moods of so many months are kept.
const MONTHS: usize = 12;

/// The digest of an account.
pub fn digest(view: &AccountView) -> AccountDigest {
    let facts = || view.facts.iter().map(|record| &record.fact).filter(|fact| fact.is_told());
    let last_contact = view.interactions.iter().filter(|node| is_contact(node)).map(|node| node.at).max();
    let promise = |fact: &Fact| OpenPromise {
        owner: fact.owner.as_ref().and_then(|owner| owner.side),
        due: fact.due.as_ref().and_then(|due| due.date),
    };
    let is_open = |fact: &&Fact| fact.kind == FactKind::Commitment && fact.status == FactStatus::Open;
    AccountDigest {
        name: view.profile.name.clone(),
        owner: view.profile.owner.clone(),
        interactions: view.interactions.len() as u32,
        last_contact,
        renewal_date: view.profile.renewal_date,
        promises: facts().filter(is_open).map(promise).collect(),
        risks: facts().filter(|fact| fact.kind == FactKind::Risk && fact.status.is_live()).count() as u32,
        moods: moods(&view.interactions),
        news: news(view, last_contact),
    }
}

/// Says whether people were in touch.
fn is_contact(node: &InteractionNode) -> bool {
    let of_people = match node.kind {
        InteractionKind::Email
        | InteractionKind::Chat
        | InteractionKind::Call
        | InteractionKind::Ticket
        | InteractionKind::Survey => true,
        InteractionKind::Note | InteractionKind::Crm | InteractionKind::Usage | InteractionKind::Event => false,
    };
    of_people && !node.automatic
}

fn moods(interactions: &[InteractionNode]) -> Vec<MonthMood> {
    let mut months: BTreeMap<Date, (f32, u32)> = BTreeMap::new();
    for node in interactions {
        let Some(mood) = node.sentiment else { continue };
        let month = node.at.to_zoned(TimeZone::UTC).date().first_of_month();
        let (sum, count) = months.entry(month).or_default();
        *sum += mood;
        *count += 1;
    }
    let latest = months.len().saturating_sub(MONTHS);
    let mean = |(month, (sum, count)): (Date, (f32, u32))| MonthMood { month, mean: sum / count as f32 };
    months.into_iter().skip(latest).map(mean).collect()
}

fn news(view: &AccountView, last_contact: Option<Timestamp>) -> Vec<DigestNews> {
    let Some(since) = last_contact.and_then(|last| last.checked_sub(NEWS).ok()) else { return Vec::new() };
    let mut news = Vec::new();
    let is_news = |fact: &&Fact| fact.is_told() && fact.polarity == Polarity::Affirmed;
    for fact in view.facts.iter().map(|record| &record.fact).filter(is_news) {
        let (begun, ended) = match fact.kind {
            FactKind::Commitment => (ChangeKind::CommitmentNew, ChangeKind::CommitmentFulfilled),
            FactKind::Risk => (ChangeKind::RiskNew, ChangeKind::RiskResolved),
            _ => continue,
        };
        let has_ended = matches!(fact.status, FactStatus::Fulfilled | FactStatus::Resolved);
        news.push(DigestNews { kind: begun, at: fact.valid_from });
        news.extend(fact.valid_to.filter(|_| has_ended).map(|at| DigestNews { kind: ended, at }));
    }
    let people = view.stakeholders.iter().filter(|person| person.side == Some(Side::Customer));
    news.extend(people.map(|person| DigestNews { kind: ChangeKind::StakeholderNew, at: person.first_seen }));
    news.retain(|one| one.at >= since);
    news.sort_by_key(|one| (one.at, one.kind));
    news
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FactFinding;
    use crate::resolve::testing::{PRIYA, SAM, crm, due, fact, mail, promise, view};

    #[test]
    fn a_digest_counts_what_is_open_and_what_is_new() {
        let refusal = FactFinding { polarity: Polarity::Negated, ..promise(SAM, "Build the connector") };
        let rows = [
            crm("crm:1"),
            mail("m0", "2026-01-04", SAM, &[PRIYA]).says(due(refusal, "2026-01-09")),
            mail("m1", "2026-01-05", SAM, &[PRIYA]).says(due(promise(SAM, "Send the price list"), "2026-01-09")),
            mail("m2", "2026-01-20", PRIYA, &[SAM]).says(promise(PRIYA, "Name a project lead")).mood(-0.5),
            mail("m3", "2026-02-03", PRIYA, &[SAM]).says(fact(FactKind::Risk, "The budget is frozen")).mood(0.5),
        ];
        let digest = digest(&view(rows));
        let promises: Vec<_> = digest.promises.iter().map(|p| (p.owner, p.due.map(|day| day.to_string()))).collect();
        assert_eq!(
            promises,
            [(Some(Side::Vendor), Some("2026-01-09".to_owned())), (Some(Side::Customer), None)],
            "{digest:?}"
        );
        assert_eq!(digest.risks, 1);
        assert_eq!(digest.moods.iter().map(|mood| mood.mean).collect::<Vec<_>>(), [-0.5, 0.5]);
        assert_eq!(digest.last_contact.map(|at| at.to_string()[..10].to_owned()).as_deref(), Some("2026-02-03"));
        let kinds: Vec<ChangeKind> = digest.news.iter().map(|news| news.kind).collect();
        assert!(kinds.contains(&ChangeKind::StakeholderNew), "{kinds:?}");
        assert_eq!(kinds.iter().filter(|kind| **kind == ChangeKind::CommitmentNew).count(), 2, "{kinds:?}");
        assert_eq!(kinds.last(), Some(&ChangeKind::RiskNew));
    }
}
