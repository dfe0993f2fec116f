//! What the tests of the whole path share: runs of the program, stores, files to read, seeded chance.

mod files;
mod random;
mod run;
mod shape;
mod stores;

pub(crate) use files::{corpus_files, invented_files, jsonl, mail, mixed_files, write_files, zip_of};
pub(crate) use random::Random;
pub(crate) use run::{Answer, Baton, answer, answer_with_input, parse_lines};
pub(crate) use shape::{Shape, assert_shape, list, maybe};
pub(crate) use stores::{Loaded, assert_same, graph_text};

/// The types of handoff documents, by name.
pub(crate) const HANDOFF_TYPES: [&str; 6] = [
    "account-reassignment",
    "implementation-to-success",
    "monthly-summary",
    "renewal",
    "sales-to-implementation",
    "success-to-support",
];
