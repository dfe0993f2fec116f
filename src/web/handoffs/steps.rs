//! The steps of a handoff as a whole, as the desk's forms send them. Each answers with the desk.

use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::decisions::back_to;
use super::{HandoffPath, short};
use crate::api::{ApiError, Found, due, part_of};
use crate::http::{Failure, Path, uploaded_file};
use crate::model::{FactKind, Polarity};
use crate::review::{Addition, Feedback, approve_update, meet};
use crate::web::Site;
use crate::web::form::{Form, filled};
use crate::web::visit::Visit;

/// A line that no source says.
#[derive(Debug, Deserialize)]
pub(crate) struct AddForm {
    kind: FactKind,
    #[serde(default)]
    section: String,
    statement: String,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    due: String,
}

/// To whom a document goes, and when the meeting is.
#[derive(Debug, Deserialize)]
pub(crate) struct DeliverForm {
    #[serde(default)]
    to: String,
    #[serde(default)]
    meeting_day: String,
    #[serde(default)]
    meeting_time: String,
}

/// A question, about the whole or a line of it.
#[derive(Debug, Deserialize)]
pub(crate) struct AskForm {
    text: String,
    #[serde(default)]
    about: String,
}

/// An answer to a question.
#[derive(Debug, Deserialize)]
pub(crate) struct AnswerForm {
    question: u32,
    text: String,
}

/// Why a document goes back.
#[derive(Debug, Deserialize)]
pub(crate) struct BackForm {
    code: String,
    #[serde(default)]
    reason: String,
}

/// What a document was worth: stars, or what is missing.
#[derive(Debug, Deserialize)]
pub(crate) struct FeedbackForm {
    stars: Option<u8>,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    missing: String,
    #[serde(default)]
    section: String,
}

async fn mine(site: &Site, visit: &Visit, path: &HandoffPath) -> Result<Found, Failure> {
    Ok(part_of(&site.app, &visit.caller, &path.handoff, None).await?)
}

fn desk(handoff: &str) -> Response {
    Redirect::to(&format!("/handoffs/{handoff}")).into_response()
}

/// Adds a line that no source says.
pub(crate) async fn add_line(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<AddForm>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    let addition = Addition {
        kind: form.kind,
        section: filled(&form.section),
        category: None,
        statement: form.statement,
        polarity: if form.negated { Polarity::Negated } else { Polarity::Affirmed },
        owner: filled(&form.owner),
        due: due(filled(&form.due).as_deref())?,
    };
    let added = site.app.desk().add(&found.reference, &addition, &found.actor).await?;
    Ok(back_to(&path.handoff, added.fact.as_ref().map_or("", |fact| fact.as_str())))
}

/// Hands the document to the receiver.
pub(crate) async fn deliver_handoff(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<DeliverForm>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    let meeting = meeting_at(&form.meeting_day, &form.meeting_time)?;
    let process = site.app.desk().deliver(&found.reference, filled(&form.to), meeting, &found.actor).await?;
    Ok(desk(short(&process.document)))
}

/// When a meeting is, from a day and a time of day (UTC).
pub(super) fn meeting_at(day: &str, time: &str) -> Result<Option<jiff::Timestamp>, ApiError> {
    let Some(day) = filled(day) else { return Ok(None) };
    let time = filled(time).unwrap_or_else(|| "09:00".to_owned());
    let wrong = |error: jiff::Error| ApiError::Unfit(format!("the meeting has no such time: {error}"));
    let at = format!("{day}T{time}:00Z").parse().map_err(wrong)?;
    Ok(Some(at))
}

/// Asks about the document.
pub(crate) async fn ask_question(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<AskForm>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    site.app.desk().ask(&found.reference, &form.text, filled(&form.about), &found.actor).await?;
    Ok(Redirect::to(&format!("/handoffs/{}#questions", path.handoff)).into_response())
}

/// Answers a question.
pub(crate) async fn answer_question(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<AnswerForm>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    site.app.desk().answer(&found.reference, form.question, &form.text, &found.actor).await?;
    Ok(Redirect::to(&format!("/handoffs/{}#questions", path.handoff)).into_response())
}

/// Takes the account over.
pub(crate) async fn accept_handoff(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    site.app.desk().accept(&found.reference, &found.actor).await?;
    Ok(desk(&path.handoff))
}

/// Sends the document back.
pub(crate) async fn send_back(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<BackForm>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    site.app.desk().send_back(&found.reference, &form.code, filled(&form.reason), &found.actor).await?;
    Ok(desk(&path.handoff))
}

/// Ends the handoff.
pub(crate) async fn archive_handoff(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    site.app.desk().archive(&found.reference, &found.actor).await?;
    Ok(desk(&path.handoff))
}

/// Keeps what the document was worth.
pub(crate) async fn give_feedback(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<FeedbackForm>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    let feedback = match form.stars {
        Some(stars) => Feedback::Rating { stars, comment: filled(&form.comment) },
        None => Feedback::Missing { text: form.missing, section: filled(&form.section) },
    };
    site.app.desk().give_feedback(&found.reference, feedback, &found.actor).await?;
    Ok(Redirect::to(&format!("/handoffs/{}#worth", path.handoff)).into_response())
}

/// Reads the transcript of the meeting; what it changes waits until somebody lets it hold.
pub(crate) async fn read_meeting(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    request: Request,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    let (_upload, file) = uploaded_file(&site.app, request).await?;
    meet(&site.app.desk(), &found.reference, (&file, None), &found.actor).await?;
    Ok(Redirect::to(&format!("/handoffs/{}#meeting", path.handoff)).into_response())
}

/// Lets hold what the meeting changed.
pub(crate) async fn approve_changes(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
) -> Result<Response, Failure> {
    let found = mine(&site, &visit, &path).await?;
    let process = approve_update(&site.app.desk(), &found.reference, &found.actor).await?;
    Ok(desk(short(&process.document)))
}
