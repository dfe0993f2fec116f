//! What is remembered of erasures: the marks of what was erased, the folder of the graph, whether the file is scrubbed.

use jiff::Timestamp;
use sqlx::Row as _;

use crate::archive::{Archive, ArchiveError, micros};

use super::set;

/// Setting that names the folder of the graph within the data folder.
pub(super) const GRAPH_FOLDER: &str = "graph_folder";
/// The folder where the setting names none.
pub(super) const FIRST_GRAPH_FOLDER: &str = "graph";
/// Setting that says that erased content may still lie in free pages.
pub(super) const UNSCRUBBED: &str = "unscrubbed";
/// Setting that holds the key of the marks of what was erased.
const MARK_KEY: &str = "mark_key";

impl Archive {
    /// The key of the marks of what was erased, and the marks; `None` while nothing was.
    pub async fn erased(&self) -> Result<Option<([u8; 32], Vec<[u8; 16]>)>, ArchiveError> {
        let Some(digits) = self.setting(MARK_KEY).await? else { return Ok(None) };
        let key = blake3::Hash::from_hex(digits).map_err(|error| ArchiveError::corrupt("key", error))?;
        let rows: Vec<Vec<u8>> = sqlx::query_scalar("SELECT hash FROM tombstones").fetch_all(&self.pool).await?;
        let marks =
            rows.into_iter().map(|hash| hash.try_into().map_err(|_| ArchiveError::corrupt("mark", "not 16 bytes")));
        Ok(Some((*key.as_bytes(), marks.collect::<Result<_, _>>()?)))
    }

    /// Keeps the key of the marks, made at the first erasure.
    pub async fn keep_mark_key(&self, key: &[u8; 32]) -> Result<(), ArchiveError> {
        self.set_setting(MARK_KEY, &blake3::Hash::from_bytes(*key).to_hex()).await
    }

    /// The folder of the graph within the data folder.
    pub async fn graph_folder(&self) -> Result<String, ArchiveError> {
        Ok(self.setting(GRAPH_FOLDER).await?.unwrap_or_else(|| FIRST_GRAPH_FOLDER.to_owned()))
    }

    /// Says whether an erasure was cut off before the file was scrubbed.
    pub async fn is_unscrubbed(&self) -> Result<bool, ArchiveError> {
        Ok(self.setting(UNSCRUBBED).await?.is_some())
    }

    /// Writes the file anew without what is free in it, and empties its log. Answers false when somebody reads it, so
    /// that the log could not be emptied yet.
    pub async fn scrub(&self) -> Result<bool, ArchiveError> {
        let mut connection = self.pool.acquire().await?;
        sqlx::raw_sql("PRAGMA secure_delete = ON; VACUUM").execute(&mut *connection).await?;
        sqlx::query("DELETE FROM settings WHERE name = ?").bind(UNSCRUBBED).execute(&mut *connection).await?;
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
        let busy: i64 = row.try_get(0)?;
        if busy != 0 {
            set(&mut connection, UNSCRUBBED, "yes").await?;
        }
        Ok(busy == 0)
    }

    /// Keeps that something was erased, and what lost its support.
    pub async fn keep_erasure(&self, by: &str, report: &str, at: Timestamp) -> Result<(), ArchiveError> {
        sqlx::query("INSERT INTO erasures (at, \"by\", report) VALUES (?, ?, ?)")
            .bind(micros(at))
            .bind(by)
            .bind(report)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// What jobs that did not end were asked, with their ids: their files are still needed.
    pub async fn unended_jobs(&self) -> Result<Vec<String>, ArchiveError> {
        Ok(sqlx::query_scalar("SELECT id || ' ' || request FROM jobs WHERE ended_at IS NULL")
            .fetch_all(&self.pool)
            .await?)
    }

    /// Takes over marks of what was erased. Answers false, and takes none, when this archive makes its marks with
    /// another key.
    pub async fn carry_marks(&self, key: &[u8; 32], marks: &[[u8; 16]], at: Timestamp) -> Result<bool, ArchiveError> {
        match self.erased().await? {
            Some((own, _)) if own != *key => return Ok(false),
            Some(_) => {}
            None => self.keep_mark_key(key).await?,
        }
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for mark in marks {
            sqlx::query("INSERT INTO tombstones (hash, at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .bind(mark.as_slice())
                .bind(micros(at))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
