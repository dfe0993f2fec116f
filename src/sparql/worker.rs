//! The other side: a process that answers one query after another, and may be killed at any time.

use std::io::{self, Read, Write};
use std::thread;

use rustix::process::{Resource, Rlimit, getpriority_process, getrlimit, setpriority_process, setrlimit};

use super::evaluate::Open;
use super::wire::{self, Order, Told};
use super::{SparqlError, wire::Failure};
use crate::graph::GraphStore;

/// Others go first.
const PRIORITY: i32 = 10;

/// Deeply nested queries need a deep stack. What even this does not hold ends the process.
const STACK: usize = 64 << 20;

/// Answers orders until there are no more, within so many bytes of memory.
pub fn work(input: impl Read + Send + 'static, output: impl Write + Send + 'static, memory: u64) -> io::Result<()> {
    if getpriority_process(None)? < PRIORITY {
        setpriority_process(None, PRIORITY)?;
    }
    let most = getrlimit(Resource::Data).maximum.map_or(memory, |most| most.min(memory));
    setrlimit(Resource::Data, Rlimit { current: Some(most), maximum: Some(most) })?;
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || run(input, output))?;
    worker.join().unwrap_or_else(|_| Err(io::Error::other("a query panicked")))
}

fn run(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let mut open: Option<Open> = None;
    while let Some(order) = wire::read(&mut input)? {
        let answer = match order {
            Order::Open(folder) => {
                // The one before is closed first.
                drop(open.take());
                GraphStore::open_read_only(&folder)
                    .map(|store| {
                        open = Some(Open::new(store));
                        (Told::Opened, Vec::new())
                    })
                    .map_err(SparqlError::from)
            }
            Order::Ask(ask) => open
                .as_mut()
                .ok_or_else(|| SparqlError::Failed("no copy of the graph is open".to_owned()))
                .and_then(|open| open.answer(&ask))
                .map(|(media_type, bytes)| (Told::Answer(media_type.to_owned(), bytes.len() as u64), bytes)),
        };
        let (told, bytes) = answer.unwrap_or_else(|error| (Told::Failed(Failure::from(error)), Vec::new()));
        wire::write(&mut output, &told, &bytes)?;
    }
    Ok(())
}
