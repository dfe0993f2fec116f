//! Doing the jobs, one after the other.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio_util::task::AbortOnDropHandle;

use super::super::{ApiError, App};
use super::upload::UPLOADS;
use super::{ItemResult, JobState, ToErase, Work};
use crate::archive::JobRow;
use crate::ingest::{Detail, Loaded, Options, Progress, Report, ingest};
use crate::notify::{IngestEnd, ingest_ended};
use crate::upkeep::{Target, forget};

/// The kind of job that is tried again at each start: what was uploaded was acknowledged.
pub(super) const LOADS: &str = "ingest";

/// How often progress is written down.
const TOLD_EVERY: Duration = Duration::from_millis(250);

impl App {
    /// Takes up what another process left: jobs that it had in hand and loads that failed wait again, uploads that no
    /// job has go away.
    pub async fn take_up_jobs(&self) -> Result<(), ApiError> {
        let back = self.stores.archive.hand_back_jobs().await? + self.stores.archive.retry_jobs(LOADS, None).await?;
        if back > 0 {
            tracing::info!(jobs = back, "took up jobs that were under way or had failed");
        }
        let Ok(entries) = std::fs::read_dir(self.data.join(UPLOADS)) else { return Ok(()) };
        for entry in entries.flatten() {
            let id = entry.file_name().to_string_lossy().into_owned();
            let job = self.stores.archive.job(&id).await?;
            if job.is_none_or(|job| job.state == JobState::Done) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// Does the waiting jobs one after the other, until `stop` is ready and the job in hand is done.
    pub async fn run_jobs(&self, stop: tokio_util::sync::CancellationToken) {
        while !stop.is_cancelled() {
            match self.stores.archive.begin_job(self.clock.now()).await {
                Ok(Some(job)) => self.run_job(job).await,
                Ok(None) => tokio::select! {
                    () = stop.cancelled() => return,
                    () = self.jobs.wake.notified() => {}
                },
                Err(error) => {
                    tracing::error!(%error, "no job can be taken in hand");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    #[tracing::instrument(skip_all, fields(job = %job.id, kind = %job.kind))]
    async fn run_job(&self, job: JobRow) {
        self.jobs.tell(job.clone());
        let outcome = self.work(&job).await;
        let ended_so = outcome.map_err(|error| {
            tracing::error!(%error, "a job failed");
            error.to_string()
        });
        let kept = ended_so.as_ref().map_err(String::as_str);
        let ended = self.stores.archive.end_job(&job.id, kept, self.clock.now()).await;
        self.tell_end(&job, &ended_so).await;
        metrics::counter!("baton_jobs_total", "outcome" => if ended_so.is_ok() { "done" } else { "failed" })
            .increment(1);
        match ended {
            // What could not be loaded stays until it is: it was acknowledged.
            Ok(()) if ended_so.is_ok() => {
                let _ = tokio::fs::remove_dir_all(self.data.join(UPLOADS).join(&job.id)).await;
            }
            Ok(()) => {}
            Err(error) => tracing::error!(%error, "the end of a job cannot be kept"),
        }
        if let Ok(Some(job)) = self.stores.archive.job(&job.id).await {
            self.jobs.tell(job);
        }
    }

    /// Tells those who listen that a load ended: in counts, and nothing of what was loaded.
    async fn tell_end(&self, job: &JobRow, ended: &Result<serde_json::Value, String>) {
        let account = job.account.as_ref().filter(|_| job.kind == LOADS);
        let Some(account) = account else { return self.hub.wake() };
        let end = match ended {
            Ok(report) => {
                let counts = ["read", "new", "changed", "unchanged", "facts", "seconds"];
                let counts = counts.into_iter().filter_map(|name| Some((name.to_owned(), report.get(name)?.clone())));
                let mut counts: serde_json::Map<_, _> = counts.collect();
                let rejected = report["rejected"].as_array().map_or(0, Vec::len);
                counts.insert("rejected".to_owned(), rejected.into());
                IngestEnd::Completed(counts.into())
            }
            Err(problem) => IngestEnd::Failed(problem.clone()),
        };
        let now = self.clock.now();
        if let Err(error) = self.hub.tell(&self.stores.archive, &[ingest_ended(account, &job.id, end, now)], now).await
        {
            tracing::error!(%error, "the end of a load cannot be told");
        }
        self.hub.wake();
    }

    async fn work(&self, job: &JobRow) -> Result<serde_json::Value, ApiError> {
        let work: Work = serde_json::from_value(job.request.clone())
            .map_err(|error| ApiError::Internal(format!("the job cannot be read: {error}")))?;
        match work {
            Work::Load { listed } => self.load_now(job, listed).await,
            Work::Erase(what) => self.erase_now(job, &what).await,
        }
    }

    async fn erase_now(&self, job: &JobRow, what: &ToErase) -> Result<serde_json::Value, ApiError> {
        let account =
            job.account.as_ref().ok_or_else(|| ApiError::Internal("an erasure without account".to_owned()))?;
        let target = match what {
            ToErase::Person { person } => Target::Person { who: person, account },
            ToErase::Interaction { interaction } => Target::Interaction { id: interaction, account },
            ToErase::Account => Target::Account(account),
        };
        // Nothing of it stays in memory or in a copy of the graph either.
        self.forget();
        let work = forget(&self.stores, &self.engine, target, &job.by, self.clock.now());
        let forgotten = self.sparql.pool.without_copies(work).await??;
        self.forget();
        to_value(&forgotten)
    }

    async fn load_now(&self, job: &JobRow, listed: bool) -> Result<serde_json::Value, ApiError> {
        let folder = self.data.join(UPLOADS).join(&job.id);
        let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
            .map_err(|source| ApiError::File { what: "read the upload", source })?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort_unstable();
        let detail = if listed { Detail::Items } else { Detail::Counts };
        let options = Options { paths, account: job.account.clone(), detail, hidden: Some(folder) };
        let (tell, _told) = self.progress(&job.id);
        let report = ingest(&self.stores, &self.engine, &options, self.clock.now(), tell).await?;
        metrics::counter!("baton_interactions_read_total").increment(report.read);
        result(report)
    }

    /// What a job calls to say how far it is, and the task that writes it down until it is dropped.
    fn progress(&self, id: &str) -> (Arc<dyn Fn(Progress) + Send + Sync>, AbortOnDropHandle<()>) {
        let (done, total) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (app, id) = (self.clone(), id.to_owned());
        let seen = (Arc::clone(&done), Arc::clone(&total));
        let task = tokio::spawn(async move {
            let mut before = (0, 0);
            loop {
                tokio::time::sleep(TOLD_EVERY).await;
                let now = (seen.0.load(Ordering::Relaxed), seen.1.load(Ordering::Relaxed));
                if now == before || app.stores.archive.job_is_at(&id, now).await.is_err() {
                    continue;
                }
                before = now;
                if let Ok(Some(job)) = app.stores.archive.job(&id).await {
                    app.jobs.tell(job);
                }
            }
        });
        let tell = move |progress: Progress| {
            done.store(progress.done, Ordering::Relaxed);
            total.store(progress.total, Ordering::Relaxed);
        };
        (Arc::new(tell), AbortOnDropHandle::new(task))
    }
}

/// The report of an ingest; where items were asked for, with what became of each, rejected ones included.
fn result(mut report: Report) -> Result<serde_json::Value, ApiError> {
    let loaded = std::mem::take(&mut report.items);
    let mut value = to_value(&report)?;
    if !loaded.is_empty() || !report.rejected.is_empty() {
        let took = loaded.into_iter().map(|Loaded { id, became }| ItemResult { id, became, reason: None });
        let refused = report.rejected.iter().map(|problem| ItemResult {
            id: problem.item.clone(),
            became: "rejected".to_owned(),
            reason: Some(problem.reason.clone()),
        });
        value["items"] = to_value(&took.chain(refused).collect::<Vec<_>>())?;
    }
    Ok(value)
}

pub(super) fn to_value<T: Serialize>(value: &T) -> Result<serde_json::Value, ApiError> {
    serde_json::to_value(value).map_err(|error| ApiError::Internal(error.to_string()))
}
