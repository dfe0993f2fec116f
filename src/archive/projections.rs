//! What each part of an account's graph looked like when it was last written, and the facts that went.

use jiff::Timestamp;

use crate::model::{AccountSlug, Fact};

use super::{Archive, ArchiveError, micros};

impl Archive {
    /// The fingerprints of the last complete projection; `None` when there was none.
    pub async fn fingerprints(&self, account: &AccountSlug) -> Result<Option<Vec<u8>>, ArchiveError> {
        Ok(sqlx::query_scalar("SELECT fingerprints FROM projections WHERE account = ?")
            .bind(account.as_str())
            .fetch_optional(&self.pool)
            .await?)
    }

    /// Ends a projection: keeps its fingerprints and the facts that went, and marks the account as shown.
    pub async fn end_projection(
        &self,
        account: &AccountSlug,
        fingerprints: &[u8],
        retired: &[Fact],
        at: Timestamp,
    ) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO projections (account, fingerprints) VALUES (?, ?) \
             ON CONFLICT (account) DO UPDATE SET fingerprints = excluded.fingerprints",
        )
        .bind(account.as_str())
        .bind(fingerprints)
        .execute(&mut *tx)
        .await?;
        for fact in retired {
            let text = serde_json::to_string(fact).map_err(|error| ArchiveError::corrupt("fact", error))?;
            sqlx::query("INSERT INTO retired (account, retired_at, fact) VALUES (?, ?, ?)")
                .bind(account.as_str())
                .bind(micros(at))
                .bind(text)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query("UPDATE accounts SET projection = 'clean' WHERE slug = ?")
            .bind(account.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The facts that this account once held and holds no more, in the order they went.
    pub async fn retired(&self, account: &AccountSlug) -> Result<Vec<Fact>, ArchiveError> {
        let rows: Vec<String> = sqlx::query_scalar("SELECT fact FROM retired WHERE account = ? ORDER BY row")
            .bind(account.as_str())
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|text| serde_json::from_str(text).map_err(|error| ArchiveError::corrupt("fact", error)))
            .collect()
    }
}
