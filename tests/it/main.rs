//! Integration tests: the crate from outside, over files.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "tables of scores, for whoever runs with --nocapture")]

mod automatic;
mod cli;
mod handoff;
mod http;
mod ingest;
mod map;
mod mcp;
mod odd_maps;
mod privacy;
mod quotes;
mod reviews_stick;
mod sample;
mod search;
mod serve;
mod sources_mail;
mod sources_rest;
mod sparql;
mod support;
mod tidy;
mod transformer;
mod upkeep;
