//! Decisions about lines, as the desk's forms send them: right, right with changes, wrong, useful or not.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use minijinja::context;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::desk::{Asked, Looked, Reading, page};
use super::lines::{Shown, Verdict, next_undecided};
use super::side::{Conflict, side};
use super::{HandoffPath, short};
use crate::api::{ApiError, due, part_of};
use crate::http::{Failure, Path};
use crate::model::{BuyingRole, LineVerdict, Proposal, Usefulness};
use crate::review::{Correction, Decided, Feedback, LineDecision, PersonCorrection, ReviewError};
use crate::web::Site;
use crate::web::form::{Form, filled};
use crate::web::views::value;
use crate::web::visit::{Extent, Visit};

/// A line, and whether the decision holds though somebody else has decided meanwhile.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct LineForm {
    line: String,
    #[serde(default)]
    over: bool,
    #[serde(default)]
    reason: String,
}

/// New values of a line beside what the form was filled with: only what differs is corrected.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CorrectionForm {
    line: String,
    over: bool,
    statement: String,
    had_statement: String,
    owner: String,
    had_owner: String,
    due: String,
    had_due: String,
    name: String,
    had_name: String,
    title: String,
    had_title: String,
    role: String,
    had_role: String,
}

/// How useful a line is.
#[derive(Debug, Deserialize)]
pub(crate) struct MarkForm {
    line: String,
    usefulness: Usefulness,
}

/// What a line should say, for a reviewer to decide.
#[derive(Debug, Deserialize)]
pub(crate) struct ProposalForm {
    line: String,
    statement: String,
    reason: String,
}

impl CorrectionForm {
    fn correction(&self) -> Result<Correction, Failure> {
        let new = |value: &str, had: &str| filled(value).filter(|value| value != had.trim());
        let role = new(&self.role, &self.had_role);
        let unknown = |name: &String| ApiError::Unfit(format!("{name} is no part in a decision"));
        Ok(Correction {
            statement: new(&self.statement, &self.had_statement),
            owner: new(&self.owner, &self.had_owner),
            due: due(new(&self.due, &self.had_due).as_deref())?,
            person: PersonCorrection {
                name: new(&self.name, &self.had_name),
                title: new(&self.title, &self.had_title),
                role: role.map(|name| BuyingRole::from_name(&name).ok_or_else(|| unknown(&name))).transpose()?,
            },
        })
    }

    /// What the form sends that lets this hold over what somebody else decided.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("statement", &self.statement, &self.had_statement),
            ("owner", &self.owner, &self.had_owner),
            ("due", &self.due, &self.had_due),
            ("name", &self.name, &self.had_name),
            ("title", &self.title, &self.had_title),
            ("role", &self.role, &self.had_role),
        ];
        all.into_iter()
            .filter(|(_, new, had)| new.trim() != had.trim())
            .map(|(name, new, _)| (name, new.clone()))
            .collect()
    }
}

