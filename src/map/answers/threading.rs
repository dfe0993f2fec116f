//! Whether all contact between the sides hangs on one person.

use crate::map::{
    ground::Ground,
    model::{Share, SingleThreaded},
};
use crate::model::Side;

/// Somebody who carries this share of the contact between the sides carries all of it: what is left is an occasional
/// copy, or contact so old that it has faded.
const ALL: f64 = 0.9;

/// Adds up the contact between people of both sides. An account is single-threaded when one person, on either side,
/// carries nine tenths of it.
pub(super) fn single_threaded(ground: &Ground<'_>) -> SingleThreaded {
    let people = &ground.people.list;
    let mut carried = vec![0.0; people.len()];
    let mut total = 0.0;
    for (person, carried) in carried.iter_mut().enumerate() {
        let side = people[person].known.side;
        let mutual = &ground.network.mutual;
        for (&other, weight) in mutual.neighbours(person).iter().zip(mutual.weights(person)) {
            let across = match (side, people[other as usize].known.side) {
                (Some(side), Some(other)) => side != other,
                (None, _) | (_, None) => false,
            };
            if across {
                *carried += weight;
                // Each contact is seen from both its ends.
                total += weight / 2.0;
            }
        }
    }
    if total <= 0.0 {
        return SingleThreaded::default();
    }
    let strongest: Vec<Share> = [Side::Customer, Side::Vendor]
        .into_iter()
        .filter_map(|side| {
            let own = people.iter().map(|person| person.known).zip(&carried);
            let own = own.filter(|(person, _)| person.side == Some(side));
            let (person, carried) = own.max_by(|a, b| a.1.total_cmp(b.1).then_with(|| b.0.id.cmp(&a.0.id)))?;
            let share = (carried / total).min(1.0);
            Some(Share { id: person.id.clone(), name: person.name.clone(), side, share })
        })
        .collect();
    let people: Vec<Share> = strongest.iter().filter(|share| share.share >= ALL).cloned().collect();
    SingleThreaded { value: Some(!people.is_empty()), people, strongest }
}
