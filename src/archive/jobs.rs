//! Work that was taken on. A job is on disk before it is acknowledged, and is done again from its start when the
//! process ended while it ran: every kind of job may be done twice.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::model::AccountSlug;

use super::{Archive, ArchiveError, accounts, micros, time};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum JobState {
    Queued,
    Running,
    Done,
    Failed,
}

impl JobState {
    const ALL: [Self; 4] = [Self::Queued, Self::Running, Self::Done, Self::Failed];

    fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// A job as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRow {
    /// Its order.
    pub row: i64,
    /// Identity.
    pub id: String,
    /// What sort of work it is.
    pub kind: String,
    /// The account; `None` for several.
    pub account: Option<AccountSlug>,
    /// What to do.
    pub request: serde_json::Value,
    /// Who asked for it.
    pub by: String,
    /// Where it stands.
    pub state: JobState,
    /// When it was taken on.
    pub created_at: Timestamp,
    /// When work began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How much is done, in the unit of its kind.
    pub done: u64,
    /// Of how much.
    pub total: u64,
    /// What came of it.
    pub result: Option<serde_json::Value>,
    /// Why it failed.
    pub problem: Option<String>,
}

const COLUMNS: &str = "row, id, kind, account, request, \"by\", state, created_at, started_at, ended_at, done, total, \
                       result, problem";

impl Archive {
    /// Takes a job on; when this returns it will be done. `row` is not read.
    pub async fn add_job(&self, job: &JobRow) -> Result<(), ArchiveError> {
        sqlx::query(
            "INSERT INTO jobs (id, kind, account, request, \"by\", state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&job.id)
        .bind(&job.kind)
        .bind(job.account.as_ref().map_or("", AccountSlug::as_str))
        .bind(job.request.to_string())
        .bind(&job.by)
        .bind(job.state.as_str())
        .bind(micros(job.created_at))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// A job by its identity.
    pub async fn job(&self, id: &str) -> Result<Option<JobRow>, ArchiveError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM jobs WHERE id = ?")))
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(job).transpose()
    }

    /// The jobs of a state, or all, in the order in which they were taken on, at most `limit` after `after`.
    pub async fn jobs(&self, state: Option<JobState>, after: i64, limit: u32) -> Result<Vec<JobRow>, ArchiveError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM jobs WHERE row > ? AND (? = '' OR state = ?) ORDER BY row LIMIT ?"
        )))
        .bind(after)
        .bind(state.map_or("", JobState::as_str))
        .bind(state.map_or("", JobState::as_str))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(job).collect()
    }

    /// Takes the next waiting job in hand.
    pub async fn begin_job(&self, now: Timestamp) -> Result<Option<JobRow>, ArchiveError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE jobs SET state = 'running', started_at = ?, done = 0 WHERE row = \
             (SELECT min(row) FROM jobs WHERE state = 'queued') RETURNING {COLUMNS}"
        )))
        .bind(micros(now))
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(job).transpose()
    }

    /// Notes how far a job is.
    pub async fn job_is_at(&self, id: &str, (done, total): (u64, u64)) -> Result<(), ArchiveError> {
        sqlx::query("UPDATE jobs SET done = ?, total = ? WHERE id = ? AND state = 'running'")
            .bind(i64::try_from(done).unwrap_or(i64::MAX))
            .bind(i64::try_from(total).unwrap_or(i64::MAX))
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends a job with what came of it, or why nothing did.
    pub async fn end_job(
        &self,
        id: &str,
        outcome: Result<&serde_json::Value, &str>,
        now: Timestamp,
    ) -> Result<(), ArchiveError> {
        let state = if outcome.is_ok() { JobState::Done } else { JobState::Failed };
        sqlx::query("UPDATE jobs SET state = ?, ended_at = ?, result = ?, problem = ?, done = total WHERE id = ?")
            .bind(state.as_str())
            .bind(micros(now))
            .bind(outcome.ok().map(ToString::to_string))
            .bind(outcome.err())
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Lets jobs of a kind that failed wait again: one, or all. Answers how many.
    pub async fn retry_jobs(&self, kind: &str, id: Option<&str>) -> Result<u64, ArchiveError> {
        let done = sqlx::query(
            "UPDATE jobs SET state = 'queued', started_at = NULL, ended_at = NULL, problem = NULL \
             WHERE state = 'failed' AND kind = ? AND (? = '' OR id = ?)",
        )
        .bind(kind)
        .bind(id.unwrap_or_default())
        .bind(id.unwrap_or_default());
        Ok(done.execute(&self.pool).await?.rows_affected())
    }

    /// Hands back every job that is under way: it waits again.
    pub async fn hand_back_jobs(&self) -> Result<u64, ArchiveError> {
        let done = sqlx::query("UPDATE jobs SET state = 'queued', started_at = NULL WHERE state = 'running'");
        Ok(done.execute(&self.pool).await?.rows_affected())
    }
}

fn job(row: &SqliteRow) -> Result<JobRow, ArchiveError> {
    let (state, account): (String, String) = (row.try_get("state")?, row.try_get("account")?);
    let json = |text: String| serde_json::from_str(&text).map_err(|error| ArchiveError::corrupt("job", error));
    let some_time = |name| row.try_get::<Option<i64>, _>(name)?.map(time).transpose();
    let count = |name| Ok::<_, ArchiveError>(u64::try_from(row.try_get::<i64, _>(name)?).unwrap_or_default());
    Ok(JobRow {
        row: row.try_get("row")?,
        id: row.try_get("id")?,
        kind: row.try_get("kind")?,
        account: if account.is_empty() { None } else { Some(accounts::slug(&account)?) },
        request: json(row.try_get("request")?)?,
        by: row.try_get("by")?,
        state: JobState::ALL
            .into_iter()
            .find(|known| known.as_str() == state)
            .ok_or_else(|| ArchiveError::corrupt("job state", state))?,
        created_at: time(row.try_get("created_at")?)?,
        started_at: some_time("started_at")?,
        ended_at: some_time("ended_at")?,
        done: count("done")?,
        total: count("total")?,
        result: row.try_get::<Option<String>, _>("result")?.map(json).transpose()?,
        problem: row.try_get("problem")?,
    })
}
