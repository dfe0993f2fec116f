//! The handoff meeting: its transcript is read like any other call, and what it changes in the document waits for
//! approval.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::find::find;
use super::{Desk, Reference, Request, ReviewError, make};
use crate::archive::Cut;
use crate::ingest::{self, Options};
use crate::lifecycle::{Act, DocumentDiff, diff, step};
use crate::model::{AccountSlug, Actor, Event, Iri, Process};
use crate::sources::{self, Format, Item};

/// What a meeting changed.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
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
    let held_at = found.process.meeting_at.or(as_of).unwrap_or(desk.now);
    load(desk, &found.process.account, transcript, held_at).await?;
    let before = desk.holding(&found).await?;
    let request = Request {
        account: &found.process.account,
        kind: &found.process.kind,
        cut: Cut { as_of: Some(as_of.unwrap_or(desk.now)), ..Cut::default() },
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

/// Reads the transcript into the account. A call that says no date of its own was held at `held_at`.
async fn load(desk: &Desk, account: &AccountSlug, path: &Path, held_at: Timestamp) -> Result<(), ReviewError> {
    let wrong = |why: &str| ReviewError::Invalid(format!("{}: no transcript: {why}", path.display()));
    let folder = tempfile::tempdir().map_err(|error| wrong(&error.to_string()))?;
    let bytes = std::fs::read(path).map_err(|error| wrong(&error.to_string()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut given = path.to_owned();
    if sources::detect(&name, &bytes).is_none_or(|format| format == Format::Transcript) {
        let calls = calls(&name, &bytes, held_at).map_err(|why| wrong(&why))?;
        given = folder.path().join("meeting.jsonl");
        std::fs::write(&given, calls).map_err(|error| wrong(&error.to_string()))?;
    }
    let options = Options { paths: vec![given], account: Some(account.clone()), ..Options::default() };
    let report = ingest::ingest(&desk.stores, &desk.engine, &options, desk.now, Arc::new(|_| {})).await?;
    match report.rejected.first() {
        Some(problem) if report.read == 0 => Err(wrong(&problem.reason)),
        None if report.read == 0 => Err(wrong("it is empty")),
        Some(_) | None => Ok(()),
    }
}

/// The calls of a transcript as JSON Lines, dated by the name of the file where the text has no date.
fn calls(name: &str, bytes: &[u8], held_at: Timestamp) -> Result<String, String> {
    let dated = format!("{} {name}", held_at.to_zoned(TimeZone::UTC).date());
    let mut why = "it is empty".to_owned();
    for label in [name, &dated] {
        let mut lines = String::new();
        let _ = sources::read(Format::Transcript, label, &mut &bytes[..], &mut |item| {
            match item {
                Item::Interaction(interaction) => match serde_json::to_string(&interaction) {
                    Ok(line) => lines.extend([line.as_str(), "\n"]),
                    Err(error) => why = error.to_string(),
                },
                Item::Problem(problem) => why = problem.reason,
            }
            ControlFlow::Continue(())
        });
        if !lines.is_empty() {
            return Ok(lines);
        }
    }
    Err(why)
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
        cut: Cut { as_of: Some(waiting.as_of), ..Cut::default() },
        since: None,
        previous: Some(&found.process.document),
        state,
    };
    let document = make(desk, &request).await?.id;
    let after = Process { state, document, proposal: None, ..found.process.clone() };
    desk.move_to(&found, after, Event::Updated, actor).await
}
