//! The command line as a contract: shapes of answers, exit codes, options.

#[cfg(feature = "rust-bert")]
mod annotators;
mod options;
mod people;
mod review;
mod shapes;
mod webhooks;
