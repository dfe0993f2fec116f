//! Loading what was said: uploads are kept, acknowledged, and loaded by jobs; the meeting's transcript at once.

use std::path::PathBuf;

use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::TryStreamExt as _;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncWriteExt as _};
use tokio_util::io::StreamReader;

use super::error::Failure;
use super::extract::{Account, Bearer, Json, Path, Query};
use super::handoffs::HandoffPath;
use crate::access::Caller;
use crate::api::{ApiError, App, Job, JobState, Page, PageRequest, ToErase, Uploaded, part_of};
use crate::ingest::Detail;
use crate::model::{AccountSlug, Role};
use crate::review::{Met, meet};

/// Files that one upload may have.
const MOST_FILES: usize = 1_000;

/// What each part of a form is called.
const FILE: &str = "file";

/// What an upload of interactions is sent as.
const JSON_LINES: [&str; 3] = ["application/x-ndjson", "application/jsonl", "application/ndjson"];

/// Files, as a form sends them.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "it describes a form")]
pub(super) struct Files {
    /// The files, in any form that `baton ingest` reads.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[derive(Debug, Deserialize)]
pub(super) struct JobPath {
    job: String,
}

/// Which jobs.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JobFilter {
    /// Only those that stand so.
    state: Option<JobState>,
}

/// How a meeting is read.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MeetingOf {
    /// Make the new version as if today were this time.
    #[serde(default, deserialize_with = "crate::api::time::some_end")]
    #[param(value_type = Option<crate::api::time::DateOrTime>, inline)]
    as_of: Option<jiff::Timestamp>,
    /// In which part.
    part: Option<Role>,
}

/// Loads files (a form), or interactions as JSON Lines, into an account. What is acknowledged is loaded whatever
/// happens; the job says how far it is and what became of each item.
#[utoipa::path(post, path = "/v1/accounts/{account}/ingest", tag = "loading",
    params(("account" = String, Path, description = "Key of the account; made when it is not there")),
    request_body(content((Files = "multipart/form-data"), (String = "application/x-ndjson"))),
    responses((status = 202, body = Job, headers(("Location" = String)))))]
pub(super) async fn load_account(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    request: Request,
) -> Result<Response, Failure> {
    load(&app, &caller, Some(&account), request).await
}

/// Loads files, or interactions as JSON Lines, each into the account that it says or shows.
#[utoipa::path(post, path = "/v1/ingest", tag = "loading",
    request_body(content((Files = "multipart/form-data"), (String = "application/x-ndjson"))),
    responses((status = 202, body = Job, headers(("Location" = String)))))]
pub(super) async fn load_any(
    State(app): State<App>,
    Bearer(caller): Bearer,
    request: Request,
) -> Result<Response, Failure> {
    caller.require_all_accounts()?;
    load(&app, &caller, None, request).await
}

async fn load(
    app: &App,
    caller: &Caller,
    account: Option<&AccountSlug>,
    request: Request,
) -> Result<Response, Failure> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bare = media.split(';').next().unwrap_or_default().trim().to_lowercase();
    let mut upload = Uploaded::begin(app)?;
    let detail = if JSON_LINES.contains(&bare.as_str()) {
        let body = request.into_body().into_data_stream().map_err(std::io::Error::other);
        keep(&mut upload, "interactions.jsonl", StreamReader::new(body)).await?;
        Detail::Items
    } else if bare == "multipart/form-data" {
        keep_form(&mut upload, request).await?;
        Detail::Counts
    } else {
        let known = "send a form of files (multipart/form-data) or JSON Lines (application/x-ndjson)";
        return Err(Failure::Request(StatusCode::UNSUPPORTED_MEDIA_TYPE, known.to_owned()));
    };
    let job = app.load(caller, account, upload, detail).await?;
    let location = [(header::LOCATION, format!("/v1/jobs/{}", job.id))];
    Ok((StatusCode::ACCEPTED, location, axum::Json(job)).into_response())
}

async fn keep_form(upload: &mut Uploaded, request: Request) -> Result<(), Failure> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|error| Failure::Request(error.status(), error.body_text()))?;
    while let Some(field) = form.next_field().await? {
        keep_field(upload, field).await?;
    }
    if upload.files() == 0 {
        return Err(ApiError::Invalid("the form has no file".to_owned()).into());
    }
    Ok(())
}

/// Writes a file of a form into an upload.
pub async fn keep_field(upload: &mut Uploaded, field: Field<'_>) -> Result<(), Failure> {
    if upload.files() >= MOST_FILES {
        let most = format!("an upload has at most {MOST_FILES} files");
        return Err(Failure::Request(StatusCode::PAYLOAD_TOO_LARGE, most));
    }
    if field.name() != Some(FILE) {
        return Err(ApiError::Invalid(format!("the parts of the form are called {FILE}")).into());
    }
    let name = field.file_name().unwrap_or(FILE).to_owned();
    keep(upload, &name, StreamReader::new(field.map_err(std::io::Error::other))).await
}

