//! Conversations, by number.

use rustc_hash::FxHashMap;

use crate::model::Told;

/// The thread of each row, and the row before it in that thread.
pub(super) fn threads(rows: &[&Told]) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut latest: Vec<u32> = Vec::new();
    let mut threads = Vec::with_capacity(rows.len());
    let mut previous = Vec::with_capacity(rows.len());
    for (row, told) in (0u32..).zip(rows) {
        let thread = told.thread.as_deref().map(|thread| *numbers.entry(thread).or_insert(latest.len() as u32));
        threads.push(thread);
        previous.push(match thread {
            Some(thread) if (thread as usize) < latest.len() => {
                Some(std::mem::replace(&mut latest[thread as usize], row))
            }
            Some(_) => {
                latest.push(row);
                None
            }
            None => None,
        });
    }
    (threads, previous)
}
