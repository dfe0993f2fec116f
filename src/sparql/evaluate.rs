//! One query over an open copy, and its answer within the limits. Runs in a worker.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::wire::{Ask, Reach};
use super::{Excess, SparqlError};
use crate::graph::sparql::{CancellationToken, ParsedQuery, QueryResults, QueryResultsSerializer, RdfSerializer};
use crate::graph::{GraphError, GraphStore, Scope};
use crate::model::AccountScope;

/// A copy of the graph, and the scope of the query before: many come from the same caller.
pub(super) struct Open {
    store: GraphStore,
    last: Option<(Reach, Scope)>,
}

impl Open {
    pub(super) fn new(store: GraphStore) -> Self {
        Self { store, last: None }
    }

    /// Answers a query: the media type and the bytes.
    pub(super) fn answer(&mut self, ask: &Ask) -> Result<(&'static str, Vec<u8>), SparqlError> {
        let stop = CancellationToken::new();
        let _watch = watch(ask.time, stop.clone());
        let mut query = ParsedQuery::parse_at(&ask.text, &ask.base)?;
        if let Some(dataset) = &ask.dataset {
            let (default, named) = dataset.graphs();
            query = query.over(default, named);
        }
        let scope = self.scope(&ask.reach)?;
        let results = self.store.solve(&scope, &query, &[], &stop)?;
        let mut out = Capped { bytes: Vec::new(), most: ask.bytes as usize, is_over: false };
        match write(results, ask, &mut out) {
            Ok(media_type) => Ok((media_type, out.bytes)),
            Err(_) if out.is_over => Err(SparqlError::TooMuch(Excess::Bytes)),
            Err(error) => Err(error),
        }
    }

    fn scope(&mut self, reach: &Reach) -> Result<Scope, GraphError> {
        if let Some((known, scope)) = &self.last
            && known == reach
        {
            return Ok(scope.clone());
        }
        let scope = match reach {
            Reach::Everything => Scope::everything(),
            Reach::Accounts(AccountScope::All, sight) => Scope::all_seen(&self.store, *sight)?,
            Reach::Accounts(AccountScope::Only(accounts), sight) => Scope::seen(&self.store, accounts, *sight)?,
        };
        self.last = Some((reach.clone(), scope.clone()));
        Ok(scope)
    }
}

fn write(results: QueryResults<'_>, ask: &Ask, out: &mut Capped) -> Result<&'static str, SparqlError> {
    let mut left = ask.rows;
    let mut count = || {
        left = left.checked_sub(1).ok_or(SparqlError::TooMuch(Excess::Rows))?;
        Ok::<_, SparqlError>(())
    };
    if let QueryResults::Graph(statements) = results {
        let format = ask.accepted.graph.ok_or(SparqlError::NotAcceptable)?;
        let mut writer = RdfSerializer::from_format(format.of_statements()).for_writer(out);
        for statement in statements {
            count()?;
            writer.serialize_triple(&statement.map_err(GraphError::from)?)?;
        }
        writer.finish()?;
        return Ok(format.media_type());
    }
    let format = ask.accepted.table.ok_or(SparqlError::NotAcceptable)?;
    let serializer = QueryResultsSerializer::from_format(format.of_results());
    match results {
        QueryResults::Boolean(answer) => drop(serializer.serialize_boolean_to_writer(out, answer)?),
        QueryResults::Solutions(solutions) => {
            let mut writer = serializer.serialize_solutions_to_writer(out, solutions.variables().to_vec())?;
            for solution in solutions {
                count()?;
                writer.serialize(&solution.map_err(GraphError::from)?)?;
            }
            writer.finish()?;
        }
        QueryResults::Graph(_) => {}
    }
    Ok(format.media_type())
}

/// Bytes up to a number.
struct Capped {
    bytes: Vec<u8>,
    most: usize,
    is_over: bool,
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            self.is_over = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Stops the query at its time, and ends the process when the query goes on for as long again: nobody waits for it any
/// more, perhaps because the service itself was killed. Dropping what it answers ends the watch.
fn watch(time: Duration, stop: CancellationToken) -> Sender<()> {
    let (end, ended) = mpsc::channel();
    thread::spawn(move || {
        if ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
            stop.cancel();
            if ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
                std::process::exit(1);
            }
        }
    });
    end
}
