//! `/v1/handoffs/{handoff}/…`: every step and decision of `baton review`.

use axum::Json as Answer;
use axum::extract::State;

use super::error::Failure;
use super::extract::{Bearer, Json, Path};
use super::handoffs::HandoffPath;
use super::review_bodies::{
    AddedLine, Approval, Approved, Asked, CorrectionOf, Delivery, FeedbackOf, Numbered, Part, RejectedLines, Reply,
    SentBack,
};
use crate::api::{self, ApiError, App, document, due, part_of};
use crate::model::Process;
use crate::review::{
    Addition, Correction, Decided, Feedback, LineDecision, PersonCorrection, Sheet, approve_update, sheet,
};

/// Shows a handoff as its reviewers see it: lines with what was decided, gaps, questions, suggestions, history.
#[utoipa::path(get, path = "/v1/handoffs/{handoff}/sheet", tag = "reviews",
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Sheet)))]
pub(super) async fn get_sheet(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
) -> Result<Answer<Sheet>, Failure> {
    if caller.sight() != crate::model::Sight::Full {
        return Err(ApiError::from(crate::access::Denied::Sight).into());
    }
    let id = document(&app, &caller, &path.handoff).await?.id;
    Ok(Answer(api::sheet(&app, &id).await?))
}

/// Approves lines.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/approve", tag = "reviews", request_body = Approval,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Approved)))]
pub(super) async fn approve_lines(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<Approval>,
) -> Result<Answer<Approved>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    let desk = app.desk();
    if body.lines.is_empty() && sheet(&desk, &found.reference).await?.process.proposal.is_some() {
        let process = approve_update(&desk, &found.reference, &found.actor).await?;
        return Ok(Answer(Approved::Handoff(Box::new(process))));
    }
    let decision = (&LineDecision::Approve, body.over);
    Ok(Answer(Approved::Lines(desk.decide(&found.reference, &body.lines, decision, &found.actor).await?)))
}

/// Corrects a line.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/correct", tag = "reviews", request_body = CorrectionOf,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Vec<Decided>)))]
pub(super) async fn correct_line(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<CorrectionOf>,
) -> Result<Answer<Vec<Decided>>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    let person = PersonCorrection { name: body.name, title: body.title, role: body.buying_role };
    let new = Correction { statement: body.statement, owner: body.owner, due: due(body.due.as_deref())?, person };
    let decision = (&LineDecision::Correct(new), body.over);
    Ok(Answer(app.desk().decide(&found.reference, &[body.line], decision, &found.actor).await?))
}

/// Rejects lines: they do not come back.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/reject", tag = "reviews", request_body = RejectedLines,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Vec<Decided>)))]
pub(super) async fn reject_lines(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<RejectedLines>,
) -> Result<Answer<Vec<Decided>>, Failure> {
    if body.lines.is_empty() {
        return Err(ApiError::Unfit("name a line".to_owned()).into());
    }
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    let decision = (&LineDecision::Reject { reason: body.reason }, body.over);
    Ok(Answer(app.desk().decide(&found.reference, &body.lines, decision, &found.actor).await?))
}

/// Adds a line that no source says.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/add", tag = "reviews", request_body = AddedLine,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Decided)))]
pub(super) async fn add_line(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<AddedLine>,
) -> Result<Answer<Decided>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    let addition = Addition {
        kind: body.kind,
        section: body.section,
        category: body.category,
        statement: body.statement,
        polarity: body.polarity,
        owner: body.owner,
        due: due(body.due.as_deref())?,
    };
    Ok(Answer(app.desk().add(&found.reference, &addition, &found.actor).await?))
}

/// Hands the document to the receiver.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/deliver", tag = "reviews", request_body = Delivery,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Process)))]
pub(super) async fn deliver_handoff(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<Delivery>,
) -> Result<Answer<Process>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    Ok(Answer(app.desk().deliver(&found.reference, body.to, body.meeting_at, &found.actor).await?))
}

/// Asks about the document.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/ask", tag = "reviews", request_body = Asked,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Numbered)))]
pub(super) async fn ask_question(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<Asked>,
) -> Result<Answer<Numbered>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    let question = app.desk().ask(&found.reference, &body.text, body.about, &found.actor).await?;
    Ok(Answer(Numbered { question, text: body.text }))
}

/// Answers a question.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/answer", tag = "reviews", request_body = Reply,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Numbered)))]
pub(super) async fn answer_question(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<Reply>,
) -> Result<Answer<Numbered>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    app.desk().answer(&found.reference, body.question, &body.text, &found.actor).await?;
    Ok(Answer(Numbered { question: body.question, text: body.text }))
}

/// Takes the account over.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/accept", tag = "reviews", request_body = Part,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Process)))]
pub(super) async fn accept_handoff(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<Part>,
) -> Result<Answer<Process>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    Ok(Answer(app.desk().accept(&found.reference, &found.actor).await?))
}

/// Sends the document back.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/reject-document", tag = "reviews", request_body = SentBack,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Process)))]
pub(super) async fn reject_document(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<SentBack>,
) -> Result<Answer<Process>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    Ok(Answer(app.desk().send_back(&found.reference, &body.code, body.reason, &found.actor).await?))
}

/// Ends the handoff.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/archive", tag = "reviews", request_body = Part,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 200, body = Process)))]
pub(super) async fn archive_handoff(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<Part>,
) -> Result<Answer<Process>, Failure> {
    let found = part_of(&app, &caller, &path.handoff, body.part).await?;
    Ok(Answer(app.desk().archive(&found.reference, &found.actor).await?))
}

/// Says what the document was worth: a rating, a mark on a line, or what is missing.
#[utoipa::path(post, path = "/v1/handoffs/{handoff}/feedback", tag = "reviews", request_body = FeedbackOf,
    params(("handoff" = String, Path, description = "Id of any version of the document")),
    responses((status = 204, description = "It is kept")))]
pub(super) async fn give_feedback(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<HandoffPath>,
    Json(body): Json<FeedbackOf>,
) -> Result<axum::http::StatusCode, Failure> {
    let found = part_of(&app, &caller, &path.handoff, None).await?;
    let feedback = match body {
        FeedbackOf::Rating { stars, comment } => Feedback::Rating { stars, comment },
        FeedbackOf::Line { line, usefulness } => Feedback::Line { line, usefulness },
        FeedbackOf::Missing { text, section } => Feedback::Missing { text, section },
    };
    app.desk().give_feedback(&found.reference, feedback, &found.actor).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
