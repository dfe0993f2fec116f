//! Baton: knowledge-graph account intelligence. See `ARCHITECTURE.md` for the layers.

pub mod changes;
pub mod extract;
pub mod model;
pub mod resolve;
pub mod sources;
