//! Baton: knowledge-graph account intelligence. See `ARCHITECTURE.md` for the layers.

pub mod archive;
pub mod extract;
pub mod model;
pub mod resolve;
pub mod sources;
