//! Whose word a fact is.

use rustc_hash::FxHashMap;

use crate::model::{Fact, InteractionKind, Origin, ReviewState, Side, Stakeholder};

/// The side of each person of an account, by what they are called.
pub(super) struct Sides {
    by_name: FxHashMap<String, Side>,
}

impl Sides {
    pub(super) fn of(people: &[Stakeholder]) -> Self {
        let with_side = people.iter().filter_map(|person| Some((person, person.side?)));
        let by_name = with_side.flat_map(|(person, side)| {
            let names = std::iter::once(&person.name).chain(&person.aliases).chain(&person.addresses);
            names.map(move |name| (name.to_lowercase(), side))
        });
        Self { by_name: by_name.collect() }
    }

    /// Whose word a fact is, by its first evidence. What nobody is known to have said was observed.
    pub(super) fn origin(&self, fact: &Fact) -> Origin {
        if fact.review == ReviewState::Added {
            return Origin::Added;
        }
        let Some(first) = fact.evidence.first() else { return Origin::Observed };
        match first.kind {
            InteractionKind::Crm | InteractionKind::Usage | InteractionKind::Event => Origin::Observed,
            InteractionKind::Email
            | InteractionKind::Chat
            | InteractionKind::Call
            | InteractionKind::Ticket
            | InteractionKind::Note
            | InteractionKind::Survey => {
                match first.speaker.as_ref().and_then(|name| self.by_name.get(&name.to_lowercase())) {
                    Some(Side::Customer) => Origin::CustomerSaid,
                    Some(Side::Vendor) => Origin::VendorSaid,
                    None => Origin::Observed,
                }
            }
        }
    }
}
