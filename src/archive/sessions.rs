//! Sign-ins to the pages: of each the hash of its secret, and the token that it stands for.

use jiff::Timestamp;

use crate::model::Token;

use super::{Archive, ArchiveError, micros, tokens};

impl Archive {
    /// Keeps a sign-in until it expires; those that expired by now go.
    pub async fn add_session(
        &self,
        hash: &[u8],
        token: &Token,
        (now, expires_at): (Timestamp, Timestamp),
    ) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM sessions WHERE expires_at <= ?").bind(micros(now)).execute(&mut *tx).await?;
        sqlx::query("INSERT INTO sessions (hash, token, created_at, expires_at) VALUES (?, ?, ?, ?)")
            .bind(hash)
            .bind(&token.id)
            .bind(micros(now))
            .bind(micros(expires_at))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The token that a sign-in stands for at `now`, good or not; `None` when nobody is signed in so.
    pub async fn session(&self, hash: &[u8], now: Timestamp) -> Result<Option<Token>, ArchiveError> {
        let row = sqlx::query(
            "SELECT t.* FROM sessions s JOIN tokens t ON t.id = s.token WHERE s.hash = ? AND s.expires_at > ?",
        )
        .bind(hash)
        .bind(micros(now))
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(tokens::token).transpose()
    }

    /// Ends a sign-in.
    pub async fn end_session(&self, hash: &[u8]) -> Result<(), ArchiveError> {
        sqlx::query("DELETE FROM sessions WHERE hash = ?").bind(hash).execute(&self.pool).await?;
        Ok(())
    }
}
