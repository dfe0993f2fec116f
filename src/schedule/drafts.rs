//! Drafts before their meeting: the time of the meeting is looked up in the calendar where nobody said it, and 48 hours
//! before it a draft that nobody has touched is made again from what is known by then.

use super::starts::scheduler;
use super::{Clock, ScheduleError, Ticked, at};
use crate::archive::{Cut, Step};
use crate::lifecycle::meeting;
use crate::model::{Event, HandoffState, Happened, Process};
use crate::review::{DRAFT_BEFORE_MEETING, Desk, Request, ReviewError, make};

/// Makes again what is due.
pub(super) async fn redraft_due(desk: &Desk, clock: &dyn Clock, ticked: &mut Ticked) -> Result<(), ScheduleError> {
    let archive = &desk.stores.archive;
    let drafts = archive.handoffs(None).await?.into_iter().filter(|process| process.state == HandoffState::Draft);
    for mut process in drafts {
        let now = clock.now();
        if process.meeting_at.is_none() {
            process.meeting_at = in_calendar(desk, &process, clock).await?;
        }
        let Some(due) = process.meeting_at.map(|meeting| meeting - DRAFT_BEFORE_MEETING) else { continue };
        let made = archive.document(&process.document).await?.map(|document| document.generated_at);
        if now >= due && made.is_some_and(|made| made < due) {
            ticked.redrafted.extend(redraft(&at(desk, now), &process).await?);
        }
    }
    Ok(())
}

async fn in_calendar(
    desk: &Desk,
    process: &Process,
    clock: &dyn Clock,
) -> Result<Option<jiff::Timestamp>, ScheduleError> {
    let told = desk.stores.archive.told(&process.account, desk.engine.version(), Cut::default()).await?;
    let found = meeting(&told, clock.now());
    if found.is_some() {
        let after = Process { meeting_at: found, ..process.clone() };
        let event = Event::MeetingFound;
        let happened = Happened { at: clock.now(), actor: scheduler(), event };
        desk.stores.archive.advance(process, &after, &happened).await?;
    }
    Ok(found)
}

async fn redraft(desk: &Desk, process: &Process) -> Result<Option<Process>, ReviewError> {
    let request = Request {
        previous: Some(&process.document),
        ..Request::draft(&process.account, &process.kind, Cut { as_of: Some(desk.now), known_at: None })
    };
    let document = make(desk, &request).await?.id;
    let after = Process { document, ..process.clone() };
    let event = Event::Remade { before: process.document.clone() };
    let happened = Happened { at: desk.now, actor: scheduler(), event };
    let step = desk.stores.archive.advance(process, &after, &happened).await?;
    Ok((step == Step::Done).then_some(after))
}
