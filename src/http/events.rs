//! `/v1/events`: what happens, as it happens: events of the outbox, and how far jobs are, as server-sent events. And
//! `/v1/events/log`: the same events as a list.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, StreamExt as _};
use serde::Deserialize;
use tokio::sync::{broadcast, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use super::error::Failure;
use super::extract::{Bearer, Query};
use crate::access::Caller;
use crate::api::{ApiError, App, Job, JobNotice, Page, PageRequest};
use crate::model::{AccountScope, AccountSlug, EventChoice, EventFilter, EventName, EventRecord};
use crate::notify::{Hub, Notice};

/// Events read at a time.
const BATCH: usize = 100;
/// A stream says that it lives after so long a silence.
const ALIVE: Duration = Duration::from_secs(15);
/// Events that wait for a slow reader.
const WAITING: usize = 16;

/// Which events.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Listening {
    /// Only of this account.
    account: Option<String>,
    /// Only of this name, such as `risk.new`.
    #[serde(rename = "type")]
    name: Option<EventName>,
}

/// Where a stream goes on.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct After {
    /// Number of the last event that was read; a stream begins with what is new without it. `Last-Event-ID` is the same.
    #[param(minimum = 0)]
    after: Option<u64>,
}

/// Streams what happens: change flags, steps of handoffs, finished documents, loads; and `job`, how far jobs are.
#[utoipa::path(get, path = "/v1/events", tag = "events", params(Listening, After),
    responses((status = 200, description = "Server-sent events", body = String, content_type = "text/event-stream")))]
pub(super) async fn stream_events(
    State(app): State<App>,
    Bearer(caller): Bearer,
    asked: (Query<Listening>, Query<After>),
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let (Query(listening), Query(after)) = asked;
    let filter = filter(&caller, &listening)?;
    let told = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let after = match told.or(after.after.and_then(|row| i64::try_from(row).ok())) {
        Some(row) => row,
        None => app.stores.archive.last_event_before(app.clock.now()).await?,
    };
    let (sender, receiver) = mpsc::channel(WAITING);
    let stream = Streaming { app: app.clone(), caller, filter, after };
    tokio::spawn(stream.run((app.hub.subscribe(), app.jobs.listen()), sender));
    let events = ReceiverStream::new(receiver).map(Ok);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)))
}

/// Lists what happened, earliest first.
#[utoipa::path(get, path = "/v1/events/log", tag = "events", params(Listening, PageRequest),
    responses((status = 200, body = Page<EventRecord>)))]
pub(super) async fn list_events(
    State(app): State<App>,
    Bearer(caller): Bearer,
    asked: (Query<Listening>, Query<PageRequest>),
) -> Result<axum::Json<Page<EventRecord>>, Failure> {
    let (Query(listening), Query(page)) = asked;
    let filter = filter(&caller, &listening)?;
    let (limit, after) = (page.limit()?, page.number()?.unwrap_or(0));
    let found = Hub::since(&app.stores.archive, after, &filter, limit).await?;
    let next = (found.events.len() == limit).then(|| PageRequest::cursor_of(found.last));
    Ok(axum::Json(Page { data: found.events, next }))
}

/// What the caller is told of, of what they ask for.
fn filter(caller: &Caller, listening: &Listening) -> Result<EventFilter, ApiError> {
    let accounts = match &listening.account {
        None => caller.token.accounts.clone(),
        Some(name) => {
            let account = AccountSlug::from_key(name).ok_or_else(|| ApiError::not_found("account", name))?;
            caller.require_account(&account)?;
            AccountScope::Only([account].into())
        }
    };
    let events = match listening.name {
        Some(name) => EventChoice::Only(BTreeSet::from([name])),
        None => EventChoice::All,
    };
    Ok(EventFilter { accounts, events, sight: caller.sight() })
}

/// One listener.
struct Streaming {
    app: App,
    caller: Caller,
    filter: EventFilter,
    after: i64,
}

type Heard = (broadcast::Receiver<Notice>, broadcast::Receiver<JobNotice>);

impl Streaming {
    /// Sends until the listener or the service is gone.
    async fn run(mut self, (mut notices, mut jobs): Heard, sender: mpsc::Sender<Event>) {
        loop {
            if self.catch_up(&sender).await.is_err() {
                return;
            }
            tokio::select! {
                () = sender.closed() => return,
                // Whoever fell behind reads on from the archive.
                heard = notices.recv() => if matches!(heard, Err(broadcast::error::RecvError::Closed)) { return },
                heard = jobs.recv() => {
                    if let Ok(JobNotice(job)) = heard
                        && self.is_told(&job)
                        && let Ok(event) = Event::default().event("job").json_data(&job)
                        && sender.send(event).await.is_err()
                    {
                        return;
                    }
                }
            }
        }
    }

    fn is_told(&self, job: &Job) -> bool {
        let in_scope = match &job.account {
            Some(account) => self.filter.accounts.holds(account),
            None => self.filter.accounts == AccountScope::All,
        };
        in_scope && self.filter.events == EventChoice::All && self.caller.token.is_good(self.app.clock.now())
    }

    /// Sends the events that were kept since the last one.
    async fn catch_up(&mut self, sender: &mpsc::Sender<Event>) -> Result<(), ()> {
        loop {
            let page = Hub::since(&self.app.stores.archive, self.after, &self.filter, BATCH).await;
            let page = page.map_err(|error| tracing::error!(%error, "events cannot be read"))?;
            self.after = page.last;
            let is_last = page.events.len() < BATCH;
            for record in page.events {
                let event = Event::default().id(record.row.to_string()).event(record.payload.name.as_str());
                let event = event.json_data(&record.payload).map_err(|_| ())?;
                sender.send(event).await.map_err(|_| ())?;
            }
            if is_last {
                return Ok(());
            }
        }
    }
}
