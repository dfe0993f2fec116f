//! The desk: the page at which a handoff is gone through, read, asked about and taken over.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use minijinja::{Value, context};
use serde::Deserialize;

use super::lines::{progress, sections};
use super::side::{Conflict, side};
use super::{HandoffPath, short, words};
use crate::api;
use crate::handoff::coverage;
use crate::http::{Failure, Path, Query};
use crate::lifecycle::{Act, step};
use crate::model::{Actor, BuyingRole, FactKind, Handoff, Sight};
use crate::review::{Reference, Sheet, bare_sheet, glance};
use crate::web::Site;
use crate::web::views::value;
use crate::web::visit::{Extent, Visit};

/// Which line is looked at, and which of its pieces of evidence.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(super) line: String,
    /// Number of the piece, from 1.
    #[serde(default)]
    pub(super) piece: usize,
}

/// How a handoff is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// With what every line says now.
    Anew,
    /// Quickly, with what the lines said when the document was made.
    AsMade,
}

/// A handoff that was looked at.
pub(super) struct Looked {
    pub(super) document: Handoff,
    pub(super) sheet: Sheet,
    /// The reader, in their part of it; none for one who only reads.
    pub(super) actor: Option<Actor>,
    sight: Sight,
}

/// What can be done, by the names that templates use.
const ACTS: [(Act, &str); 10] = [
    (Act::Decide, "decide"),
    (Act::Deliver, "deliver"),
    (Act::Ask, "ask"),
    (Act::Answer, "answer"),
    (Act::Accept, "accept"),
    (Act::SendBack, "send_back"),
    (Act::Meet, "meet"),
    (Act::ApproveUpdate, "approve_update"),
    (Act::GiveFeedback, "feedback"),
    (Act::Archive, "archive"),
];

impl Looked {
    /// Looks at the handoff of a document, as far as the reader may see it.
    pub(super) async fn at(site: &Site, visit: &Visit, id: &str, reading: Reading) -> Result<Self, Failure> {
        let document = api::document(&site.app, &visit.caller, id).await?;
        let desk = site.app.desk();
        if visit.caller.sight() != Sight::Full {
            let process = api::handoff_of(&site.app, &visit.caller, id).await?;
            let sheet = bare_sheet(&desk, &document, process);
            return Ok(Self { document, sheet, actor: None, sight: Sight::Shared });
        }
        let sheet = match reading {
            Reading::Anew => api::sheet(&site.app, &document.id).await?,
            Reading::AsMade => glance(&desk, &Reference::Document(document.id.clone())).await?,
        };
        let actor = visit.caller.actor(Some(&sheet.process), None).ok();
        Ok(Self { document, sheet, actor, sight: Sight::Full })
    }

    /// What the reader can do now.
    pub(super) fn acts(&self) -> Vec<&'static str> {
        let Some(actor) = &self.actor else { return Vec::new() };
        let process = &self.sheet.process;
        let can = |act: Act| {
            step(process.state, act, actor.role).is_ok() && (act != Act::ApproveUpdate || process.proposal.is_some())
        };
        ACTS.into_iter().filter(|(act, _)| can(*act)).map(|(_, name)| name).collect()
    }

    /// The bar: where it stands, who is next, how far it is.
    pub(super) fn bar(&self) -> Value {
        let process = &self.sheet.process;
        // What was decided is not for those who do not see all.
        let progress = (self.sight == Sight::Full).then(|| progress(&self.sheet));
        context! {
            life => value(&words::life(process.state)),
            next => value(&words::next(process, progress)),
            progress => value(&progress),
            process => value(process),
            late => self.sheet.late,
            draft_due_at => value(&self.sheet.draft_due_at),
            acts => self.acts(),
        }
    }
}

/// Shows the desk.
pub(crate) async fn show_desk(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    page(&site, &visit, &path.handoff, (&asked, None)).await
}

/// Shows what stands beside a line: its evidence, what was decided, what can be decided.
pub(crate) async fn show_side(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    if visit.extent == Extent::Page {
        let line = percent_encoding::utf8_percent_encode(&asked.line, percent_encoding::NON_ALPHANUMERIC);
        return Ok(Redirect::to(&format!("/handoffs/{}?line={line}", path.handoff)).into_response());
    }
    // A line that was added is in no document yet: it is called by its fact.
    let reading = if asked.line.starts_with("urn:") { Reading::Anew } else { Reading::AsMade };
    let looked = Looked::at(&site, &visit, &path.handoff, reading).await?;
    let beside = side(&site, &visit, &looked, (&asked, None)).await?;
    site.views.page(&visit, "_side.html", beside)
}

/// The desk with a line looked at, and a decision that came second.
pub(super) async fn page(
    site: &Site,
    visit: &Visit,
    id: &str,
    (asked, conflict): (&Asked, Option<&Conflict>),
) -> Result<Response, Failure> {
    let looked = Looked::at(site, visit, id, Reading::Anew).await?;
    let (document, sheet) = (&looked.document, &looked.sheet);
    let head = site.head(visit, &document.account).await?;
    let beside = side(site, visit, &looked, (asked, conflict)).await?;
    let kind = site.app.definitions.get(&document.kind)?;
    let history: Vec<Value> = sheet.history.iter().rev().map(told).collect();
    let holds = (sheet.process.document != document.id).then(|| short(&sheet.process.document).to_owned());
    let values = context! {
        account => value(&head),
        title => kind.title.clone(),
        sections => value(&sections(&site.app.definitions, document, sheet, &asked.line)),
        coverage => coverage(document),
        document => value(document),
        holds,
        people => value(&people(sheet)),
        questions => value(&sheet.questions),
        suggestions => value(&sheet.suggestions),
        proposed => value(&sheet.proposed),
        waiting => sheet.process.proposal.as_ref().map(short),
        kinds => FactKind::ALL.map(FactKind::as_str),
        history,
        ..looked.bar()
    };
    let mut answer = site.views.page(visit, "handoff.html", context! { ..values, ..beside })?;
    if conflict.is_some() {
        *answer.status_mut() = StatusCode::CONFLICT;
    }
    Ok(answer)
}

fn told(told: &crate::model::Happened) -> Value {
    context! { at => value(&told.at), by => told.actor.by.clone(), what => words::happened(told) }
}

/// A person whom a line is about: the line, and their name.
fn people(sheet: &Sheet) -> Vec<(String, String)> {
    let mut people: Vec<(String, String)> = Vec::new();
    for line in &sheet.lines {
        let Some(fact) = line.fact.as_ref().filter(|fact| crate::review::is_person(fact)) else { continue };
        let end = line.text.find([',', '(', '·']).unwrap_or(line.text.len());
        let name = line.text.get(..end).unwrap_or_default().trim();
        if people.iter().all(|(known, _)| known != fact.as_str()) {
            people.push((fact.to_string(), name.to_owned()));
        }
    }
    people
}

/// The parts in a buying decision, as forms offer them.
pub(super) fn roles() -> [&'static str; 7] {
    BuyingRole::ALL.map(BuyingRole::as_str)
}
