//! What each part of an account's graph looked like when it was last written, and the facts that went.

use jiff::Timestamp;

use crate::model::{AccountSlug, Fact, Sight};

use super::{Archive, ArchiveError, micros};

impl Archive {
    /// The fingerprints of the last complete projection; `None` when there was none.
    pub async fn fingerprints(&self, account: &AccountSlug, sight: Sight) -> Result<Option<Vec<u8>>, ArchiveError> {
        Ok(sqlx::query_scalar("SELECT fingerprints FROM projections WHERE account = ? AND sight = ?")
            .bind(account.as_str())
            .bind(sight.as_str())
            .fetch_optional(&self.pool)
            .await?)
    }

    /// Ends a projection: keeps the fingerprints of its graphs and the facts that went, and marks the account as shown,
    /// unless it was written since the projection began, when it had been written `writes` times.
    pub async fn end_projection(
        &self,
        (account, writes): (&AccountSlug, i64),
        graphs: &[(Sight, Vec<u8>)],
        retired: &[Fact],
        at: Timestamp,
    ) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM projections WHERE account = ?").bind(account.as_str()).execute(&mut *tx).await?;
        for (sight, fingerprints) in graphs {
            sqlx::query("INSERT INTO projections (account, sight, fingerprints) VALUES (?, ?, ?)")
                .bind(account.as_str())
                .bind(sight.as_str())
                .bind(fingerprints)
                .execute(&mut *tx)
                .await?;
        }
        for fact in retired {
            let text = serde_json::to_string(fact).map_err(|error| ArchiveError::corrupt("fact", error))?;
            sqlx::query("INSERT INTO retired (account, retired_at, fact) VALUES (?, ?, ?)")
                .bind(account.as_str())
                .bind(micros(at))
                .bind(text)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query(
            "UPDATE accounts SET projection = CASE WHEN writes = ? THEN 'clean' ELSE 'dirty' END WHERE slug = ?",
        )
        .bind(writes)
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
