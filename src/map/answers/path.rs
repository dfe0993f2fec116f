//! Who connects us to the decision maker, or to anybody, and by which path.

use petgraph::{
    algo::astar,
    graph::{NodeIndex, UnGraph},
    visit::NodeFiltered,
};

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
    let contacts = ground.network.mutual.graph();
    holders.into_iter().map(|holder| path(ground, &contacts, holder, statements)).collect()
}

/// The strongest ways to everybody whom `asked` may mean: an IRI, an address, a full name or alias, else a part of a name.
pub(super) fn asked(ground: &Ground<'_>, asked: &str, statements: &mut Vec<String>) -> Vec<Path> {
    let asked = asked.trim().to_lowercase();
    let is = |text: &String| text.to_lowercase() == asked;
    let certainly = |known: &Stakeholder| {
        known.id.as_str() == asked || is(&known.name) || known.addresses.iter().any(is) || known.aliases.iter().any(is)
    };
    let mut meant = places(ground, |person| certainly(person.known));
    if meant.is_empty() && !asked.is_empty() {
        meant = places(ground, |person| person.known.name.to_lowercase().contains(&asked));
    }
    match meant.len() {
        0 => statements.push(format!("nobody is known as {asked:?}")),
        1 => {}
        count => statements.push(format!("{asked:?} may mean {count} people: an address tells which")),
    }
    let contacts = ground.network.mutual.graph();
    meant.into_iter().take(MOST_MEANT).map(|person| path(ground, &contacts, person, statements)).collect()
}

fn places(ground: &Ground<'_>, is_meant: impl Fn(&Person<'_>) -> bool) -> Vec<u32> {
    (0u32..).zip(&ground.people.list).filter(|(_, person)| is_meant(person)).map(|(place, _)| place).collect()
}

fn path(ground: &Ground<'_>, contacts: &UnGraph<(), f64>, to: u32, statements: &mut Vec<String>) -> Path {
    let person = ground.people.at(to);
    let places = if person.is_ours() { Vec::new() } else { strongest(ground, contacts, to) };
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
/// there is none. Nobody who has left stands on it.
fn strongest(ground: &Ground<'_>, contacts: &UnGraph<(), f64>, to: u32) -> Vec<u32> {
    let is_there = |node: NodeIndex| ground.people.at(node.index() as u32).is_there() || node.index() == to as usize;
    let is_ours = |node: NodeIndex| ground.people.at(node.index() as u32).is_ours();
    let network = NodeFiltered::from_fn(contacts, is_there);
    let found = astar(&network, to.into(), is_ours, |edge| edge.weight().recip(), |_| 0.0);
    let mut places: Vec<u32> = found.map(|(_, way)| way).unwrap_or_default().iter().map(|n| n.index() as u32).collect();
    places.reverse();
    places
}
