//! The handoff meeting, found in the calendar.

use jiff::Timestamp;

use crate::model::{InteractionKind, Told};

/// What a calendar calls a handoff meeting, in small letters.
const WORDS: [&str; 10] = [
    "handoff",
    "hand-off",
    "hand off",
    "handover",
    "hand-over",
    "hand over",
    "transition meeting",
    "übergabe",
    "passation",
    "traspaso",
];

/// When the next handoff meeting after `now` begins.
pub fn meeting(told: &[Told], now: Timestamp) -> Option<Timestamp> {
    let is_handoff = |told: &&Told| {
        let subject = told.subject.as_deref().unwrap_or_default().to_lowercase();
        told.kind == InteractionKind::Event && WORDS.iter().any(|word| subject.contains(word))
    };
    let starts = told.iter().filter(is_handoff).filter_map(|told| {
        let start = told.findings.record.iter().find(|(name, _)| name == "event.start");
        start.and_then(|(_, at)| at.parse().ok())
    });
    starts.filter(|start: &Timestamp| *start > now).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::testing::{day, row};

    #[test]
    fn the_next_meeting_that_is_called_so() {
        let event = |subject: &str, start: &str| {
            let mut told = row(subject, InteractionKind::Event, day("2026-03-01")).0;
            told.subject = Some(subject.to_owned());
            told.findings.record.push(("event.start".to_owned(), start.to_owned()));
            told
        };
        let calendar = [
            event("Lunch", "2026-03-03T12:00:00Z"),
            event("Handover Northwind (late)", "2026-03-20T09:00:00Z"),
            event("Handover Northwind", "2026-03-10T09:00:00Z"),
            event("Handoff, first try", "2026-02-10T09:00:00Z"),
        ];
        let found = meeting(&calendar, day("2026-03-02"));
        assert_eq!(found.map(|at| at.to_string()).as_deref(), Some("2026-03-10T09:00:00Z"));
        assert_eq!(meeting(&calendar, day("2026-04-02")), None);
    }
}
