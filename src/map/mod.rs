//! The relationship map of an account: who is in touch with whom, how strongly, and what follows from it.
//!
//! Pure: a reading handle and a time in, a [`RelationshipMap`] out. [`read`] takes what the map needs from the graph,
//! [`build()`] makes the map, [`render()`] writes it as JSON, GraphML, DOT or SVG, [`difference()`] compares two maps.
//! The computing over numbers (ties, fading, measures) is [`crate::relations`]; here people have names.
//!
//! - Edges that are seen: `writes_to`, `copies`, `meets`, `mentions`, `promises_to`, counted and fading.
//! - Edges that are declared: `reports_to` and `member_of`, of weight one and without a time.
//! - Measures and answers rest on contact alone: `writes_to`, `copies` and `meets`.

mod answers;
mod build;
mod difference;
mod ground;
mod model;
mod render;
mod structure;

pub use build::{Asked, Parts, build, build_asked, read};
pub use difference::difference;
pub use model::{
    Answers, Changes, Community, Edge, Ghost, Measures, Moved, Node, NodeKind, Pair, Path, RelationshipMap,
    RoleCoverage, RoleHolders, Share, SingleThreaded, Step, Thread, Threads,
};
pub use render::{Format, render};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
