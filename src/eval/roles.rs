//! Whole accounts folded as `baton ingest` folds them, against what is known of their people: buying roles, titles,
//! reporting lines, who has left. Labels are `people/NAME.json` beside `accounts/NAME.jsonl`; a row for each part.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::folded::{Folded, Part, Person, accounts};
use super::score::{Counts, Row, Scored, passing};
use crate::extract::Engine;
use crate::model::{BuyingRole, PersonStatus, Side, Stakeholder};
use crate::resolve::role_features;

/// What was counted over the accounts of one part.
#[derive(Default)]
struct Tally {
    roles: Counts,
    each: BTreeMap<&'static str, Counts>,
    titled: usize,
    titles: usize,
    lines: Counts,
    departed: Counts,
    unknown: usize,
}

/// Scores the accounts below `labels` whose people are labelled. Mistakes, and what training needs, are told of the part
/// that may be looked at.
pub(super) fn score(labels: &Path, engine: &dyn Engine) -> Scored {
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for account in accounts(labels, engine) {
        let (part, mut unseen) = (account.truth.part, Vec::new());
        let shown = if part == Part::Dev { &mut mistakes } else { &mut unseen };
        account.tell_features(shown);
        tallies.entry(part.name()).or_default().add(&account, shown);
    }
    Scored { rows: tallies.iter().flat_map(|(part, tally)| tally.rows(part)).collect(), mistakes }
}

impl Folded {
    /// The person that a label means: by address, else by name; of several the one most seen.
    fn find(&self, label: &Person) -> Option<&Stakeholder> {
        let people = &self.judged.stakeholders;
        let has = |person: &&Stakeholder| {
            label
                .addresses
                .iter()
                .any(|address| person.addresses.iter().any(|known| known.eq_ignore_ascii_case(address)))
        };
        let called = |person: &&Stakeholder| {
            let same = |name: &String| name.eq_ignore_ascii_case(&person.name) || person.aliases.contains(name);
            let side = person.side.is_none() || person.side.map(side_name) == label.side.as_deref();
            side && (same(&label.name) || label.aliases.iter().any(same))
        };
        let best = people.iter().filter(has).max_by_key(|person| person.interactions);
        best.or_else(|| people.iter().filter(called).max_by_key(|person| person.interactions))
    }

    /// A line for each labelled person of the customer with what the model reads of them: training needs it.
    fn tell_features(&self, lines: &mut Vec<String>) {
        let features: BTreeMap<_, _> = role_features(&self.context, &self.told).into_iter().collect();
        for label in self.truth.people.iter().filter(|label| label.side.as_deref() == Some("customer")) {
            let Some(found) = self.find(label).and_then(|person| features.get(&person.id)) else { continue };
            let role = label.buying_role.as_deref().unwrap_or("none");
            let values: Vec<String> = found.iter().map(|value| format!("{value:.3}")).collect();
            let also = label.also.join(",");
            lines.push(format!(
                "features\t{}\t{}\t{}\t{role}\t{also}\t{}",
                self.truth.part.name(),
                self.name,
                label.name,
                values.join(" ")
            ));
        }
    }
}

impl Tally {
    fn add(&mut self, account: &Folded, mistakes: &mut Vec<String>) {
        let truth = &account.truth;
        let boss_of = |label: &Person| {
            let boss = label.reports_to.as_deref()?;
            account.find(truth.people.iter().find(|other| other.name == boss)?)
        };
        for label in truth.people.iter().filter(|label| label.side.as_deref() == Some("customer")) {
            let person = account.find(label);
            self.unknown += usize::from(person.is_none());
            let found = person.and_then(|person| person.buying_role).map(BuyingRole::as_str);
            self.count_role(label, found);
            if !is_right(label, found) {
                let readings: Vec<String> = person.map_or_else(Vec::new, |person| {
                    let show = |one: &crate::model::RoleReading| {
                        let quote = one.evidence.first().map_or("", |evidence| evidence.quote.as_str());
                        format!("{} {:.2} {} {quote:?}", one.role.as_str(), one.confidence, one.basis.as_str())
                    };
                    person.buying_roles.iter().take(2).map(show).collect()
                });
                mistakes.push(format!(
                    "role {}\t{}\t{:?} not {found:?}\t{}",
                    account.name,
                    label.name,
                    label.buying_role,
                    readings.join("; ")
                ));
            }
            let title = person.and_then(|person| person.title.as_deref());
            if let Some(expected) = &label.title {
                self.titled += 1;
                let right = title.is_some_and(|title| is_same_title(expected, title));
                self.titles += usize::from(right);
                if !right {
                    mistakes.push(format!("title {}\t{}\t{expected:?} not {title:?}", account.name, label.name));
                }
            } else if let Some(title) = title {
                mistakes.push(format!("title {}\t{}\tnone but {title:?}", account.name, label.name));
            }
            let (expected, line) = (boss_of(label), person.and_then(|person| person.reports_to.as_ref()));
            let same = line.is_some() && expected.map(|boss| &boss.id) == line;
            self.lines.add(same, label.reports_to.is_some());
            self.lines.wrong += usize::from(line.is_some() && !same);
            if !same && (line.is_some() || label.reports_to.is_some()) {
                mistakes.push(format!("boss {}\t{}\t{:?} not {line:?}", account.name, label.name, label.reports_to));
            }
            let gone = person.is_some_and(|person| person.status == PersonStatus::Departed);
            self.departed.add(gone, label.has_left());
            if gone != (label.has_left()) {
                mistakes.push(format!("departed {}\t{}\t{:?} found {gone}", account.name, label.name, label.status));
            }
        }
    }

