//! Bearer tokens: of each its hash, never the token.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::model::{AccountScope, AccountSlug, Sight, Token, TokenRole};

use super::{Archive, ArchiveError, micros, time};

const COLUMNS: &str = "id, name, role, sight, accounts, created_at, expires_at, revoked_at, last_used_at";

impl Archive {
    /// Keeps a new token with the hash of its secret.
    pub async fn add_token(&self, token: &Token, hash: &[u8]) -> Result<(), ArchiveError> {
        let accounts = match &token.accounts {
            AccountScope::All => None,
            AccountScope::Only(accounts) => {
                Some(serde_json::to_string(accounts).map_err(|error| ArchiveError::corrupt("token", error))?)
            }
        };
        sqlx::query(
            "INSERT INTO tokens (id, hash, name, role, sight, accounts, created_at, expires_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&token.id)
        .bind(hash)
        .bind(&token.name)
        .bind(token.role.as_str())
        .bind(token.sight.as_str())
        .bind(accounts)
        .bind(micros(token.created_at))
        .bind(token.expires_at.map(micros))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The token whose secret has that hash.
    pub async fn token(&self, hash: &[u8]) -> Result<Option<Token>, ArchiveError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM tokens WHERE hash = ?")))
            .bind(hash)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(token).transpose()
    }

    /// Every token, oldest first.
    pub async fn tokens(&self) -> Result<Vec<Token>, ArchiveError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM tokens ORDER BY created_at, id")))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(token).collect()
    }

    /// Ends a token at `now`. Answers false when there is none of that id, or when it was ended before.
    pub async fn revoke_token(&self, id: &str, now: Timestamp) -> Result<bool, ArchiveError> {
        let done = sqlx::query("UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
            .bind(micros(now))
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes when tokens were last used.
    pub async fn use_tokens(&self, used: &[(String, Timestamp)]) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (id, at) in used {
            sqlx::query("UPDATE tokens SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?")
                .bind(micros(*at))
                .bind(id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

pub(super) fn token(row: &SqliteRow) -> Result<Token, ArchiveError> {
    let (role, sight): (String, String) = (row.try_get("role")?, row.try_get("sight")?);
    let accounts: Option<String> = row.try_get("accounts")?;
    let accounts: Option<BTreeSet<AccountSlug>> = accounts
        .map(|text| serde_json::from_str(&text).map_err(|error| ArchiveError::corrupt("token", error)))
        .transpose()?;
    let some_time = |name| row.try_get::<Option<i64>, _>(name)?.map(time).transpose();
    Ok(Token {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        role: TokenRole::from_name(&role).ok_or_else(|| ArchiveError::corrupt("role", role))?,
        sight: Sight::from_name(&sight).ok_or_else(|| ArchiveError::corrupt("sight", sight))?,
        accounts: accounts.into(),
        created_at: time(row.try_get("created_at")?)?,
        expires_at: some_time("expires_at")?,
        revoked_at: some_time("revoked_at")?,
        last_used_at: some_time("last_used_at")?,
    })
}
