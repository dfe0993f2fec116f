//! From files to the archive and the graph.

pub mod walk;
