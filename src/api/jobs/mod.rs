//! Work that takes long: taken on at once and durably, done one after the other, told while it runs.

mod upload;
mod work;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, broadcast};

pub use upload::Uploaded;
use upload::sync;
use work::{LOADS, to_value};

use super::{ApiError, App, Page, PageRequest};
use crate::access::Caller;
use crate::archive::JobRow;
pub use crate::archive::JobState;
use crate::ingest::Detail;
use crate::model::{AccountScope, AccountSlug};

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
        let row = self.new_job(caller, (LOADS, account), &work, upload.id.clone())?;
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

    /// Has a load that failed done again.
    pub async fn retry(&self, caller: &Caller, id: &str) -> Result<Job, ApiError> {
        self.job(caller, id).await?;
        if self.stores.archive.retry_jobs(LOADS, Some(id)).await? == 0 {
            return Err(ApiError::Conflict(format!("job {id} is no load that failed")));
        }
        self.jobs.wake.notify_one();
        self.job(caller, id).await
    }

    /// A job that the caller may see.
    pub async fn job(&self, caller: &Caller, id: &str) -> Result<Job, ApiError> {
        let found = self.stores.archive.job(id).await?.map(Job::from);
        found.filter(|job| may_see(caller, job)).ok_or_else(|| ApiError::not_found("job", id))
    }

    /// The latest jobs that the caller may see, of an account or of all, the latest first.
    pub async fn latest_jobs(
        &self,
        caller: &Caller,
        account: Option<&AccountSlug>,
        most: usize,
    ) -> Result<Vec<Job>, ApiError> {
        let all = self.stores.archive.jobs(None, 0, u32::MAX).await?;
        let seen = all.into_iter().rev().map(Job::from).filter(|job| may_see(caller, job));
        Ok(seen.filter(|job| account.is_none() || job.account.as_ref() == account).take(most).collect())
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
}

fn may_see(caller: &Caller, job: &Job) -> bool {
    match &job.account {
        Some(account) => caller.token.accounts.holds(account),
        None => caller.token.accounts == AccountScope::All,
    }
}
