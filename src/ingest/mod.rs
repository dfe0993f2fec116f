//! Moves what was said through the stages: files ─► archive ─► extract ─► resolve ─► graph.
//!
//! The archive is written first and is the truth; the graph follows it account by account. An ingest that is cut off
//! anywhere is finished by the next command: what was archived is unchanged, what was not is read, and accounts that
//! are marked as not shown are projected.

mod admit;
pub mod assign;
mod batch;
mod locks;
mod pipeline;
mod project;
mod renew;
mod stores;
mod sweep;
pub mod walk;

pub use locks::Claim;
pub use pipeline::{Detail, IngestError, Loaded, Options, Progress, Report, ingest};
pub use project::{
    FactCounts, View, changes, fold, holds_hidden, meanings, project_pending, read_all, rebuild, suggestions, view,
};
pub use renew::renew;
pub use stores::{StoreError, Stores};
pub use sweep::remove_graphs;
