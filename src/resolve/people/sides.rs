//! Which side each person stands on: by mail domain, else by what a source says, else by their part in a CRM row,
//! else by the colleagues of the same organisation. Never by guess.

use rustc_hash::FxHashMap;

use super::domains::Domains;
use super::names::{domain_of, is_free_mail};
use super::roster::{PersonId, Roster};
use super::statements::Statements;
use crate::model::{InteractionKind, ParticipantRole, Side, Told};

/// How often each side was named.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    customer: u32,
    vendor: u32,
}

impl Votes {
    fn count(&mut self, side: Side) {
        match side {
            Side::Customer => self.customer += 1,
            Side::Vendor => self.vendor += 1,
        }
    }

    fn winner(self) -> Option<Side> {
        match self.customer.cmp(&self.vendor) {
            std::cmp::Ordering::Greater => Some(Side::Customer),
            std::cmp::Ordering::Less => Some(Side::Vendor),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// The side of every person.
pub(crate) fn sides(
    domains: &Domains,
    roster: &Roster<'_>,
    rows: &[&Told],
    statements: &Statements<'_>,
) -> Vec<Option<Side>> {
    let (said, recorded) = votes(roster, rows, statements);
    let mut sides: Vec<Option<Side>> = (0..roster.len())
        .map(|person| by_domain(domains, roster, person).or(said[person].winner()).or(recorded[person].winner()))
        .collect();
    by_colleagues(roster, &mut sides);
    sides
}

/// What the sources say of sides, and what CRM rows imply.
fn votes(roster: &Roster<'_>, rows: &[&Told], statements: &Statements<'_>) -> (Vec<Votes>, Vec<Votes>) {
    let mut said = vec![Votes::default(); roster.len()];
    let mut recorded = said.clone();
    for (row, told) in (0u32..).zip(rows) {
        for part in roster.parts(row) {
            if let Some(side) = told.participants.get(part.participant as usize).and_then(|p| p.side) {
                said[part.person.index()].count(side);
            }
            if told.kind == InteractionKind::Crm {
                match part.role {
                    ParticipantRole::Owner => recorded[part.person.index()].count(Side::Vendor),
                    ParticipantRole::Subject => recorded[part.person.index()].count(Side::Customer),
                    _ => {}
                }
            }
        }
    }
    for (person, votes) in said.iter_mut().enumerate() {
        for statement in statements.of(PersonId(person as u32)) {
            if let Some(side) = statement.finding.side {
                votes.count(side);
            }
        }
    }
    (said, recorded)
}

fn addresses<'r>(roster: &'r Roster<'_>, person: usize) -> impl Iterator<Item = &'r str> {
    roster.people[person].iter().filter_map(|key| roster.registry.keys[key.0 as usize].strip_prefix("mailto:"))
}

fn by_domain(domains: &Domains, roster: &Roster<'_>, person: usize) -> Option<Side> {
    addresses(roster, person).map(domain_of).find_map(|domain| {
        if domains.vendor.iter().any(|ours| is_within(domain, ours)) {
            Some(Side::Vendor)
        } else if domains.customer.iter().any(|theirs| is_within(domain, theirs)) {
            Some(Side::Customer)
        } else {
            None
        }
    })
}

/// Says whether `domain` is `parent` or below it.
pub(crate) fn is_within(domain: &str, parent: &str) -> bool {
    domain.strip_suffix(parent).is_some_and(|rest| !parent.is_empty() && (rest.is_empty() || rest.ends_with('.')))
}

/// Gives the side of the colleagues at the same mail domain to whoever has none, when they all agree.
fn by_colleagues(roster: &Roster<'_>, sides: &mut [Option<Side>]) {
    let mut by_domain: FxHashMap<&str, Votes> = FxHashMap::default();
    for (person, side) in sides.iter().enumerate() {
        for domain in addresses(roster, person).map(domain_of).filter(|domain| !is_free_mail(domain)) {
            if let Some(side) = side {
                by_domain.entry(domain).or_default().count(*side);
            }
        }
    }
    for (person, side) in sides.iter_mut().enumerate().filter(|(_, side)| side.is_none()) {
        *side = addresses(roster, person)
            .filter_map(|address| by_domain.get(domain_of(address)))
            .find(|votes| votes.customer == 0 || votes.vendor == 0)
            .and_then(|votes| votes.winner());
    }
}
