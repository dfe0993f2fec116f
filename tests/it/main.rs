//! Integration tests: the crate from outside, over files.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod measure_acts;
mod sources_mail;
