//! What a person was over time: titles and organisations as memberships with intervals, and the names they went by.

use jiff::Timestamp;

use super::registry::{KeyId, NameId, Spelling};
use super::roster::Roster;
use super::statements::Statement;
use crate::model::{FormerName, Membership, Side};

/// Statements in text below this are too unsure to tell of a change.
const LEAST_CONFIDENCE: f32 = 0.5;
/// So many memberships are told, the latest: whoever signs with another title in every mail has none of them.
const MOST_MEMBERSHIPS: usize = 12;

/// Titles and organisations in order of time. What a statement leaves open stays as it was; one that says something else
/// begins a new membership and ends the one before. Rows without a time hold from `first_seen` on; `ended` is when the
/// person left.
pub(crate) fn memberships(
    said: &[Statement<'_>],
    side: Option<Side>,
    (first_seen, ended): (Timestamp, Option<Timestamp>),
) -> Vec<Membership> {
    let mut told: Vec<Membership> = Vec::new();
    let sure = said.iter().filter(|one| one.is_directory() || one.finding.confidence >= LEAST_CONFIDENCE);
    for statement in sure {
        let title = statement.finding.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let organization = statement.finding.organization.as_deref().map(str::trim).filter(|name| !name.is_empty());
        if title.is_none() && organization.is_none() {
            continue;
        }
        let at = if statement.is_dated() { statement.told.sent_at } else { first_seen };
        let side = statement.finding.side.or(side);
        match told.last_mut() {
            Some(last) if agrees(last, title, organization, side) => {
                let is_news =
                    last.title.is_none() && title.is_some() || last.organization.is_none() && organization.is_some();
                last.title = last.title.take().or(title.map(str::to_owned));
                last.organization = last.organization.take().or(organization.map(str::to_owned));
                if is_news {
                    last.evidence.extend(statement.evidence());
                }
            }
            before => {
                let (old_title, old_organization) = match before {
                    Some(last) => {
                        last.until = Some(at);
                        (last.title.clone(), last.organization.clone())
                    }
                    None => (None, None),
                };
                told.push(Membership {
                    // A new employer says nothing of the title that was held before.
                    title: title.map(str::to_owned).or(if organization.is_some() { None } else { old_title }),
                    organization: organization.map(str::to_owned).or(old_organization),
                    side,
                    from: at,
                    until: None,
                    evidence: statement.evidence().into_iter().collect(),
                });
            }
        }
    }
    told.drain(..told.len().saturating_sub(MOST_MEMBERSHIPS));
    if let Some(last) = told.last_mut() {
        last.until = ended.filter(|ended| *ended >= last.from);
    }
    told
}

/// Says whether a statement adds to a membership and does not contradict it.
fn agrees(last: &Membership, title: Option<&str>, organization: Option<&str>, side: Option<Side>) -> bool {
    let same = |known: &Option<String>, told: Option<&str>| match (known, told) {
        (Some(known), Some(told)) => folded(known) == folded(told),
        (None, _) | (_, None) => true,
    };
    // "Northwind" and "Northwind Traders Ltd." are one.
    let holds = |known: &Option<String>, told: Option<&str>| match (known, told) {
        (Some(known), Some(told)) => begins(&folded(known), &folded(told)) || begins(&folded(told), &folded(known)),
        (None, _) | (_, None) => true,
    };
    same(&last.title, title) && holds(&last.organization, organization) && last.side == side
}

fn begins(long: &str, short: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn folded(words: &str) -> String {
    let words = words.split(|c: char| !c.is_alphanumeric()).map(super::fold);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The last name under which somebody is known now: that of the full name they used last themselves.
pub(crate) fn current_last_name<'r>(
    roster: &'r Roster<'_>,
    spellings: &[(KeyId, NameId, Spelling)],
) -> Option<&'r str> {
    let full = spellings.iter().filter_map(|(_, name, spelling)| {
        let form = &roster.registry.names[name.0 as usize];
        Some((form.last.as_deref().filter(|_| form.is_full())?, spelling))
    });
    let own = full.clone().filter(|(_, spelling)| spelling.own_row.is_some());
    let latest = own.max_by_key(|(_, spelling)| spelling.own_row);
    latest.or_else(|| full.max_by_key(|(_, spelling)| spelling.last_row)).map(|(last, _)| last)
}

/// Full names with another last name and the same first, which they used themselves before the present one; and what
/// is told of former names. `times` has the time of each row.
pub(crate) fn former_names(
    roster: &Roster<'_>,
    (name, spellings): (&str, &[(KeyId, NameId, Spelling)]),
    said: &[Statement<'_>],
    times: &[Timestamp],
) -> Vec<FormerName> {
    let mut former: Vec<FormerName> = Vec::new();
    let Some(present) = super::names::NameForm::parse(name) else { return former };
    let mut add = |name: &str, until: Timestamp| {
        if let Some(known) = former.iter_mut().find(|known| folded(&known.name) == folded(name)) {
            known.until = known.until.max(until);
        } else if folded(name) != folded(&present.display) {
            former.push(FormerName { name: name.to_owned(), until });
        }
    };
    for (name, row) in spellings.iter().filter_map(|(_, name, spelling)| Some((name, spelling.own_row?))) {
        let form = &roster.registry.names[name.0 as usize];
        let is_other = form.is_full() && present.is_full() && form.last != present.last && form.first == present.first;
        let shares = super::linking::holds_words(&form.plain, &present.plain)
            || super::linking::holds_words(&present.plain, &form.plain);
        if is_other && !shares {
            add(&form.display, times.get(row as usize).copied().unwrap_or_default());
        }
    }
    for statement in said {
        if let Some(name) = statement.finding.former_name.as_deref() {
            let whole = match (name.contains(' '), present.display.split(' ').next()) {
                (false, Some(first)) if present.is_full() => format!("{first} {name}"),
                _ => name.to_owned(),
            };
            add(&whole, statement.told.sent_at);
        }
    }
    former.sort_by(|a, b| b.until.cmp(&a.until).then_with(|| a.name.cmp(&b.name)));
    former
}
