//! Who connects us to the decision maker, or to anybody, and by which path.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::map::ground::{Ground, Person};
use crate::map::model::{Path, Step};
use crate::model::{BuyingRole, Stakeholder};

/// Roles that decide; the second is asked for when nobody has the first.
const DECIDING: [BuyingRole; 2] = [BuyingRole::DecisionMaker, BuyingRole::EconomicBuyer];
/// So many people who may be meant by a name are answered for.
const MOST_MEANT: usize = 5;

/// The strongest way from one of us to each person who decides.
pub(super) fn paths(ground: &Ground<'_>, statements: &mut Vec<String>) -> Vec<Path> {
    let deciding = DECIDING.into_iter().find_map(|role| {
        let decides =
            |person: &Person<'_>| person.known.buying_role == Some(role) && !person.is_ours() && person.is_there();
        let holders = places(ground, decides);
        (!holders.is_empty()).then_some(holders)
    });
    let Some(holders) = deciding else {
        statements.push("nobody is known to decide: there is no path to show".to_owned());
        return Vec::new();
    };
    holders.into_iter().map(|holder| path(ground, holder, statements)).collect()
}

/// The strongest ways to everybody whom `asked` may mean: an address, a full name or alias, else a part of a name.
pub(super) fn asked(ground: &Ground<'_>, asked: &str, statements: &mut Vec<String>) -> Vec<Path> {
    let asked = asked.trim().to_lowercase();
    let is = |text: &String| text.to_lowercase() == asked;
    let certainly =
        |known: &Stakeholder| is(&known.name) || known.addresses.iter().any(is) || known.aliases.iter().any(is);
    let mut meant = places(ground, |person| certainly(person.known));
    if meant.is_empty() && !asked.is_empty() {
        meant = places(ground, |person| person.known.name.to_lowercase().contains(&asked));
    }
    match meant.len() {
        0 => statements.push(format!("nobody is known as {asked:?}")),
        1 => {}
        count => statements.push(format!("{asked:?} may mean {count} people: an address tells which")),
    }
    meant.into_iter().take(MOST_MEANT).map(|person| path(ground, person, statements)).collect()
}

fn places(ground: &Ground<'_>, is_meant: impl Fn(&Person<'_>) -> bool) -> Vec<u32> {
    (0u32..).zip(&ground.people.list).filter(|(_, person)| is_meant(person)).map(|(place, _)| place).collect()
}

fn path(ground: &Ground<'_>, to: u32, statements: &mut Vec<String>) -> Path {
    let person = ground.people.at(to);
    let places = if person.is_ours() { Vec::new() } else { strongest(ground, to) };
    if person.is_ours() {
        statements.push(format!("{} is one of us", person.known.name));
    } else if places.is_empty() {
        statements.push(format!("no chain of contact leads from us to {}", person.known.name));
    }
    let pairs = places.iter().zip(places.iter().skip(1));
    let id = |place: u32| ground.people.id(place);
    Path {
        to: person.known.id.clone(),
        name: person.known.name.clone(),
        role: person.known.buying_role,
        introducer: places.len().checked_sub(2).map(|before| id(places[before])),
        steps: pairs
            .map(|(&from, &to)| Step { from: id(from), to: id(to), strength: ground.network.strength(from, to) })
            .collect(),
    }
}

/// The way from one of us with the least resistance, where a contact resists with the inverse of its weight; empty where
/// there is none. Nobody who has left stands on it. Of equal ways the one over earlier places is taken.
fn strongest(ground: &Ground<'_>, to: u32) -> Vec<u32> {
    let arcs = &ground.network.mutual;
    let mut next: Vec<Option<u32>> = vec![None; arcs.nodes()];
    let mut resistance = vec![f64::INFINITY; arcs.nodes()];
    let mut open = BinaryHeap::from([Reverse((Resistance(0.0), to))]);
    resistance[to as usize] = 0.0;
    while let Some(Reverse((Resistance(so_far), node))) = open.pop() {
        if so_far > resistance[node as usize] {
            continue;
        }
        if ground.people.at(node).is_ours() {
            return std::iter::successors(Some(node), |node| next[*node as usize]).collect();
        }
        for (&other, weight) in arcs.neighbours(node as usize).iter().zip(arcs.weights(node as usize)) {
            let through = so_far + weight.recip();
            if through < resistance[other as usize] && ground.people.at(other).is_there() {
                resistance[other as usize] = through;
                next[other as usize] = Some(node);
                open.push(Reverse((Resistance(through), other)));
            }
        }
    }
    Vec::new()
}

/// A finite number, in order.
#[derive(Clone, Copy, PartialEq)]
struct Resistance(f64);

impl Eq for Resistance {}

impl PartialOrd for Resistance {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Resistance {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
