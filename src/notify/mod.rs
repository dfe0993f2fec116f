//! What is told to others. Changes of accounts, steps of handoffs and finished documents become events in the outbox,
//! each once ([`flag`], [`take_untold`]); streams read them by number ([`Hub::since`]), webhooks are sent them
//! ([`Deliverer`]), at least once and in order per account. [`run`] does all of it until it is stopped.

mod deliver;
mod flag;
mod handoffs;
mod hub;
mod loads;
mod marks;
mod run;
mod webhooks;

pub use deliver::{Answer, Client, Deliverer, Now, Sent, UrlError, check_url, is_permitted};
pub use flag::{flag, flag_due};
pub use handoffs::take_untold;
pub use hub::{Hub, Notice, Page};
pub use loads::{IngestEnd, ingest_ended};
pub use run::run;
pub use webhooks::{
    NewWebhook, Replay, WebhookError, add_webhook, deliveries, enable_webhook, remove_webhook, replay, rotate_secret,
    webhooks,
};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
