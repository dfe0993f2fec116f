//! Makes documents from the stores, and keeps them.

use jiff::{SignedDuration, Timestamp};

use super::{Desk, ReviewError};
use crate::archive::Cut;
use crate::handoff::{Input, compose};
use crate::ingest::{self, view};
use crate::model::{AccountSlug, Handoff, HandoffState, Iri};

/// Which document to make.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The account.
    pub account: &'a AccountSlug,
    /// Name of the type.
    pub kind: &'a str,
    /// What counts; without an `as_of`, everything until now.
    pub cut: Cut,
    /// Since when changes are told, in a type that tells them; else as far back as the type says.
    pub since: Option<Timestamp>,
    /// The document that it replaces.
    pub previous: Option<&'a Iri>,
    /// Where the handoff stands.
    pub state: HandoffState,
}

impl<'a> Request<'a> {
    /// A draft.
    pub fn draft(account: &'a AccountSlug, kind: &'a str, cut: Cut) -> Self {
        Self { account, kind, cut, since: None, previous: None, state: HandoffState::Draft }
    }
}

/// Makes a document from what was known at the time asked for, and keeps it.
pub async fn make(desk: &Desk, request: &Request<'_>) -> Result<Handoff, ReviewError> {
    let document = look(desk, request).await?;
    desk.stores.archive.keep_document(&document).await?;
    Ok(document)
}

/// Makes a document and keeps nothing.
pub(super) async fn look(desk: &Desk, request: &Request<'_>) -> Result<Handoff, ReviewError> {
    let kind = desk.definitions.get(request.kind)?;
    let as_of = request.cut.as_of.unwrap_or(desk.now);
    let cut = Cut { as_of: Some(as_of), ..request.cut };
    let view = view(&desk.stores, request.account, desk.engine.version(), cut).await?;
    let changes = match kind.changes_days {
        Some(days) => {
            let since = request.since.unwrap_or(as_of - SignedDuration::from_hours(24 * days));
            let times = (since, as_of);
            let engine = desk.engine.version();
            let mut changes =
                ingest::changes(&desk.stores, request.account, engine, times, (cut.known_at, cut.sight)).await?;
            changes.sort_by(|a, b| b.severity.cmp(&a.severity).then(b.at.cmp(&a.at)));
            changes
        }
        None => Vec::new(),
    };
    let graph = view.account()?;
    Ok(compose(Input {
        definitions: &desk.definitions,
        kind,
        graph: &graph,
        as_of,
        generated_at: desk.now,
        changes,
        rejected: view.rejected,
        previous: request.previous.cloned(),
        state: request.state,
    })?)
}
