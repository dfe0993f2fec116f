//! The outbox: what happened, in order, for those who listen. An event, its deliveries and the note that it was told
//! are one transaction, so that each is told once.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::model::{AccountSlug, Audience, EventPayload, EventRecord, Happened, Iri, News, Process, Webhook};

use super::{Archive, ArchiveError, accounts, deliveries, handoffs, micros, time, webhooks};

/// Where an account stands with the last look for its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How often it was written.
    pub writes: i64,
    /// When it was first loaded, where nobody has looked yet.
    pub first_loaded: Option<Timestamp>,
    /// Whether it holds what not everybody may see.
    pub hides: bool,
}

/// The mark of a change that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldMark {
    /// A hash of what the change is about.
    pub key: Vec<u8>,
    /// Who was told.
    pub audience: Audience,
    /// When it happened in the world.
    pub at: Timestamp,
}

/// Something in other tables of which nobody was told yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Untold {
    /// Something that happened to a handoff.
    Handoff {
        /// Its number.
        row: i64,
        /// The handoff as it stands.
        process: Box<Process>,
        /// What happened.
        happened: Happened,
    },
    /// The document of a period.
    Document {
        /// The account.
        account: AccountSlug,
        /// Name of its type.
        kind: String,
        /// The period.
        period: String,
        /// The document.
        document: Iri,
        /// When it was made.
        made_at: Timestamp,
    },
}

impl Archive {
    /// The accounts whose graph shows something since the last look, or on which no look was taken on `day`.
    pub async fn accounts_to_look_at(&self, day: i64) -> Result<Vec<AccountSlug>, ArchiveError> {
        let slugs: Vec<String> = sqlx::query_scalar(
            "SELECT a.slug FROM accounts a LEFT JOIN told_accounts t ON t.account = a.slug \
             WHERE a.projection = 'clean' AND (t.account IS NULL OR t.writes <> a.writes OR t.day <> ?) \
             AND EXISTS (SELECT 1 FROM interactions i WHERE i.account = a.slug) ORDER BY a.slug",
        )
        .bind(day)
        .fetch_all(&self.pool)
        .await?;
        slugs.iter().map(|text| accounts::slug(text)).collect()
    }

    /// Where an account stands; `None` when its graph does not show it, or nothing was loaded.
    pub async fn look(&self, account: &AccountSlug) -> Result<Option<Look>, ArchiveError> {
        let row = sqlx::query(
            "SELECT a.writes, (SELECT 1 FROM projections p WHERE p.account = a.slug AND p.sight = 'shared') AS hides, \
             t.account IS NULL AS is_first FROM accounts a LEFT JOIN told_accounts t ON t.account = a.slug \
             WHERE a.slug = ? AND a.projection = 'clean'",
        )
        .bind(account.as_str())
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut look = Look {
            writes: row.try_get("writes")?,
            first_loaded: None,
            hides: row.try_get::<Option<i64>, _>("hides")?.is_some(),
        };
        if row.try_get::<i64, _>("is_first")? == 1 {
            let first =
                sqlx::query_scalar::<_, Option<i64>>("SELECT min(recorded_at) FROM interactions WHERE account = ?");
            let first = first.bind(account.as_str()).fetch_one(&self.pool).await?;
            let Some(first) = first else { return Ok(None) };
            look.first_loaded = Some(time(first)?);
        }
        Ok(Some(look))
    }

    /// The marks of the changes of an account that were told.
    pub async fn told_marks(&self, account: &AccountSlug) -> Result<Vec<ToldMark>, ArchiveError> {
        let rows = sqlx::query("SELECT key, audience, at FROM told_changes WHERE account = ?")
            .bind(account.as_str())
            .fetch_all(&self.pool)
            .await?;
        let mark = |row: &SqliteRow| {
            Ok(ToldMark {
                key: row.try_get("key")?,
                audience: audience(row.try_get("audience")?)?,
                at: time(row.try_get("at")?)?,
            })
        };
        rows.iter().map(mark).collect()
    }

