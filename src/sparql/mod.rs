//! SPARQL of users: the protocol, and queries that cannot harm.
//!
//! - [`read`](protocol::read) makes an [`Operation`] of a request, after SPARQL 1.1 Protocol.
//! - [`Pool`] runs queries in child processes over read-only copies of the graph. No query text is even parsed in the
//!   service's own process: what takes too long, too much memory or too deep a stack ends with its child alone.
//! - [`Endpoint`] puts both together for a caller.
//!
//! A whole answer is there before its first byte is sent, so an error never comes after a good status.

mod accept;
mod copies;
mod description;
mod endpoint;
mod error;
mod evaluate;
mod formats;
mod limits;
mod pool;
mod process;
pub mod protocol;
mod wire;
mod worker;

pub use accept::MediaRanges;
pub use endpoint::{Endpoint, Updates};
pub use error::{Excess, SparqlError};
pub use formats::{Accepted, GraphFormat, TableFormat};
pub use limits::Limits;
pub use pool::{Answer, Pool, Question};
pub use process::Program;
pub use protocol::{Dataset, Operation, Request};
pub use worker::work;
