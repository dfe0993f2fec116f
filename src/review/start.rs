//! Starts a handoff: makes its draft, unless one of the account and type is open.

use jiff::Timestamp;

use super::{Desk, Request, ReviewError, make};
use crate::archive::{Cut, Start};
use crate::model::{AccountSlug, Actor, Event, HandoffState, Happened, Process, Trigger};

/// What to start.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The account.
    pub account: AccountSlug,
    /// Name of the type.
    pub kind: String,
    /// Why.
    pub trigger: Trigger,
    /// When the handoff meeting is, where that is known.
    pub meeting_at: Option<Timestamp>,
    /// Who hands over, where that is known; else the owner of the account.
    pub outgoing: Option<String>,
    /// Who takes over, where that is known.
    pub incoming: Option<String>,
}

/// Starts a handoff. A second start while one is open changes nothing but a meeting time that was not known, and is
/// remembered as a second trigger.
pub async fn start(desk: &Desk, opening: Opening, actor: &Actor) -> Result<Start, ReviewError> {
    let archive = &desk.stores.archive;
    desk.definitions.get(&opening.kind)?;
    if let Some(open) = archive.current_handoff(&opening.account, &opening.kind).await?
        && open.state.is_open()
    {
        return again(desk, open, opening, actor).await;
    }
    let last = archive.current_handoff(&opening.account, &opening.kind).await?;
    let request = Request {
        previous: last.as_ref().map(|process| &process.document),
        ..Request::draft(&opening.account, &opening.kind, Cut { as_of: Some(desk.now), ..Cut::default() })
    };
    let document = make(desk, &request).await?;
    let owner = || desk.stores.graph.account(&opening.account).profile().ok()?.owner?.name;
    let process = Process {
        row: 0,
        account: opening.account.clone(),
        kind: opening.kind.clone(),
        state: HandoffState::Draft,
        document: document.id.clone(),
        proposal: None,
        trigger: opening.trigger.clone(),
        opened_at: desk.now,
        meeting_at: opening.meeting_at,
        outgoing: opening.outgoing.clone().or_else(owner),
        incoming: opening.incoming.clone(),
    };
    let happened = Happened { at: desk.now, actor: actor.clone(), event: Event::Opened };
    match archive.start_handoff(&process, &happened).await? {
        Start::Opened(process) => Ok(Start::Opened(process)),
        Start::IsOpen(open) => again(desk, open, opening, actor).await,
    }
}

async fn again(desk: &Desk, open: Process, opening: Opening, actor: &Actor) -> Result<Start, ReviewError> {
    let mut after = open.clone();
    after.meeting_at = open.meeting_at.or(opening.meeting_at);
    after.incoming = open.incoming.clone().or(opening.incoming);
    let event = Event::TriggeredAgain { trigger: opening.trigger };
    let happened = Happened { at: desk.now, actor: actor.clone(), event };
    desk.stores.archive.advance(&open, &after, &happened).await?;
    Ok(Start::IsOpen(after))
}