/// A decision, and the form that sends it again.
struct Wanted {
    line: String,
    over: bool,
    decision: LineDecision,
    act: &'static str,
    fields: Vec<(&'static str, String)>,
}

/// Approves a line.
pub(crate) async fn approve_line(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<LineForm>,
) -> Result<Response, Failure> {
    let (line, over) = (form.line, form.over);
    let wanted = Wanted { line, over, decision: LineDecision::Approve, act: "approve", fields: Vec::new() };
    decide(&site, &visit, &path.handoff, wanted).await
}

/// Corrects a line.
pub(crate) async fn correct_line(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<CorrectionForm>,
) -> Result<Response, Failure> {
    let correction = form.correction()?;
    if correction == Correction::default() {
        return Err(ApiError::Unfit("nothing in the form was changed".to_owned()).into());
    }
    let decision = LineDecision::Correct(correction);
    let fields = form.fields();
    let wanted = Wanted { line: form.line, over: form.over, decision, act: "correct", fields };
    decide(&site, &visit, &path.handoff, wanted).await
}

/// Rejects a line: it does not come back.
pub(crate) async fn reject_line(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<LineForm>,
) -> Result<Response, Failure> {
    let reason = filled(&form.reason)
        .ok_or_else(|| ApiError::Unfit("say why the line is wrong, in a word or two".to_owned()))?;
    let fields = vec![("reason", reason.clone())];
    let wanted =
        Wanted { line: form.line, over: form.over, decision: LineDecision::Reject { reason }, act: "reject", fields };
    decide(&site, &visit, &path.handoff, wanted).await
}

/// Approves everything that nobody has decided about.
pub(crate) async fn approve_rest(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
) -> Result<Response, Failure> {
    let found = part_of(&site.app, &visit.caller, &path.handoff, None).await?;
    let desk = site.app.desk();
    let approve = (&LineDecision::Approve, false);
    desk.decide(&found.reference, &[], approve, &found.actor).await?;
    // People are left: they are approved by name alone.
    let looked = Looked::at(&site, &visit, &path.handoff, Reading::AsMade).await?;
    let mut people = BTreeMap::new();
    for shown in looked.sheet.lines.into_iter().map(|line| Shown::of(line, "")) {
        if shown.verdict == Verdict::Undecided {
            people.entry(shown.line.fact).or_insert(shown.line.line);
        }
    }
    let names: Vec<String> = people.into_values().collect();
    if !names.is_empty() {
        desk.decide(&found.reference, &names, approve, &found.actor).await?;
    }
    Ok(Redirect::to(&format!("/handoffs/{}", path.handoff)).into_response())
}

/// Keeps how useful a reader found a line.
pub(crate) async fn mark_line(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<MarkForm>,
) -> Result<Response, Failure> {
    let found = part_of(&site.app, &visit.caller, &path.handoff, None).await?;
    let feedback = Feedback::Line { line: form.line.clone(), usefulness: form.usefulness };
    site.app.desk().give_feedback(&found.reference, feedback, &found.actor).await?;
    let told = match form.usefulness {
        Usefulness::Useful => "Noted: this line is useful.",
        Usefulness::Wrong => "Noted: this line is wrong. It stays until a reviewer rejects it.",
    };
    match visit.extent {
        Extent::Part => site.views.page(&visit, "_told.html", context! { told }),
        Extent::Page => Ok(back_to(&path.handoff, &form.line)),
    }
}

/// Keeps what a reader would have a line say.
pub(crate) async fn propose_wording(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Form(form): Form<ProposalForm>,
) -> Result<Response, Failure> {
    let statement = filled(&form.statement);
    if statement.is_none() {
        return Err(ApiError::Unfit("say what the line should say".to_owned()).into());
    }
    let found = part_of(&site.app, &visit.caller, &path.handoff, None).await?;
    let proposal = Proposal { statement, owner: None, due: None, reason: form.reason };
    let feedback = Feedback::Proposal { line: form.line.clone(), proposal };
    site.app.desk().give_feedback(&found.reference, feedback, &found.actor).await?;
    Ok(back_to(&path.handoff, &form.line))
}

async fn decide(site: &Site, visit: &Visit, id: &str, wanted: Wanted) -> Result<Response, Failure> {
    let found = part_of(&site.app, &visit.caller, id, None).await?;
    let lines = [wanted.line.clone()];
    let decision = (&wanted.decision, wanted.over);
    match site.app.desk().decide(&found.reference, &lines, decision, &found.actor).await {
        Ok(decided) => done(site, visit, id, &decided).await,
        Err(ReviewError::Decided { by, verdict, at, value }) => {
            let conflict = Conflict { by, verdict, at, value, act: wanted.act, fields: wanted.fields };
            second(site, visit, id, (&wanted.line, conflict)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The lines that a decision was about as they are now, with the bar; or back to the desk.
async fn done(site: &Site, visit: &Visit, id: &str, decided: &[Decided]) -> Result<Response, Failure> {
    let Some(first) = decided.first() else { return Ok(back_to(id, "")) };
    let mut looked = Looked::at(site, visit, id, Reading::AsMade).await?;
    if visit.extent == Extent::Page {
        let next = next_undecided(&looked.sheet, &first.line).map_or(first.line.as_str(), |line| line.line.as_str());
        let stays = first.verdict == LineVerdict::Corrected;
        return Ok(back_to(id, if stays { &first.line } else { next }));
    }
    let is_about =
        |shown: &Shown| shown.line.line == first.line || (first.fact.is_some() && shown.line.fact == first.fact);
    let lines = |looked: &Looked| -> Vec<Shown> {
        let shown = looked.sheet.lines.iter().map(|line| Shown::of(line.clone(), ""));
        shown.filter(is_about).collect()
    };
    let mut about = lines(&looked);
    if about.iter().any(|line| line.verdict == Verdict::Corrected) {
        looked = Looked::at(site, visit, id, Reading::Anew).await?;
        about = lines(&looked);
    }
    let verdict = match first.verdict {
        LineVerdict::Accepted => "Approved",
        LineVerdict::Corrected => "Corrected",
        LineVerdict::Rejected => "Rejected",
        LineVerdict::Added => "Added",
    };
    let values = context! { handoff => short(&looked.document.id), lines => value(&about), verdict, ..looked.bar() };
    site.views.page(visit, "_decided.html", values)
}

/// Somebody else was quicker: both values, and a way to let this one hold.
async fn second(site: &Site, visit: &Visit, id: &str, (line, conflict): (&str, Conflict)) -> Result<Response, Failure> {
    let asked = Asked { line: line.to_owned(), piece: 1 };
    if visit.extent == Extent::Page {
        return page(site, visit, id, (&asked, Some(&conflict))).await;
    }
    let looked = Looked::at(site, visit, id, Reading::AsMade).await?;
    let beside = side(site, visit, &looked, (&asked, Some(&conflict))).await?;
    // For a part this is an answer like others: it goes into the page that is there.
    site.views.page(visit, "_side.html", beside)
}

/// Back to the desk, at a line.
pub(super) fn back_to(handoff: &str, line: &str) -> Response {
    if line.is_empty() {
        return Redirect::to(&format!("/handoffs/{handoff}")).into_response();
    }
    let (named, anchor) = (utf8_percent_encode(line, NON_ALPHANUMERIC), line.replace(['/', ':'], "-"));
    Redirect::to(&format!("/handoffs/{handoff}?line={named}#line-{anchor}")).into_response()
}
