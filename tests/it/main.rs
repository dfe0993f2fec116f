//! Integration tests: the crate from outside, over files.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod measure_acts;
mod measure_mentions;
mod measure_zones;
mod sources_mail;
mod sources_rest;
