//! Delimited tables: one tolerant reader for every CSV export, which kind of table a header announces, and the two
//! forms that are nothing but tables: usage figures and survey answers.

mod kind;
mod numbers;
mod reader;
pub mod survey;
pub mod usage;

pub(super) use kind::{TableKind, kind_of_head};
pub(super) use numbers::number;
pub(super) use reader::{Header, Row, key_of, read_rows};
