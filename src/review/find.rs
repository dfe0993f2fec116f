//! Finds the handoff that somebody means.

use super::{Desk, ReviewError};
use crate::model::{AccountSlug, Actor, Event, Handoff, HandoffState, Happened, Iri, Process, Trigger};

/// How a handoff is named.
#[derive(Clone, Debug)]
pub enum Reference {
    /// By any version of its document.
    Document(Iri),
    /// By account and type: the open one, else the latest.
    Account(AccountSlug, String),
}

/// A handoff with the document that was named, or that holds.
pub(super) struct Found {
    pub(super) process: Process,
    pub(super) document: Handoff,
}

/// Finds a handoff. A document that belongs to none is a draft nobody has touched: it begins one.
pub(super) async fn find(desk: &Desk, reference: &Reference, actor: &Actor) -> Result<Found, ReviewError> {
    match locate(desk, reference).await? {
        (Some(process), document) => Ok(Found { process, document }),
        (None, document) => begin(desk, document, actor).await,
    }
}

/// The handoff that is meant, where there is one, and the document: the one that was named, or the one that holds.
pub async fn locate(desk: &Desk, reference: &Reference) -> Result<(Option<Process>, Handoff), ReviewError> {
    let archive = &desk.stores.archive;
    let (account, kind) = match reference {
        Reference::Document(id) => return Ok((archive.handoff_of(id).await?, document(desk, id).await?)),
        Reference::Account(account, kind) => (account, kind),
    };
    if let Some(process) = archive.current_handoff(account, kind).await? {
        let document = document(desk, &process.document).await?;
        return Ok((Some(process), document));
    }
    let latest = archive.latest_document(account, kind).await?;
    let unknown = || ReviewError::NoDocument { account: account.to_string(), kind: kind.clone() };
    Ok((None, document(desk, &latest.ok_or_else(unknown)?).await?))
}

/// The document of that identity.
pub(super) async fn document(desk: &Desk, id: &Iri) -> Result<Handoff, ReviewError> {
    let found = desk.stores.archive.document(id).await?;
    found.ok_or_else(|| ReviewError::Unknown(id.to_string()))
}

async fn begin(desk: &Desk, document: Handoff, actor: &Actor) -> Result<Found, ReviewError> {
    let process = untouched(desk, &document);
    let happened = Happened { at: desk.now, actor: actor.clone(), event: Event::Opened };
    match desk.stores.archive.start_handoff(&process, &happened).await? {
        crate::archive::Start::Opened(process) => Ok(Found { process, document }),
        crate::archive::Start::IsOpen(open) => Err(is_open(open)),
    }
}

/// A document that belongs to no handoff yet, as the draft that it is.
pub(super) fn untouched(desk: &Desk, document: &Handoff) -> Process {
    Process {
        row: 0,
        account: document.account.clone(),
        kind: document.kind.clone(),
        state: HandoffState::Draft,
        document: document.id.clone(),
        proposal: None,
        trigger: Trigger::ByHand,
        opened_at: desk.now,
        meeting_at: None,
        outgoing: None,
        incoming: None,
    }
}

pub(super) fn is_open(open: Process) -> ReviewError {
    ReviewError::IsOpen {
        account: open.account.to_string(),
        kind: open.kind,
        state: open.state.to_string(),
        since: open.opened_at,
        document: open.document.to_string(),
    }
}
