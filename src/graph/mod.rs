//! The only door to Oxigraph: what we conclude about accounts, one named graph each.
//!
//! - [`GraphStore::project`] makes the graph of an account equal to an [`AccountView`](crate::model::AccountView) by
//!   writing only what differs; [`Fingerprints`] remember what is there.
//! - [`AccountGraph`] reads it back as the types of the model, by direct scans.
//! - [`GraphStore::solve`] evaluates SPARQL within a [`Scope`] of accounts and can see nothing else.
//!
//! The graph can be thrown away: it holds conclusions and short quotes, never the text of a message.

mod decode;
mod encode;
mod error;
mod fingerprint;
mod project;
mod read;
#[cfg(test)]
pub(crate) mod sample;
mod shapes;
pub mod sparql;
mod store;
mod term;

pub use error::GraphError;
pub use fingerprint::Fingerprints;
pub use project::Projection;
pub use read::{AccountGraph, FactReader};
pub use shapes::Violation;
pub use sparql::Scope;
pub use store::GraphStore;
