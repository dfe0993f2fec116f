//! Whether all contact between the sides hangs on one person.

use crate::map::{
    build::Ground,
    model::{Share, SingleThreaded},
};
use crate::model::Side;

/// Somebody who carries this share of the contact between the sides carries all of it: what is left is an occasional
/// copy, or contact so old that it has faded.
const ALL: f64 = 0.9;

/// Adds up the contact between people of both sides. An account is single-threaded when one person, on either side,
/// carries nine tenths of it.
pub(super) fn single_threaded(ground: &Ground<'_>) -> SingleThreaded {
    let mut carried = vec![0.0; ground.people.len()];
    let mut total = 0.0;
    for (person, carried) in carried.iter_mut().enumerate() {
        let side = ground.people[person].side;
        let mutual = &ground.network.mutual;
        for (&other, weight) in mutual.neighbours(person).iter().zip(mutual.weights(person)) {
            let across = match (side, ground.people[other as usize].side) {
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
            let own = ground.people.iter().zip(&carried).filter(|(person, _)| person.side == Some(side));
            let (person, carried) = own.max_by(|a, b| a.1.total_cmp(b.1).then_with(|| b.0.id.cmp(&a.0.id)))?;
            let share = (carried / total).min(1.0);
            Some(Share { id: person.id.clone(), name: person.name.clone(), side, share })
        })
        .collect();
    let people: Vec<Share> = strongest.iter().filter(|share| share.share >= ALL).cloned().collect();
    SingleThreaded { value: Some(!people.is_empty()), people, strongest }
}
