//! Work that takes long: taken on at once and durably, done one after the other, told while it runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, broadcast};

use super::{ApiError, App, Page, PageRequest};
use crate::access::Caller;
use crate::archive::JobRow;
pub use crate::archive::JobState;
use crate::ingest::{Detail, Loaded, Options, Progress, Report, ingest};
use crate::model::{AccountScope, AccountSlug};
use crate::notify::{IngestEnd, ingest_ended};
use crate::upkeep::{Target, forget};

/// Folder of what was uploaded and is not loaded yet, below the data folder.
const UPLOADS: &str = "uploads";
/// How often progress is written down.
const TOLD_EVERY: Duration = Duration::from_millis(250);
/// Notices that a slow listener may fall behind.
const NOTICES: usize = 1_024;

/// A job as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Job {
    /// Identity.
    pub id: String,
    /// What sort of work it is: `ingest` or `erase`.
    pub kind: String,
    /// The account; `null` for several.
    pub account: Option<AccountSlug>,
    /// Where it stands.
    pub state: JobState,
    /// Who asked for it.
    pub by: String,
    /// How much of it is done, 0 to 1.
    pub progress: f32,
    /// When it was taken on.
    pub created_at: Timestamp,
    /// When work began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What came of it.
    pub result: Option<serde_json::Value>,
    /// Why it failed.
    pub problem: Option<String>,
}

/// What is told while a job runs.
#[derive(Clone, Debug)]
pub struct JobNotice(pub Job);

/// What became of an item of an upload of interactions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ItemResult {
    /// Identity of the interaction.
    pub id: String,
    /// `new`, `changed`, `unchanged` or `rejected`.
    pub became: String,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a job does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
enum Work {
    /// Loads what was uploaded.
    Load {
        /// Whether the result says what became of each item.
        listed: bool,
    },
    /// Erases for good.
    Erase(ToErase),
}

/// What is to be erased for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "erase", rename_all = "snake_case")]
pub enum ToErase {
    /// A person, from every account.
    Person {
        /// Address, other key, IRI or full name.
        person: String,
    },
    /// An interaction, every version of it.
    Interaction {
        /// Its identity.
        interaction: String,
    },
    /// The account with everything in it.
    Account,
}

/// The work that waits and is done. Cheap to clone.
#[derive(Clone)]
pub struct Jobs {
    wake: Arc<Notify>,
    notices: broadcast::Sender<JobNotice>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { wake: Arc::default(), notices: broadcast::channel(NOTICES).0 }
    }
}

/// A folder that an upload is written into; it goes away with the value unless a job takes it.
pub struct Uploaded {
    id: String,
    folder: PathBuf,
    files: usize,
    is_taken: bool,
}

impl Uploaded {
    /// A new folder.
    pub fn begin(app: &App) -> Result<Self, ApiError> {
        let id = crate::access::random_id()?;
        let folder = app.data.join(UPLOADS).join(&id);
        std::fs::create_dir_all(&folder).map_err(|source| ApiError::File { what: "keep the upload", source })?;
        Ok(Self { id, folder, files: 0, is_taken: false })
    }

    /// Where the next file goes.
    pub fn next_file(&mut self, name: &str) -> PathBuf {
        self.files += 1;
        self.file(self.files, name)
    }

    /// Where a file lies, by its number from 1. Of the sender's name only what can do no harm is kept.
    pub fn file(&self, number: usize, name: &str) -> PathBuf {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_harmless = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
        let clean: String = base.chars().filter(is_harmless).take(100).collect();
        let clean = clean.trim_start_matches('.').trim();
        // A folder each: two files of one name stay apart, and each keeps its name in reports.
        self.folder.join(format!("{number:03}")).join(if clean.is_empty() { "file" } else { clean })
    }

    /// How many files there are.
    pub fn files(&self) -> usize {
        self.files
    }
}

