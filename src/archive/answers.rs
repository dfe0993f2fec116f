//! Answers to requests that carried an `Idempotency-Key`: the same request again gets the same answer.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;

use super::{Archive, ArchiveError, micros};

/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// HTTP status.
    pub status: u16,
    /// Headers, as JSON.
    pub headers: String,
    /// Body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing: the request is the first, and its answer is to be kept.
    First,
    /// The first request is under way.
    UnderWay,
    /// The key was used for another request.
    Other,
    /// The request was answered.
    Answer(KeptAnswer),
}

impl Archive {
    /// Looks a key of a token up, and takes hold of it when it is new. `request` is a hash of the request.
    pub async fn begin_answer(
        &self,
        (token, key): (&str, &str),
        request: &[u8],
        now: Timestamp,
    ) -> Result<Kept, ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM idempotent_answers WHERE at < ?")
            .bind(micros(now.checked_sub(KEPT).unwrap_or(now)))
            .execute(&mut *tx)
            .await?;
        let row =
            sqlx::query("SELECT request, status, headers, body FROM idempotent_answers WHERE token = ? AND key = ?")
                .bind(token)
                .bind(key)
                .fetch_optional(&mut *tx)
                .await?;
        let Some(row) = row else {
            sqlx::query(
                "INSERT INTO idempotent_answers (token, key, request, status, headers, body, at) \
                 VALUES (?, ?, ?, 0, '', x'', ?)",
            )
            .bind(token)
            .bind(key)
            .bind(request)
            .bind(micros(now))
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
            return Ok(Kept::First);
        };
        if row.try_get::<Vec<u8>, _>("request")? != request {
            return Ok(Kept::Other);
        }
        let status: i64 = row.try_get("status")?;
        Ok(match u16::try_from(status) {
            Ok(status) if status > 0 => {
                Kept::Answer(KeptAnswer { status, headers: row.try_get("headers")?, body: row.try_get("body")? })
            }
            _ => Kept::UnderWay,
        })
    }

    /// Keeps the answer to the first request; `None` forgets the key, so that the request may be tried again.
    pub async fn end_answer(
        &self,
        (token, key): (&str, &str),
        answer: Option<&KeptAnswer>,
    ) -> Result<(), ArchiveError> {
        match answer {
            Some(answer) => {
                sqlx::query(
                    "UPDATE idempotent_answers SET status = ?, headers = ?, body = ? WHERE token = ? AND key = ?",
                )
                .bind(i64::from(answer.status))
                .bind(&answer.headers)
                .bind(&answer.body)
                .bind(token)
                .bind(key)
                .execute(&self.pool)
                .await?;
            }
            None => {
                sqlx::query("DELETE FROM idempotent_answers WHERE token = ? AND key = ?")
                    .bind(token)
                    .bind(key)
                    .execute(&self.pool)
                    .await?;
            }
        }
        Ok(())
    }

    /// Forgets the keys of requests that were under way when the process ended.
    pub async fn forget_unfinished_answers(&self) -> Result<(), ArchiveError> {
        sqlx::query("DELETE FROM idempotent_answers WHERE status = 0").execute(&self.pool).await?;
        Ok(())
    }
}
