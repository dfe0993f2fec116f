//! Documents and handoffs: made, listed, read in every form, compared.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};

use super::answer::{bytes, negotiate};
use super::error::Failure;
use super::extract::{Account, Bearer, Json, Path, Query};
use crate::api::{self, ApiError, App, Compare, Find, OpenHandoff, Opened, Page, PageRequest};
use crate::handoff::{Format, render};
use crate::lifecycle::DocumentDiff;
use crate::model::{Handoff, Process};

/// The forms of a document.
const FORMS: &[&str] =
    &[Format::Json.media(), Format::Markdown.media(), Format::Html.media(), Format::Docx.media(), Format::Pdf.media()];

/// A type of document.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(super) struct DocumentType {
    /// Its name.
    #[serde(rename = "type")]
    name: String,
    /// Its title.
    title: String,
    /// What it is for.
    purpose: String,
    /// Its sections, in order.
    sections: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct HandoffPath {
    pub(super) handoff: String,
}

/// Lists the types of documents.
#[utoipa::path(get, path = "/v1/document-types", tag = "handoffs",
    responses((status = 200, body = Page<DocumentType>)))]
pub(super) async fn list_document_types(State(app): State<App>) -> axum::Json<Page<DocumentType>> {
    let kinds = app.definitions.types().map(|kind| DocumentType {
        name: kind.name.clone(),
        title: kind.title.clone(),
        purpose: kind.purpose.clone(),
        sections: kind.sections.iter().map(|section| section.id.clone()).collect(),
    });
    axum::Json(Page { data: kinds.collect(), next: None })
}

/// Makes a document, in the form that is accepted.
#[utoipa::path(post, path = "/v1/accounts/{account}/documents", tag = "handoffs",
    params(("account" = String, Path, description = "Key of the account")), request_body = Find,
    responses((status = 201, description = "The document", headers(("ETag" = String), ("Location" = String)), content(
        (Handoff = "application/json"), (String = "text/markdown"), (String = "text/html"), (String = "application/pdf"),
        (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")))))]
pub(super) async fn make_document(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    headers: HeaderMap,
    Json(find): Json<Find>,
) -> Result<Response, Failure> {
    let form = negotiate(&headers, FORMS)?;
    let document = api::make_document(&app, &caller, &account, &find).await?;
    let location = format!("/v1/handoffs/{}", document.id);
    let mut answer = shown(&app, document, form, &HeaderMap::new()).await?;
    *answer.status_mut() = StatusCode::CREATED;
    Ok(([(header::LOCATION, location)], answer).into_response())
}

/// Starts a handoff, unless one of the account and type is open.
#[utoipa::path(post, path = "/v1/accounts/{account}/handoffs", tag = "handoffs",
    params(("account" = String, Path, description = "Key of the account")), request_body = OpenHandoff,
    responses((status = 201, body = Opened), (status = 200, body = Opened, description = "One is open already")))]
pub(super) async fn start_handoff(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Json(open): Json<OpenHandoff>,
) -> Result<Response, Failure> {
    let opened = api::open_handoff(&app, &caller, &account, open).await?;
    let status = if opened.started { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, axum::Json(opened)).into_response())
}

/// Lists the handoffs of an account, latest first.
#[utoipa::path(get, path = "/v1/accounts/{account}/handoffs", tag = "handoffs",
    params(("account" = String, Path, description = "Key of the account"), PageRequest),
    responses((status = 200, body = Page<Process>)))]
pub(super) async fn list_account_handoffs(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Account(account): Account,
    Query(page): Query<PageRequest>,
) -> Result<axum::Json<Page<Process>>, Failure> {
    Ok(axum::Json(api::handoffs(&app, &caller, Some(&account), &page).await?))
}

/// Lists the handoffs of all accounts that the caller may see, latest first.
#[utoipa::path(get, path = "/v1/handoffs", tag = "handoffs", params(PageRequest),
    responses((status = 200, body = Page<Process>)))]
pub(super) async fn list_handoffs(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Query(page): Query<PageRequest>,
) -> Result<axum::Json<Page<Process>>, Failure> {
    Ok(axum::Json(api::handoffs(&app, &caller, None, &page).await?))
}

/// Shows a document, in the form that is accepted. It is logged who read it.
#[utoipa::path(get, path = "/v1/handoffs/{handoff}", tag = "handoffs",
    params(("handoff" = String, Path, description = "Id of the document, with or without its prefix")),
    responses((status = 200, description = "The document", headers(("ETag" = String)), content(
        (Handoff = "application/json"), (String = "text/markdown"), (String = "text/html"), (String = "application/pdf"),
        (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))),
        (status = 304, description = "The caller has it already")))]
pub(super) async fn get_handoff(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let form = negotiate(&headers, FORMS)?;
    let document = api::document(&app, &caller, &path.handoff).await?;
    shown(&app, document, form, &headers).await
}

/// Tells what differs between two documents of one account.
#[utoipa::path(get, path = "/v1/handoffs/{handoff}/diff", tag = "handoffs",
    params(("handoff" = String, Path, description = "Id of the later document"), Compare),
    responses((status = 200, body = DocumentDiff)))]
pub(super) async fn diff_handoffs(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Query(compare): Query<Compare>,
) -> Result<axum::Json<DocumentDiff>, Failure> {
    Ok(axum::Json(api::compare(&app, &caller, &path.handoff, &compare.with).await?))
}

/// A document in one of its forms.
async fn shown(app: &App, document: Handoff, form: usize, headers: &HeaderMap) -> Result<Response, Failure> {
    let definitions = std::sync::Arc::clone(&app.definitions);
    let tag = format!("{}-{form}", document.content_hash);
    let written = tokio::task::spawn_blocking(move || render(&definitions, &document, Format::ALL[form])).await;
    let body = written.map_err(ApiError::from)??;
    bytes(headers, (FORMS[form], body), Some(&tag))
}
