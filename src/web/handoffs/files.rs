//! A document as a file, in each of its forms.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::api::{ApiError, document};
use crate::handoff::{Format, render};
use crate::http::{Failure, Path};
use crate::model::Handoff;
use crate::web::Site;
use crate::web::visit::Visit;

/// What the page of a document may do that stands alone: look as it says, and show its own pictures.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:");

/// A document and its file.
#[derive(Debug, Deserialize)]
pub(crate) struct FilePath {
    handoff: String,
    file: String,
}

/// Answers a document as a file to keep: `document.pdf` and so on.
pub(crate) async fn get_file(
    State(site): State<Site>,
    visit: Visit,
    Path(FilePath { handoff, file }): Path<FilePath>,
) -> Result<Response, Failure> {
    let extension = file.strip_prefix("document.").unwrap_or_default();
    let format = Format::ALL.into_iter().find(|format| format.extension() == extension);
    let format = format.ok_or_else(|| ApiError::not_found("file", &file))?;
    let document = document(&site.app, &visit.caller, &handoff).await?;
    let kept = format!("attachment; filename=\"{}\"", file_name(&document, format));
    let definitions = std::sync::Arc::clone(&site.app.definitions);
    let written = tokio::task::spawn_blocking(move || render(&definitions, &document, format)).await;
    let body = written.map_err(ApiError::from)??;
    let headers = [(header::CONTENT_TYPE, format.media().to_owned()), (header::CONTENT_DISPOSITION, kept)];
    let mut answer = (headers, body).into_response();
    if format == Format::Html {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    }
    Ok(answer)
}

/// A name that every system takes: `vantenberg-sales-to-implementation-2026-02-13.pdf`.
fn file_name(document: &Handoff, format: Format) -> String {
    let day = document.as_of.to_zoned(TimeZone::UTC).date();
    let name = format!("{}-{}-{day}", document.account, document.kind);
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') { c } else { '-' };
    format!("{}.{}", name.chars().map(plain).collect::<String>(), format.extension())
}
