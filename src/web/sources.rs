//! What was read and what was not: files to load, jobs with their progress, what was rejected and why.

use axum::extract::{Multipart, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};

use super::Site;
use super::views::value;
use super::visit::{Extent, Visit};
use crate::api::{ApiError, Job, JobState, RejectedItem, Uploaded, sources};
use crate::http::{Account, Failure, Path, keep_field};
use crate::ingest::Detail;
use crate::model::AccountSlug;

/// Jobs that are shown, and items of one that were rejected.
const JOBS: usize = 20;
const REJECTED: usize = 200;

/// A job as it is shown.
#[derive(Serialize)]
struct ShownJob {
    #[serde(flatten)]
    job: Job,
    /// What was read, new, changed, unchanged.
    counts: Vec<(&'static str, u64)>,
    /// How many facts the accounts hold now.
    facts: u64,
    /// What was rejected and why.
    rejected: Vec<serde_json::Value>,
    /// Whether it is still to end.
    is_open: bool,
}

impl From<Job> for ShownJob {
    fn from(job: Job) -> Self {
        let result = job.result.clone().unwrap_or_default();
        let number = |name: &'static str| Some((name, result.get(name)?.as_u64()?));
        let facts = result.get("facts").and_then(serde_json::Value::as_object);
        Self {
            counts: ["read", "new", "changed", "unchanged"].into_iter().filter_map(number).collect(),
            facts: facts.map_or(0, |kinds| kinds.values().filter_map(serde_json::Value::as_u64).sum()),
            rejected: result.get("rejected").and_then(|all| all.as_array().cloned()).unwrap_or_default(),
            is_open: matches!(job.state, JobState::Queued | JobState::Running),
            job,
        }
    }
}

/// The jobs of an account, or all that the reader may see, the latest first.
async fn jobs(site: &Site, visit: &Visit, account: Option<&AccountSlug>) -> Result<Vec<ShownJob>, Failure> {
    let all = site.app.latest_jobs(&visit.caller, account, JOBS).await?;
    Ok(all.into_iter().map(ShownJob::from).collect())
}

fn of_jobs(jobs: &[ShownJob], list: &str) -> Value {
    context! { jobs => value(&jobs), is_open => jobs.iter().any(|job| job.is_open), list }
}

/// Shows the jobs of all accounts, and takes files for any of them.
pub(super) async fn show_sources(State(site): State<Site>, visit: Visit) -> Result<Response, Failure> {
    let values = of_jobs(&jobs(&site, &visit, None).await?, "/sources/jobs");
    let sees_all = visit.caller.require_all_accounts().is_ok();
    site.views.page(&visit, "sources.html", context! { sees_all, ..values })
}

/// Answers the list of jobs alone, while one is under way.
pub(super) async fn list_jobs(State(site): State<Site>, visit: Visit) -> Result<Response, Failure> {
    let values = of_jobs(&jobs(&site, &visit, None).await?, "/sources/jobs");
    site.views.page(&visit, "_jobs.html", values)
}

/// Shows what an account was read from, and takes files for it.
pub(super) async fn show_account_sources(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let read = sources(&site.app, &visit.caller, &account, visit.when).await?;
    let rejected: Vec<&RejectedItem> = read.rejected.iter().take(REJECTED).collect();
    let values = context! {
        account => value(&head),
        coverage => value(&read.coverage),
        rejected => value(&rejected),
        rejected_total => read.rejected.len(),
        ..of_jobs(&jobs(&site, &visit, Some(&account)).await?, &format!("/accounts/{account}/sources/jobs"))
    };
    site.views.page(&visit, "account_sources.html", values)
}

/// Answers the list of an account's jobs alone, while one is under way.
pub(super) async fn list_account_jobs(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
) -> Result<Response, Failure> {
    let list = format!("/accounts/{account}/sources/jobs");
    let values = of_jobs(&jobs(&site, &visit, Some(&account)).await?, &list);
    site.views.page(&visit, "_jobs.html", values)
}

/// Takes files for an account.
pub(super) async fn load_account(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    form: Multipart,
) -> Result<Response, Failure> {
    let (upload, _) = read(&site, form).await?;
    site.app.load(&visit.caller, Some(&account), upload, Detail::Counts).await?;
    answer(&site, &visit, Some(&account)).await
}

/// Takes files for the account that is named, which may be new, or each for the account that it shows.
pub(super) async fn load_any(State(site): State<Site>, visit: Visit, form: Multipart) -> Result<Response, Failure> {
    let (upload, named) = read(&site, form).await?;
    let account = AccountSlug::from_name(&named);
    match &account {
        Some(account) => visit.caller.require_account(account)?,
        None => visit.caller.require_all_accounts()?,
    }
    site.app.load(&visit.caller, account.as_ref(), upload, Detail::Counts).await?;
    answer(&site, &visit, None).await
}

/// The files of a form, and the account that it names.
async fn read(site: &Site, mut form: Multipart) -> Result<(Uploaded, String), Failure> {
    let mut upload = Uploaded::begin(&site.app)?;
    let mut account = String::new();
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("account") {
            account = field.text().await?;
        } else if field.file_name().is_some_and(|name| !name.is_empty()) {
            keep_field(&mut upload, field).await?;
        }
    }
    if upload.files() == 0 {
        return Err(ApiError::Invalid("choose a file first".to_owned()).into());
    }
    Ok((upload, account))
}

/// The jobs for the page that is there, or the way back to it.
async fn answer(site: &Site, visit: &Visit, account: Option<&AccountSlug>) -> Result<Response, Failure> {
    let page = account.map_or_else(|| "/sources".to_owned(), |account| format!("/accounts/{account}/sources"));
    match visit.extent {
        Extent::Page => Ok(Redirect::to(&page).into_response()),
        Extent::Part => {
            let values = of_jobs(&jobs(site, visit, account).await?, &format!("{page}/jobs"));
            site.views.page(visit, "_jobs.html", values)
        }
    }
}

#[derive(Deserialize)]
pub(super) struct JobPath {
    job: String,
}

/// Has a load that failed done again.
pub(super) async fn retry_job(
    State(site): State<Site>,
    visit: Visit,
    Path(JobPath { job }): Path<JobPath>,
) -> Result<Response, Failure> {
    let job = site.app.retry(&visit.caller, &job).await?;
    answer(&site, &visit, job.account.as_ref()).await
}
