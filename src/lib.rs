//! Baton: knowledge-graph account intelligence. See `ARCHITECTURE.md` for the layers.

pub mod access;
pub mod api;
pub mod archive;
pub mod changes;
pub mod cli;
pub mod config;
pub mod demo;
pub mod eval;
pub mod extract;
pub mod graph;
pub mod handoff;
pub mod http;
pub mod ingest;
pub mod lifecycle;
pub mod map;
pub mod mcp;
pub mod model;
pub mod notify;
pub mod queries;
pub mod relations;
pub mod resolve;
pub mod review;
pub mod schedule;
pub mod serve;
pub mod sources;
pub mod vocab;
