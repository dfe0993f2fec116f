//! Who was heard, and which conversations stay on one side.

use std::collections::BTreeMap;

use crate::map::{
    build::Ground,
    edges::contact,
    model::{EdgeKind, Ghost, Threads},
};
use crate::model::{InteractionNode, PersonStatus, Side};

/// People not of our own side who are copied or named and were never heard: they wrote nothing, met nobody and owe
/// nothing. Most copied first.
pub(super) fn ghosts(ground: &Ground<'_>) -> Vec<Ghost> {
    let mut heard = vec![false; ground.people.len()];
    let mut copied = vec![0u32; ground.people.len()];
    for node in said(ground) {
        if let Some(author) = node.author.as_ref().and_then(|iri| ground.index.place(iri)) {
            heard[author as usize] = true;
        }
        for person in ground.index.present(node) {
            match contact(node.kind) {
                Some(EdgeKind::Meets) => heard[person as usize] = true,
                Some(EdgeKind::WritesTo | EdgeKind::PromisesTo | EdgeKind::MemberOf) | None => {
                    copied[person as usize] += 1;
                }
            }
        }
    }
    for &(owner, _, kind) in ground.edges.tallies.keys() {
        heard[owner as usize] |= kind == EdgeKind::PromisesTo;
    }
    let people = ground.people.iter().zip(heard).zip(copied);
    let mut ghosts: Vec<Ghost> = people
        .filter(|((person, heard), _)| {
            !heard && person.side != Some(Side::Vendor) && person.status != PersonStatus::Departed
        })
        .map(|((person, _), copied)| Ghost {
            id: person.id.clone(),
            name: person.name.clone(),
            side: person.side,
            copied,
        })
        .collect();
    ghosts.sort_by(|a, b| b.copied.cmp(&a.copied).then_with(|| a.id.cmp(&b.id)));
    ghosts
}

/// Which sides took part in a conversation.
#[derive(Default)]
struct Sides {
    vendor: bool,
    customer: bool,
    unknown: bool,
}

/// Counts conversations by the sides of those who took part; an interaction without one is a conversation of its own.
pub(super) fn threads(ground: &Ground<'_>) -> Threads {
    let mut conversations: BTreeMap<&str, Sides> = BTreeMap::new();
    for node in said(ground).filter(|node| contact(node.kind).is_some()) {
        let sides = conversations.entry(node.thread.as_deref().unwrap_or(&node.id)).or_default();
        for person in ground.index.present(node) {
            match ground.people[person as usize].side {
                Some(Side::Vendor) => sides.vendor = true,
                Some(Side::Customer) => sides.customer = true,
                None => sides.unknown = true,
            }
        }
    }
    let mut threads = Threads::default();
    for sides in conversations.into_values() {
        match (sides.vendor, sides.customer, sides.unknown) {
            (true, true, _) => threads.across += 1,
            (_, _, true) => threads.unknown += 1,
            (true, false, false) => threads.vendor_only += 1,
            (false, true, false) => threads.customer_only += 1,
            (false, false, false) => {}
        }
    }
    threads
}

/// What people had said by then.
fn said<'g>(ground: &Ground<'g>) -> impl Iterator<Item = &'g InteractionNode> {
    let as_of = ground.as_of;
    ground.interactions.iter().filter(move |node| node.at <= as_of && !node.automatic)
}
