//! `baton sparql-worker`: runs queries for `baton serve`, which starts it and may kill it. Not for people.

use std::io;

use clap::Args;

use super::Outcome;

/// Runs the queries of a service, told by frames on standard input.
#[derive(Debug, Args)]
pub(super) struct SparqlWorker {
    /// Bytes of memory that it may take.
    #[arg(long)]
    memory: u64,
}

impl SparqlWorker {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        crate::sparql::work(io::stdin(), io::stdout(), self.memory)?;
        Ok(Outcome::Done)
    }
}
