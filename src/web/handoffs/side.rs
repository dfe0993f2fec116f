//! What stands beside a line: the words it came from in their conversation, what was decided, and what can be.

use minijinja::{Value, context};
use serde::Serialize;

use super::desk::{Asked, Looked, roles};
use super::lines::{About, Shown};
use super::short;
use crate::api::{self, When};
use crate::http::Failure;
use crate::model::Evidence;
use crate::review::Line;
use crate::web::Site;
use crate::web::conversation::{Words, shown};
use crate::web::views::value;
use crate::web::visit::Visit;

/// A decision that came second: what holds, and what would have been decided.
#[derive(Debug, Serialize)]
pub(super) struct Conflict {
    /// Who was quicker.
    pub(super) by: String,
    /// What they did.
    pub(super) verdict: &'static str,
    /// When.
    pub(super) at: jiff::Timestamp,
    /// What they made of it.
    pub(super) value: String,
    /// Where the form goes that lets the other hold.
    pub(super) act: &'static str,
    /// What that form sends.
    pub(super) fields: Vec<(&'static str, String)>,
}

/// What stands beside the line that is asked for, as `_side.html` takes it. Without a line there is little to show.
pub(super) async fn side(
    site: &Site,
    visit: &Visit,
    looked: &Looked,
    (asked, conflict): (&Asked, Option<&Conflict>),
) -> Result<Value, Failure> {
    let handoff = short(&looked.document.id).to_owned();
    let every = || looked.sheet.lines.iter().chain(&looked.sheet.added);
    let Some(line) = every().find(|line| line.line == asked.line) else {
        return Ok(context! { handoff, acts => looked.acts(), chosen => Value::from(()) });
    };
    let account = &looked.document.account;
    let fact = match line.fact.as_ref() {
        Some(fact) if Shown::of(line.clone(), "").about == About::Fact => {
            api::fact(&site.app, &visit.caller, account, fact.as_str(), When::default()).await.ok()
        }
        Some(_) | None => None,
    };
    let person = match line.fact.as_ref() {
        Some(fact) if Shown::of(line.clone(), "").about == About::Person => {
            api::stakeholder(&site.app, &visit.caller, account, fact.as_str(), When::default()).await.ok()
        }
        Some(_) | None => None,
    };
    let piece = asked.piece.clamp(1, line.evidence.len().max(1));
    let conversation = match line.evidence.get(piece - 1) {
        Some(evidence) => conversation(site, visit, looked, evidence).await?,
        None => None,
    };
    let pieces: Vec<Value> =
        line.evidence.iter().map(|one| context! { kind => one.kind.as_str(), ..said(one) }).collect();
    let proposals: Vec<_> = looked.sheet.proposals.iter().filter(|one| is_about(line, one)).collect();
    Ok(context! {
        handoff,
        acts => looked.acts(),
        chosen => value(&Shown::of(line.clone(), &asked.line)),
        fact => value(&fact),
        person => value(&person),
        piece,
        pieces,
        conversation,
        proposals => value(&proposals),
        roles => roles(),
        conflict => value(&conflict),
    })
}

fn said(evidence: &Evidence) -> Value {
    context! { at => value(&evidence.at), speaker => evidence.speaker.clone(), quote => evidence.quote.clone() }
}

fn is_about(line: &Line, proposed: &crate::review::Proposed) -> bool {
    proposed.line == line.line || (line.fact.is_some() && proposed.fact == line.fact)
}

/// The words in their conversation; none for what a person added, which no text says.
async fn conversation(
    site: &Site,
    visit: &Visit,
    looked: &Looked,
    evidence: &Evidence,
) -> Result<Option<Value>, Failure> {
    let account = &looked.document.account;
    let found = api::conversation(&site.app, &visit.caller, account, &evidence.interaction, When::default()).await;
    match found {
        Ok(found) => Ok(Some(shown(account, found, Words::of(evidence.start, evidence.end)))),
        Err(api::ApiError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
