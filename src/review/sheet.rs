//! A handoff as its reviewers see it: every line with its name, what was decided about it and by whom, the open
//! questions, and what was rejected before and is said anew.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::documents::look;
use super::find::{document, locate, untouched};
use super::lines::named;
use super::person::is_person;
use super::{Desk, Reference, Request, ReviewError};
use crate::archive::Cut;
use crate::graph::AccountGraph;
use crate::lifecycle::{DocumentDiff, diff};
use crate::model::{
    Decision, Event, Evidence, Fact, FactPlace, Gap, Handoff, HandoffState, Happened, Iri, LineVerdict, Origin,
    Process, Proposal, Review, ReviewState,
};

/// The draft of a handoff is ready so long before its meeting.
pub const DRAFT_BEFORE_MEETING: SignedDuration = SignedDuration::from_hours(48);

/// A handoff as its reviewers see it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Sheet {
    /// Where it stands.
    #[serde(flatten)]
    pub process: Process,
    /// The time that its document speaks of.
    pub as_of: Timestamp,
    /// When the draft has to be ready, where the meeting is known.
    pub draft_due_at: Option<Timestamp>,
    /// Whether the meeting has come and the document was not delivered.
    pub late: bool,
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// Lines that people added since the document was made; the next version has them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Line>,
    /// The open fields, by section.
    pub gaps: Vec<Gap>,
    /// The receiver's questions.
    pub questions: Vec<Question>,
    /// What others would have lines say; nothing of it holds until a reviewer decides so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposed>,
    /// Facts that somebody rejected and that were said anew since.
    pub suggestions: Vec<Fact>,
    /// What differs in the version that waits for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed: Option<DocumentDiff>,
    /// What happened so far.
    pub history: Vec<Happened>,
}

/// A line as its reviewers see it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Line {
    /// What it is called in commands: `section/number`.
    pub line: String,
    /// The section.
    pub section: String,
    /// Group within the section.
    pub group: Option<String>,
    /// What it says now.
    pub text: String,
    /// The fact or person behind it.
    pub fact: Option<Iri>,
    /// How sure it is.
    pub confidence: Option<f32>,
    /// What people have decided about it.
    pub review: ReviewState,
    /// Whose word it is.
    pub origin: Origin,
    /// Who decided last.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What others would have decided, who came second.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Held>,
    /// The words it came from.
    pub evidence: Vec<Evidence>,
}

/// A decision that came second.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Held {
    /// Whose.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Which.
    #[serde(flatten)]
    pub decision: Decision,
}

/// What somebody would have a line say.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Proposed {
    /// The line: `section/number`.
    pub line: String,
    /// The fact behind it.
    pub fact: Option<Iri>,
    /// Whose proposal it is.
    pub by: String,
    /// When it was made.
    pub at: Timestamp,
    /// What it should say.
    #[serde(flatten)]
    pub proposal: Proposal,
}

/// A question of the receiver.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Question {
    /// Its number.
    pub question: u32,
    /// Who asked.
    pub by: String,
    /// The words.
    pub text: String,
    /// The section or line it is about.
    pub about: Option<String>,
    /// The answers.
    pub answers: Vec<String>,
}

/// The sheet of a handoff; looking begins nothing.
pub async fn sheet(desk: &Desk, reference: &Reference) -> Result<Sheet, ReviewError> {
    let (process, stored) = known(desk, reference).await?;
    let now = reread(desk, &process, &stored).await?;
    written(desk, process, (&stored, &now)).await
}

/// What a document would say now of the time that it speaks of. It follows from the graph of its account, and from
/// where its handoff stands.
pub async fn reread(desk: &Desk, process: &Process, stored: &Handoff) -> Result<Handoff, ReviewError> {
    let request = Request {
        account: &process.account,
        kind: &process.kind,
        cut: Cut { as_of: Some(stored.as_of), ..Cut::default() },
        since: None,
        previous: stored.previous.as_ref(),
        state: process.state,
    };
    look(desk, &request).await
}

