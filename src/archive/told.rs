//! Reading back what was told: an account's history within a cut, single texts, what an engine has yet to read.

use jiff::Timestamp;
use rayon::prelude::*;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::model::{AccountSlug, EMBEDDED_VERSION, Findings, Interaction, Sight, Told};

use super::findings::{findings_bytes, findings_of};
use super::interactions::{Head, interaction_of, kind_of};
use super::{Archive, ArchiveError, micros, time};

/// Which part of an account's history to fold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cut {
    /// Only what was said until then.
    pub as_of: Option<Timestamp>,
    /// Only what the archive held then.
    pub known_at: Option<Timestamp>,
    /// Only what may be seen so.
    pub sight: Sight,
}

impl Archive {
    /// Everything told in an account within `cut` as `engine` read it, sorted by time and identity. What it has not read
    /// is as the embedded engine read it.
    pub async fn told(&self, account: &AccountSlug, engine: &str, cut: Cut) -> Result<Vec<Told>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT i.id, i.kind, i.sent_at, i.recorded_at, i.head, coalesce(f.data, e.data) FROM interactions i \
             LEFT JOIN findings f ON f.row = i.row AND f.engine = ? \
             LEFT JOIN findings e ON f.row IS NULL AND e.row = i.row AND e.engine = ? \
             WHERE i.account = ? AND i.sent_at <= ? AND i.recorded_at <= ? \
             AND (i.superseded_at IS NULL OR i.superseded_at > ?)",
        )
        .bind(engine)
        .bind(EMBEDDED_VERSION)
        .bind(account.as_str())
        .bind(cut.as_of.map_or(i64::MAX, micros))
        .bind(cut.known_at.map_or(i64::MAX, micros))
        .bind(cut.known_at.map_or(i64::MAX, micros))
        .fetch_all(&self.pool)
        .await?;
        let read = tokio::task::spawn_blocking(move || {
            let mut told = rows.par_iter().map(told_of).collect::<Result<Vec<_>, _>>()?;
            told.retain(|one| cut.sight.sees(one.visibility));
            told.par_sort_unstable_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
            Ok(told)
        });
        read.await.map_err(|error| ArchiveError::corrupt("account", error))?
    }

    /// The earliest time of anything told in an account; `None` when nothing was.
    pub async fn first_said(&self, account: &AccountSlug) -> Result<Option<Timestamp>, ArchiveError> {
        let first = sqlx::query_scalar::<_, Option<i64>>("SELECT min(sent_at) FROM interactions WHERE account = ?");
        first.bind(account.as_str()).fetch_one(&self.pool).await?.map(time).transpose()
    }

    /// The latest time of anything told in an account; `None` when nothing was.
    pub async fn last_said(&self, account: &AccountSlug) -> Result<Option<Timestamp>, ArchiveError> {
        let last = sqlx::query_scalar::<_, Option<i64>>("SELECT max(sent_at) FROM interactions WHERE account = ?");
        last.bind(account.as_str()).fetch_one(&self.pool).await?.map(time).transpose()
    }

    /// The latest time that anything was archived or decided in an account; it reads the whole account.
    pub async fn last_recorded(&self, account: &AccountSlug) -> Result<Option<Timestamp>, ArchiveError> {
        let last = sqlx::query_scalar::<_, Option<i64>>(
            "SELECT max(at) FROM (\
               SELECT max(recorded_at) AS at FROM interactions WHERE account = ? \
               UNION ALL SELECT max(superseded_at) FROM interactions WHERE account = ? \
               UNION ALL SELECT max(at) FROM reviews WHERE account = ? \
               UNION ALL SELECT max(at) FROM identity_reviews WHERE account = ? \
               UNION ALL SELECT max(at) FROM person_reviews WHERE account = ? \
               UNION ALL SELECT max(at) FROM calibrations) AS times",
        );
        let account = account.as_str();
        last.bind(account)
            .bind(account)
            .bind(account)
            .bind(account)
            .bind(account)
            .fetch_one(&self.pool)
            .await?
            .map(time)
            .transpose()
    }

    /// The current text of an interaction.
    pub async fn text(&self, account: &AccountSlug, id: &str) -> Result<Option<String>, ArchiveError> {
        Ok(sqlx::query_scalar(
            "SELECT t.text FROM interactions i JOIN texts t ON t.row = i.row \
             WHERE i.account = ? AND i.id = ? AND i.superseded_at IS NULL",
        )
        .bind(account.as_str())
        .bind(id)
        .fetch_optional(&self.pool)
        .await?)
    }

    /// An interaction as it is now, with its text.
    pub async fn interaction(&self, account: &AccountSlug, id: &str) -> Result<Option<Interaction>, ArchiveError> {
        let row = sqlx::query(
            "SELECT i.id, i.kind, i.sent_at, i.head, t.text FROM interactions i JOIN texts t ON t.row = i.row \
             WHERE i.account = ? AND i.id = ? AND i.superseded_at IS NULL",
        )
        .bind(account.as_str())
        .bind(id)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let interaction = interaction_of(&row, row.try_get("head")?, row.try_get("text")?)?;
        Ok(Some(Interaction { account: Some(account.clone()), ..interaction }))
    }

    /// The accounts that hold an interaction.
    pub async fn accounts_of(&self, id: &str) -> Result<Vec<AccountSlug>, ArchiveError> {
        let slugs: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT account FROM interactions WHERE id = ? AND superseded_at IS NULL AND account <> '' \
             ORDER BY account",
        )
        .bind(id)
        .fetch_all(&self.pool)
        .await?;
        slugs.iter().map(|slug| super::accounts::slug(slug)).collect()
    }

    /// Up to `limit` interactions of all accounts that `engine` has not read yet, with their rows.
    pub async fn unread_by(&self, engine: &str, limit: u32) -> Result<Vec<(i64, Interaction)>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT i.id, i.kind, i.sent_at, i.head, i.row, i.account, t.text FROM interactions i \
             JOIN texts t ON t.row = i.row LEFT JOIN findings f ON f.row = i.row AND f.engine = ? \
             WHERE f.row IS NULL ORDER BY i.row LIMIT ?",
        )
        .bind(engine)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let mut interaction = interaction_of(row, row.try_get("head")?, row.try_get("text")?)?;
                interaction.account = AccountSlug::from_name(row.try_get("account")?);
                Ok((row.try_get("row")?, interaction))
            })
            .collect()
    }

    /// Keeps what `engine` found in archived interactions.
    pub async fn keep_findings(&self, engine: &str, read: &[(i64, Findings)]) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (row, findings) in read {
            sqlx::query("INSERT INTO findings (row, engine, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(row)
                .bind(engine)
                .bind(findings_bytes(findings)?)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn told_of(row: &SqliteRow) -> Result<Told, ArchiveError> {
    let head: Head =
        postcard::from_bytes(row.try_get(4)?).map_err(|error| ArchiveError::corrupt("interaction", error))?;
    let findings = match row.try_get::<Option<&[u8]>, _>(5)? {
        Some(bytes) => findings_of(bytes)?,
        None => Findings::default(),
    };
    Ok(Told {
        id: row.try_get(0)?,
        kind: kind_of(row.try_get(1)?)?,
        thread: head.thread,
        subject: head.subject,
        sent_at: time(row.try_get(2)?)?,
        recorded_at: time(row.try_get(3)?)?,
        participants: head.participants,
        visibility: head.visibility,
        findings,
    })
}