impl Drop for Uploaded {
    fn drop(&mut self) {
        if !self.is_taken {
            // A folder that stays is removed when the service starts again.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

impl Jobs {
    /// Listens to what is told of jobs.
    pub fn listen(&self) -> broadcast::Receiver<JobNotice> {
        self.notices.subscribe()
    }

    fn tell(&self, job: JobRow) {
        // Nobody may be listening.
        let _ = self.notices.send(JobNotice(job.into()));
    }
}

impl From<JobRow> for Job {
    fn from(row: JobRow) -> Self {
        let progress = match row.state {
            JobState::Done => 1.0,
            JobState::Queued | JobState::Running | JobState::Failed if row.total == 0 => 0.0,
            JobState::Queued | JobState::Running | JobState::Failed => row.done as f32 / row.total as f32,
        };
        Self {
            id: row.id,
            kind: row.kind,
            account: row.account,
            state: row.state,
            by: row.by,
            progress,
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
            result: row.result,
            problem: row.problem,
        }
    }
}

impl App {
    /// Takes the loading of an upload on. When this returns, it will be done, whatever happens to the process.
    pub async fn load(
        &self,
        caller: &Caller,
        account: Option<&AccountSlug>,
        mut upload: Uploaded,
        detail: Detail,
    ) -> Result<Job, ApiError> {
        let folder = upload.folder.clone();
        let synced = tokio::task::spawn_blocking(move || sync(&folder)).await?;
        synced.map_err(|source| ApiError::File { what: "keep the upload", source })?;
        let work = Work::Load { listed: detail == Detail::Items };
        let row = self.new_job(caller, ("ingest", account), &work, upload.id.clone())?;
        let job = self.take_on(row).await?;
        upload.is_taken = true;
        Ok(job)
    }

    /// Takes an erasure on.
    pub async fn erase(&self, caller: &Caller, account: &AccountSlug, what: ToErase) -> Result<Job, ApiError> {
        caller.require_all_accounts()?;
        self.stores.require(account).await?;
        let row = self.new_job(caller, ("erase", Some(account)), &Work::Erase(what), crate::access::random_id()?)?;
        self.take_on(row).await
    }

    fn new_job(
        &self,
        caller: &Caller,
        (kind, account): (&str, Option<&AccountSlug>),
        work: &Work,
        id: String,
    ) -> Result<JobRow, ApiError> {
        Ok(JobRow {
            row: 0,
            id,
            kind: kind.to_owned(),
            account: account.cloned(),
            request: to_value(work)?,
            by: caller.token.name.clone(),
            state: JobState::Queued,
            created_at: self.clock.now(),
            started_at: None,
            ended_at: None,
            done: 0,
            total: 0,
            result: None,
            problem: None,
        })
    }

    async fn take_on(&self, row: JobRow) -> Result<Job, ApiError> {
        self.stores.archive.add_job(&row).await?;
        self.jobs.tell(row.clone());
        self.jobs.wake.notify_one();
        Ok(row.into())
    }

    /// A job that the caller may see.
    pub async fn job(&self, caller: &Caller, id: &str) -> Result<Job, ApiError> {
        let found = self.stores.archive.job(id).await?.map(Job::from);
        found.filter(|job| may_see(caller, job)).ok_or_else(|| ApiError::not_found("job", id))
    }

    /// A page of the jobs that the caller may see, in the order in which they were taken on.
    pub async fn jobs_page(
        &self,
        caller: &Caller,
        state: Option<JobState>,
        page: &PageRequest,
    ) -> Result<Page<Job>, ApiError> {
        let all = self.stores.archive.jobs(state, 0, u32::MAX).await?;
        let all: Vec<(i64, Job)> = all.into_iter().map(|row| (row.row, row.into())).collect();
        let seen: Vec<(i64, Job)> = all.into_iter().filter(|(_, job)| may_see(caller, job)).collect();
        let (range, next) = page.of(&seen, |(row, _)| format!("{row:020}"))?;
        Ok(Page { data: seen[range].iter().map(|(_, job)| job.clone()).collect(), next })
    }

    /// Takes up what another process left: jobs that it had in hand wait again, uploads that no job has go away.
    pub async fn take_up_jobs(&self) -> Result<(), ApiError> {
        let back = self.stores.archive.hand_back_jobs().await?;
        if back > 0 {
            tracing::info!(jobs = back, "took up jobs that were under way");
        }
        let Ok(entries) = std::fs::read_dir(self.data.join(UPLOADS)) else { return Ok(()) };
        for entry in entries.flatten() {
            let id = entry.file_name().to_string_lossy().into_owned();
            let job = self.stores.archive.job(&id).await?;
            if job.is_none_or(|job| matches!(job.state, JobState::Done | JobState::Failed)) {
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
            Ok(()) => {
                let _ = tokio::fs::remove_dir_all(self.data.join(UPLOADS).join(&job.id)).await;
            }
            Err(error) => tracing::error!(%error, "the end of a job cannot be kept"),
        }
        if let Ok(Some(job)) = self.stores.archive.job(&job.id).await {
            self.jobs.tell(job);
        }
    }

    /// Tells those who listen that a load ended: in counts, and nothing of what was loaded.
    async fn tell_end(&self, job: &JobRow, ended: &Result<serde_json::Value, String>) {
        let account = job.account.as_ref().filter(|_| job.kind == "ingest");
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
        self.known.forget();
        self.sparql.pool.forget_copies().await?;
        let forgotten = forget(&self.stores, &self.engine, target, &job.by, self.clock.now()).await?;
        self.known.forget();
        self.sparql.pool.forget_copies().await?;
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
        let (tell, told) = self.progress(&job.id);
        let report = ingest(&self.stores, &self.engine, &options, self.clock.now(), tell).await?;
        told.abort();
        metrics::counter!("baton_interactions_read_total").increment(report.read);
        result(report)
    }

    /// What a job calls to say how far it is, and the task that writes it down.
    fn progress(&self, id: &str) -> (Arc<dyn Fn(Progress) + Send + Sync>, tokio::task::JoinHandle<()>) {
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
        (Arc::new(tell), task)
    }
}

fn may_see(caller: &Caller, job: &Job) -> bool {
    match &job.account {
        Some(account) => caller.token.accounts.holds(account),
        None => caller.token.accounts == AccountScope::All,
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

fn to_value<T: Serialize>(value: &T) -> Result<serde_json::Value, ApiError> {
    serde_json::to_value(value).map_err(|error| ApiError::Internal(error.to_string()))
}

/// Brings every file of a folder to the disk, and the folders themselves.
fn sync(folder: &Path) -> std::io::Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        std::fs::File::open(entry?.path())?.sync_all()?;
    }
    match folder.parent() {
        Some(parent) => std::fs::File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}
