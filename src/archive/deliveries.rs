//! Events on their way to webhooks. Of one account a webhook is sent one event at a time, the oldest that waits: what
//! waits for another try holds back what came later.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::model::{AccountSlug, Delivery, DeliveryState, EventName};

use super::{Archive, ArchiveError, accounts, micros, time};

/// Something to send.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The webhook.
    pub webhook: String,
    /// The number of the event.
    pub event: i64,
    /// The account.
    pub account: AccountSlug,
    /// How often it was tried before.
    pub attempts: u32,
    /// When the event was kept.
    pub told_at: Timestamp,
    /// What is sent, to the letter.
    pub payload: String,
}

/// What becomes of a delivery after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The receiver has it.
    Delivered,
    /// It is tried again then.
    RetryAt(Timestamp),
    /// It is given up.
    Dead,
    /// The receiver is gone: nothing more is sent to it.
    Gone,
}

/// The oldest that waits for a webhook and account.
const IS_HEAD: &str = "d.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.webhook = d.webhook \
    AND o.state = 'waiting' AND o.account = d.account AND o.event < d.event)";

const COLUMNS: &str =
    "d.webhook, d.event, d.account, d.state, d.attempts, d.next_at, d.answer, d.ended_at, e.name AS event_name";

impl Archive {
    /// What is due for a webhook, at most one of each account, oldest first.
    pub async fn due_deliveries(
        &self,
        webhook: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Attempt>, ArchiveError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT d.webhook, d.event, d.account, d.attempts, e.at, e.payload FROM deliveries d \
             JOIN events e ON e.row = d.event JOIN webhooks w ON w.id = d.webhook \
             WHERE d.webhook = ? AND w.disabled_at IS NULL AND d.next_at <= ? AND {IS_HEAD} ORDER BY d.event LIMIT ?"
        )))
        .bind(webhook)
        .bind(micros(now))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let attempt = |row: &SqliteRow| {
            Ok(Attempt {
                webhook: row.try_get("webhook")?,
                event: row.try_get("event")?,
                account: accounts::slug(row.try_get("account")?)?,
                attempts: count(row)?,
                told_at: time(row.try_get("at")?)?,
                payload: row.try_get("payload")?,
            })
        };
        rows.iter().map(attempt).collect()
    }

    /// When the next delivery is due; `None` when none waits.
    pub async fn next_delivery_at(&self) -> Result<Option<Timestamp>, ArchiveError> {
        let next = sqlx::query_scalar::<_, Option<i64>>(sqlx::AssertSqlSafe(format!(
            "SELECT min(d.next_at) FROM deliveries d JOIN webhooks w ON w.id = d.webhook \
             WHERE w.disabled_at IS NULL AND {IS_HEAD}"
        )));
        next.fetch_one(&self.pool).await?.map(time).transpose()
    }

    /// Notes what came of an attempt.
    pub async fn end_attempt(
        &self,
        attempt: &Attempt,
        verdict: Verdict,
        answer: &str,
        now: Timestamp,
    ) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let (state, next_at, ended_at) = match verdict {
            Verdict::Delivered => (DeliveryState::Delivered, now, Some(now)),
            Verdict::RetryAt(at) => (DeliveryState::Waiting, at, None),
            Verdict::Dead | Verdict::Gone => (DeliveryState::Dead, now, Some(now)),
        };
        sqlx::query(
            "UPDATE deliveries SET state = ?, attempts = attempts + 1, next_at = ?, answer = ?, ended_at = ? \
             WHERE webhook = ? AND event = ? AND state = 'waiting'",
        )
        .bind(state.as_str())
        .bind(micros(next_at))
        .bind(answer)
        .bind(ended_at.map(micros))
        .bind(&attempt.webhook)
        .bind(attempt.event)
        .execute(&mut *tx)
        .await?;
        if verdict == Verdict::Gone {
            sqlx::query("UPDATE webhooks SET disabled_at = ? WHERE id = ?")
                .bind(micros(now))
                .bind(&attempt.webhook)
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "UPDATE deliveries SET state = 'dead', answer = ?, ended_at = ? WHERE webhook = ? AND state = 'waiting'",
            )
            .bind(answer)
            .bind(micros(now))
            .bind(&attempt.webhook)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Deliveries of a webhook, or of all, in a state, or in any, after the one named, in order of their events.
    pub async fn deliveries(
        &self,
        webhook: Option<&str>,
        state: Option<DeliveryState>,
        after: Option<(i64, &str)>,
        limit: u32,
    ) -> Result<Vec<Delivery>, ArchiveError> {
        let (event, after_webhook) = after.unwrap_or((0, ""));
        let state = state.map_or("", DeliveryState::as_str);
        let webhook = webhook.unwrap_or_default();
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM deliveries d JOIN events e ON e.row = d.event \
             WHERE (? = '' OR d.webhook = ?) AND (? = '' OR d.state = ?) \
             AND (d.event > ? OR (d.event = ? AND d.webhook > ?)) ORDER BY d.event, d.webhook LIMIT ?"
        )))
        .bind(webhook)
        .bind(webhook)
        .bind(state)
        .bind(state)
        .bind(event)
        .bind(event)
        .bind(after_webhook)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(delivery).collect()
    }

    /// Sends one that is over again, from `now` on. Answers whether it was there and over.
    pub async fn replay_delivery(&self, webhook: &str, event: i64, now: Timestamp) -> Result<bool, ArchiveError> {
        let done = sqlx::query(
            "UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = ?, ended_at = NULL \
             WHERE webhook = ? AND event = ? AND state <> 'waiting'",
        )
        .bind(micros(now))
        .bind(webhook)
        .bind(event)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Sends those again that were given up, of one webhook or of all that are not disabled. Answers how many.
    pub async fn replay_dead(&self, webhook: Option<&str>, now: Timestamp) -> Result<u64, ArchiveError> {
        let webhook = webhook.unwrap_or_default();
        let done = sqlx::query(
            "UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = ?, ended_at = NULL \
             WHERE state = 'dead' AND (? = '' OR webhook = ?) \
             AND webhook IN (SELECT id FROM webhooks WHERE disabled_at IS NULL)",
        )
        .bind(micros(now))
        .bind(webhook)
        .bind(webhook)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }
}

