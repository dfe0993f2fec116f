//! Webhooks: who is told by HTTP, and what became of each event that was sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountScope, AccountSlug, EventChoice, EventFilter, EventName, Sight};

/// Which addresses a webhook may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Those of the public internet.
    #[default]
    Public,
    /// Those of one's own network and machine too.
    Private,
}

impl Reach {
    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }

    /// The reach of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Public, Self::Private].into_iter().find(|reach| reach.as_str() == name)
    }
}

/// Somebody who is told of events by HTTP. Its secret is kept apart and shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Webhook {
    /// Its name in lists.
    pub id: String,
    /// Where events are sent.
    pub url: String,
    /// The events it is told of; `null` for all.
    #[schema(value_type = Option<Vec<EventName>>)]
    pub events: EventChoice,
    /// The accounts it is told of; `null` for all.
    #[schema(value_type = Option<Vec<String>>)]
    pub accounts: AccountScope,
    /// What of an account it is told.
    pub sight: Sight,
    /// Which addresses it may have.
    pub reach: Reach,
    /// Since when it stands: what happened before is not sent.
    pub created_at: Timestamp,
    /// Since when nothing is sent, as its receiver answered that it is gone.
    pub disabled_at: Option<Timestamp>,
}

impl Webhook {
    /// The events that it is told of.
    pub fn filter(&self) -> EventFilter {
        EventFilter { accounts: self.accounts.clone(), events: self.events.clone(), sight: self.sight }
    }
}

/// How far the delivery of an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is to be sent, for the first time or again.
    Waiting,
    /// The receiver has it.
    Delivered,
    /// It was given up.
    Dead,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Dead];

    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// One event on its way to one webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Delivery {
    /// Its name: that of the webhook and the number of the event, with a colon between.
    pub id: String,
    /// The webhook.
    pub webhook: String,
    /// The number of the event.
    pub event: i64,
    /// Name of the event.
    #[serde(rename = "type")]
    pub name: EventName,
    /// The account.
    pub account: AccountSlug,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; none when it is over.
    pub next_at: Option<Timestamp>,
    /// What came of the last attempt.
    pub answer: Option<String>,
    /// When it was delivered or given up.
    pub ended_at: Option<Timestamp>,
}
