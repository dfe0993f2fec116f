//! The catalogue of query files: found, read and checked at start; run with typed values, giving typed rows.
//!
//! Each `.rq` file below `queries/` opens with its header:
//! ```text
//! #+ summary: Open promises, earliest due first.
//! #+ params: side string?, today date
//! #+ used-by: handoff sales-to-implementation
//! ```
//! A parameter ending in `?` may be left out; its variable is then unbound. Files only read (SELECT, ASK, CONSTRUCT),
//! and a parameter of a SELECT must be one of its columns, because values are bound and never formatted in.

mod adhoc;
mod bindings;
mod catalogue;
mod error;
mod header;
mod query;
mod rows;
#[cfg(test)]
pub(crate) mod sample;
mod watch;

pub use adhoc::{Format, write_answer};
pub use bindings::Bindings;
pub use catalogue::Catalogue;
pub use error::QueryError;
pub use header::{Parameter, ParameterType};
pub use query::Query;
pub use rows::{Row, Rows};
pub use watch::Limit;
