//! Starts the handoffs that facts ask for.

use super::{Clock, ScheduleError, Ticked, at};
use crate::archive::Start;
use crate::lifecycle::triggers;
use crate::model::{Actor, Role};
use crate::review::{Desk, Opening, ReviewError, start};

/// Who starts what facts start.
pub(super) fn scheduler() -> Actor {
    Actor { by: "scheduler".to_owned(), role: Role::Admin }
}

/// Starts what is due, each trigger once.
pub(super) async fn start_due(desk: &Desk, clock: &dyn Clock, ticked: &mut Ticked) -> Result<(), ScheduleError> {
    for (account, _) in desk.stores.archive.accounts().await? {
        let now = clock.now();
        let profile = desk.stores.graph.account(&account).profile().map_err(ReviewError::from)?;
        for due in triggers(&profile, now) {
            if desk.definitions.get(due.kind).is_err()
                || !desk.stores.archive.claim_trigger(&account, &due.key, now).await?
            {
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
            match start(&at(desk, now), opening, &scheduler()).await? {
                Start::Opened(process) => ticked.started.push(process),
                Start::IsOpen(process) => ticked.open_already.push(process),
            }
        }
    }
    Ok(())
}
