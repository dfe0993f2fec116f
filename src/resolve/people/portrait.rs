//! A person as the contract shows them, put together from what they did and what was said of them.

use jiff::{SignedDuration, Timestamp};

use super::People;
use super::activity::Activity;
use super::history::{current_last_name, memberships};
use super::names::{domain_of, name_in_address};
use super::registry::{KeyId, NameId, Spelling};
use super::roles::{self, Ground};
use super::roster::{PersonId, Roster};
use super::statements::Statement;
use crate::model::{
    AccountProfile, AccountSlug, BuyingRole, Evidence, Iri, PersonSource, PersonStatus, Preference, Presence, Side,
    Stakeholder,
};

/// Whoever said goodbye may still write for some days.
const GOODBYE_GRACE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A title told in text at least this surely is as good as a signature.
const PLAIN: f32 = 0.75;
/// A directory's title counts before a signature that is older than this.
const NEWER: SignedDuration = SignedDuration::from_hours(45 * 24);
/// At most this many other spellings are shown.
const MOST_ALIASES: usize = 12;

/// The best spelling of a person's name and the others.
pub(crate) fn spell(
    roster: &Roster<'_>,
    person: PersonId,
    spellings: &[(KeyId, NameId, Spelling)],
) -> (String, Vec<String>) {
    let present = current_last_name(roster, spellings);
    let best = spellings.iter().max_by_key(|(_, name, spelling)| {
        let form = &roster.registry.names[name.0 as usize];
        let letters = form.display.chars().count();
        let is_present = form.is_full() && form.last.as_deref() == present;
        let written = (form.is_proper_case(), spelling.own_row.is_some(), letters, spelling.last_row);
        (form.is_full(), is_present, written, std::cmp::Reverse(name.0))
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
    /// The largest number of interactions in which one person of the customer said something.
    most_said: u32,
}

impl<'v> Gallery<'v> {
    pub(crate) fn new(account: &'v AccountSlug, profile: &'v AccountProfile, people: &People<'_>) -> Self {
        let of_customer = people.sides.iter().zip(&people.deeds).filter(|(side, _)| **side == Some(Side::Customer));
        let most_said = of_customer.map(|(_, deeds)| deeds.said).max().unwrap_or_default();
        Self { account, profile, most_said }
    }

    /// What is known of a person's part in the buying decision.
    pub(crate) fn ground<'g, 'a>(
        &self,
        people: &'g People<'a>,
        person: PersonId,
        title: Option<&'g str>,
    ) -> Ground<'g, 'a> {
        Ground {
            said: people.statements.of(person),
            deeds: people.deeds[person.index()],
            activity: &people.activities[person.index()],
            title,
            side: people.sides[person.index()],
            most_said: self.most_said,
        }
    }

    /// The portrait of one person.
    pub(crate) fn paint(&self, people: &People<'_>, person: PersonId, preferences: Vec<Preference>) -> Stakeholder {
        let activity = &people.activities[person.index()];
        let said = people.statements.of(person);
        let side = people.sides[person.index()];
        let title = latest_title(said);
        let buying_roles = roles::readings(self.ground(people, person, title.map(|(_, title)| title)));
        let organization = latest(said, |statement| statement.finding.organization.as_deref());
        let departed = departure(said, activity);
        let left = departed.filter(|statement| statement.is_dated()).map(|statement| statement.told.sent_at);
        let status = if departed.is_some() { PersonStatus::Departed } else { PersonStatus::Active };
        let role = roles::part(&buying_roles, status);
        let fallback = self.customer_name(people, person, side);
        let (first_seen, last_seen) = seen(said, activity);
        Stakeholder {
            addresses: people.addresses[person.index()].clone(),
            aliases: people.names[person.index()].1.clone(),
            side,
            title: title.map(|(_, title)| title.trim().to_owned()),
            organization: organization.map(|(_, name)| name.trim().to_owned()).or(fallback),
            buying_role: role,
            reports_to: superior(people, person, said),
            languages: people.languages[person.index()].clone(),
            preferences,
            sentiment: if side == Some(Side::Vendor) { None } else { activity.sentiment() },
            first_seen,
            last_seen,
            interactions: activity.interactions,
            status,
            rhythm_days: activity.rhythm_days(),
            pause_days: activity.pause_days(),
            keys: people.roster.keys_of(person),
            memberships: memberships(said, side, (first_seen, left)),
            former_names: people.former_names[person.index()].clone(),
            moods: if side == Some(Side::Vendor) { Vec::new() } else { activity.moods() },
            evidence: evidence(said, [title.map(|t| t.0), stated_role(said, role), departed]),
            buying_roles,
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

/// The title of a person.
pub(crate) fn title<'a>(said: &[Statement<'a>]) -> Option<&'a str> {
    latest_title(said).map(|(_, title)| title)
}

/// What the person signs with or was plainly introduced as last, unless a directory says another, always or much later,
/// that is not merely what was told before; then what directories say, then any other word in text.
fn latest_title<'s, 'a>(said: &'s [Statement<'a>]) -> Option<(&'s Statement<'a>, &'a str)> {
    let read = |one: &'s Statement<'a>| one.finding.title.as_deref().map(|title| (one, title));
    let plain = said.iter().rev().filter(|one| !one.is_directory() && one.finding.confidence >= PLAIN).find_map(read);
    let (Some((own, _)), Some((recorded, title))) =
        (plain, said.iter().rev().filter(|one| one.is_directory()).find_map(read))
    else {
        return plain.or_else(|| latest(said, |statement| statement.finding.title.as_deref()));
    };
    let is_newer = !recorded.is_dated() || recorded.told.sent_at.duration_since(own.told.sent_at) > NEWER;
    let before = said.iter().filter(|one| one.is_dated() && one.told.sent_at < own.told.sent_at);
    let is_stale = recorded.is_dated() && before.filter_map(read).any(|(_, told)| same_words(told, title));
    if is_newer && !is_stale { read(recorded) } else { plain }
}

fn same_words(one: &str, other: &str) -> bool {
    let words = |title: &str| title.split_whitespace().map(super::fold).collect::<Vec<_>>();
    words(one) == words(other)
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

/// The latest statement of the part that was read; a directory's before all.
fn stated_role<'s, 'a>(said: &'s [Statement<'a>], role: Option<BuyingRole>) -> Option<&'s Statement<'a>> {
    let states = |one: &&Statement<'_>| {
        role.is_some() && one.finding.buying_role == role && one.finding.source != PersonSource::Conduct
    };
    let find = |directory: bool| said.iter().rev().filter(states).find(|one| one.is_directory() == directory);
    find(true).or_else(|| find(false))
}

/// To whom a person reports, as was said last.
fn superior(people: &People<'_>, person: PersonId, said: &[Statement<'_>]) -> Option<Iri> {
    said.iter().rev().find_map(|one| {
        let boss = people.roster.by_name(one.finding.reports_to.as_deref()?, one.row).person()?;
        (boss != person).then(|| people.iri(boss).clone())
    })
}

/// The statement by which a person has left, unless they were heard again after it.
fn departure<'s, 'a>(said: &'s [Statement<'a>], activity: &Activity) -> Option<&'s Statement<'a>> {
    let leaving = said.iter().rev().find(|statement| statement.finding.presence == Some(Presence::Departed))?;
    let grace = match leaving.finding.source {
        PersonSource::AutoReply | PersonSource::Directory => SignedDuration::ZERO,
        PersonSource::Mention | PersonSource::Introduction | PersonSource::Signature | PersonSource::Conduct => {
            GOODBYE_GRACE
        }
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
