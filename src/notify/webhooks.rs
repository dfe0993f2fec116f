//! What an administrator does with webhooks: the same for the command line and for HTTP.

use jiff::{SignedDuration, Timestamp};

use super::deliver::{UrlError, check_url, new_id, new_secret};
use crate::archive::{Archive, ArchiveError};
use crate::model::{AccountScope, Delivery, DeliveryState, EventChoice, Reach, Sight, Webhook};

/// A secret that was replaced signs so long beside the new one.
const OLD_SECRET: SignedDuration = SignedDuration::from_hours(24);

/// Why something could not be done with webhooks.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The URL is not one for a webhook.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// There is no such webhook.
    #[error("there is no webhook {0}")]
    Unknown(String),
    /// There is no such delivery that is over.
    #[error("there is no delivery {0} that was delivered or given up")]
    UnknownDelivery(String),
    /// Nothing is sent to it.
    #[error("webhook {0} is disabled, as its receiver answered 410 Gone: enable it first")]
    Disabled(String),
    /// The system gave no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
}

impl From<getrandom::Error> for WebhookError {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error.to_string())
    }
}

/// A webhook to add.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// Where events are sent.
    pub url: String,
    /// The events it is told of.
    pub events: EventChoice,
    /// The accounts it is told of.
    pub accounts: AccountScope,
    /// What of an account it is told.
    pub sight: Sight,
    /// Which addresses it may have.
    pub reach: Reach,
}

/// What to send again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// One delivery, by its name.
    One(String),
    /// What was given up, of one webhook or of all.
    Dead(Option<String>),
}

/// Adds a webhook, which is told of what happens from now on. Answers it and its secret, which is never shown again.
pub async fn add_webhook(
    archive: &Archive,
    new: NewWebhook,
    now: Timestamp,
) -> Result<(Webhook, String), WebhookError> {
    let url = check_url(&new.url, new.reach)?;
    let webhook = Webhook {
        id: new_id()?,
        url: url.to_string(),
        events: new.events,
        accounts: new.accounts,
        sight: new.sight,
        reach: new.reach,
        created_at: now,
        disabled_at: None,
    };
    let secret = new_secret()?;
    archive.add_webhook(&webhook, &secret).await?;
    Ok((webhook, secret))
}

/// Every webhook, oldest first.
pub async fn webhooks(archive: &Archive) -> Result<Vec<Webhook>, WebhookError> {
    Ok(archive.webhooks().await?)
}

/// Takes a webhook away, and what waits for it.
pub async fn remove_webhook(archive: &Archive, id: &str) -> Result<(), WebhookError> {
    known(archive.remove_webhook(id).await?, id)
}

/// Gives a webhook another secret and answers it. The one before signs too for a day.
pub async fn rotate_secret(archive: &Archive, id: &str, now: Timestamp) -> Result<String, WebhookError> {
    let secret = new_secret()?;
    known(archive.rotate_webhook_secret(id, &secret, now + OLD_SECRET).await?, id)?;
    Ok(secret)
}

/// Sends to a webhook again whose receiver was gone. What was given up stays so until it is replayed.
pub async fn enable_webhook(archive: &Archive, id: &str) -> Result<(), WebhookError> {
    known(archive.enable_webhook(id).await?, id)
}

/// Deliveries of a webhook or of all, in a state or in any, after the one of that name, in order of their events.
pub async fn deliveries(
    archive: &Archive,
    webhook: Option<&str>,
    state: Option<DeliveryState>,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Delivery>, WebhookError> {
    if let Some(id) = webhook {
        known(archive.webhook(id).await?.is_some(), id)?;
    }
    let after = after.map(|id| parts(id).map(|(webhook, event)| (event, webhook))).transpose()?;
    Ok(archive.deliveries(webhook, state, after, limit).await?)
}

/// Sends again. Answers how many deliveries wait now because of it. They keep the identity of their messages and their
/// place among the events of their account.
pub async fn replay(archive: &Archive, what: &Replay, now: Timestamp) -> Result<u64, WebhookError> {
    match what {
        Replay::One(id) => {
            let (webhook, event) = parts(id)?;
            require_enabled(archive, webhook).await?;
            if !archive.replay_delivery(webhook, event, now).await? {
                return Err(WebhookError::UnknownDelivery(id.clone()));
            }
            Ok(1)
        }
        Replay::Dead(webhook) => {
            if let Some(id) = webhook {
                require_enabled(archive, id).await?;
            }
            Ok(archive.replay_dead(webhook.as_deref(), now).await?)
        }
    }
}

async fn require_enabled(archive: &Archive, id: &str) -> Result<(), WebhookError> {
    match archive.webhook(id).await? {
        None => Err(WebhookError::Unknown(id.to_owned())),
        Some(webhook) if webhook.disabled_at.is_some() => Err(WebhookError::Disabled(id.to_owned())),
        Some(_) => Ok(()),
    }
}

/// The webhook and the event that the name of a delivery is made of.
fn parts(id: &str) -> Result<(&str, i64), WebhookError> {
    let parts = id.rsplit_once(':').and_then(|(webhook, event)| Some((webhook, event.parse().ok()?)));
    parts.ok_or_else(|| WebhookError::UnknownDelivery(id.to_owned()))
}

fn known(is_there: bool, id: &str) -> Result<(), WebhookError> {
    if is_there { Ok(()) } else { Err(WebhookError::Unknown(id.to_owned())) }
}
