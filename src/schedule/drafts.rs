//! Drafts before their meeting: the time of the meeting is looked up in the calendar where nobody said it, and 48 hours
//! before it a draft that nobody has touched is made again from what is known by then.

use jiff::Timestamp;

use super::starts::scheduler;
use super::{Clock, ScheduleError, Ticked, at};
use crate::archive::{Cut, Step};
use crate::lifecycle::meeting;
use crate::model::{Event, HandoffState, Happened, Process};
use crate::review::{DRAFT_BEFORE_MEETING, Desk, Request, ReviewError, make};

/// Makes again what is due. A draft that fails is told of, and the others go on.
pub(super) async fn redraft_due(desk: &Desk, clock: &dyn Clock, ticked: &mut Ticked) -> Result<(), ScheduleError> {
    let all = desk.stores.archive.handoffs(None).await?;
    for process in all.into_iter().filter(|process| process.state == HandoffState::Draft) {
        let account = process.account.clone();
        match redraft_one(&at(desk, clock.now()), process).await {
            Ok(again) => ticked.redrafted.extend(again),
            Err(error) => ticked.fails(&account, &error),
        }
    }
    Ok(())
}

async fn redraft_one(desk: &Desk, mut process: Process) -> Result<Option<Process>, ReviewError> {
    if process.meeting_at.is_none() {
        process.meeting_at = in_calendar(desk, &process).await?;
    }
    let Some(due) = process.meeting_at.map(|meeting| meeting - DRAFT_BEFORE_MEETING) else { return Ok(None) };
    let made = desk.stores.archive.document(&process.document).await?.map(|document| document.generated_at);
    if desk.now < due || made.is_none_or(|made| made >= due) {
        return Ok(None);
    }
    redraft(desk, &process).await
}

async fn in_calendar(desk: &Desk, process: &Process) -> Result<Option<Timestamp>, ReviewError> {
    let told = desk.stores.archive.told(&process.account, desk.engine.version(), Cut::default()).await?;
    let found = meeting(&told, desk.now);
    if found.is_some() {
        let after = Process { meeting_at: found, ..process.clone() };
        let event = Event::MeetingFound;
        let happened = Happened { at: desk.now, actor: scheduler(), event };
        desk.stores.archive.advance(process, &after, &happened).await?;
    }
    Ok(found)
}

async fn redraft(desk: &Desk, process: &Process) -> Result<Option<Process>, ReviewError> {
    let request = Request {
        previous: Some(&process.document),
        ..Request::draft(&process.account, &process.kind, Cut { as_of: Some(desk.now), ..Cut::default() })
    };
    let document = make(desk, &request).await?.id;
    let after = Process { document, ..process.clone() };
    let event = Event::Remade { before: process.document.clone() };
    let happened = Happened { at: desk.now, actor: scheduler(), event };
    let step = desk.stores.archive.advance(process, &after, &happened).await?;
    Ok((step == Step::Done).then_some(after))
}