    /// A part given where there is none or another one is wrong; one that is there and was not found is missed.
    fn count_role(&mut self, label: &Person, found: Option<&'static str>) {
        let right = found.is_some() && is_right(label, found);
        for counts in
            [Some(&mut self.roles), found.map(|found| self.each.entry(found).or_default())].into_iter().flatten()
        {
            counts.right += usize::from(right);
            counts.wrong += usize::from(found.is_some() && !right);
        }
        let Some(expected) = label.buying_role.as_deref().and_then(BuyingRole::from_name) else { return };
        self.roles.missed += usize::from(!right);
        self.each.entry(expected.as_str()).or_default().missed += usize::from(!right);
    }

    fn rows(&self, part: &str) -> Vec<Row> {
        let roles = self.roles.row(&format!("{part}: buying roles"));
        let note = (self.unknown > 0).then(|| format!("{} labelled people were not found", self.unknown));
        let mut rows = vec![Row { note, ..roles }];
        rows.extend(self.each.iter().map(|(role, counts)| counts.row(&format!("{part}: {role}"))));
        rows.push(passing(&format!("{part}: titles"), self.titles, self.titled));
        rows.push(self.lines.row(&format!("{part}: reporting lines")));
        rows.push(self.departed.row(&format!("{part}: departed")));
        rows
    }
}

/// Says whether the part found is one that an honest reader gives.
fn is_right(label: &Person, found: Option<&str>) -> bool {
    match (label.buying_role.as_deref(), found) {
        (None, None) => true,
        (expected, Some(found)) => expected == Some(found) || label.also.iter().any(|also| also == found),
        (Some(_), None) => false,
    }
}

/// Says whether two titles are the same words, or one has all words of the other.
fn is_same_title(one: &str, other: &str) -> bool {
    let words = |title: &str| -> BTreeSet<String> {
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    one.is_subset(&other) || other.is_subset(&one)
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::Vendor => "vendor",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(role: Option<&str>, also: &[&str]) -> Person {
        Person {
            name: "Dana".to_owned(),
            side: Some("customer".to_owned()),
            addresses: Vec::new(),
            aliases: Vec::new(),
            title: None,
            status: None,
            ids: Vec::new(),
            former_names: Vec::new(),
            buying_role: role.map(str::to_owned),
            also: also.iter().map(|role| (*role).to_owned()).collect(),
            reports_to: None,
        }
    }

    #[test]
    fn roles_are_counted() {
        let check =
            |truth: Option<&str>, also: &[&str], found: Option<&'static str>, expected: (usize, usize, usize)| {
                let mut tally = Tally::default();
                tally.count_role(&label(truth, also), found);
                let Counts { right, wrong, missed } = tally.roles;
                assert_eq!((right, wrong, missed), expected, "{truth:?} {found:?}");
            };
        check(Some("champion"), &[], Some("champion"), (1, 0, 0));
        check(Some("champion"), &["end_user"], Some("end_user"), (1, 0, 0));
        check(Some("champion"), &[], Some("blocker"), (0, 1, 1));
        check(None, &[], Some("blocker"), (0, 1, 0));
        check(None, &["end_user"], Some("end_user"), (1, 0, 0));
        check(Some("champion"), &[], None, (0, 0, 1));
        check(None, &[], None, (0, 0, 0));
    }

    #[test]
    fn titles_are_compared_by_their_words() {
        assert!(is_same_title("Head of IT", "head of it") && is_same_title("CFO", "group cfo"));
        assert!(!is_same_title("CFO", "CTO"));
    }
}
