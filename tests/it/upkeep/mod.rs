//! What keeps a data folder in order, seen from outside: erasure, retention, backup, restore, check.

mod backup;
mod check;
mod erased;
mod forget;
mod world;

pub(crate) use erased::found;
