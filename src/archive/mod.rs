//! The archive: what was said and what people decided, in SQLite. The only door to it.
//!
//! Everything the graph shows can be made again from here. A commit is on disk when it returns (`synchronous=FULL`).

mod accounts;
mod answers;
mod assignment;
mod audit;
mod calibrations;
mod deliveries;
mod documents;
mod erasing;
mod events;
mod findings;
mod handoffs;
mod health;
mod identities;
mod interactions;
mod jobs;
mod messages;
mod person_reviews;
mod projections;
mod rejections;
mod reviews;
mod schedules;
mod sessions;
mod tokens;
mod told;
mod webhooks;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

pub use accounts::ProjectionState;
pub use answers::{Kept, KeptAnswer};
pub use assignment::{Found, Judged};
pub use audit::AuditEntry;
pub use deliveries::{Attempt, Verdict};
pub use erasing::{ErasedRows, Eraser, Erasure, Fate, Holding, PrunedDocument, Rewritten};
pub use events::{Look, ToldMark, Untold};
pub use handoffs::{Start, Step};
pub use health::ArchiveFault;
pub use interactions::{Archived, Assignment, Outcome, Versions};
pub use jobs::{JobRow, JobState};
pub use messages::{FoundText, FoundTexts, Wanted};
pub use person_reviews::PersonStep;
pub use projections::ProjectedGraph;
pub use told::Cut;
pub use webhooks::Secrets;

/// Setting that names the engine that reads this archive.
const ENGINE: &str = "engine";

/// Version of `schema.sql`, kept in SQLite's `user_version`.
const FIRST_VERSION: i64 = 2;

/// What makes the next version of each version, from [`FIRST_VERSION`] on. An archive of an older version is brought
/// up when it is opened.
const STEPS: [&str; 3] = [include_str!("schema_3.sql"), include_str!("schema_4.sql"), include_str!("schema_5.sql")];

/// Rows that a query reads ahead: an account is read whole, and waking its reader for a few rows costs more than
/// the rows.
const ROW_BUFFER: usize = 4_000;

/// Why the archive could not answer.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The data folder cannot be made or read.
    #[error("cannot use the data folder {path}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("the archive refused: {0}")]
    Sql(#[from] sqlx::Error),
    /// The file was written by another version of Baton.
    #[error("the archive has schema version {found}, this program reads {expected}")]
    SchemaVersion {
        /// In the file.
        found: i64,
        /// Expected here.
        expected: i64,
    },
    /// A stored value cannot be read back.
    #[error("a stored {what} cannot be read back: {reason}")]
    Corrupt {
        /// What sort of value.
        what: &'static str,
        /// Why.
        reason: String,
    },
    /// An interaction without a time was offered.
    #[error("interaction {id} has no time")]
    Undated {
        /// Its identity.
        id: String,
    },
}

impl ArchiveError {
    fn corrupt(what: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Corrupt { what, reason: reason.to_string() }
    }
}

/// A handle on the archive of one data folder; cheap to clone.
#[derive(Clone, Debug)]
pub struct Archive {
    pool: SqlitePool,
}

impl Archive {
    /// Opens the archive in `data`, making folder and tables when they are not there.
    pub async fn open(data: &Path) -> Result<Self, ArchiveError> {
        std::fs::create_dir_all(data).map_err(|source| ArchiveError::Folder { path: data.to_owned(), source })?;
        let options = SqliteConnectOptions::new()
            .filename(data.join("archive.sqlite"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(30))
            .foreign_keys(true)
            .row_buffer_size(ROW_BUFFER);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        let archive = Self { pool };
        archive.prepare_schema().await?;
        Ok(archive)
    }

    async fn prepare_schema(&self) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *tx).await?;
        let expected = FIRST_VERSION + STEPS.len() as i64;
        if found == 0 {
            sqlx::raw_sql(include_str!("schema.sql")).execute(&mut *tx).await?;
        }
        let from = if found == 0 { FIRST_VERSION } else { found };
        let Some(steps) = usize::try_from(from - FIRST_VERSION).ok().and_then(|done| STEPS.get(done..)) else {
            return Err(ArchiveError::SchemaVersion { found, expected });
        };
        for step in steps {
            sqlx::raw_sql(*step).execute(&mut *tx).await?;
        }
        if found != expected {
            // A pragma takes no bound value; this one is a number of our own.
            let version = format!("PRAGMA user_version = {expected}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(version)).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Waits until everything is on disk and lets go of the file.
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// Name of the engine that reads this archive; `None` when none has.
    pub async fn engine(&self) -> Result<Option<String>, ArchiveError> {
        self.setting(ENGINE).await
    }

    /// Names the engine that reads this archive from now on.
    pub async fn set_engine(&self, name: &str) -> Result<(), ArchiveError> {
        self.set_setting(ENGINE, name).await
    }

    /// Reads a setting.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, ArchiveError> {
        Ok(sqlx::query_scalar("SELECT value FROM settings WHERE name = ?")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?)
    }

    /// Writes a setting.
    pub async fn set_setting(&self, name: &str, value: &str) -> Result<(), ArchiveError> {
        sqlx::query(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

/// Microseconds since the Unix epoch, the archive's unit of time.
fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// The time of a stored number of microseconds.
fn time(micros: i64) -> Result<Timestamp, ArchiveError> {
    Timestamp::from_microsecond(micros).map_err(|error| ArchiveError::corrupt("time", error))
}
