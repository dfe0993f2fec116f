//! What queries may take.

use std::time::Duration;

/// What one query may take, and how many run at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Processes that run queries.
    pub workers: usize,
    /// Queries that wait for one of them; one more is sent away.
    pub waiting: usize,
    /// How long a query waits.
    pub wait: Duration,
    /// How long a query runs. It is stopped then, and its process killed when it does not stop soon.
    pub time: Duration,
    /// Rows, or statements, of an answer.
    pub rows: u64,
    /// Bytes of an answer.
    pub bytes: u64,
    /// Bytes of memory of a process.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            workers: 4,
            waiting: 64,
            wait: Duration::from_secs(10),
            time: Duration::from_secs(10),
            rows: 100_000,
            bytes: 16 << 20,
            memory: 1_536 << 20,
        }
    }
}

impl Limits {
    /// When a process is killed that does not stop by itself.
    pub(super) fn end(&self) -> Duration {
        self.time + self.time / 8
    }
}
