//! Where a handoff stands and who is next, in words.

use serde::Serialize;

use crate::model::{Event, HandoffState, Happened, LineVerdict, Process, Usefulness};

/// The states of a life as they follow each other, and what they are called.
const LIFE: [(HandoffState, &str); 6] = [
    (HandoffState::Draft, "Draft"),
    (HandoffState::InReview, "In review"),
    (HandoffState::Delivered, "Delivered"),
    (HandoffState::Accepted, "Accepted"),
    (HandoffState::UpdatedAfterMeeting, "Updated after the meeting"),
    (HandoffState::Archived, "Archived"),
];

/// What a state is called.
pub(super) fn title(state: HandoffState) -> &'static str {
    let found = LIFE.iter().find(|(known, _)| *known == state);
    found.map_or("Sent back", |(_, title)| title)
}

/// A step of a life.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct LifeStep {
    title: &'static str,
    /// `past`, `now` or `ahead`.
    when: &'static str,
}

/// The steps of a life, with where it stands. One that was sent back is in review again.
pub(super) fn life(state: HandoffState) -> Vec<LifeStep> {
    let now = if state == HandoffState::Rejected { HandoffState::InReview } else { state };
    let step = |&(known, title): &(HandoffState, &'static str)| LifeStep {
        title: if known == now && state == HandoffState::Rejected { "Sent back" } else { title },
        when: match known.cmp(&now) {
            std::cmp::Ordering::Less => "past",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        },
    };
    LIFE.iter().map(step).collect()
}

/// How far a document was gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Progress {
    pub(super) decided: usize,
    pub(super) of: usize,
    /// Questions that nobody has answered.
    pub(super) unanswered: usize,
}

/// Who has to do something next, and what.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Next {
    /// Their name, where it is known.
    pub(super) who: Option<String>,
    /// A sentence.
    pub(super) what: String,
}

/// Who is next. Without a progress, what was decided is not told.
pub(super) fn next(process: &Process, progress: Option<Progress>) -> Next {
    let (outgoing, incoming) = (process.outgoing.clone(), process.incoming.clone());
    let giver = outgoing.clone().unwrap_or_else(|| "Whoever hands over".to_owned());
    let taker = incoming.clone().unwrap_or_else(|| "The receiver".to_owned());
    let counted = |progress: Progress| format!("{} of {} lines are decided", progress.decided, progress.of);
    if process.row == 0 {
        let what = "This document is not part of a handoff: nobody was asked to go through it.";
        return Next { who: None, what: what.to_owned() };
    }
    if process.proposal.is_some() {
        let what = "The meeting changed the document: somebody has to go through the changes and let them hold.";
        return Next { who: outgoing, what: what.to_owned() };
    }
    let (who, what) = match process.state {
        HandoffState::Draft => (outgoing, format!("{giver} goes through it; nothing is decided yet.")),
        HandoffState::InReview | HandoffState::Rejected => {
            let again = if process.state == HandoffState::Rejected { " again" } else { "" };
            let what = match progress {
                Some(all) if all.decided == all.of => {
                    format!("Every line is decided: {giver} delivers it.")
                }
                Some(some) => format!("{giver} goes through it{again}; {}.", counted(some)),
                None => format!("{giver} goes through it{again}."),
            };
            (outgoing, what)
        }
        HandoffState::Delivered if progress.is_some_and(|all| all.unanswered > 0) => {
            (outgoing, format!("{taker} asked, and {giver} answers; then {taker} takes over or sends it back."))
        }
        HandoffState::Delivered => (incoming, format!("{taker} reads it and asks, then takes over or sends it back.")),
        HandoffState::Accepted => {
            (incoming, format!("{taker} has taken over. What the meeting says can be added from its transcript."))
        }
        HandoffState::UpdatedAfterMeeting => (None, "What the meeting said is in it. It can be archived.".to_owned()),
        HandoffState::Archived => (None, "It is over.".to_owned()),
    };
    Next { who, what }
}

/// What happened, in words.
pub(super) fn happened(told: &Happened) -> String {
    let text = match &told.event {
        Event::Opened => "started it",
        Event::TriggeredAgain { .. } => "would have started it again; it was open",
        Event::MeetingFound => "found the meeting in the calendar",
        Event::Remade { .. } => "made it anew",
        Event::Decided { verdict, .. } => match verdict {
            LineVerdict::Accepted => "approved a line",
            LineVerdict::Corrected => "corrected a line",
            LineVerdict::Rejected => "rejected a line",
            LineVerdict::Added => "added a line",
        },
        Event::Reviewed => "went through it and left nothing undecided",
        Event::Held { .. } | Event::HeldPerson { .. } => "decided about a line after somebody else",
        Event::Delivered => "delivered it",
        Event::Asked { text, .. } => return format!("asked: {text}"),
        Event::Answered { text, .. } => return format!("answered: {text}"),
        Event::Accepted => "took over",
        Event::SentBack { code, reason } => {
            let why = reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
            return format!("sent it back ({}){why}", code.replace('_', " "));
        }
        Event::Met { transcript, .. } => return format!("read the meeting's transcript, {transcript}"),
        Event::Updated => "let hold what the meeting changed",
        Event::Archived => "archived it",
        Event::Rated { stars, comment } => {
            let said = comment.as_ref().map_or_else(String::new, |comment| format!(": {comment}"));
            return format!("rated it {stars} of 5{said}");
        }
        Event::Marked { usefulness: Usefulness::Useful, .. } => "found a line useful",
        Event::Marked { usefulness: Usefulness::Wrong, .. } => "found a line wrong",
        Event::Proposed { .. } => "proposed another wording of a line",
        Event::Missed { text, .. } => return format!("missed something: {text}"),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountSlug, Iri, Trigger};

    #[test]
    fn a_bar_says_who_is_next() {
        let check = |state: HandoffState, progress: Option<Progress>, expected: &str| {
            let process = Process {
                row: 1,
                account: AccountSlug::from_name("northwind").unwrap(),
                kind: "renewal".to_owned(),
                state,
                document: Iri::from_text("urn:baton:handoff:a"),
                proposal: None,
                trigger: Trigger::ByHand,
                opened_at: jiff::Timestamp::UNIX_EPOCH,
                meeting_at: None,
                outgoing: Some("Sam".to_owned()),
                incoming: None,
            };
            assert_eq!(next(&process, progress).what, expected);
        };
        let some = |decided, of| Some(Progress { decided, of, unanswered: 0 });
        check(HandoffState::Draft, None, "Sam goes through it; nothing is decided yet.");
        check(HandoffState::InReview, some(42, 57), "Sam goes through it; 42 of 57 lines are decided.");
        check(HandoffState::InReview, some(57, 57), "Every line is decided: Sam delivers it.");
        check(HandoffState::Delivered, None, "The receiver reads it and asks, then takes over or sends it back.");
        let shown: Vec<_> = life(HandoffState::Rejected).into_iter().map(|step| (step.title, step.when)).collect();
        assert_eq!(shown[..3], [("Draft", "past"), ("Sent back", "now"), ("Delivered", "ahead")]);
    }
}
