//! Stops a query at its time limit.

use std::{
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use crate::graph::sparql::CancellationToken;

/// How long a query may run, and by which token it can be stopped before that.
#[derive(Clone, Default)]
pub struct Limit {
    /// The time; `None` for no limit.
    pub time: Option<Duration>,
    /// The token of the caller.
    pub stop: CancellationToken,
}

impl Limit {
    /// A limit of time alone.
    pub fn of(time: Duration) -> Self {
        Self { time: Some(time), ..Self::default() }
    }

    /// Starts the watch; it ends when the guard is dropped.
    pub(super) fn watch(&self) -> Watch {
        let Some(time) = self.time else { return Watch { _end: None } };
        let (end, ended) = mpsc::channel::<()>();
        let stop = self.stop.clone();
        thread::spawn(move || {
            if ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
                stop.cancel();
            }
        });
        Watch { _end: Some(end) }
    }
}

/// A running watch.
pub(super) struct Watch {
    _end: Option<Sender<()>>,
}
