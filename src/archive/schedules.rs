//! What is done at set times, and what became of it.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::model::{AccountSlug, Schedule, ScheduleRun};

use super::{Archive, ArchiveError, accounts, micros, time};

impl Archive {
    /// Keeps a schedule, in place of one of the same name.
    pub async fn set_schedule(&self, schedule: &Schedule) -> Result<(), ArchiveError> {
        sqlx::query(
            "INSERT INTO schedules (name, cron, zone, kind, account, created_at) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, zone = excluded.zone, kind = excluded.kind, \
             account = excluded.account, created_at = excluded.created_at",
        )
        .bind(&schedule.name)
        .bind(&schedule.cron)
        .bind(&schedule.zone)
        .bind(&schedule.kind)
        .bind(schedule.account.as_ref().map_or("", AccountSlug::as_str))
        .bind(micros(schedule.created_at))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes a schedule away. Answers whether it was there.
    pub async fn remove_schedule(&self, name: &str) -> Result<bool, ArchiveError> {
        let done = sqlx::query("DELETE FROM schedules WHERE name = ?").bind(name).execute(&self.pool).await?;
        Ok(done.rows_affected() == 1)
    }

    /// The schedules, by name.
    pub async fn schedules(&self) -> Result<Vec<Schedule>, ArchiveError> {
        let rows = sqlx::query("SELECT name, cron, zone, kind, account, created_at FROM schedules ORDER BY name");
        rows.fetch_all(&self.pool).await?.iter().map(schedule).collect()
    }

    /// Takes hold of the run of a schedule that was due at `due_at`, until `until`. Answers false when it was done, or
    /// when another worker holds it.
    pub async fn claim_run(
        &self,
        schedule: &str,
        due_at: Timestamp,
        worker: &str,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<bool, ArchiveError> {
        let done = sqlx::query(
            "INSERT INTO schedule_runs (schedule, due_at, held_until, worker, started_at) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT (schedule, due_at) DO UPDATE SET held_until = excluded.held_until, worker = excluded.worker \
             WHERE ended_at IS NULL AND (held_until <= ? OR worker = excluded.worker)",
        )
        .bind(schedule)
        .bind(micros(due_at))
        .bind(micros(until))
        .bind(worker)
        .bind(micros(now))
        .bind(micros(now))
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Ends a run that `worker` holds.
    pub async fn end_run(&self, run: &ScheduleRun, worker: &str) -> Result<(), ArchiveError> {
        sqlx::query(
            "UPDATE schedule_runs SET ended_at = ?, made = ?, failed = ?, problem = ? \
             WHERE schedule = ? AND due_at = ? AND worker = ?",
        )
        .bind(run.ended_at.map(micros))
        .bind(i64::from(run.made))
        .bind(i64::from(run.failed))
        .bind(&run.problem)
        .bind(&run.schedule)
        .bind(micros(run.due_at))
        .bind(worker)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The run of a schedule that was due last.
    pub async fn last_run(&self, schedule: &str) -> Result<Option<ScheduleRun>, ArchiveError> {
        let row = sqlx::query(
            "SELECT schedule, due_at, started_at, ended_at, made, failed, problem FROM schedule_runs \
             WHERE schedule = ? ORDER BY due_at DESC LIMIT 1",
        )
        .bind(schedule)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(run).transpose()
    }
}

fn schedule(row: &SqliteRow) -> Result<Schedule, ArchiveError> {
    let account: String = row.try_get("account")?;
    Ok(Schedule {
        name: row.try_get("name")?,
        cron: row.try_get("cron")?,
        zone: row.try_get("zone")?,
        kind: row.try_get("kind")?,
        account: if account.is_empty() { None } else { Some(accounts::slug(&account)?) },
        created_at: time(row.try_get("created_at")?)?,
    })
}

fn run(row: &SqliteRow) -> Result<ScheduleRun, ArchiveError> {
    let count = |name| -> Result<u32, ArchiveError> {
        u32::try_from(row.try_get::<i64, _>(name)?).map_err(|error| ArchiveError::corrupt("run", error))
    };
    Ok(ScheduleRun {
        schedule: row.try_get("schedule")?,
        due_at: time(row.try_get("due_at")?)?,
        started_at: time(row.try_get("started_at")?)?,
        ended_at: row.try_get::<Option<i64>, _>("ended_at")?.map(time).transpose()?,
        made: count("made")?,
        failed: count("failed")?,
        problem: row.try_get("problem")?,
    })
}
