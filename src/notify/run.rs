//! The part of the service that tells others: two loops, one that finds what is new and one that sends it, until both
//! are stopped. Neither waits for the other: a slow receiver delays no event.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::deliver::{Client, Deliverer, Sent};
use super::flag::flag_due;
use super::handoffs::take_untold;
use super::hub::{Hub, Notice};
use crate::archive::ArchiveError;
use crate::ingest::Stores;
use crate::model::Reach;

/// Longest sleep: what another process wrote is seen by then.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);
/// Shortest sleep, and the pause after the archive failed.
const SHORTEST_SLEEP: Duration = Duration::from_millis(200);
/// Events are kept so long, and longer while somebody waits for them.
const KEPT_EVENTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Tells others what is new until it is stopped, and ends when what is being sent has been answered. With `reach`
/// private, every webhook may have private addresses. What fails is logged and tried again.
pub async fn run(
    stores: Stores,
    engine: &str,
    hub: Hub,
    stop: CancellationToken,
    reach: Reach,
) -> Result<(), reqwest::Error> {
    let deliverer = Deliverer::new(stores.archive.clone(), Client::new()?, Arc::new(Timestamp::now), reach);
    tokio::join!(tell(&stores, engine, &hub, &stop), send(&deliverer, &hub, &stop));
    Ok(())
}

/// Finds what is new: at each wake-up, and every few seconds. A look that is stopped is taken again by the next service.
async fn tell(stores: &Stores, engine: &str, hub: &Hub, stop: &CancellationToken) {
    let mut dropped_on = None;
    while !stop.is_cancelled() {
        let now = Timestamp::now();
        tokio::select! {
            () = stop.cancelled() => return,
            told = tell_once(stores, engine, hub, now) => {
                if let Err(error) = told {
                    tracing::error!(%error, "the outbox could not be filled");
                }
            }
        }
        let today = now.as_second() / 86_400;
        if dropped_on != Some(today) {
            dropped_on = Some(today);
            if let Err(error) = stores.archive.drop_events(now - KEPT_EVENTS).await {
                tracing::error!(%error, "old events could not be dropped");
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = hub.woken() => {}
            () = tokio::time::sleep(LONGEST_SLEEP) => {}
        }
    }
}

/// Steps of handoffs first: they wait for no account that takes long.
async fn tell_once(stores: &Stores, engine: &str, hub: &Hub, now: Timestamp) -> Result<(), ArchiveError> {
    let publish = |events: usize| {
        if events > 0 {
            tracing::info!(events, "told");
            hub.publish(Notice::Events);
        }
    };
    publish(take_untold(&stores.archive, now).await?);
    publish(flag_due(stores, engine, now).await?);
    Ok(())
}

/// Sends what is due: a task for each webhook that has something.
async fn send(deliverer: &Deliverer, hub: &Hub, stop: &CancellationToken) {
    let mut notices = hub.subscribe();
    let mut serving: JoinSet<Result<Sent, ArchiveError>> = JoinSet::new();
    let mut served: BTreeMap<Id, String> = BTreeMap::new();
    while !stop.is_cancelled() {
        let pause = match start(deliverer, &mut serving, &mut served, stop).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "deliveries could not be looked up");
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            Some(ended) = serving.join_next_with_id() => end(ended, &mut served),
            // Also when some were missed: there is something new.
            _ = notices.recv() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    while let Some(ended) = serving.join_next_with_id().await {
        end(ended, &mut served);
    }
}

/// Starts a task for each webhook that has something due and none yet. Answers how long nothing more is due.
async fn start(
    deliverer: &Deliverer,
    serving: &mut JoinSet<Result<Sent, ArchiveError>>,
    served: &mut BTreeMap<Id, String>,
    stop: &CancellationToken,
) -> Result<Duration, ArchiveError> {
    let now = deliverer.now();
    for webhook in deliverer.archive.webhooks().await? {
        let is_served = served.values().any(|id| *id == webhook.id);
        if is_served || deliverer.archive.due_deliveries(&webhook.id, now, 1).await?.is_empty() {
            continue;
        }
        let (deliverer, stop, id) = (deliverer.clone(), stop.clone(), webhook.id.clone());
        let task = serving.spawn(async move {
            let sent = deliverer.serve(&webhook, &stop).await;
            if sent.is_err() {
                // What fails at once would be tried again at once.
                tokio::time::sleep(SHORTEST_SLEEP).await;
            }
            sent
        });
        served.insert(task.id(), id);
    }
    let next = deliverer.archive.next_delivery_at().await?;
    let pause = next.map_or(LONGEST_SLEEP, |next| Duration::try_from(next.duration_since(now)).unwrap_or_default());
    Ok(pause.clamp(SHORTEST_SLEEP, LONGEST_SLEEP))
}

type Ended = Result<(Id, Result<Sent, ArchiveError>), tokio::task::JoinError>;

fn end(ended: Ended, served: &mut BTreeMap<Id, String>) {
    match ended {
        Ok((id, result)) => {
            let webhook = served.remove(&id);
            match result {
                Ok(sent) => tracing::debug!(webhook, delivered = sent.delivered, failed = sent.failed, "sent"),
                Err(error) => tracing::error!(webhook, %error, "events could not be sent"),
            }
        }
        Err(error) => {
            let webhook = served.remove(&error.id());
            tracing::error!(webhook, %error, "a task that sends events was lost");
        }
    }
}
