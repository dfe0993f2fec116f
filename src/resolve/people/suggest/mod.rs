//! Who may be one person though no certain key says so. A likeness suggests; a person decides.
//!
//! Only people who have a name, a mailbox, a telephone number or a statement in common are compared, so that the work
//! grows with the number of such pairs and not with the square of the people. Names that more than [`LARGEST_BLOCK`]
//! people share say nothing.

mod dossier;
mod likeness;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use dossier::{Bearers, Dossier, dossiers};

use super::People;
use super::nicknames::akin_to;
use crate::model::{IdentitySuggestion, Told};

/// What more people than this have in common is not worth a comparison.
const LARGEST_BLOCK: usize = 60;
/// Below this nobody is asked.
const LEAST_SCORE: f32 = 0.5;

/// The pairs of people who may be one, likeliest first. Pairs that somebody decided about are left out.
pub(crate) fn suggestions(people: &People<'_>, rows: &[&Told]) -> Vec<IdentitySuggestion> {
    let dossiers = dossiers(people, rows);
    let bearers = Bearers::count(&dossiers);
    let mut found: Vec<IdentitySuggestion> = pairs(&dossiers)
        .into_iter()
        .map(|(a, b)| (&dossiers[a as usize], &dossiers[b as usize]))
        .filter(|(a, b)| !people.roster.is_apart(a.person, b.person))
        .filter_map(|(a, b)| {
            let (score, reasons) = likeness::compare(a, b, &bearers);
            let (a, b) = (people.iri(a.person).clone(), people.iri(b.person).clone());
            (score >= LEAST_SCORE).then_some(IdentitySuggestion { a, b, score, reasons })
        })
        .collect();
    found.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
    found
}

/// Pairs with something in common, by place in the list.
fn pairs(dossiers: &[Dossier]) -> BTreeSet<(u32, u32)> {
    let mut blocks: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (number, dossier) in (0u32..).zip(dossiers) {
        for key in keys(dossier) {
            let block = blocks.entry(key).or_default();
            if block.last() != Some(&number) {
                block.push(number);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values().filter(|block| block.len() <= LARGEST_BLOCK) {
        for (place, &a) in block.iter().enumerate() {
            pairs.extend(block[place + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
    }
    pairs
}

/// What somebody is looked up by.
fn keys(dossier: &Dossier) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for form in &dossier.forms {
        keys.insert(format!("name {}", form.first));
        keys.extend(form.last.as_ref().map(|last| format!("name {last}")));
        if form.last.is_none() {
            keys.extend(akin_to(&form.first).map(|name| format!("name {name}")));
        }
        keys.insert(format!("full {}", form.full));
    }
    for address in &dossier.addresses {
        let local = address.split(['@', '+']).next().unwrap_or_default();
        keys.insert(format!("mailbox {local}"));
        keys.insert(format!("address {address}"));
        keys.extend(local.split(['.', '_', '-']).filter(|part| part.len() > 2).map(|part| format!("name {part}")));
        // "jkowalski" and "kowalskij" without a mark between.
        keys.extend(local.get(1..).filter(|rest| rest.len() > 3).map(|rest| format!("name {rest}")));
        keys.extend(
            local.get(..local.len().saturating_sub(1)).filter(|rest| rest.len() > 3).map(|rest| format!("name {rest}")),
        );
    }
    keys.extend(dossier.told_addresses.iter().map(|address| format!("address {address}")));
    keys.extend(dossier.told_names.iter().map(|name| format!("full {name}")));
    keys.extend(dossier.phones.iter().map(|phone| format!("phone {phone}")));
    keys
}
