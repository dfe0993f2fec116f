//! What each part of an account's graph looked like when it was last written, and the facts that went.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::model::{AccountDigest, AccountSlug, Fact, Sight};

use super::{Archive, ArchiveError, accounts, micros};

/// A graph of an account that was written.
#[derive(Clone, Debug)]
pub struct ProjectedGraph {
    /// What it shows.
    pub sight: Sight,
    /// The fingerprints of its parts.
    pub fingerprints: Vec<u8>,
    /// What a list of accounts shows of it.
    pub digest: AccountDigest,
}

impl Archive {
    /// The fingerprints of the last complete projection; `None` when there was none.
    pub async fn fingerprints(&self, account: &AccountSlug, sight: Sight) -> Result<Option<Vec<u8>>, ArchiveError> {
        Ok(sqlx::query_scalar("SELECT fingerprints FROM projections WHERE account = ? AND sight = ?")
            .bind(account.as_str())
            .bind(sight.as_str())
            .fetch_optional(&self.pool)
            .await?)
    }

    /// Ends a projection: keeps fingerprints and digests of its graphs and the facts that went, and marks the account as shown,
    /// unless it was written since the projection began, when it had been written `writes` times.
    pub async fn end_projection(
        &self,
        (account, writes): (&AccountSlug, i64),
        graphs: &[ProjectedGraph],
        retired: &[Fact],
        at: Timestamp,
    ) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM projections WHERE account = ?").bind(account.as_str()).execute(&mut *tx).await?;
        for graph in graphs {
            let digest =
                serde_json::to_string(&graph.digest).map_err(|error| ArchiveError::corrupt("digest", error))?;
            sqlx::query("INSERT INTO projections (account, sight, fingerprints, digest) VALUES (?, ?, ?, ?)")
                .bind(account.as_str())
                .bind(graph.sight.as_str())
                .bind(&graph.fingerprints)
                .bind(digest)
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

    /// The digests of an account, or of every account, by slug: of what everybody may see where that is less.
    pub async fn digests(
        &self,
        account: Option<&AccountSlug>,
        sight: Sight,
    ) -> Result<Vec<(AccountSlug, AccountDigest)>, ArchiveError> {
        // Where nothing is hidden there is one graph alone.
        let rows = sqlx::query(
            "SELECT p.account, p.digest FROM projections p WHERE p.digest IS NOT NULL AND p.account = coalesce(?, p.account) \
             AND (p.sight = ? OR (p.sight = 'full' AND NOT EXISTS \
             (SELECT 1 FROM projections s WHERE s.account = p.account AND s.sight = 'shared'))) ORDER BY p.account",
        )
        .bind(account.map(AccountSlug::as_str))
        .bind(sight.as_str())
        .fetch_all(&self.pool)
        .await?;
        let read = |row: &SqliteRow| {
            let digest: String = row.try_get(1)?;
            let digest = serde_json::from_str(&digest).map_err(|error| ArchiveError::corrupt("digest", error))?;
            Ok((accounts::slug(row.try_get(0)?)?, digest))
        };
        rows.iter().map(read).collect()
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
