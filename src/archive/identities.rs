//! What people decided about who is who, kept against the keys of two people.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::model::{AccountSlug, IdentityReview, PersonKey, Verdict};

use super::{Archive, ArchiveError, accounts, micros, time};

impl Archive {
    /// Keeps decisions, all of them or none, and marks the account for projection.
    pub async fn add_identities(&self, account: &AccountSlug, reviews: &[IdentityReview]) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for review in reviews {
            sqlx::query("INSERT INTO identity_reviews (account, a, b, verdict, \"by\", at) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(account.as_str())
                .bind(review.a.as_str())
                .bind(review.b.as_str())
                .bind(review.verdict.as_str())
                .bind(&review.by)
                .bind(micros(review.at))
                .execute(&mut *tx)
                .await?;
        }
        accounts::mark_dirty(&mut tx, account.as_str()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The decisions of an account up to `until`, in the order they were made.
    pub async fn identities(
        &self,
        account: &AccountSlug,
        until: Option<Timestamp>,
    ) -> Result<Vec<IdentityReview>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT a, b, verdict, \"by\", at FROM identity_reviews WHERE account = ? AND at <= ? ORDER BY at, row",
        )
        .bind(account.as_str())
        .bind(until.map_or(i64::MAX, micros))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(review).collect()
    }
}

fn review(row: &SqliteRow) -> Result<IdentityReview, ArchiveError> {
    let verdict: String = row.try_get("verdict")?;
    Ok(IdentityReview {
        a: PersonKey::from_text(row.try_get::<String, _>("a")?),
        b: PersonKey::from_text(row.try_get::<String, _>("b")?),
        verdict: Verdict::from_name(&verdict).ok_or_else(|| ArchiveError::corrupt("verdict", verdict))?,
        by: row.try_get("by")?,
        at: time(row.try_get("at")?)?,
    })
}
