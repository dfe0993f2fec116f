//! Who read which evidence and who wrote what.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::Row as _;

use super::{Archive, ArchiveError, micros, time};

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AuditEntry {
    /// Its order.
    pub row: i64,
    /// When.
    pub at: Timestamp,
    /// Id of the token.
    pub token: String,
    /// Whose it is.
    pub by: String,
    /// What was done: method and route.
    pub action: String,
    /// To which account; empty for none or several.
    pub account: String,
    /// To what.
    pub subject: String,
}

impl Archive {
    /// Adds entries; their `row` is not read.
    pub async fn add_audit(&self, entries: &[AuditEntry]) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for entry in entries {
            sqlx::query("INSERT INTO audit (at, token, \"by\", action, account, subject) VALUES (?, ?, ?, ?, ?, ?)")
                .bind(micros(entry.at))
                .bind(&entry.token)
                .bind(&entry.by)
                .bind(&entry.action)
                .bind(&entry.account)
                .bind(&entry.subject)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// At most `limit` entries before the one with row `before`, latest first.
    pub async fn audit(&self, before: i64, limit: u32) -> Result<Vec<AuditEntry>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT row, at, token, \"by\", action, account, subject FROM audit WHERE row < ? ORDER BY row DESC LIMIT ?",
        )
        .bind(before)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let entry = |row: &sqlx::sqlite::SqliteRow| {
            Ok(AuditEntry {
                row: row.try_get("row")?,
                at: time(row.try_get("at")?)?,
                token: row.try_get("token")?,
                by: row.try_get("by")?,
                action: row.try_get("action")?,
                account: row.try_get("account")?,
                subject: row.try_get("subject")?,
            })
        };
        rows.iter().map(entry).collect()
    }
}
