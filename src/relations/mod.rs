//! Who is in touch with whom, in numbers: interactions counted into ties, ties into a network, a network into measures.
//!
//! Pure computing over people by their number; no names, no stores. Both the map and the fold of an account use it.
//! [`Ledger`] takes interactions one by one, [`Ledger::ties`] answers what they still count at a time,
//! [`Ledger::networks`] the networks of contact at several times at once, and [`measures`] measures one of them.
//!
//! - Ties come from what people wrote (`writes_to`, and `copies` to those in copy), from meetings (`meets`, mutual),
//!   from names in what somebody wrote (`mentions`) and from promises (`promises_to`).
//! - Weights fade: an interaction counts one on its day and half of it every [`HALF_LIFE_DAYS`]; a copy counts
//!   [`COPY_WEIGHT`].
//! - Contact is `writes_to`, `copies` and `meets`: the network and the measures rest on these alone.

mod fade;
mod kind;
mod ledger;
pub mod measures;
mod network;
mod series;
mod ties;

pub use fade::HALF_LIFE_DAYS;
pub use kind::{COPY_WEIGHT, EdgeKind, contact};
pub use ledger::{CROWD, Ledger, Said};
pub use network::{Adjacency, Network};
pub use series::Series;
pub use ties::{Tie, Ties};

#[cfg(test)]
mod tests;
