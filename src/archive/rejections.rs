//! What could not be loaded, and why: listed until the same file is read again without the fault.

use jiff::Timestamp;
use sqlx::Row as _;

use crate::model::{AccountSlug, Problem};

use super::{Archive, ArchiveError, micros, time};

impl Archive {
    /// Replaces what is known of the faults below `roots`, the paths as they were given: files, folders, archives.
    /// `account` is the one named when they were read, if any.
    pub async fn replace_rejections(
        &self,
        roots: &[String],
        account: Option<&AccountSlug>,
        problems: &[Problem],
        at: Timestamp,
    ) -> Result<(), ArchiveError> {
        let account = account.map_or("", AccountSlug::as_str);
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for root in roots {
            // Below a folder or in an archive: `export2` does not lie in `export`.
            sqlx::query(
                "DELETE FROM rejections WHERE account = ?1 \
                 AND (path = ?2 OR substr(path, 1, length(?2) + 1) IN (?2 || '/', ?2 || '!'))",
            )
            .bind(account)
            .bind(root.trim_end_matches('/'))
            .execute(&mut *tx)
            .await?;
        }
        for problem in problems {
            sqlx::query(
                "INSERT INTO rejections (path, item, reason, account, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(&problem.path)
            .bind(&problem.item)
            .bind(&problem.reason)
            .bind(account)
            .bind(micros(at))
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// What was offered for an account and could not be loaded, as known at `until`, the latest first.
    pub async fn rejections(
        &self,
        account: &AccountSlug,
        until: Option<Timestamp>,
    ) -> Result<Vec<(Problem, Timestamp)>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT path, item, reason, at FROM rejections WHERE account = ? AND at <= ? ORDER BY at DESC, path, item",
        )
        .bind(account.as_str())
        .bind(until.map_or(i64::MAX, micros))
        .fetch_all(&self.pool)
        .await?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            let problem =
                Problem { path: row.try_get("path")?, item: row.try_get("item")?, reason: row.try_get("reason")? };
            Ok((problem, time(row.try_get("at")?)?))
        };
        rows.iter().map(read).collect()
    }

    /// How many items offered for an account could not be loaded, as known at `until`.
    pub async fn count_rejections(&self, account: &AccountSlug, until: Option<Timestamp>) -> Result<u32, ArchiveError> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM rejections WHERE account = ? AND at <= ?")
            .bind(account.as_str())
            .bind(until.map_or(i64::MAX, micros))
            .fetch_one(&self.pool)
            .await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}
