//! What people decided about people.

use jiff::Timestamp;

use crate::model::{AccountSlug, PersonReview};

use super::{Archive, ArchiveError, accounts, micros};

impl Archive {
    /// Keeps a decision and marks the account for projection.
    pub async fn add_person_review(&self, account: &AccountSlug, review: &PersonReview) -> Result<(), ArchiveError> {
        let text = serde_json::to_string(review).map_err(|error| ArchiveError::corrupt("review", error))?;
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO person_reviews (account, at, review) VALUES (?, ?, ?)")
            .bind(account.as_str())
            .bind(micros(review.at))
            .bind(text)
            .execute(&mut *tx)
            .await?;
        accounts::mark_dirty(&mut tx, account.as_str()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The decisions of an account up to `until`, in the order they were made.
    pub async fn person_reviews(
        &self,
        account: &AccountSlug,
        until: Option<Timestamp>,
    ) -> Result<Vec<PersonReview>, ArchiveError> {
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT review FROM person_reviews WHERE account = ? AND at <= ? ORDER BY at, row")
                .bind(account.as_str())
                .bind(until.map_or(i64::MAX, micros))
                .fetch_all(&self.pool)
                .await?;
        rows.iter()
            .map(|text| serde_json::from_str(text).map_err(|error| ArchiveError::corrupt("review", error)))
            .collect()
    }
}
