//! The command line as a contract: shapes of answers, exit codes, options.

mod options;
mod people;
mod review;
mod shapes;
mod webhooks;