    /// Ends a look: keeps what is new, the marks of everything that is told by now, and that the account was looked at
    /// on `day` when it had been written `writes` times. Marks of changes from before `forget` go.
    pub async fn end_look(
        &self,
        (account, writes, day): (&AccountSlug, i64, i64),
        news: &[News],
        marks: &[ToldMark],
        (now, forget): (Timestamp, Timestamp),
    ) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        insert(&mut tx, news, now).await?;
        sqlx::query("DELETE FROM told_changes WHERE account = ? AND at < ?")
            .bind(account.as_str())
            .bind(micros(forget))
            .execute(&mut *tx)
            .await?;
        for mark in marks {
            sqlx::query(
                "INSERT INTO told_changes (account, key, audience, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(account.as_str())
            .bind(&mark.key)
            .bind(mark.audience.as_str())
            .bind(micros(mark.at))
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query(
            "INSERT INTO told_accounts (account, writes, day) VALUES (?, ?, ?) \
             ON CONFLICT (account) DO UPDATE SET writes = excluded.writes, day = excluded.day",
        )
        .bind(account.as_str())
        .bind(writes)
        .bind(day)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps events, with their deliveries.
    pub async fn keep_news(&self, news: &[News], now: Timestamp) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        insert(&mut tx, news, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What happened to handoffs, and which documents of periods were made, of which nobody was told yet.
    pub async fn untold(&self, limit: u32) -> Result<Vec<Untold>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT e.row AS event_row, e.event, h.* FROM handoff_events e JOIN handoffs h ON h.row = e.handoff \
             WHERE e.told = 0 ORDER BY e.row LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let mut untold = rows.iter().map(untold_step).collect::<Result<Vec<_>, ArchiveError>>()?;
        let rows = sqlx::query(
            "SELECT p.account, p.kind, p.period, p.document, d.made_at FROM period_documents p \
             JOIN documents d ON d.id = p.document WHERE p.told = 0 ORDER BY d.made_at, p.document LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        for row in &rows {
            untold.push(Untold::Document {
                account: accounts::slug(row.try_get("account")?)?,
                kind: row.try_get("kind")?,
                period: row.try_get("period")?,
                document: Iri::from_text(row.try_get::<String, _>("document")?),
                made_at: time(row.try_get("made_at")?)?,
            });
        }
        Ok(untold)
    }

    /// Notes these as told and keeps what is told of each. What another told meanwhile is left out.
    pub async fn keep_told(&self, told: &[(Untold, Option<News>)], now: Timestamp) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let mut news = Vec::new();
        for (untold, event) in told {
            let noted = match untold {
                Untold::Handoff { row, .. } => {
                    sqlx::query("UPDATE handoff_events SET told = 1 WHERE row = ? AND told = 0").bind(row)
                }
                Untold::Document { account, kind, period, .. } => sqlx::query(
                    "UPDATE period_documents SET told = 1 WHERE account = ? AND kind = ? AND period = ? AND told = 0",
                )
                .bind(account.as_str())
                .bind(kind)
                .bind(period),
            };
            if noted.execute(&mut *tx).await?.rows_affected() == 1 {
                news.extend(event.clone());
            }
        }
        insert(&mut tx, &news, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The events after a number, in order, at most `limit`.
    pub async fn events_after(&self, row: i64, limit: u32) -> Result<Vec<EventRecord>, ArchiveError> {
        let rows =
            sqlx::query("SELECT row, account, audience, at, payload FROM events WHERE row > ? ORDER BY row LIMIT ?")
                .bind(row)
                .bind(limit)
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(record).collect()
    }

    /// The number of the last event that was kept before `at`; 0 when there is none.
    pub async fn last_event_before(&self, at: Timestamp) -> Result<i64, ArchiveError> {
        let row = sqlx::query_scalar::<_, Option<i64>>("SELECT max(row) FROM events WHERE at < ?");
        Ok(row.bind(micros(at)).fetch_one(&self.pool).await?.unwrap_or_default())
    }

    /// Drops the events that were kept before `before` and wait for nobody. Answers how many.
    pub async fn drop_events(&self, before: Timestamp) -> Result<u64, ArchiveError> {
        let done = sqlx::query(
            "DELETE FROM events WHERE at < ? AND NOT EXISTS \
             (SELECT 1 FROM deliveries d WHERE d.event = events.row AND d.state = 'waiting')",
        )
        .bind(micros(before))
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }
}

/// Puts events into the outbox, each with a delivery for every webhook that is told of it.
async fn insert(tx: &mut Transaction<'_, Sqlite>, news: &[News], now: Timestamp) -> Result<(), ArchiveError> {
    if news.is_empty() {
        return Ok(());
    }
    let listeners: Vec<Webhook> = webhooks::enabled(tx).await?;
    for event in news {
        let payload = EventPayload { name: event.name, timestamp: event.at, data: event.data.clone() };
        let text = serde_json::to_string(&payload).map_err(|error| ArchiveError::corrupt("event", error))?;
        let row: i64 = sqlx::query_scalar(
            "INSERT INTO events (account, name, audience, at, payload) VALUES (?, ?, ?, ?, ?) RETURNING row",
        )
        .bind(event.account.as_str())
        .bind(event.name.as_str())
        .bind(event.audience.as_str())
        .bind(micros(now))
        .bind(text)
        .fetch_one(&mut **tx)
        .await?;
        for webhook in &listeners {
            if webhook.filter().takes(&event.account, event.name, event.audience) {
                deliveries::insert(tx, (&webhook.id, row), &event.account, now).await?;
            }
        }
    }
    Ok(())
}

fn untold_step(row: &SqliteRow) -> Result<Untold, ArchiveError> {
    let text: String = row.try_get("event")?;
    Ok(Untold::Handoff {
        row: row.try_get("event_row")?,
        process: Box::new(handoffs::process(row)?),
        happened: serde_json::from_str(&text).map_err(|error| ArchiveError::corrupt("event", error))?,
    })
}

fn record(row: &SqliteRow) -> Result<EventRecord, ArchiveError> {
    let payload: String = row.try_get("payload")?;
    Ok(EventRecord {
        row: row.try_get("row")?,
        account: accounts::slug(row.try_get("account")?)?,
        audience: audience(row.try_get("audience")?)?,
        told_at: time(row.try_get("at")?)?,
        payload: serde_json::from_str(&payload).map_err(|error| ArchiveError::corrupt("event", error))?,
    })
}

fn audience(name: &str) -> Result<Audience, ArchiveError> {
    Audience::from_name(name).ok_or_else(|| ArchiveError::corrupt("audience", name))
}
