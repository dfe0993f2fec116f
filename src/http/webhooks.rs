//! `/v1/webhooks`: who is told of events by HTTP, and what became of each delivery.

use std::collections::BTreeSet;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};

use super::error::Failure;
use super::extract::{Bearer, Json, Path, Query};
use crate::api::{AccountKey, ApiError, App, Page, PageRequest};
use crate::model::{AccountScope, AccountSlug, Delivery, DeliveryState, EventName, Reach, Sight, Webhook};
use crate::notify::{self, NewWebhook, Replay};

/// A webhook to add.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookToAdd {
    /// Where events are sent.
    #[schema(example = "https://hooks.vendor.example/baton")]
    url: String,
    /// The events it is told of; all when not given.
    #[serde(default)]
    #[schema(value_type = Option<Vec<EventName>>)]
    events: Option<BTreeSet<EventName>>,
    /// The accounts it is told of; all when not given.
    #[serde(default)]
    #[schema(value_type = Option<Vec<AccountKey>>)]
    accounts: Option<BTreeSet<String>>,
    /// What of an account it is told.
    #[serde(default = "shared")]
    sight: Sight,
}

fn shared() -> Sight {
    Sight::Shared
}

/// A webhook that was added. The secret is shown this once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct AddedWebhook {
    /// The webhook.
    #[serde(flatten)]
    webhook: Webhook,
    /// What its deliveries are signed with.
    secret: String,
}

/// A secret in place of the one before, which signs too for a day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct NewSecret {
    /// The secret.
    secret: String,
}

/// What to send again.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToReplay {
    /// One delivery; everything that was given up when not given.
    #[serde(default)]
    delivery: Option<String>,
}

/// How much is sent again.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Replayed {
    /// Deliveries that wait now.
    waiting: u64,
}

#[derive(Debug, Deserialize)]
pub(super) struct WebhookPath {
    webhook: String,
}

/// Which deliveries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DeliveryFilter {
    /// Only those that stand so.
    state: Option<DeliveryState>,
}

/// Lists the webhooks.
#[utoipa::path(get, path = "/v1/webhooks", tag = "webhooks", responses((status = 200, body = Page<Webhook>)))]
pub(super) async fn list_webhooks(
    State(app): State<App>,
    Bearer(caller): Bearer,
) -> Result<Answer<Page<Webhook>>, Failure> {
    caller.require_all_accounts()?;
    Ok(Answer(Page { data: notify::webhooks(&app.stores.archive).await?, next: None }))
}

/// Adds a webhook, which is told of what happens from now on. Its secret is shown this once.
#[utoipa::path(post, path = "/v1/webhooks", tag = "webhooks", request_body = WebhookToAdd,
    responses((status = 201, body = AddedWebhook)))]
pub(super) async fn add_webhook(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Json(new): Json<WebhookToAdd>,
) -> Result<Response, Failure> {
    caller.require_all_accounts()?;
    let read = |name: &String| {
        AccountSlug::from_key(name).ok_or_else(|| ApiError::Unfit(format!("{name:?} is no key of an account")))
    };
    let accounts: Option<BTreeSet<AccountSlug>> =
        new.accounts.map(|names| names.iter().map(read).collect::<Result<_, _>>()).transpose()?;
    let new = NewWebhook {
        url: new.url,
        events: new.events.into(),
        accounts: AccountScope::from(accounts),
        sight: new.sight,
        // Private addresses are for whoever sits at the machine: baton webhook add --allow-private.
        reach: Reach::Public,
    };
    let (webhook, secret) = notify::add_webhook(&app.stores.archive, new, app.clock.now()).await?;
    app.hub.wake();
    Ok((StatusCode::CREATED, Answer(AddedWebhook { webhook, secret })).into_response())
}

/// Takes a webhook away, and what waits for it.
#[utoipa::path(delete, path = "/v1/webhooks/{webhook}", tag = "webhooks",
    params(("webhook" = String, Path, description = "Id of the webhook")),
    responses((status = 204, description = "It is gone")))]
pub(super) async fn remove_webhook(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<WebhookPath>,
) -> Result<StatusCode, Failure> {
    caller.require_all_accounts()?;
    notify::remove_webhook(&app.stores.archive, &path.webhook).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a webhook another secret; the one before signs too for a day.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/secret", tag = "webhooks",
    params(("webhook" = String, Path, description = "Id of the webhook")),
    responses((status = 200, body = NewSecret)))]
pub(super) async fn rotate_secret(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<WebhookPath>,
) -> Result<Answer<NewSecret>, Failure> {
    caller.require_all_accounts()?;
    let secret = notify::rotate_secret(&app.stores.archive, &path.webhook, app.clock.now()).await?;
    Ok(Answer(NewSecret { secret }))
}

/// Lists the deliveries of a webhook, in order of their events.
#[utoipa::path(get, path = "/v1/webhooks/{webhook}/deliveries", tag = "webhooks",
    params(("webhook" = String, Path, description = "Id of the webhook"), DeliveryFilter, PageRequest),
    responses((status = 200, body = Page<Delivery>)))]
pub(super) async fn list_deliveries(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<WebhookPath>,
    asked: (Query<DeliveryFilter>, Query<PageRequest>),
) -> Result<Answer<Page<Delivery>>, Failure> {
    let (Query(filter), Query(page)) = asked;
    caller.require_all_accounts()?;
    let (limit, after) = (page.limit()?, page.number()?.map(|event| format!("{}:{event}", path.webhook)));
    let archive = &app.stores.archive;
    let mut data =
        notify::deliveries(archive, Some(&path.webhook), filter.state, after.as_deref(), limit as u32 + 1).await?;
    let more = data.len() > limit;
    data.truncate(limit);
    let next = data.last().filter(|_| more).map(|last| PageRequest::cursor_of(last.event));
    Ok(Answer(Page { data, next }))
}

/// Sends again what was given up, or one delivery.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/replay", tag = "webhooks", request_body = ToReplay,
    params(("webhook" = String, Path, description = "Id of the webhook")),
    responses((status = 200, body = Replayed)))]
pub(super) async fn replay_deliveries(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<WebhookPath>,
    Json(body): Json<ToReplay>,
) -> Result<Answer<Replayed>, Failure> {
    caller.require_all_accounts()?;
    let what = match body.delivery {
        Some(id) => Replay::One(id),
        None => Replay::Dead(Some(path.webhook)),
    };
    let waiting = notify::replay(&app.stores.archive, &what, app.clock.now()).await?;
    app.hub.wake();
    Ok(Answer(Replayed { waiting }))
}