/// The same, quickly: lines, gaps and confidence read as they did when the document was made, what was decided is up to
/// date.
pub async fn glance(desk: &Desk, reference: &Reference) -> Result<Sheet, ReviewError> {
    let (process, stored) = known(desk, reference).await?;
    written(desk, process, (&stored, &stored)).await
}

/// A document as a sheet that tells nothing but what the document says, for readers who do not see all.
pub fn bare_sheet(desk: &Desk, document: &Handoff, process: Option<Process>) -> Sheet {
    Sheet {
        late: process.as_ref().is_some_and(|process| is_late(process, desk.now)),
        process: process.unwrap_or_else(|| untouched(desk, document)),
        as_of: document.as_of,
        draft_due_at: None,
        lines: lines((document, document), &BTreeMap::new(), &[], &[]),
        added: Vec::new(),
        gaps: document.sections.iter().flat_map(|section| section.gaps.clone()).collect(),
        questions: Vec::new(),
        proposals: Vec::new(),
        suggestions: Vec::new(),
        proposed: None,
        history: Vec::new(),
    }
}

/// A handoff with the document that was named; one that was never started stands as a draft.
pub async fn known(desk: &Desk, reference: &Reference) -> Result<(Process, Handoff), ReviewError> {
    let (process, stored) = locate(desk, reference).await?;
    Ok((process.unwrap_or_else(|| untouched(desk, &stored)), stored))
}

/// The sheet of a handoff out of its document and of what that would say now.
pub async fn written(desk: &Desk, process: Process, (stored, now): (&Handoff, &Handoff)) -> Result<Sheet, ReviewError> {
    let reviews = desk.stores.archive.reviews(&process.account, None).await?;
    let history = if process.row == 0 { Vec::new() } else { desk.stores.archive.handoff_events(&process).await? };
    let graph = desk.stores.graph.account(&process.account);
    let facts = behind(&graph, stored)?;
    let proposed = match &process.proposal {
        Some(proposal) => Some(diff(stored, &document(desk, proposal).await?)),
        None => None,
    };
    Ok(Sheet {
        as_of: stored.as_of,
        draft_due_at: process.meeting_at.map(|at| at - DRAFT_BEFORE_MEETING),
        late: is_late(&process, desk.now),
        lines: lines((stored, now), &facts, &reviews, &history),
        added: added((stored, now), &reviews),
        gaps: now.sections.iter().flat_map(|section| section.gaps.clone()).collect(),
        questions: questions(&history),
        proposals: proposals(&history),
        suggestions: graph.suggestions()?.into_iter().map(|record| record.fact).collect(),
        proposed,
        history,
        process,
    })
}

/// The facts behind the lines of a document, as they stand.
fn behind(graph: &AccountGraph<'_>, document: &Handoff) -> Result<BTreeMap<Iri, Fact>, ReviewError> {
    let reader = graph.fact_reader();
    let mut facts = BTreeMap::new();
    for iri in named(document).filter_map(|known| known.item.fact.as_ref()).filter(|iri| !is_person(iri)) {
        if let Some(record) = reader.fact(iri)? {
            facts.insert(iri.clone(), record.fact);
        }
    }
    Ok(facts)
}

fn is_late(process: &Process, now: Timestamp) -> bool {
    let waits = matches!(process.state, HandoffState::Draft | HandoffState::InReview | HandoffState::Rejected);
    waits && process.meeting_at.is_some_and(|at| at <= now)
}

