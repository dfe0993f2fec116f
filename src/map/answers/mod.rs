//! What follows from the map, in the questions that planners ask.

mod heard;
mod path;
mod threading;

use std::collections::BTreeMap;

use super::{
    ground::Ground,
    model::{Answers, Community, Pair, RoleCoverage, RoleHolders},
};
use crate::model::{BuyingRole, Iri, Side};

/// Answers everything, and says what could not be answered.
pub(super) fn answer(ground: &Ground<'_>, path_to: Option<&str>) -> Answers {
    let id = |place: u32| ground.people.id(place);
    let measured = &ground.measured;
    let broken = (0..).zip(&measured.articulation).filter(|(_, breaks)| **breaks);
    let bridges = measured.bridges.iter().map(|&(one, other)| Pair { source: id(one), target: id(other) });
    let mut statements = missing(ground);
    let paths = path::paths(ground, &mut statements);
    let path_to = path_to.map(|asked| path::asked(ground, asked, &mut statements));
    let (threads, one_sided_threads) = heard::threads(ground);
    Answers {
        single_threaded: threading::single_threaded(ground),
        ghosts: heard::ghosts(ground),
        buying_roles: buying_roles(ground),
        paths,
        path_to,
        communities: communities(ground),
        articulation_points: broken.map(|(place, _)| id(place)).collect(),
        bridges: bridges.collect(),
        threads,
        one_sided_threads,
        crowds: ground.ties.crowds,
        betweenness_estimated_from: measured.betweenness.estimated_from,
        statements,
    }
}

/// What the account lacks for some of the answers.
fn missing(ground: &Ground<'_>) -> Vec<String> {
    let mut statements = Vec::new();
    let mut say = |applies: bool, text: &str| {
        if applies {
            statements.push(text.to_owned());
        }
    };
    let people = &ground.people.list;
    let lacks = |side| people.iter().all(|person| person.known.side != Some(side));
    let is_silent = ground.network.contacts() == 0;
    say(people.is_empty(), "nobody is known in this account");
    say(is_silent && !people.is_empty(), "no contact between two known people is on record");
    say(lacks(Side::Vendor) && !people.is_empty(), "nobody of our own side is known: sides cannot be compared");
    say(lacks(Side::Customer) && !people.is_empty(), "nobody of the customer is known");
    say(
        ground.measured.eigenvector.is_none() && !is_silent,
        "eigenvector centrality does not settle on this network and is left out",
    );
    statements
}

/// Which roles people of the customer have who are still there.
fn buying_roles(ground: &Ground<'_>) -> RoleCoverage {
    let mut holders: BTreeMap<BuyingRole, Vec<(f32, &Iri)>> = BTreeMap::new();
    for person in ground.people.list.iter().filter(|person| !person.is_ours() && person.is_there()) {
        let person = person.known;
        if let Some(role) = person.buying_role {
            holders.entry(role).or_default().push((person.influence, &person.id));
        }
    }
    let missing = BuyingRole::ALL.into_iter().filter(|role| !holders.contains_key(role)).collect();
    let covered = holders.into_iter().map(|(role, mut people)| {
        people.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        RoleHolders { role, people: people.into_iter().map(|(_, id)| id.clone()).collect() }
    });
    RoleCoverage { covered: covered.collect(), missing }
}

fn communities(ground: &Ground<'_>) -> Vec<Community> {
    let mut communities: Vec<Community> = Vec::new();
    for (person, number) in ground.people.list.iter().zip(&ground.measured.communities) {
        let Some(number) = *number else { continue };
        while communities.len() <= number {
            communities.push(Community { id: communities.len(), people: Vec::new() });
        }
        communities[number].people.push(person.known.id.clone());
    }
    communities
}
