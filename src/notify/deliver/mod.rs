//! Sends what is due to webhooks: at least once, in order per account. Each webhook is served on its own, so that one
//! that is slow holds back no other, and several accounts at once. What came of an attempt is noted after it: a process
//! that ends in between sends again, with the same identity of the message.

mod client;
mod retry;
mod sign;
mod url;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use client::{Answer, Client};
pub(super) use sign::{new_id, new_secret};
pub use url::{UrlError, check_url, is_permitted};

use retry::verdict;
use sign::{sign, spread};

use crate::archive::{Archive, ArchiveError, Attempt, Verdict};
use crate::model::{AccountSlug, Reach, Webhook};

/// Accounts of one webhook to which is sent at once.
const AT_ONCE: usize = 8;

/// What tells the time.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What attempts came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The receiver has it.
    pub delivered: u32,
    /// It is tried again.
    pub failed: u32,
    /// It was given up.
    pub dead: u32,
}

impl Sent {
    fn add(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.failed += other.failed;
        self.dead += other.dead;
    }
}

/// What sends events to webhooks; cheap to clone.
#[derive(Clone)]
pub struct Deliverer {
    pub(super) archive: Archive,
    client: Client,
    now: Now,
    /// Permits private addresses to every webhook.
    reach: Reach,
}

impl Deliverer {
    /// A deliverer for an archive. With `reach` private, every webhook may have private addresses.
    pub fn new(archive: Archive, client: Client, now: Now, reach: Reach) -> Self {
        Self { archive, client, now, reach }
    }

    /// Sends everything that is due, and ends when nothing more is.
    pub async fn deliver_due(&self) -> Result<Sent, ArchiveError> {
        let stop = CancellationToken::new();
        let mut sent = Sent::default();
        let mut webhooks = JoinSet::new();
        for webhook in self.archive.webhooks().await? {
            let (deliverer, stop) = (self.clone(), stop.clone());
            webhooks.spawn(async move { deliverer.serve(&webhook, &stop).await });
        }
        while let Some(served) = webhooks.join_next().await {
            sent.add(served.map_err(|error| lost(&error))??);
        }
        Ok(sent)
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Sends a webhook what is due, until nothing more is or it is stopped; what is under way is waited for.
    pub(super) async fn serve(&self, webhook: &Webhook, stop: &CancellationToken) -> Result<Sent, ArchiveError> {
        let mut sent = Sent::default();
        let mut busy: BTreeSet<AccountSlug> = BTreeSet::new();
        let mut attempts: JoinSet<(AccountSlug, Result<Verdict, ArchiveError>)> = JoinSet::new();
        loop {
            let room = AT_ONCE - attempts.len();
            if !stop.is_cancelled() {
                // Those under way are due too: the others come after them.
                let mut due = self.archive.due_deliveries(&webhook.id, self.now(), AT_ONCE as u32 * 2).await?;
                due.retain(|attempt| !busy.contains(&attempt.account));
                for attempt in due.into_iter().take(room) {
                    busy.insert(attempt.account.clone());
                    let (deliverer, webhook) = (self.clone(), webhook.clone());
                    attempts.spawn(async move {
                        let verdict = deliverer.attempt(&webhook, &attempt).await;
                        (attempt.account, verdict)
                    });
                }
            }
            let Some(ended) = attempts.join_next().await else { return Ok(sent) };
            let (account, verdict) = ended.map_err(|error| lost(&error))?;
            busy.remove(&account);
            match verdict? {
                Verdict::Delivered => sent.delivered += 1,
                Verdict::RetryAt(_) => sent.failed += 1,
                Verdict::Dead | Verdict::Gone => sent.dead += 1,
            }
        }
    }

    /// One attempt, and the note of what came of it.
    #[tracing::instrument(skip_all, fields(webhook = webhook.id, event = attempt.event, attempt = attempt.attempts + 1))]
    async fn attempt(&self, webhook: &Webhook, attempt: &Attempt) -> Result<Verdict, ArchiveError> {
        let Some(secrets) = self.archive.webhook_secrets(&webhook.id, self.now()).await? else {
            // It was taken away meanwhile, and its deliveries with it.
            return Ok(Verdict::Dead);
        };
        let reach = if self.reach == Reach::Private { Reach::Private } else { webhook.reach };
        let answer = match sign(attempt, &secrets, self.now()) {
            Ok(signed) => self.client.post(&webhook.url, reach, signed, self.now()).await,
            Err(error) => Answer::Failed(error.to_string()),
        };
        let now = self.now();
        let verdict = verdict(attempt.attempts, &answer, now, spread(attempt));
        match verdict {
            Verdict::Delivered => tracing::debug!("delivered"),
            Verdict::RetryAt(next) => tracing::info!(%next, "not delivered"),
            Verdict::Dead | Verdict::Gone => tracing::warn!("given up"),
        }
        self.archive.end_attempt(attempt, verdict, &answer.told(), now).await?;
        Ok(verdict)
    }
}

fn lost(error: &tokio::task::JoinError) -> ArchiveError {
    ArchiveError::Corrupt { what: "delivery", reason: error.to_string() }
}

#[cfg(test)]
mod tests;
