//! The relationship map of an account: who is in touch with whom, how strongly, and what follows from it.
//!
//! Pure: a reading handle and a time in, a [`RelationshipMap`] out. [`read`] takes what the map needs from the graph,
//! [`build()`] makes the map, [`render()`] writes it as JSON, GraphML, DOT or SVG, [`difference()`] compares two maps.
//!
//! - Edges come from interactions that people wrote (`writes_to`), from meetings (`meets`, mutual), from promises
//!   (`promises_to`) and from the organisations people belong to (`member_of`). The graph does not tell a copy from a
//!   direct address, so both are `writes_to`; it holds no mentions of one person by another and no reporting lines, so
//!   the map shows none.
//! - Weights fade: an interaction counts one on its day and half of it every [`HALF_LIFE_DAYS`].
//! - Measures and answers rest on contact alone: `writes_to` and `meets`.

mod answers;
mod build;
mod difference;
mod edges;
pub mod measures;
mod model;
mod network;
mod render;

pub use build::{Parts, build, read};
pub use difference::difference;
pub use edges::{CROWD, HALF_LIFE_DAYS};
pub use model::{
    Answers, Changes, Community, Edge, EdgeKind, Ghost, Measures, Moved, Node, NodeKind, Pair, Path, RelationshipMap,
    RoleCoverage, RoleHolders, Share, SingleThreaded, Step, Threads,
};
pub use network::{Adjacency, Network};
pub use render::{Format, render};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
