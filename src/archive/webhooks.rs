//! Webhooks and their secrets.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::model::{AccountScope, AccountSlug, EventChoice, EventName, Reach, Sight, Webhook};

use super::{Archive, ArchiveError, micros, time};

const COLUMNS: &str = "id, url, events, accounts, sight, reach, created_at, disabled_at";

/// What a webhook signs with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secrets {
    /// The secret.
    pub current: String,
    /// The one before, while it still counts.
    pub old: Option<String>,
}

impl Archive {
    /// Keeps a new webhook with its secret.
    pub async fn add_webhook(&self, webhook: &Webhook, secret: &str) -> Result<(), ArchiveError> {
        let events: Option<BTreeSet<EventName>> = webhook.events.clone().into();
        let accounts: Option<BTreeSet<AccountSlug>> = webhook.accounts.clone().into();
        sqlx::query(
            "INSERT INTO webhooks (id, url, secret, events, accounts, sight, reach, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&webhook.id)
        .bind(&webhook.url)
        .bind(secret)
        .bind(list_text(events.as_ref())?)
        .bind(list_text(accounts.as_ref())?)
        .bind(webhook.sight.as_str())
        .bind(webhook.reach.as_str())
        .bind(micros(webhook.created_at))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Every webhook, oldest first.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, ArchiveError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM webhooks ORDER BY created_at, id")))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(webhook).collect()
    }

    /// The webhook of that id.
    pub async fn webhook(&self, id: &str) -> Result<Option<Webhook>, ArchiveError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM webhooks WHERE id = ?")))
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(webhook).transpose()
    }

    /// What a webhook signs with at `now`.
    pub async fn webhook_secrets(&self, id: &str, now: Timestamp) -> Result<Option<Secrets>, ArchiveError> {
        let row = sqlx::query("SELECT secret, old_secret, old_secret_until FROM webhooks WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let counts = row.try_get::<Option<i64>, _>("old_secret_until")?.is_some_and(|until| micros(now) < until);
        let old: Option<String> = row.try_get("old_secret")?;
        Ok(Some(Secrets { current: row.try_get("secret")?, old: old.filter(|_| counts) }))
    }

    /// Gives a webhook another secret; the one before signs too until `until`. Answers whether it is there.
    pub async fn rotate_webhook_secret(&self, id: &str, secret: &str, until: Timestamp) -> Result<bool, ArchiveError> {
        let done =
            sqlx::query("UPDATE webhooks SET old_secret = secret, old_secret_until = ?, secret = ? WHERE id = ?")
                .bind(micros(until))
                .bind(secret)
                .bind(id)
                .execute(&self.pool)
                .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Sends to a webhook again that was disabled. Answers whether it is there.
    pub async fn enable_webhook(&self, id: &str) -> Result<bool, ArchiveError> {
        let done =
            sqlx::query("UPDATE webhooks SET disabled_at = NULL WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes a webhook away, and what waits for it. Answers whether it was there.
    pub async fn remove_webhook(&self, id: &str) -> Result<bool, ArchiveError> {
        let done = sqlx::query("DELETE FROM webhooks WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(done.rows_affected() == 1)
    }
}

/// The webhooks to which something is sent.
pub(super) async fn enabled(tx: &mut Transaction<'_, Sqlite>) -> Result<Vec<Webhook>, ArchiveError> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM webhooks WHERE disabled_at IS NULL")))
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(webhook).collect()
}

fn webhook(row: &SqliteRow) -> Result<Webhook, ArchiveError> {
    let (sight, reach): (String, String) = (row.try_get("sight")?, row.try_get("reach")?);
    let events: Option<BTreeSet<EventName>> = list(row.try_get("events")?)?;
    let accounts: Option<BTreeSet<AccountSlug>> = list(row.try_get("accounts")?)?;
    Ok(Webhook {
        id: row.try_get("id")?,
        url: row.try_get("url")?,
        events: EventChoice::from(events),
        accounts: AccountScope::from(accounts),
        sight: Sight::from_name(&sight).ok_or_else(|| ArchiveError::corrupt("sight", sight))?,
        reach: Reach::from_name(&reach).ok_or_else(|| ArchiveError::corrupt("reach", reach))?,
        created_at: time(row.try_get("created_at")?)?,
        disabled_at: row.try_get::<Option<i64>, _>("disabled_at")?.map(time).transpose()?,
    })
}

fn list_text<T: Serialize>(list: Option<&BTreeSet<T>>) -> Result<Option<String>, ArchiveError> {
    list.map(|list| serde_json::to_string(list).map_err(|error| ArchiveError::corrupt("webhook", error))).transpose()
}

fn list<T: DeserializeOwned + Ord>(text: Option<String>) -> Result<Option<BTreeSet<T>>, ArchiveError> {
    text.map(|text| serde_json::from_str(&text).map_err(|error| ArchiveError::corrupt("webhook", error))).transpose()
}
