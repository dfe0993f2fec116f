//! What in an account starts a handoff, read from its structured sources.
//!
//! | trigger | starts |
//! |---|---|
//! | a deal is won | sales to implementation |
//! | the CRM says that the account is live | implementation to success |
//! | the CRM says that the account is with support | success to support |
//! | another owner | account reassignment |
//! | 90 days to the renewal | renewal |
//!
//! Only what happened in the last 30 days starts something: history that is loaded today is over.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::model::{AccountProfile, Trigger};

const RECENT: SignedDuration = SignedDuration::from_hours(24 * 30);
const RENEWAL_WINDOW_DAYS: i64 = 90;

/// The CRM's words for a deal that was won, for an account that is live, and for one that support has.
const WON: [&str; 6] = ["closedwon", "won", "signed", "gewonnen", "gagne", "ganado"];
const LIVE: [&str; 10] = [
    "live",
    "golive",
    "launched",
    "implemented",
    "implementationcomplete",
    "implementationdone",
    "onboarded",
    "onboardingcomplete",
    "adoption",
    "customersuccess",
];
const WITH_SUPPORT: [&str; 5] = ["support", "maintenance", "insupport", "businessasusual", "bau"];

/// A handoff that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Triggered {
    /// Name of the type.
    pub kind: &'static str,
    /// Why.
    pub trigger: Trigger,
    /// What tells this trigger from others of the account: it starts something once.
    pub key: String,
}

/// The handoffs that are due at `now`.
pub fn triggers(profile: &AccountProfile, now: Timestamp) -> Vec<Triggered> {
    let is_recent = |at: Timestamp| at <= now && now.duration_since(at) <= RECENT;
    let mut due = Vec::new();
    for deal in &profile.deals {
        let won = deal.stages.iter().find(|stage| is_one_of(&WON, &stage.name) && is_recent(stage.at));
        if won.is_some() {
            let trigger = Trigger::DealClosed { deal: deal.name.clone() };
            due.push(Triggered { kind: "sales-to-implementation", trigger, key: format!("deal:{}:won", deal.id) });
        }
    }
    // The first phase that is told is where the account was found, not where it went.
    if let Some(phase) = profile.phases.iter().skip(1).last().filter(|phase| is_recent(phase.at)) {
        let kinds = [(LIVE.as_slice(), "implementation-to-success"), (WITH_SUPPORT.as_slice(), "success-to-support")];
        if let Some((_, kind)) = kinds.into_iter().find(|(words, _)| is_one_of(words, &phase.name)) {
            let trigger = Trigger::PhaseDone { phase: phase.name.clone() };
            due.push(Triggered { kind, trigger, key: format!("phase:{}:{}", phase.name, day(phase.at)) });
        }
    }
    let owner = profile.owner.as_ref().and_then(|owner| owner.name.clone().or_else(|| owner.address.clone()));
    if let (Some(owner), Some(since)) = (owner, profile.owner_since.filter(|since| is_recent(*since))) {
        let key = format!("owner:{owner}:{}", day(since));
        due.push(Triggered { kind: "account-reassignment", trigger: Trigger::OwnerChanged { owner }, key });
    }
    if let Some(date) = profile.renewal_date {
        let opens = date.saturating_sub(RENEWAL_WINDOW_DAYS.days());
        if (opens..=date).contains(&day(now)) {
            let trigger = Trigger::RenewalWindow { date };
            due.push(Triggered { kind: "renewal", trigger, key: format!("renewal:{date}") });
        }
    }
    due
}

fn is_one_of(words: &[&str], name: &str) -> bool {
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    words.contains(&folded.as_str())
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Deal, DealStage, Party};

    fn at(day: &str) -> Timestamp {
        format!("{day}T12:00:00Z").parse().unwrap()
    }

    fn stages(told: &[(&str, &str)]) -> Vec<DealStage> {
        told.iter().map(|(name, day)| DealStage { name: (*name).to_owned(), at: at(day) }).collect()
    }

    #[test]
    fn what_happened_lately_starts_a_handoff() {
        let check = |profile: &AccountProfile, expected: &[(&str, &str)]| {
            let found = triggers(profile, at("2026-03-15"));
            let found: Vec<(&str, &str)> = found.iter().map(|due| (due.kind, due.key.as_str())).collect();
            assert_eq!(found, expected);
        };
        let deal = |told: &[(&str, &str)]| AccountProfile {
            deals: vec![Deal { id: "7".to_owned(), stages: stages(told), ..Deal::default() }],
            ..AccountProfile::default()
        };
        check(
            &deal(&[("Negotiation", "2026-02-01"), ("Closed Won", "2026-03-10")]),
            &[("sales-to-implementation", "deal:7:won")],
        );
        check(&deal(&[("Closed Won", "2025-03-10")]), &[]);
        check(&deal(&[("Closed Lost", "2026-03-10")]), &[]);
        let phases = |told: &[(&str, &str)]| AccountProfile { phases: stages(told), ..AccountProfile::default() };
        let live = [("implementation-to-success", "phase:Live:2026-03-01")];
        check(&phases(&[("Onboarding", "2026-01-01"), ("Live", "2026-03-01")]), &live);
        check(&phases(&[("Live", "2026-03-01")]), &[]);
        let renewal = |date: &str| AccountProfile { renewal_date: date.parse().ok(), ..AccountProfile::default() };
        check(&renewal("2026-06-13"), &[("renewal", "renewal:2026-06-13")]);
        check(&renewal("2026-06-14"), &[]);
        check(&renewal("2026-03-14"), &[]);
        let owned = AccountProfile {
            owner: Some(Party { name: Some("Dana Whit".to_owned()), ..Party::default() }),
            owner_since: Some(at("2026-03-02")),
            ..AccountProfile::default()
        };
        check(&owned, &[("account-reassignment", "owner:Dana Whit:2026-03-02")]);
    }
}
