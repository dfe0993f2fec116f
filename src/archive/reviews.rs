//! What people decided, kept against the place of a fact.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use sqlx::{Sqlite, Transaction};

use crate::model::{AccountSlug, Review};

use super::{Archive, ArchiveError, accounts, micros};

impl Archive {
    /// Keeps a decision and marks the account for projection.
    pub async fn add_review(&self, account: &AccountSlug, review: &Review) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        insert(&mut tx, account, review).await?;
        accounts::mark_dirty(&mut tx, account.as_str()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The decisions of an account up to `until`, in the order they were made.
    pub async fn reviews(&self, account: &AccountSlug, until: Option<Timestamp>) -> Result<Vec<Review>, ArchiveError> {
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT review FROM reviews WHERE account = ? AND at <= ? ORDER BY at, row")
                .bind(account.as_str())
                .bind(until.map_or(i64::MAX, micros))
                .fetch_all(&self.pool)
                .await?;
        parsed(&rows)
    }
}

/// Stored decisions, read back.
pub(super) fn parsed<T: DeserializeOwned>(rows: &[String]) -> Result<Vec<T>, ArchiveError> {
    rows.iter().map(|text| serde_json::from_str(text).map_err(|error| ArchiveError::corrupt("review", error))).collect()
}

pub(super) async fn insert(
    tx: &mut Transaction<'_, Sqlite>,
    account: &AccountSlug,
    review: &Review,
) -> Result<(), ArchiveError> {
    let text = serde_json::to_string(review).map_err(|error| ArchiveError::corrupt("review", error))?;
    sqlx::query("INSERT INTO reviews (account, at, review) VALUES (?, ?, ?)")
        .bind(account.as_str())
        .bind(micros(review.at))
        .bind(text)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The latest decision that somebody else made after `seen` about the words that `review` is about.
pub(super) async fn decided_since(
    tx: &mut Transaction<'_, Sqlite>,
    account: &AccountSlug,
    review: &Review,
    seen: Timestamp,
) -> Result<Option<Review>, ArchiveError> {
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT review FROM reviews WHERE account = ? AND at > ? ORDER BY at DESC, row DESC")
            .bind(account.as_str())
            .bind(micros(seen))
            .fetch_all(&mut **tx)
            .await?;
    for text in rows {
        let other: Review = serde_json::from_str(&text).map_err(|error| ArchiveError::corrupt("review", error))?;
        let (a, b) = (&other.place, &review.place);
        let same_words =
            a.interaction == b.interaction && a.kind == b.kind && (a.span == b.span || a.span.overlaps(b.span));
        if same_words && other.by != review.by {
            return Ok(Some(other));
        }
    }
    Ok(None)
}
