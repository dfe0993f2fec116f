//! Who was heard, and which conversations stay on one side.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use crate::map::ground::Ground;
use crate::map::model::{Ghost, Thread, Threads};
use crate::model::Side;
use crate::relations::{EdgeKind, contact};

/// Conversations of one side that are told one by one; the latest.
const MOST_THREADS: usize = 20;

/// People not of our own side who are copied or named and were never heard: they wrote nothing, met nobody and owe
/// nothing. Most copied first.
pub(super) fn ghosts(ground: &Ground<'_>) -> Vec<Ghost> {
    let people = ground.people.list.len();
    let (mut heard, mut copied, mut mentioned) = (vec![false; people], vec![0u32; people], vec![0u32; people]);
    for row in &ground.rows.list {
        if let Some(author) = row.author {
            heard[author as usize] = true;
        }
        let meets = contact(row.node.kind) == Some(EdgeKind::Meets);
        for &person in ground.rows.recipients(row) {
            heard[person as usize] |= meets;
            copied[person as usize] += u32::from(!meets);
        }
        for &person in ground.rows.mentioned(row) {
            mentioned[person as usize] += 1;
        }
    }
    for tie in ground.ties.ties.iter().filter(|tie| tie.kind == EdgeKind::PromisesTo) {
        heard[tie.source as usize] = true;
    }
    let unheard = ground.people.list.iter().enumerate();
    let unheard = unheard.filter(|(place, person)| !heard[*place] && !person.is_ours() && person.is_there());
    let mut ghosts: Vec<Ghost> = unheard
        .map(|(place, person)| Ghost {
            id: person.known.id.clone(),
            name: person.known.name.clone(),
            side: person.known.side,
            copied: copied[place],
            mentioned: mentioned[place],
        })
        .collect();
    ghosts.sort_by(|a, b| (b.copied, b.mentioned).cmp(&(a.copied, a.mentioned)).then_with(|| a.id.cmp(&b.id)));
    ghosts
}

/// Who took part in a conversation.
struct Talk {
    vendor: bool,
    customer: bool,
    unknown: bool,
    interactions: u32,
    people: Vec<u32>,
    last: Timestamp,
}

impl Talk {
    /// The one side that took part; `None` where both did or somebody's side is not known.
    fn side(&self) -> Option<Side> {
        match (self.vendor, self.customer, self.unknown) {
            (true, false, false) => Some(Side::Vendor),
            (false, true, false) => Some(Side::Customer),
            _ => None,
        }
    }
}

/// Counts conversations by the sides of those who took part, and tells those of one side. An interaction without a
/// conversation is one of its own.
pub(super) fn threads(ground: &Ground<'_>) -> (Threads, Vec<Thread>) {
    let talks = talks(ground);
    let mut threads = Threads::default();
    let mut one_sided: Vec<(&str, Side, &Talk)> = Vec::new();
    for (id, talk) in &talks {
        match talk.side() {
            Some(Side::Vendor) => threads.vendor_only += 1,
            Some(Side::Customer) => threads.customer_only += 1,
            None if talk.vendor && talk.customer => threads.across += 1,
            None => threads.unknown += u32::from(talk.unknown),
        }
        one_sided.extend(talk.side().map(|side| (*id, side, talk)));
    }
    one_sided.sort_unstable_by(|a, b| b.2.last.cmp(&a.2.last).then_with(|| a.0.cmp(b.0)));
    let told = one_sided.into_iter().take(MOST_THREADS).map(|(id, side, talk)| {
        let mut people = talk.people.clone();
        people.sort_unstable();
        people.dedup();
        Thread {
            id: id.to_owned(),
            side,
            interactions: talk.interactions,
            people: people.into_iter().map(|place| ground.people.id(place)).collect(),
            last: talk.last,
        }
    });
    (threads, told.collect())
}

fn talks<'g>(ground: &'g Ground<'_>) -> FxHashMap<&'g str, Talk> {
    let mut talks: FxHashMap<&str, Talk> = FxHashMap::default();
    for row in ground.rows.list.iter().filter(|row| contact(row.node.kind).is_some()) {
        let id = row.node.thread.as_deref().unwrap_or(&row.node.id);
        let talk = talks.entry(id).or_insert_with(|| Talk {
            vendor: false,
            customer: false,
            unknown: false,
            interactions: 0,
            people: Vec::new(),
            last: row.node.at,
        });
        talk.interactions += 1;
        talk.last = talk.last.max(row.node.at);
        for person in ground.rows.present(row) {
            match ground.people.at(person).known.side {
                Some(Side::Vendor) => talk.vendor = true,
                Some(Side::Customer) => talk.customer = true,
                None => talk.unknown = true,
            }
            talk.people.push(person);
        }
    }
    talks
}
