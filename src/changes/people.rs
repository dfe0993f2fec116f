//! New, departed and silent people, and changed roles.

use serde_json::{Value, json};

use super::known::Known;
use super::{About, Difference, Period, severity, whole};
use crate::model::{
    AccountView, BuyingRole, Change, ChangeKind, Evidence, InteractionKind, Membership, PersonStatus, RoleBasis,
    RoleReading, Side, Stakeholder,
};

/// A part that is said less surely is no news.
const LEAST_CONFIDENCE: f32 = 0.4;

pub(super) fn changes(period: &Period<'_>, known: &Known<'_>, changes: &mut Vec<Change>) {
    for person in &period.after.stakeholders {
        match known.find(person) {
            None => changes.extend(new(period, person)),
            Some(before) => {
                changes.extend(presence(period, before, person));
                changes.extend(parts(period, before, person));
                changes.extend(title(period, before, person));
            }
        }
    }
}

fn new(period: &Period<'_>, person: &Stakeholder) -> Option<Change> {
    if person.side == Some(Side::Vendor) {
        return None;
    }
    let title = person.title.as_ref().map(|title| format!(", {title}")).unwrap_or_default();
    let organization = person.organization.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    let mut evidence = person.evidence.clone();
    if evidence.is_empty() {
        evidence.extend(first_seen(period.after, person));
    }
    let about = About {
        subject: person.id.clone(),
        summary: format!("New person: {}{title}{organization}", person.name),
        evidence,
    };
    let values = (Value::Null, described(person));
    let difference = Difference::new(values, severity::new_person(person));
    Some(period.change(ChangeKind::StakeholderNew, person.first_seen, about, difference))
}

/// The first message of or to a person.
fn first_seen(view: &AccountView, person: &Stakeholder) -> Option<Evidence> {
    let takes_part = |ids: &[_]| ids.contains(&person.id);
    let node = view.interactions.iter().find(|node| {
        node.author.as_ref() == Some(&person.id) || takes_part(&node.recipients) || takes_part(&node.mentioned)
    });
    node.map(whole)
}

fn described(person: &Stakeholder) -> Value {
    json!({"name": person.name, "title": person.title, "buying_role": person.buying_role})
}

fn presence(period: &Period<'_>, before: &Stakeholder, after: &Stakeholder) -> Option<Change> {
    let was = before.status_at(period.since);
    let is = after.status_at(period.until);
    let is_ours = after.side == Some(Side::Vendor);
    // That our own people are not heard is no news.
    if was == is || is_ours && is == PersonStatus::Silent {
        return None;
    }
    let (kind, at, told, severity, evidence) = match is {
        PersonStatus::Active => return None,
        PersonStatus::Departed => {
            let evidence = farewell(after);
            let at = evidence.iter().map(|evidence| evidence.at).max().unwrap_or(after.last_seen);
            (ChangeKind::StakeholderDeparted, at, "has left".to_owned(), severity::departed(after), evidence)
        }
        PersonStatus::Silent => {
            let days = period.until.duration_since(after.last_seen).as_hours() / 24;
            let rhythm = after.rhythm_days.map(|days| format!(", usually every {days:.0}")).unwrap_or_default();
            let told = format!("has not been heard for {days} days{rhythm}");
            let mut nodes = period.after.interactions.iter();
            let last = nodes.rfind(|node| node.author.as_ref() == Some(&after.id)).map(whole);
            let evidence = last.map_or_else(|| after.evidence.clone(), |last| vec![last]);
            let at = after.silent_since().unwrap_or(period.until);
            (ChangeKind::StakeholderSilent, at, told, severity::silent(after), evidence)
        }
    };
    let about = About { subject: after.id.clone(), summary: format!("{} {told}", after.name), evidence };
    Some(period.change(kind, at, about, Difference::new((json!(was), json!(is)), severity)))
}

/// The words that tell that a person has left: those of the day on which their last membership ends.
fn farewell(person: &Stakeholder) -> Vec<Evidence> {
    let ended = person.memberships.last().and_then(|last| last.until);
    let latest = ended.or_else(|| person.evidence.iter().map(|evidence| evidence.at).max());
    let told: Vec<Evidence> = person.evidence.iter().filter(|evidence| Some(evidence.at) == latest).cloned().collect();
    if told.is_empty() { person.evidence.clone() } else { told }
}