/// Puts an event on its way to a webhook.
pub(super) async fn insert(
    tx: &mut Transaction<'_, Sqlite>,
    (webhook, event): (&str, i64),
    account: &AccountSlug,
    now: Timestamp,
) -> Result<(), ArchiveError> {
    sqlx::query("INSERT INTO deliveries (webhook, event, account, state, next_at) VALUES (?, ?, ?, 'waiting', ?)")
        .bind(webhook)
        .bind(event)
        .bind(account.as_str())
        .bind(micros(now))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn delivery(row: &SqliteRow) -> Result<Delivery, ArchiveError> {
    let (state, name): (String, String) = (row.try_get("state")?, row.try_get("event_name")?);
    let state = DeliveryState::from_name(&state).ok_or_else(|| ArchiveError::corrupt("state", state))?;
    let (webhook, event): (String, i64) = (row.try_get("webhook")?, row.try_get("event")?);
    Ok(Delivery {
        id: format!("{webhook}:{event}"),
        webhook,
        event,
        name: EventName::from_name(&name).ok_or_else(|| ArchiveError::corrupt("event", name))?,
        account: accounts::slug(row.try_get("account")?)?,
        next_at: (state == DeliveryState::Waiting).then(|| time(row.try_get("next_at")?)).transpose()?,
        state,
        attempts: count(row)?,
        answer: row.try_get("answer")?,
        ended_at: row.try_get::<Option<i64>, _>("ended_at")?.map(time).transpose()?,
    })
}

fn count(row: &SqliteRow) -> Result<u32, ArchiveError> {
    u32::try_from(row.try_get::<i64, _>("attempts")?).map_err(|error| ArchiveError::corrupt("delivery", error))
}
