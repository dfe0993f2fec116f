//! From what people do with handoffs, and the documents of periods, to events: each step is told once, whoever took it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::archive::{Archive, ArchiveError, Untold};
use crate::model::{Audience, Event, EventName, HandoffState, Happened, News, Process};

/// So many are taken in one transaction.
const BATCH: u32 = 500;

/// Puts what happened to handoffs, and the documents of periods that were made, into the outbox. Answers how many
/// events that made.
pub async fn take_untold(archive: &Archive, now: Timestamp) -> Result<usize, ArchiveError> {
    let mut kept = 0;
    loop {
        let untold = archive.untold(BATCH).await?;
        if untold.is_empty() {
            return Ok(kept);
        }
        let told: Vec<(Untold, Option<News>)> = untold
            .into_iter()
            .map(|untold| {
                let news = news(&untold);
                (untold, news)
            })
            .collect();
        archive.keep_told(&told, now).await?;
        kept += told.iter().filter(|(_, news)| news.is_some()).count();
    }
}

fn news(untold: &Untold) -> Option<News> {
    match untold {
        Untold::Handoff { process, happened, .. } => of_handoff(process, happened),
        Untold::Document { account, kind, period, document, made_at } => Some(News {
            account: account.clone(),
            name: EventName::DocumentReady,
            at: *made_at,
            audience: Audience::All,
            data: json!({"account": account, "document": document, "type": kind, "period": period}),
        }),
    }
}

/// A step as it is told: where the handoff stands, and no words of the document.
fn of_handoff(process: &Process, happened: &Happened) -> Option<News> {
    let (name, status) = told_as(&happened.event)?;
    let trigger = serde_json::to_value(&process.trigger).ok();
    let mut data = json!({
        "account": process.account,
        "handoff": process.document,
        "type": process.kind,
        "status": status,
        "by": happened.actor.by,
        "role": happened.actor.role,
        "trigger": trigger.and_then(|trigger| trigger.get("trigger").cloned()),
        "outgoing": process.outgoing,
        "incoming": process.incoming,
        "meeting_at": process.meeting_at,
    });
    if let Event::SentBack { code, .. } = &happened.event {
        data["code"] = Value::String(code.clone());
    }
    Some(News { account: process.account.clone(), name, at: happened.at, audience: Audience::All, data })
}

/// The name under which a step is told, and where the handoff stands after it.
fn told_as(event: &Event) -> Option<(EventName, HandoffState)> {
    match event {
        // A draft that is made again before its meeting is ready again.
        Event::Opened | Event::Remade { .. } => Some((EventName::HandoffDraftReady, HandoffState::Draft)),
        Event::Delivered => Some((EventName::HandoffDelivered, HandoffState::Delivered)),
        Event::Accepted => Some((EventName::HandoffAccepted, HandoffState::Accepted)),
        Event::SentBack { .. } => Some((EventName::HandoffRejected, HandoffState::Rejected)),
        Event::Updated => Some((EventName::HandoffUpdated, HandoffState::UpdatedAfterMeeting)),
        Event::TriggeredAgain { .. }
        | Event::MeetingFound
        | Event::Decided { .. }
        | Event::Reviewed
        | Event::Held { .. }
        | Event::HeldPerson { .. }
        | Event::Asked { .. }
        | Event::Answered { .. }
        | Event::Met { .. }
        | Event::Archived
        | Event::Rated { .. }
        | Event::Marked { .. }
        | Event::Proposed { .. }
        | Event::Missed { .. } => None,
    }
}
