//! Where those who listen within the process learn that there is something new. Events themselves are read from the
//! archive by their number, so that a listener who was away goes on where it stopped.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Notify, broadcast};

use crate::archive::{Archive, ArchiveError};
use crate::model::{EventFilter, EventRecord, News};

/// Notices that wait for a listener; one who is slower is told that it missed some, and reads from the archive.
const WAITING: usize = 256;
/// Events read in one go.
const BATCH: u32 = 500;

/// Something that those who listen may want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// There are new events in the outbox.
    Events,
}

/// Events that a listener is told of.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The events, in order.
    pub events: Vec<EventRecord>,
    /// The number up to which everything was read: where to go on.
    pub last: i64,
}

/// The notices of one process; cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub {
    notices: broadcast::Sender<Notice>,
    wake: Arc<Notify>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { notices: broadcast::channel(WAITING).0, wake: Arc::default() }
    }
}

impl Hub {
    /// Tells those who listen. That nobody does is no failure.
    pub fn publish(&self, notice: Notice) {
        let _ = self.notices.send(notice);
    }

    /// Keeps events and tells those who listen.
    pub async fn tell(&self, archive: &Archive, news: &[News], now: Timestamp) -> Result<(), ArchiveError> {
        archive.keep_news(news, now).await?;
        self.publish(Notice::Events);
        Ok(())
    }

    /// Listens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.notices.subscribe()
    }

    /// Has accounts, handoffs and deliveries looked at soon, as something was written.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until somebody asks for a look.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// The events after a number that a filter takes, at most `limit`.
    pub async fn since(archive: &Archive, row: i64, filter: &EventFilter, limit: usize) -> Result<Page, ArchiveError> {
        let mut page = Page { events: Vec::new(), last: row };
        loop {
            let batch = archive.events_after(page.last, BATCH).await?;
            let is_last = batch.len() < BATCH as usize;
            for event in batch {
                if page.events.len() == limit {
                    return Ok(page);
                }
                page.last = event.row;
                if filter.takes(&event.account, event.payload.name, event.audience) {
                    page.events.push(event);
                }
            }
            if is_last {
                return Ok(page);
            }
        }
    }
}
