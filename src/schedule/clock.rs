//! The clock, so that tests can set it.

use jiff::{SignedDuration, Timestamp};

/// What tells the time.
pub trait Clock: Send + Sync {
    /// The time it is.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that is behind that of the machine.
#[derive(Clone, Copy, Debug)]
pub struct LateClock {
    /// By so much.
    pub behind: SignedDuration,
}

impl LateClock {
    /// A clock that says `now` now.
    pub fn saying(now: Timestamp) -> Self {
        Self { behind: Timestamp::now().duration_since(now) }
    }
}

impl Clock for LateClock {
    fn now(&self) -> Timestamp {
        Timestamp::now() - self.behind
    }
}