/// The lines of the document under review, each as it reads now.
fn lines(
    (stored, now): (&Handoff, &Handoff),
    facts: &BTreeMap<Iri, Fact>,
    reviews: &[Review],
    history: &[Happened],
) -> Vec<Line> {
    let mut lines = Vec::new();
    for known in named(stored) {
        let fact = known.item.fact.as_ref().and_then(|fact| facts.get(fact));
        let place = fact.and_then(Fact::place);
        let says = |item: &&crate::model::HandoffItem| item.fact == known.item.fact && item.group == known.item.group;
        let items = now.sections.iter().filter(|section| section.id == known.section).flat_map(|s| &s.items);
        let current = items.clone().find(says).filter(|_| known.item.fact.is_some());
        let decided = place.as_ref().and_then(|place| reviews.iter().rfind(|review| review.place == *place));
        let of_person = known.item.fact.as_ref().filter(|iri| is_person(iri)).and_then(|iri| of_person(iri, history));
        lines.push(Line {
            line: known.name.clone(),
            section: known.section.to_owned(),
            group: known.item.group.clone(),
            text: current.unwrap_or(known.item).text.clone(),
            fact: known.item.fact.clone(),
            confidence: current.unwrap_or(known.item).confidence,
            review: fact.map_or_else(|| of_person.map_or(known.item.review, |(review, _)| review), |fact| fact.review),
            origin: known.item.origin,
            decided_by: decided.map(|review| &review.by).or(of_person.map(|(_, told)| &told.actor.by)).cloned(),
            decided_at: decided.map(|review| review.at).or(of_person.map(|(_, told)| told.at)),
            held: place.map(|place| held_of(&place, history)).unwrap_or_default(),
            evidence: known.item.evidence.clone(),
        });
    }
    lines
}

/// What was decided last about a person: it stands in the history alone.
fn of_person<'a>(person: &Iri, history: &'a [Happened]) -> Option<(ReviewState, &'a Happened)> {
    history.iter().rev().find_map(|told| match &told.event {
        Event::Decided { verdict, line } if line.fact.as_ref() == Some(person) => match verdict {
            LineVerdict::Accepted => Some((ReviewState::Confirmed, told)),
            LineVerdict::Corrected => Some((ReviewState::Corrected, told)),
            LineVerdict::Rejected | LineVerdict::Added => None,
        },
        _ => None,
    })
}

/// The lines that people added since the document was made, where it would have them now.
fn added((stored, now): (&Handoff, &Handoff), reviews: &[Review]) -> Vec<Line> {
    let is_there = |fact: &Iri| named(stored).any(|known| known.item.fact.as_ref() == Some(fact));
    let mut lines = Vec::new();
    for new in named(now) {
        let fact = new.item.fact.as_ref().filter(|fact| new.item.review == ReviewState::Added && !is_there(fact));
        let Some(fact) = fact else { continue };
        let of = |review: &&Review| matches!(&review.decision, Decision::Added { fact: added } if added.id == *fact);
        let decided = reviews.iter().find(of);
        lines.push(Line {
            line: fact.to_string(),
            section: new.section.to_owned(),
            group: new.item.group.clone(),
            text: new.item.text.clone(),
            fact: Some(fact.clone()),
            confidence: new.item.confidence,
            review: new.item.review,
            origin: new.item.origin,
            decided_by: decided.map(|review| review.by.clone()),
            decided_at: decided.map(|review| review.at),
            held: Vec::new(),
            evidence: Vec::new(),
        });
    }
    lines
}

fn held_of(place: &FactPlace, history: &[Happened]) -> Vec<Held> {
    let of = |happened: &Happened| match &happened.event {
        Event::Held { place: other, decision } if other == place => {
            Some(Held { by: happened.actor.by.clone(), at: happened.at, decision: decision.clone() })
        }
        _ => None,
    };
    history.iter().filter_map(of).collect()
}

fn proposals(history: &[Happened]) -> Vec<Proposed> {
    let of = |happened: &Happened| match &happened.event {
        Event::Proposed { name, line, proposal } => Some(Proposed {
            line: name.clone(),
            fact: line.fact.clone(),
            by: happened.actor.by.clone(),
            at: happened.at,
            proposal: proposal.clone(),
        }),
        _ => None,
    };
    history.iter().filter_map(of).collect()
}

fn questions(history: &[Happened]) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for happened in history {
        match &happened.event {
            Event::Asked { question, text, about } => questions.push(Question {
                question: *question,
                by: happened.actor.by.clone(),
                text: text.clone(),
                about: about.clone(),
                answers: Vec::new(),
            }),
            Event::Answered { question, text } => {
                if let Some(asked) = questions.iter_mut().find(|known| known.question == *question) {
                    asked.answers.push(text.clone());
                }
            }
            _ => {}
        }
    }
    questions
}