/// Writes what is sent into the upload.
async fn keep(upload: &mut Uploaded, name: &str, body: impl AsyncRead) -> Result<(), Failure> {
    let path = upload.next_file(name);
    let failed = |source| ApiError::File { what: "keep the upload", source };
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    let mut file = tokio::fs::File::create(&path).await.map_err(failed)?;
    tokio::pin!(body);
    tokio::io::copy(&mut body, &mut file).await.map_err(|error| sent_badly(&error))?;
    file.flush().await.map_err(failed)?;
    Ok(())
}

/// Why a body could not be read to its end.
fn sent_badly(error: &std::io::Error) -> Failure {
    let text = error.to_string();
    if text.contains("length limit") {
        return Failure::Request(StatusCode::PAYLOAD_TOO_LARGE, "the upload is too large".to_owned());
    }
    Failure::Request(StatusCode::BAD_REQUEST, format!("the upload ended early: {text}"))
}

/// Erases a person, an interaction or the account for good. The job's result lists the facts and documents that lost
/// their support, by identity alone.
#[utoipa::path(post, path = "/v1/accounts/{account}/erasures", tag = "loading", request_body = ToErase,
    params(("account" = String, Path, description = "Key of the account")),
    responses((status = 202, body = Job, headers(("Location" = String)))))]
pub(super) async fn erase(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Json(what): Json<ToErase>,
) -> Result<Response, Failure> {
    let job = app.erase(&caller, &account, what).await?;
    let location = [(header::LOCATION, format!("/v1/jobs/{}", job.id))];
    Ok((StatusCode::ACCEPTED, location, axum::Json(job)).into_response())
}

/// Shows a job: how far it is, and what came of it.
#[utoipa::path(get, path = "/v1/jobs/{job}", tag = "loading",
    params(("job" = String, Path, description = "Id of the job")), responses((status = 200, body = Job)))]
pub(super) async fn get_job(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<JobPath>,
) -> Result<axum::Json<Job>, Failure> {
    Ok(axum::Json(app.job(&caller, &path.job).await?))
}

/// Has a load that failed done again: what was uploaded for it is kept until it is loaded.
#[utoipa::path(post, path = "/v1/jobs/{job}/retry", tag = "loading",
    params(("job" = String, Path, description = "Id of the job")), responses((status = 202, body = Job)))]
pub(super) async fn retry_job(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<JobPath>,
) -> Result<Response, Failure> {
    Ok((StatusCode::ACCEPTED, axum::Json(app.retry(&caller, &path.job).await?)).into_response())
}

/// Lists jobs, in the order in which they were taken on.
#[utoipa::path(get, path = "/v1/jobs", tag = "loading", params(JobFilter, PageRequest),
    responses((status = 200, body = Page<Job>)))]
pub(super) async fn list_jobs(
    State(app): State<App>,
    Bearer(caller): Bearer,
    asked: (Query<JobFilter>, Query<PageRequest>),
) -> Result<axum::Json<Page<Job>>, Failure> {
    let (Query(filter), Query(page)) = asked;
    Ok(axum::Json(app.jobs_page(&caller, filter.state, &page).await?))
}

/// Reads the transcript of the handoff meeting and shows what it changes; approving lets that hold.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/meeting", tag = "reviews",
    params(("handoff" = String, Path, description = "Id of any version of the document"), MeetingOf),
    request_body(content((Files = "multipart/form-data"))), responses((status = 200, body = Met)))]
pub(super) async fn read_meeting(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Query(of): Query<MeetingOf>,
    request: Request,
) -> Result<axum::Json<Met>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, of.part).await?;
    let (_upload, file) = uploaded_file(&app, request).await?;
    let met = meet(&app.desk(), &found.reference, (&file, of.as_of), &found.actor).await?;
    Ok(axum::Json(met))
}

/// The one file of a form, kept as long as what it is answered with.
pub async fn uploaded_file(app: &App, request: Request) -> Result<(Uploaded, PathBuf), Failure> {
    let mut upload = Uploaded::begin(app)?;
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|error| Failure::Request(error.status(), error.body_text()))?;
    let Some(field) = form.next_field().await? else {
        return Err(ApiError::Invalid("the form has no file".to_owned()).into());
    };
    let name = field.file_name().unwrap_or(FILE).to_owned();
    keep_field(&mut upload, field).await?;
    let file = upload.file(1, &name);
    Ok((upload, file))
}
