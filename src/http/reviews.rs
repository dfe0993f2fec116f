//! `/v1/handoffs/{handoff}/…`: every step and decision of `baton review`.

use axum::Json as Answer;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::Failure;
use super::extract::{Bearer, Json, Path};
use super::handoffs::HandoffPath;
use crate::api::{ApiError, App, document, part_of};
use crate::model::{BuyingRole, Due, DueBasis, FactKind, Polarity, Process, Role, Usefulness};
use crate::review::{
    Addition, Correction, Decided, Feedback, LineDecision, PersonCorrection, Sheet, approve_update, sheet,
};

/// In which part the caller acts: a reviewer in their own, others as they say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    /// The part; for who may do everything, `admin` when not given.
    #[serde(default)]
    part: Option<Role>,
}

/// Lines to approve.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Approval {
    /// The lines, `section/number` or fact; without any, all that nobody has decided about, or the version that waits
    /// after a meeting.
    #[serde(default)]
    lines: Vec<String>,
    /// Let this hold though somebody else has decided since the document was made.
    #[serde(default)]
    over: bool,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// New values of a line.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionOf {
    /// The line: `section/number` or fact.
    line: String,
    /// What it says.
    #[serde(default)]
    statement: Option<String>,
    /// Who owes it, or whom it belongs to: a name or an address.
    #[serde(default)]
    owner: Option<String>,
    /// When it is due: a day (2026-03-01) or words.
    #[serde(default)]
    due: Option<String>,
    /// Of a person: the name.
    #[serde(default)]
    name: Option<String>,
    /// Of a person: the job title.
    #[serde(default)]
    title: Option<String>,
    /// Of a person: the part in the buying decision.
    #[serde(default)]
    buying_role: Option<BuyingRole>,
    /// Let this hold though somebody else has decided since the document was made.
    #[serde(default)]
    over: bool,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// Lines that are wrong.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RejectedLines {
    /// The lines: `section/number` or fact.
    #[schema(min_items = 1)]
    lines: Vec<String>,
    /// Why.
    reason: String,
    /// Let this hold though somebody else has decided since the document was made.
    #[serde(default)]
    over: bool,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// A line that no source says.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddedLine {
    /// What sort of fact it is.
    kind: FactKind,
    /// The section that it belongs to.
    #[serde(default)]
    section: Option<String>,
    /// Category within the kind.
    #[serde(default)]
    category: Option<String>,
    /// What it says.
    statement: String,
    /// Whether it says that something is so, or explicitly not.
    #[serde(default)]
    polarity: Polarity,
    /// Who owes it, or whom it belongs to.
    #[serde(default)]
    owner: Option<String>,
    /// When it is due: a day or words.
    #[serde(default)]
    due: Option<String>,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// To whom a document goes.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Delivery {
    /// Who takes over.
    #[serde(default)]
    to: Option<String>,
    /// When the meeting is.
    #[serde(default)]
    meeting_at: Option<Timestamp>,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// A question about a document.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The question.
    text: String,
    /// The section or line that it is about.
    #[serde(default)]
    about: Option<String>,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// A question that was asked.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Numbered {
    /// Its number.
    question: u32,
    /// The question, or the answer to it.
    text: String,
}

/// An answer to a question.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reply {
    /// Number of the question.
    question: u32,
    /// The answer.
    text: String,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// Why a document is sent back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SentBack {
    /// As a code: `incomplete`, `wrong_facts`, `outdated`, `wrong_receiver`, or one of your own.
    code: String,
    /// In words.
    #[serde(default)]
    reason: Option<String>,
    /// In which part.
    #[serde(default)]
    part: Option<Role>,
}

/// What a reader says of a document; one of the three.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(tag = "feedback", rename_all = "snake_case")]
pub(super) enum FeedbackOf {
    /// How good it is as a whole.
    Rating {
        /// 1 (useless) to 5 (all I needed).
        #[schema(minimum = 1, maximum = 5)]
        stars: u8,
        /// In words.
        #[serde(default)]
        comment: Option<String>,
    },
    /// How good a line is; it changes no fact.
    Line {
        /// The line: `section/number` or fact.
        line: String,
        /// How good.
        usefulness: Usefulness,
    },
    /// What is missing.
    Missing {
        /// What.
        text: String,
        /// In which section.
        #[serde(default)]
        section: Option<String>,
    },
}

/// What approving came to: lines that were decided about, or the handoff with the version that waited.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub(super) enum Approved {
    /// Lines.
    Lines(Vec<Decided>),
    /// The version that waited holds.
    Handoff(Box<Process>),
}

/// A day, or words that name a time.
fn due(text: Option<String>) -> Result<Option<Due>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let text = text.trim();
    if text.is_empty() {
        return Err(ApiError::Invalid("due is a day (2026-03-01) or words".to_owned()));
    }
    Ok(Some(Due { date: text.parse().ok(), phrase: text.to_owned(), basis: DueBasis::Stated }))
}

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
    Ok(Answer(sheet(&app.desk(), &crate::review::Reference::Document(id)).await?))
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
    let new = Correction { statement: body.statement, owner: body.owner, due: due(body.due)?, person };
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
        return Err(ApiError::Invalid("name a line".to_owned()).into());
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
        due: due(body.due)?,
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
