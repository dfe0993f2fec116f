//! Who connects us to the decision maker, and by which path.

use petgraph::{algo::astar, graph::NodeIndex, visit::NodeFiltered};

use crate::map::{
    build::Ground,
    model::{Path, Step},
};
use crate::model::{BuyingRole, PersonStatus, Side};

/// Roles that decide; the second is asked for when nobody has the first.
const DECIDING: [BuyingRole; 2] = [BuyingRole::DecisionMaker, BuyingRole::EconomicBuyer];

/// The strongest way from one of us to each person who decides: the one with the least resistance, where a contact
/// resists with the inverse of its weight. Nobody who has left stands on it.
pub(super) fn paths(ground: &Ground<'_>, statements: &mut Vec<String>) -> Vec<Path> {
    let there = |person: u32| ground.people[person as usize].status != PersonStatus::Departed;
    let deciding = DECIDING.into_iter().find_map(|role| {
        let holders: Vec<u32> = (0..ground.people.len() as u32)
            .filter(|&person| {
                let holder = &ground.people[person as usize];
                holder.buying_role == Some(role) && holder.side != Some(Side::Vendor) && there(person)
            })
            .collect();
        (!holders.is_empty()).then_some((role, holders))
    });
    let Some((role, holders)) = deciding else {
        statements.push("nobody is known to decide: there is no path to show".to_owned());
        return Vec::new();
    };
    let network = NodeFiltered::from_fn(&ground.network.graph, |node: NodeIndex| there(node.index() as u32));
    let paths = holders.into_iter().map(|holder| {
        let is_ours = |node: NodeIndex| ground.is_present(node.index() as u32, Side::Vendor);
        let found = astar(&network, holder.into(), is_ours, |edge| 1.0 / *edge.weight(), |_| 0.0);
        let mut places: Vec<u32> =
            found.map(|(_, nodes)| nodes).unwrap_or_default().iter().map(|n| n.index() as u32).collect();
        places.reverse();
        let person = &ground.people[holder as usize];
        if places.is_empty() {
            statements.push(format!("no chain of contact leads from us to {}", person.name));
        }
        Path { to: person.id.clone(), name: person.name.clone(), role, steps: steps(ground, &places) }
    });
    paths.collect()
}

fn steps(ground: &Ground<'_>, places: &[u32]) -> Vec<Step> {
    let id = |place: u32| ground.people[place as usize].id.clone();
    let pairs = places.iter().zip(places.iter().skip(1));
    pairs.map(|(&from, &to)| Step { from: id(from), to: id(to), strength: ground.network.strength(from, to) }).collect()
}
