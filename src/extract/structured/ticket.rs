//! Tickets: what their state says. The words of a comment are read as text besides.

use super::lines::{Lines, Told, Words};
use crate::model::{FactKind, Findings, Interaction, Participant, ParticipantRole, Party, Response, ResponseAct};

/// Ways to say that a ticket is over.
const OVER: [&str; 6] = ["solved", "closed", "resolved", "done", "fixed", "completed"];

/// The open issue of a ticket's first comment, its end, and its escalation.
pub(super) fn read(interaction: &Interaction) -> Findings {
    let lines = Lines::new(&interaction.text);
    let mut findings = Findings::default();
    let status = interaction.attribute("ticket.status").map(str::trim).unwrap_or_default().to_lowercase();
    let over = OVER.contains(&status.as_str());
    if is_first(interaction) {
        findings.facts.extend(issue(interaction, &lines, &status).map(Told::into_fact));
    }
    if over {
        findings.responses.extend(resolved(interaction, &lines));
    }
    if interaction.attribute("ticket.escalated").is_some_and(is_true) {
        findings.facts.extend(escalated(interaction, &lines).map(Told::into_fact));
    }
    findings.facts.sort_by_key(|fact| fact.span);
    findings
}

/// The row that opens a ticket says so, or carries the title in its text.
fn is_first(interaction: &Interaction) -> bool {
    match interaction.attribute("ticket.comment") {
        Some(number) => matches!(number.trim(), "0" | "1" | "first" | "description"),
        None => title_line(interaction, &Lines::new(&interaction.text)).is_some(),
    }
}

fn title_line(interaction: &Interaction, lines: &Lines<'_>) -> Option<Words> {
    let subject = interaction.subject.as_deref()?;
    lines.equal_to(subject)
}

fn issue(interaction: &Interaction, lines: &Lines<'_>, status: &str) -> Option<Told<'static>> {
    let subject = interaction.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty())?;
    let words = title_line(interaction, lines).or_else(|| lines.first())?;
    Some(Told {
        kind: FactKind::OpenIssue,
        category: None,
        statement: subject.to_owned(),
        words,
        confidence: 0.9,
        rule: "ticket.opened",
        slot: interaction.thread.as_ref().map(|thread| format!("ticket.status:{thread}")),
        value: Some(if status.is_empty() { "open".to_owned() } else { status.to_owned() }),
    })
}

fn resolved(interaction: &Interaction, lines: &Lines<'_>) -> Option<Response> {
    let words = lines.labelled("status").or_else(|| lines.labelled("ticket status")).or_else(|| lines.first())?;
    let author = [ParticipantRole::Author, ParticipantRole::From, ParticipantRole::Assignee]
        .into_iter()
        .find_map(|role| interaction.participant(role));
    Some(Response {
        act: ResponseAct::Resolves,
        object: interaction.subject.clone(),
        speaker: author.map(party),
        due: None,
        span: words.span,
        quote: words.quote,
        confidence: 0.9,
        meaning: None,
    })
}

fn escalated(interaction: &Interaction, lines: &Lines<'_>) -> Option<Told<'static>> {
    let words = lines.labelled("escalated").or_else(|| title_line(interaction, lines)).or_else(|| lines.first())?;
    let subject = interaction.subject.as_deref().unwrap_or("ticket");
    Some(Told {
        kind: FactKind::Risk,
        category: Some("technical"),
        statement: format!("Escalated: {subject}"),
        words,
        confidence: 0.85,
        rule: "ticket.escalated",
        slot: None,
        value: None,
    })
}

fn party(participant: &Participant) -> Party {
    Party { name: participant.name.clone(), address: participant.address.clone(), side: participant.side }
}

fn is_true(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "true" | "yes" | "1" | "y" | "escalated")
}
