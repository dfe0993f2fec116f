//! What a person is known by, and where a name means nobody else.

use std::collections::BTreeSet;

use crate::extract::mentions::gazetteer;
use crate::ingest::{StoreError, Stores};
use crate::model::{AccountSlug, Stakeholder};
use crate::privacy::{Person, Reach, name_words, same_name};
use crate::resolve::people::named::{FindError, find_person, person_key};

/// Names that are words too, beyond those that the reader of names knows.
const ORDINARY: [&str; 48] = [
    "art", "baker", "bank", "banks", "best", "bill", "black", "brown", "bush", "case", "chance", "chase", "cook",
    "cross", "dawn", "day", "dean", "drew", "faith", "field", "frank", "grace", "grant", "green", "guy", "hill",
    "hope", "jack", "joy", "king", "long", "major", "mark", "may", "miles", "page", "pat", "penny", "price", "ray",
    "rich", "rob", "rose", "short", "stone", "sue", "will", "young",
];

/// Says whether a folded word is more than a name.
pub(super) fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(&word) || gazetteer::is_ordinary(word)
}

/// Everything that `wanted` is known by in any account, and where their names mean them.
pub(super) fn known(
    stores: &Stores,
    account: &AccountSlug,
    wanted: &str,
) -> Result<Result<(Person, Reach), FindError>, StoreError> {
    let mut accounts = Vec::new();
    for own in stores.graph.accounts()? {
        let people = stores.graph.account(&own).stakeholders()?;
        accounts.push((own, people));
    }
    let people = accounts.iter().find(|(own, _)| own == account).map_or(&[][..], |(_, people)| people.as_slice());
    let key = person_key(wanted);
    let (mut keys, mut person) = match (find_person(people, wanted), key.address()) {
        (Ok(found), _) => (found.keys.iter().cloned().collect::<BTreeSet<_>>(), with(Person::default(), found)),
        // An address may stand in texts though nobody is known by it.
        (Err(FindError::Nobody(_)), Some(address)) => {
            let person = Person { addresses: vec![address.to_owned()], ..Person::default() };
            (BTreeSet::from([key.clone()]), person)
        }
        (Err(error), _) => return Ok(Err(error)),
    };
    keys.retain(|key| key.name().is_none());
    // Who has no certain key is known by name, in their account alone.
    let is_them = |own: &AccountSlug, one: &Stakeholder| {
        one.keys.iter().any(|key| keys.contains(key))
            || (keys.is_empty() && own == account && person.names.first() == Some(&one.name))
    };
    let mut reach = Reach { known_in: Vec::new(), full_names_in: None };
    let (mut free, mut all_free) = (vec![String::new()], true);
    let mut others_names = Vec::new();
    let mut same = Vec::new();
    for (own, people) in &accounts {
        let (them, others): (Vec<&Stakeholder>, Vec<&Stakeholder>) = people.iter().partition(|one| is_them(own, one));
        let names: Vec<&str> = others.iter().flat_map(|one| names(one)).collect();
        if !them.is_empty() || own == account {
            reach.known_in.push((own.to_string(), name_words(names.iter().copied())));
        }
        same.extend(them);
        others_names.push((own, names));
    }
    for one in same {
        person = with(person, one);
    }
    for (own, names) in others_names {
        let has_bearer =
            names.iter().any(|name| person.names.iter().any(|own| own.contains(' ') && same_name(own, name)));
        if has_bearer {
            all_free = false;
        } else {
            free.push(own.to_string());
        }
    }
    reach.full_names_in = (!all_free).then_some(free);
    Ok(Ok((person, reach)))
}

/// Every spelling of a name.
fn names(person: &Stakeholder) -> impl Iterator<Item = &str> {
    let former = person.former_names.iter().map(|former| former.name.as_str());
    [person.name.as_str()].into_iter().chain(person.aliases.iter().map(String::as_str)).chain(former)
}

/// The person with what an account knows of them.
fn with(mut person: Person, known: &Stakeholder) -> Person {
    let add = |all: &mut Vec<String>, one: &str| {
        if !all.iter().any(|own| own == one) {
            all.push(one.to_owned());
        }
    };
    for key in &known.keys {
        match (key.address(), key.name()) {
            (Some(address), _) => add(&mut person.addresses, address),
            (None, Some(_)) => {}
            (None, None) => add(&mut person.keys, key.as_str()),
        }
    }
    known.addresses.iter().for_each(|address| add(&mut person.addresses, address));
    // Who has no name is shown by their address.
    names(known).filter(|name| !name.contains('@')).for_each(|name| add(&mut person.names, name));
    person
}
