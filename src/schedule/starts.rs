//! Starts the handoffs that facts ask for.

use super::{Clock, ScheduleError, Ticked, at};
use crate::archive::Start;
use crate::lifecycle::triggers;
use crate::model::{AccountSlug, Actor, Role};
use crate::review::{Desk, Opening, ReviewError, start};

/// Who starts what facts start.
pub(super) fn scheduler() -> Actor {
    Actor { by: "scheduler".to_owned(), role: Role::Admin }
}

/// Starts what is due, each trigger once. An account that fails is told of, and the others go on.
pub(super) async fn start_due(desk: &Desk, clock: &dyn Clock, ticked: &mut Ticked) -> Result<(), ScheduleError> {
    for (account, _) in desk.stores.archive.accounts().await? {
        if let Err(error) = start_for(&at(desk, clock.now()), &account, ticked).await {
            ticked.fails(&account, &error);
        }
    }
    Ok(())
}

async fn start_for(desk: &Desk, account: &AccountSlug, ticked: &mut Ticked) -> Result<(), ReviewError> {
    let archive = &desk.stores.archive;
    for due in triggers(&desk.stores.graph.account(account).profile()?, desk.now) {
        if desk.definitions.get(due.kind).is_err() || archive.knows_trigger(account, &due.key).await? {
            continue;
        }
        let opening = Opening {
            account: account.clone(),
            kind: due.kind.to_owned(),
            trigger: due.trigger,
            meeting_at: None,
            outgoing: None,
            incoming: None,
        };
        match start(desk, opening, &scheduler()).await? {
            Start::Opened(process) => ticked.started.push(process),
            Start::IsOpen(process) => ticked.open_already.push(process),
        }
        // Noted last: cut off in between, the next tick finds the handoff open and starts no second one.
        archive.note_trigger(account, &due.key, desk.now).await?;
    }
    Ok(())
}
