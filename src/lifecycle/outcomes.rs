//! What became of an account after its handoff: how soon it got something out of the product, how content it was in the
//! first 30 days, how often it escalated. Read from usage, surveys and tickets.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::model::{Event, FactKind, Happened, InteractionKind, Iri, Process, Told, UsagePoint};

/// The first days after a handoff, which are measured.
const FIRST_DAYS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What became of an account after a handoff.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Outcome {
    /// The account.
    pub account: String,
    /// Name of the type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The document.
    pub document: Iri,
    /// When it was delivered.
    pub delivered_at: Timestamp,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// Days from the delivery to the first usage figure above nothing; none when the account used the product before,
    /// or does not yet.
    pub days_to_first_value: Option<f64>,
    /// Whether the account used the product before the handoff.
    pub used_before: bool,
    /// The mean of the survey moods of the first 30 days, -1..1.
    pub satisfaction: Option<f32>,
    /// From how many answers.
    pub survey_answers: u32,
    /// Tickets that were escalated in the first 30 days.
    pub escalations: u32,
    /// Whether the 30 days are over.
    pub complete: bool,
}

/// Measures a handoff that was delivered.
pub fn outcome(process: &Process, history: &[Happened], told: &[Told], now: Timestamp) -> Option<Outcome> {
    let first = |wanted: fn(&Event) -> bool| history.iter().find(|one| wanted(&one.event)).map(|one| one.at);
    let delivered_at = first(|event| matches!(event, Event::Delivered))?;
    let accepted_at = first(|event| matches!(event, Event::Accepted));
    let until = delivered_at + FIRST_DAYS;
    let first_days = || told.iter().filter(|told| told.sent_at > delivered_at && told.sent_at <= until.min(now));
    let moods: Vec<f32> = first_days()
        .filter(|told| told.kind == InteractionKind::Survey)
        .filter_map(|told| told.findings.sentiment)
        .collect();
    let used = first_use(told);
    Some(Outcome {
        account: process.account.to_string(),
        kind: process.kind.clone(),
        document: process.document.clone(),
        delivered_at,
        accepted_at,
        days_to_first_value: used.filter(|used| *used > delivered_at && *used <= now).map(|used| {
            let hours = used.duration_since(delivered_at).as_secs_f64() / 3_600.0;
            (hours / 24.0 * 10.0).round() / 10.0
        }),
        used_before: used.is_some_and(|used| used <= delivered_at),
        satisfaction: (!moods.is_empty()).then(|| moods.iter().sum::<f32>() / moods.len() as f32),
        survey_answers: moods.len() as u32,
        escalations: first_days().filter(|told| is_escalation(told)).count() as u32,
        complete: now >= until,
    })
}

/// The day of the first usage figure above nothing.
fn first_use(told: &[Told]) -> Option<Timestamp> {
    let above = |point: &&UsagePoint| point.value > 0.0;
    let days = told.iter().flat_map(|told| &told.findings.usage).filter(above).map(|point| point.date);
    days.min()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|day| day.timestamp())
}

fn is_escalation(told: &Told) -> bool {
    told.findings.facts.iter().any(|fact| fact.kind == FactKind::Risk && fact.rule == "ticket.escalated")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountSlug, Actor, HandoffState, Role, Trigger};
    use crate::resolve::testing::{day, row};

    fn happened(event: Event, on: &str) -> Happened {
        Happened { at: day(on), actor: Actor { by: "Sam".to_owned(), role: Role::Outgoing }, event }
    }

    #[test]
    fn usage_surveys_and_tickets_after_the_handoff_count() {
        let process = Process {
            row: 1,
            account: AccountSlug::from_name("northwind").unwrap(),
            kind: "sales-to-implementation".to_owned(),
            state: HandoffState::Accepted,
            document: Iri::from_text("urn:baton:handoff:a"),
            proposal: None,
            trigger: Trigger::ByHand,
            opened_at: day("2026-03-01"),
            meeting_at: None,
            outgoing: None,
            incoming: None,
        };
        let history = [happened(Event::Delivered, "2026-03-01"), happened(Event::Accepted, "2026-03-03")];
        let logins =
            |on: &str, value| row(on, InteractionKind::Usage, day(on)).usage("logins", on.parse().unwrap(), value).0;
        let survey = |on: &str, mood| row(on, InteractionKind::Survey, day(on)).mood(mood).0;
        let told = [
            logins("2026-02-20", 0.0),
            logins("2026-03-11", 5.0),
            survey("2026-02-01", -1.0),
            survey("2026-03-10", 0.9),
            survey("2026-03-20", 0.5),
            survey("2026-05-20", -1.0),
        ];
        let found = outcome(&process, &history, &told, day("2026-06-01")).unwrap();
        assert_eq!((found.days_to_first_value, found.used_before, found.complete), (Some(9.6), false, true));
        assert_eq!((found.survey_answers, found.satisfaction.map(|mean| (mean * 10.0).round())), (2, Some(7.0)));
        assert_eq!(outcome(&process, &[], &told, day("2026-06-01")), None);
    }
}
