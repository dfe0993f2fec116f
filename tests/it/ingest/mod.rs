//! Ingest from outside: any order, interrupted, damaged, rebuilt.

mod bad_input;
mod killed;
mod order;
