//! The handoff meeting: its transcript is read like any other call, and what it changes in the document waits for
//! approval.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::find::find;
use super::{Desk, Reference, Request, ReviewError, make};
use crate::archive::Cut;
use crate::ingest::{self, Options};
use crate::lifecycle::{Act, DocumentDiff, diff, step};
use crate::model::{Actor, Event, Iri, Process};

/// What a meeting changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Met {
    /// The version that waits for approval.
    pub proposal: Iri,
    /// What differs in it.
    pub diff: DocumentDiff,
}

/// Reads the transcript of the meeting into the account and makes the version that follows from it.
pub async fn meet(
    desk: &Desk,
    reference: &Reference,
    (transcript, as_of): (&Path, Option<Timestamp>),
    actor: &Actor,
) -> Result<Met, ReviewError> {
    let found = find(desk, reference, actor).await?;
    let state = step(found.process.state, Act::Meet, actor.role)?;
    let options = Options { paths: vec![transcript.to_owned()], account: Some(found.process.account.clone()) };
    let report = ingest::ingest(&desk.stores, &desk.engine, &options, desk.now, Arc::new(|_| {})).await?;
    if report.read == 0 {
        let why = report.rejected.first().map_or("it is empty", |problem| &problem.reason);
        return Err(ReviewError::Invalid(format!("{}: no transcript: {why}", transcript.display())));
    }
    let before = desk.holding(&found).await?;
    let request = Request {
        account: &found.process.account,
        kind: &found.process.kind,
        cut: Cut { as_of: Some(as_of.unwrap_or(desk.now)), known_at: None },
        since: None,
        previous: Some(&before.id),
        state,
    };
    let proposal = make(desk, &request).await?;
    let name = transcript.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let after = Process { state, proposal: Some(proposal.id.clone()), ..found.process.clone() };
    let event = Event::Met { transcript: name, proposal: proposal.id.clone() };
    desk.move_to(&found, after, event, actor).await?;
    Ok(Met { diff: diff(&before, &proposal), proposal: proposal.id })
}

/// Lets the version that waits take the place of the one before, with everything that was decided since.
pub async fn approve_update(desk: &Desk, reference: &Reference, actor: &Actor) -> Result<Process, ReviewError> {
    let found = find(desk, reference, actor).await?;
    let state = step(found.process.state, Act::ApproveUpdate, actor.role)?;
    let Some(proposal) = &found.process.proposal else {
        return Err(ReviewError::Invalid("no version waits for approval: baton review meeting makes one".to_owned()));
    };
    let waiting = super::find::document(desk, proposal).await?;
    let request = Request {
        account: &found.process.account,
        kind: &found.process.kind,
        cut: Cut { as_of: Some(waiting.as_of), known_at: None },
        since: None,
        previous: Some(&found.process.document),
        state,
    };
    let document = make(desk, &request).await?.id;
    let after = Process { state, document, proposal: None, ..found.process.clone() };
    desk.move_to(&found, after, Event::Updated, actor).await
}
