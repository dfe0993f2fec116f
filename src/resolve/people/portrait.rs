//! A person as the contract shows them, put together from what they did and what was said of them.

use jiff::{SignedDuration, Timestamp};

use super::People;
use super::activity::Activity;
use super::influence::InfluenceParts;
use super::names::{domain_of, name_in_address};
use super::registry::{KeyId, NameId, Spelling};
use super::roster::{PersonId, Roster};
use super::statements::Statement;
use crate::model::{
    AccountProfile, AccountSlug, BuyingRole, Evidence, PersonSource, PersonStatus, Preference, Presence, Side,
    Stakeholder,
};

/// A role read in text must be at least this sure.
const LEAST_ROLE_CONFIDENCE: f32 = 0.5;
/// Whoever said goodbye may still write for some days.
const GOODBYE_GRACE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// At most this many other spellings are shown.
const MOST_ALIASES: usize = 12;

/// The best spelling of a person's name and the others.
pub(crate) fn spell(
    roster: &Roster<'_>,
    person: PersonId,
    spellings: &[(KeyId, NameId, Spelling)],
) -> (String, Vec<String>) {
    let best = spellings.iter().max_by_key(|(_, name, spelling)| {
        let form = &roster.registry.names[name.0 as usize];
        let letters = form.display.chars().count();
        (form.is_full(), form.is_proper_case(), spelling.is_own, letters, spelling.last_row, std::cmp::Reverse(name.0))
    });
    let Some((_, best, _)) = best else { return (spelled_by_key(roster, person), Vec::new()) };
    let name = roster.registry.names[best.0 as usize].display.clone();
    let mut others: Vec<(u32, String)> = spellings
        .iter()
        .map(|(_, other, spelling)| (spelling.count, roster.registry.names[other.0 as usize].display.clone()))
        .filter(|(_, other)| *other != name)
        .collect();
    others.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut aliases: Vec<String> = Vec::new();
    for (_, other) in others {
        if aliases.len() < MOST_ALIASES && !aliases.contains(&other) {
            aliases.push(other);
        }
    }
    (name, aliases)
}

/// The name of somebody whom no source names.
fn spelled_by_key(roster: &Roster<'_>, person: PersonId) -> String {
    let key = &roster.registry.keys[roster.people[person.index()][0].0 as usize];
    key.strip_prefix("mailto:").map_or_else(|| key.clone(), name_in_address)
}

/// What the portraits of an account share.
pub(crate) struct Gallery<'v> {
    pub(crate) account: &'v AccountSlug,
    pub(crate) profile: &'v AccountProfile,
    /// The largest counts of addressed interactions and of counterparts on the customer's, our and no side.
    largest: [(u32, u32); 3],
}

impl<'v> Gallery<'v> {
    pub(crate) fn new(account: &'v AccountSlug, profile: &'v AccountProfile, people: &People<'_>) -> Self {
        let mut largest = [(0, 0); 3];
        for (side, activity) in people.sides.iter().zip(&people.activities) {
            let (addressed, counterparts) = &mut largest[side_index(*side)];
            *addressed = activity.addressed.max(*addressed);
            *counterparts = activity.counterparts.max(*counterparts);
        }
        Self { account, profile, largest }
    }

