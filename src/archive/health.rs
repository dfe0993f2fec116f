//! Copies of the archive, and whether it is sound.

use std::path::Path;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};

use crate::model::Handoff;

use super::{Archive, ArchiveError, FIRST_VERSION, STEPS, micros};

/// Something in the archive that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFault {
    /// Where: a table with the key of the row.
    pub place: String,
    /// What is wrong.
    pub reason: String,
}

/// Rows that refer to nothing or that nobody works on: what to tell of them, and how they are found.
const DANGLING: [(&str, &str); 5] = [
    (
        "belongs to an account that is not there",
        "SELECT 'documents ' || id FROM documents WHERE account NOT IN (SELECT slug FROM accounts)",
    ),
    (
        "its document is not there",
        "SELECT 'handoffs ' || row FROM handoffs WHERE document NOT IN (SELECT id FROM documents) \
         OR (proposal IS NOT NULL AND proposal NOT IN (SELECT id FROM documents))",
    ),
    (
        "its document is not there",
        "SELECT 'period_documents ' || account || ' ' || kind || ' ' || period FROM period_documents \
         WHERE document NOT IN (SELECT id FROM documents)",
    ),
    (
        "nothing is known of how it began",
        "SELECT 'handoffs ' || row FROM handoffs WHERE row NOT IN (SELECT handoff FROM handoff_events)",
    ),
    ("has no text", "SELECT 'interactions ' || row FROM interactions WHERE row NOT IN (SELECT row FROM texts)"),
];

/// Work that was begun and did not end; the time is the one before which it must have begun to be told.
const HANGING: [(&str, &str); 2] = [
    ("was begun long ago and did not end", "SELECT 'jobs ' || id FROM jobs WHERE ended_at IS NULL AND started_at < ?"),
    (
        "was begun long ago and did not end",
        "SELECT 'schedule_runs ' || schedule || ' ' || due_at FROM schedule_runs WHERE ended_at IS NULL AND started_at < ?",
    ),
];

impl Archive {
    /// Writes a copy as it is now into a file that is not there yet; others may write meanwhile.
    pub async fn copy_to(&self, file: &Path) -> Result<(), ArchiveError> {
        let name = file.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO ?").bind(name).execute(&self.pool).await?;
        Ok(())
    }

    /// Says whether a file is a sound archive that this program can read, without changing it.
    pub async fn verify(file: &Path) -> Result<(), ArchiveError> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
        let mut connection = options.connect().await?;
        let problems = integrity(&mut connection).await?;
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await?;
        connection.close().await?;
        if let Some(problem) = problems.first() {
            return Err(ArchiveError::corrupt("archive", problem));
        }
        let expected = FIRST_VERSION + STEPS.len() as i64;
        if (FIRST_VERSION..=expected).contains(&found) {
            Ok(())
        } else {
            Err(ArchiveError::SchemaVersion { found, expected })
        }
    }

    /// What is wrong with the file, with references between rows, with documents, and with work begun before `before`.
    pub async fn faults(&self, before: Timestamp) -> Result<Vec<ArchiveFault>, ArchiveError> {
        let mut connection = self.pool.acquire().await?;
        let fault = |place: String, reason: &str| ArchiveFault { place, reason: reason.to_owned() };
        let problems = integrity(&mut connection).await?;
        let mut faults: Vec<ArchiveFault> =
            problems.into_iter().map(|reason| ArchiveFault { place: "archive.sqlite".to_owned(), reason }).collect();
        for row in sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *connection).await? {
            let (table, id): (String, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
            faults.push(fault(format!("{table} {}", id.unwrap_or_default()), "refers to what is not there"));
        }
        for (reason, query) in DANGLING {
            let places: Vec<String> = sqlx::query_scalar(query).fetch_all(&mut *connection).await?;
            faults.extend(places.into_iter().map(|place| fault(place, reason)));
        }
        for (reason, query) in HANGING {
            let places: Vec<String> =
                sqlx::query_scalar(query).bind(micros(before)).fetch_all(&mut *connection).await?;
            faults.extend(places.into_iter().map(|place| fault(place, reason)));
        }
        let documents: Vec<(String, String)> =
            sqlx::query_as("SELECT id, document FROM documents ORDER BY id").fetch_all(&mut *connection).await?;
        for (id, text) in documents {
            if let Err(error) = serde_json::from_str::<Handoff>(&text) {
                faults.push(ArchiveFault {
                    place: format!("documents {id}"),
                    reason: format!("cannot be read: {error}"),
                });
            }
        }
        faults.sort_by(|a, b| (&a.place, &a.reason).cmp(&(&b.place, &b.reason)));
        faults.dedup();
        Ok(faults)
    }
}

/// What SQLite finds wrong with its file; nothing when it is sound.
async fn integrity(connection: &mut SqliteConnection) -> Result<Vec<String>, ArchiveError> {
    let mut problems: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(connection).await?;
    problems.retain(|problem| problem != "ok");
    Ok(problems)
}
