//! Accounts, the certain keys that belong to them, and whether the graph shows them as they are.

use jiff::Timestamp;
use sqlx::{Row, Sqlite, Transaction};

use crate::model::AccountSlug;

use super::{Archive, ArchiveError, micros};

/// How an account's graph stands to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectionState {
    /// The graph shows the archive.
    Clean,
    /// Something was archived since.
    Dirty,
    /// A projection began and did not end: the graph may hold a part of it.
    Projecting,
}

impl ProjectionState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Dirty => "dirty",
            Self::Projecting => "projecting",
        }
    }

    fn from_name(name: &str) -> Result<Self, ArchiveError> {
        [Self::Clean, Self::Dirty, Self::Projecting]
            .into_iter()
            .find(|state| state.as_str() == name)
            .ok_or_else(|| ArchiveError::corrupt("projection state", name))
    }
}

impl Archive {
    /// Every account with the state of its graph, by slug.
    pub async fn accounts(&self) -> Result<Vec<(AccountSlug, ProjectionState)>, ArchiveError> {
        let rows = sqlx::query("SELECT slug, projection FROM accounts ORDER BY slug").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((slug(row.try_get(0)?)?, ProjectionState::from_name(row.try_get(1)?)?))).collect()
    }

    /// How often each account was written, by slug: whoever has a copy sees whether it still holds.
    pub async fn account_writes(&self) -> Result<Vec<(AccountSlug, i64)>, ArchiveError> {
        let rows = sqlx::query("SELECT slug, writes FROM accounts ORDER BY slug").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((slug(row.try_get(0)?)?, row.try_get(1)?))).collect()
    }

    /// Makes an account if it is not there, and gives it these keys, known from `now` on.
    pub async fn ensure_account(
        &self,
        account: &AccountSlug,
        keys: &[String],
        now: Timestamp,
    ) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        ensure_account(&mut tx, account).await?;
        for key in keys {
            sqlx::query("INSERT INTO account_keys (key, account, recorded_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(key)
                .bind(account.as_str())
                .bind(micros(now))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Every key with its account, sorted, as known at `until`.
    pub async fn account_keys(&self, until: Option<Timestamp>) -> Result<Vec<(String, AccountSlug)>, ArchiveError> {
        let rows = sqlx::query("SELECT key, account FROM account_keys WHERE recorded_at <= ? ORDER BY key, account")
            .bind(until.map_or(i64::MAX, micros))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, slug(row.try_get(1)?)?))).collect()
    }

    /// Marks that a projection of an account began. Answers how often the account was written, for its end.
    pub async fn begin_projection(&self, account: &AccountSlug) -> Result<i64, ArchiveError> {
        Ok(sqlx::query_scalar("UPDATE accounts SET projection = 'projecting' WHERE slug = ? RETURNING writes")
            .bind(account.as_str())
            .fetch_one(&self.pool)
            .await?)
    }

    /// Marks every account as archived but not yet shown.
    pub async fn mark_all_dirty(&self) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        mark_all_dirty(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Marks every account for a projection from nothing.
    pub async fn forget_projections(&self) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("UPDATE accounts SET writes = writes + 1, projection = 'projecting'").execute(&mut *tx).await?;
        sqlx::query("DELETE FROM projections").execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Makes an account row if it is not there.
pub(super) async fn ensure_account(
    tx: &mut Transaction<'_, Sqlite>,
    account: &AccountSlug,
) -> Result<(), ArchiveError> {
    sqlx::query("INSERT INTO accounts (slug) VALUES (?) ON CONFLICT DO NOTHING")
        .bind(account.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Marks an account as archived but not yet shown; a projection that is under way stays marked as such.
pub(super) async fn mark_dirty(tx: &mut Transaction<'_, Sqlite>, account: &str) -> Result<(), ArchiveError> {
    sqlx::query(
        "UPDATE accounts SET writes = writes + 1, \
         projection = CASE projection WHEN 'clean' THEN 'dirty' ELSE projection END WHERE slug = ?",
    )
    .bind(account)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Marks every account as archived but not yet shown.
pub(super) async fn mark_all_dirty(tx: &mut Transaction<'_, Sqlite>) -> Result<(), ArchiveError> {
    sqlx::query(
        "UPDATE accounts SET writes = writes + 1, \
         projection = CASE projection WHEN 'clean' THEN 'dirty' ELSE projection END",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Reads a stored slug back.
pub(super) fn slug(text: &str) -> Result<AccountSlug, ArchiveError> {
    AccountSlug::from_name(text).ok_or_else(|| ArchiveError::corrupt("account", text))
}