    /// The portrait of one person.
    pub(crate) fn paint(&self, people: &People<'_>, person: PersonId, preferences: Vec<Preference>) -> Stakeholder {
        let activity = &people.activities[person.index()];
        let said = people.statements.of(person);
        let side = people.sides[person.index()];
        let title = latest(said, |statement| statement.finding.title.as_deref());
        let role = latest(said, stated_role);
        let organization = latest(said, |statement| statement.finding.organization.as_deref());
        let departed = departure(said, activity);
        let (addressed, counterparts) = self.largest[side_index(side)];
        let influence = InfluenceParts::new(
            title.map(|(_, title)| title),
            role.map(|(_, role)| role),
            (activity.addressed, addressed),
            (activity.counterparts, counterparts),
        );
        let fallback = self.customer_name(people, person, side);
        let (first_seen, last_seen) = seen(said, activity);
        Stakeholder {
            addresses: people.addresses[person.index()].clone(),
            aliases: people.names[person.index()].1.clone(),
            side,
            title: title.map(|(_, title)| title.trim().to_owned()),
            organization: organization.map(|(_, name)| name.trim().to_owned()).or(fallback),
            buying_role: role.map(|(_, role)| role),
            influence: influence.score(),
            preferences,
            sentiment: if side == Some(Side::Vendor) { None } else { activity.sentiment() },
            first_seen,
            last_seen,
            interactions: activity.interactions,
            status: if departed.is_some() { PersonStatus::Departed } else { PersonStatus::Active },
            rhythm_days: activity.rhythm_days(),
            keys: people.roster.keys_of(person),
            evidence: evidence(said, [title.map(|t| t.0), role.map(|r| r.0), departed]),
            ..Stakeholder::named(
                people.roster.iris[person.index()].clone(),
                self.account.clone(),
                people.names[person.index()].0.as_str(),
            )
        }
    }

    /// The account's own name for whoever has an address in its domain.
    fn customer_name(&self, people: &People<'_>, person: PersonId, side: Option<Side>) -> Option<String> {
        let name = self.profile.name.as_ref().filter(|_| side == Some(Side::Customer))?;
        let own = |address: &String| self.profile.domains.iter().any(|domain| domain == domain_of(address));
        people.addresses[person.index()].iter().any(own).then(|| name.clone())
    }
}

fn side_index(side: Option<Side>) -> usize {
    match side {
        Some(Side::Customer) => 0,
        Some(Side::Vendor) => 1,
        None => 2,
    }
}

/// What directories say last, else what text says last.
fn latest<'s, 'a, T>(
    said: &'s [Statement<'a>],
    read: impl Fn(&Statement<'a>) -> Option<T>,
) -> Option<(&'s Statement<'a>, T)> {
    let find = |directory: bool| {
        said.iter().rev().filter(|s| s.is_directory() == directory).find_map(|s| read(s).map(|value| (s, value)))
    };
    find(true).or_else(|| find(false))
}

fn stated_role(statement: &Statement<'_>) -> Option<BuyingRole> {
    let is_sure = statement.is_directory() || statement.finding.confidence >= LEAST_ROLE_CONFIDENCE;
    statement.finding.buying_role.filter(|_| is_sure)
}

/// The statement by which a person has left, unless they were heard again after it.
fn departure<'s, 'a>(said: &'s [Statement<'a>], activity: &Activity) -> Option<&'s Statement<'a>> {
    let leaving = said.iter().rev().find(|statement| statement.finding.presence == Some(Presence::Departed))?;
    let grace = match leaving.finding.source {
        PersonSource::AutoReply | PersonSource::Directory => SignedDuration::ZERO,
        PersonSource::Mention | PersonSource::Introduction | PersonSource::Signature => GOODBYE_GRACE,
    };
    let heard_again =
        leaving.is_dated() && activity.last_said.is_some_and(|last| last.duration_since(leaving.told.sent_at) > grace);
    (!heard_again).then_some(leaving)
}

/// First and last time of a person: by what they did, else by what was said of them.
fn seen(said: &[Statement<'_>], activity: &Activity) -> (Timestamp, Timestamp) {
    let mut dated = said.iter().filter(|statement| statement.is_dated()).map(|statement| statement.told.sent_at);
    let first_named = dated.next();
    let last_named = dated.next_back().or(first_named);
    let first = match (activity.first_seen, first_named) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let last = activity.last_said.or(activity.last_present.max(last_named));
    (first.unwrap_or(Timestamp::UNIX_EPOCH), last.or(first).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Where title, role and presence were read; for whoever was only named, where that was first.
fn evidence(said: &[Statement<'_>], read: [Option<&Statement<'_>>; 3]) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    for found in read.into_iter().flatten().filter_map(Statement::evidence) {
        if !evidence.contains(&found) {
            evidence.push(found);
        }
    }
    if evidence.is_empty() {
        evidence.extend(said.iter().find_map(Statement::evidence));
    }
    evidence
}
