//! New, departed and silent people, changed roles, and a new owner of the account.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use super::{About, Difference, Period, severity};
use crate::model::{Change, ChangeKind, Iri, Party, PersonStatus, Severity, Side, Stakeholder};

pub(super) fn changes(period: &Period<'_>, changes: &mut Vec<Change>) {
    let known = Known::of(&period.before.stakeholders);
    for person in &period.after.stakeholders {
        match known.find(person) {
            None => changes.extend(new(period, person)),
            Some(before) => {
                changes.extend(presence(period, before, person));
                changes.extend(role(period, before, person));
            }
        }
    }
    changes.extend(owner(period));
}

/// The people known before, by every certain key and by full name: somebody who was known by name alone is not
/// new when the first mail arrives.
struct Known<'v> {
    ids: FxHashMap<&'v Iri, &'v Stakeholder>,
    addresses: FxHashMap<&'v str, &'v Stakeholder>,
    names: FxHashMap<String, &'v Stakeholder>,
}

impl<'v> Known<'v> {
    fn of(people: &'v [Stakeholder]) -> Self {
        Self {
            ids: people.iter().map(|person| (&person.id, person)).collect(),
            addresses: people
                .iter()
                .flat_map(|person| person.addresses.iter().map(move |address| (address.as_str(), person)))
                .collect(),
            names: people
                .iter()
                .filter(|person| person.addresses.is_empty() && person.name.contains(' '))
                .map(|person| (person.name.to_lowercase(), person))
                .collect(),
        }
    }

    fn find(&self, person: &Stakeholder) -> Option<&'v Stakeholder> {
        let by_address = || person.addresses.iter().find_map(|address| self.addresses.get(address.as_str()));
        let names = || std::iter::once(&person.name).chain(&person.aliases);
        let by_name = || names().find_map(|name| self.names.get(&name.to_lowercase()));
        self.ids.get(&person.id).or_else(by_address).or_else(by_name).copied()
    }
}

fn new(period: &Period<'_>, person: &Stakeholder) -> Option<Change> {
    if person.side == Some(Side::Vendor) || person.first_seen <= period.since {
        return None;
    }
    let title = person.title.as_ref().map(|title| format!(", {title}")).unwrap_or_default();
    let organization = person.organization.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    let about = About {
        subject: person.id.clone(),
        summary: format!("New person: {}{title}{organization}", person.name),
        evidence: person.evidence.clone(),
    };
    let values = (Value::Null, described(person));
    Some(period.change(
        ChangeKind::StakeholderNew,
        person.first_seen,
        about,
        Difference::new(values, severity::new_person(person)),
    ))
}

fn described(person: &Stakeholder) -> Value {
    json!({"name": person.name, "title": person.title, "buying_role": person.buying_role})
}

fn presence(period: &Period<'_>, before: &Stakeholder, after: &Stakeholder) -> Option<Change> {
    let was = before.clone().judged_at(period.since).status;
    let is = after.clone().judged_at(period.until).status;
    if was == is {
        return None;
    }
    let (kind, at, told, severity) = match is {
        PersonStatus::Active => return None,
        PersonStatus::Departed => {
            let at = after.evidence.iter().map(|evidence| evidence.at).max().unwrap_or(after.last_seen);
            (ChangeKind::StakeholderDeparted, at, "has left".to_owned(), severity::departed(after))
        }
        PersonStatus::Silent => {
            let days = period.until.duration_since(after.last_seen).as_hours() / 24;
            let rhythm = after.rhythm_days.map(|days| format!(", usually every {days:.0}")).unwrap_or_default();
            let told = format!("has not been heard for {days} days{rhythm}");
            (ChangeKind::StakeholderSilent, period.until, told, severity::silent(after))
        }
    };
    let about = About {
        subject: after.id.clone(),
        summary: format!("{} {told}", after.name),
        evidence: after.evidence.clone(),
    };
    Some(period.change(kind, at, about, Difference::new((json!(was), json!(is)), severity)))
}

/// A role that becomes known is a change of role; a title that becomes known is only news of the title.
fn role(period: &Period<'_>, before: &Stakeholder, after: &Stakeholder) -> Option<Change> {
    let role_changed = before.buying_role != after.buying_role;
    let title_changed = before.title.is_some() && before.title != after.title;
    if !role_changed && !title_changed {
        return None;
    }
    let told = if role_changed {
        let name =
            |person: &Stakeholder| person.buying_role.map_or("no known role", |role| role.as_str()).replace('_', " ");
        format!("{}: {} (before: {})", after.name, name(after), name(before))
    } else {
        let title = |person: &Stakeholder| person.title.clone().unwrap_or_else(|| "no title".to_owned());
        format!("{}: {} (before: {})", after.name, title(after), title(before))
    };
    let since = |evidence: &&crate::model::Evidence| evidence.at > period.since;
    let at = after.evidence.iter().filter(since).map(|evidence| evidence.at).max().unwrap_or(period.until);
    let about = About { subject: after.id.clone(), summary: told, evidence: after.evidence.clone() };
    let values = (described(before), described(after));
    Some(period.change(
        ChangeKind::StakeholderRoleChanged,
        at,
        about,
        Difference::new(values, severity::role_changed(before, after)),
    ))
}

fn owner(period: &Period<'_>) -> Option<Change> {
    let (before, after) = (period.before.profile.owner.as_ref()?, period.after.profile.owner.as_ref()?);
    if is_same(before, after) {
        return None;
    }
    let known: FxHashSet<&str> = period.before.profile.evidence.iter().map(|e| e.interaction.as_str()).collect();
    let news = period.after.profile.evidence.iter().filter(|e| !known.contains(e.interaction.as_str()));
    let evidence: Vec<_> = news.cloned().collect();
    let at = evidence.iter().map(|evidence| evidence.at).max().unwrap_or(period.until);
    let name = |party: &Party| party.name.clone().or_else(|| party.address.clone()).unwrap_or_default();
    let about = About {
        subject: period.account_iri(),
        summary: format!("The account is now owned by {} (before: {})", name(after), name(before)),
        evidence,
    };
    Some(period.change(
        ChangeKind::OwnerChanged,
        at,
        about,
        Difference::new((json!(before), json!(after)), Severity::Warning),
    ))
}

fn is_same(a: &Party, b: &Party) -> bool {
    match (&a.address, &b.address) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => a.name.as_ref().map(|name| name.to_lowercase()) == b.name.as_ref().map(|name| name.to_lowercase()),
    }
}