/// Parts in the buying decision that are said for the first time. What is merely read from somebody's conduct changes with
/// every mail and is no news; neither is what is said against a directory or a reviewer, who outrank it.
fn parts(period: &Period<'_>, before: &Stakeholder, after: &Stakeholder) -> Vec<Change> {
    let is_settled = after.buying_roles.first().is_some_and(|first| is_stated(first) && after.buying_role.is_some());
    let was_said =
        |role: BuyingRole| before.buying_roles.iter().any(|reading| reading.role == role && is_said(reading));
    let is_news = |reading: &&RoleReading| {
        let counts = if is_settled { is_stated(reading) } else { reading.confidence >= LEAST_CONFIDENCE };
        counts && is_said(reading) && !was_said(reading.role)
    };
    after.buying_roles.iter().filter(is_news).map(|news| part(period, (before, after), news)).collect()
}

fn part(period: &Period<'_>, (before, after): (&Stakeholder, &Stakeholder), news: &RoleReading) -> Change {
    let name = |role: Option<BuyingRole>| role.map_or("no known role", BuyingRole::as_str).replace('_', " ");
    let was = before.buying_role.filter(|role| *role != news.role);
    let summary = format!("{}: {} (before: {})", after.name, name(Some(news.role)), name(was));
    let mut value = described(after);
    value["buying_role"] = json!(news.role);
    let severity = severity::role_changed(before, news.role);
    role_changed(period, (after, summary), &news.evidence, Difference::new((described(before), value), severity))
}

fn is_said(reading: &RoleReading) -> bool {
    is_stated(reading) || reading.basis == RoleBasis::Said
}

fn is_stated(reading: &RoleReading) -> bool {
    matches!(reading.basis, RoleBasis::Reviewed | RoleBasis::Directory)
}

/// Another title than before. A title that becomes known is no change, and neither is going back to one that was told
/// before: who signs in two ways has one role.
fn title(period: &Period<'_>, before: &Stakeholder, after: &Stakeholder) -> Option<Change> {
    let (was, is) = (before.title.as_deref()?, after.title.as_deref()?);
    let (was_words, words) = (words(was), words(is));
    // What only a directory told was not yet believed when it was told.
    let is_own = |held: &&Membership| held.evidence.iter().any(|words| words.kind != InteractionKind::Crm);
    let mut earlier = before.memberships.iter().filter(is_own).filter_map(|held| held.title.as_deref());
    if was_words == words || earlier.any(|title| self::words(title) == words) {
        return None;
    }
    let told =
        after.memberships.iter().rev().find(|held| held.title.as_deref().is_some_and(|t| self::words(t) == words));
    let evidence = told.map_or(&after.evidence, |held| &held.evidence);
    let summary = format!("{}: {is} (before: {was})", after.name);
    let severity = crate::model::Severity::Info;
    let difference = Difference::new((described(before), described(after)), severity);
    Some(role_changed(period, (after, summary), evidence, difference))
}

fn role_changed(
    period: &Period<'_>,
    (person, summary): (&Stakeholder, String),
    words: &[Evidence],
    difference: Difference,
) -> Change {
    let news = words.iter().filter(|evidence| evidence.at > period.since);
    let at = news.map(|evidence| evidence.at).min().unwrap_or(period.until);
    let evidence = if words.is_empty() { person.evidence.clone() } else { words.to_vec() };
    let about = About { subject: person.id.clone(), summary, evidence };
    period.change(ChangeKind::StakeholderRoleChanged, at, about, difference)
}

/// The words of a title, short forms written out, so that "VP Ops" is "Vice President, Operations".
fn words(title: &str) -> Vec<String> {
    const SHORT: [(&str, &str); 13] = [
        ("vp", "vice president"),
        ("svp", "senior vice president"),
        ("evp", "executive vice president"),
        ("sr", "senior"),
        ("jr", "junior"),
        ("mgr", "manager"),
        ("dir", "director"),
        ("ops", "operations"),
        ("eng", "engineering"),
        ("mktg", "marketing"),
        ("dept", "department"),
        ("asst", "assistant"),
        ("tech", "technology"),
    ];
    let lower = title.to_lowercase();
    let all = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "of" | "the" | "and" | "for"));
    let written = |word: &str| SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long).to_owned();
    let mut words: Vec<String> =
        all.flat_map(|word| written(word).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    words.sort_unstable();
    words
}
