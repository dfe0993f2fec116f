//! Calendar events: who is invited, and when.

use super::lines::Lines;
use super::record;
use crate::model::{Findings, Interaction, ParticipantRole, PersonFinding, PersonSource};

/// The people and times of an event; facts come of what is said there, not of its being planned.
pub(super) fn read(interaction: &Interaction) -> Findings {
    let mut findings = Findings::default();
    let start = interaction.attribute("event.start").map(str::to_owned);
    if let Some(start) = start.or_else(|| interaction.sent_at.map(|at| at.to_string())) {
        findings.record.push((record::EVENT_START.to_owned(), start));
    }
    if let Some(end) = interaction.attribute("event.end") {
        findings.record.push((record::EVENT_END.to_owned(), end.to_owned()));
    }
    let lines = Lines::new(&interaction.text);
    for participant in &interaction.participants {
        if !matches!(participant.role, ParticipantRole::Attendee | ParticipantRole::Organizer) {
            continue;
        }
        let words = [participant.name.as_deref(), participant.address.as_deref()]
            .into_iter()
            .flatten()
            .find_map(|words| lines.equal_to(words));
        let Some(words) = words else { continue };
        findings.people.push(PersonFinding {
            name: participant.name.clone(),
            address: participant.address.clone(),
            side: participant.side,
            ..PersonFinding::at(PersonSource::Directory, words.span, words.quote, 0.9)
        });
    }
    findings
}
