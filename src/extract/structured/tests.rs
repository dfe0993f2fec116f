//! Rows of every structured kind, and the promise that every quote is the text under its span.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{BuyingRole, FactKind, Participant, ParticipantRole, Side, TextIndex};

fn row(kind: InteractionKind, attributes: &[(&str, &str)], text: &str) -> Interaction {
    Interaction {
        id: "row-1".to_owned(),
        kind,
        thread: Some("ticket:77".to_owned()),
        sent_at: "2026-02-03T10:00:00Z".parse().ok(),
        subject: Some("Export fails for large orders".to_owned()),
        text: text.to_owned(),
        attributes: attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..Interaction::default()
    }
}

fn assert_quotes(interaction: &Interaction, findings: &Findings) {
    let index = TextIndex::new(&interaction.text);
    for fact in &findings.facts {
        assert_eq!(index.slice(fact.span), Some(fact.quote.as_str()));
    }
    for person in &findings.people {
        assert_eq!(index.slice(person.span), Some(person.quote.as_str()));
    }
    for response in &findings.responses {
        assert_eq!(index.slice(response.span), Some(response.quote.as_str()));
    }
}

#[test]
fn a_deal_tells_its_fields_outcome_and_competitor() {
    let interaction = row(
        InteractionKind::Crm,
        &[
            ("crm.system", "hubspot"),
            ("crm.object", "deal"),
            ("crm.id", "77"),
            ("crm.name", "Vantiva rollout"),
            ("crm.stage", "closedwon"),
            ("crm.amount", "48000"),
            ("crm.competitor", "Larkspur"),
            ("crm.owner", "Imke Dahl"),
            ("crm.owner_email", "imke@halden.example"),
        ],
        "Deal name: Vantiva rollout\nDeal stage: closedwon\nAmount: 48000\nCompetitor: Larkspur\nDeal owner: Imke Dahl",
    );
    let findings = read(&interaction).expect("a crm row");
    assert_quotes(&interaction, &findings);
    let check = |name: &str, expected: &str| {
        assert!(findings.record.contains(&(name.to_owned(), expected.to_owned())), "{name}: {:?}", findings.record);
    };
    check("deal.77.stage", "closedwon");
    check("deal.77.amount", "48000");
    let told: Vec<_> =
        findings.facts.iter().map(|fact| (fact.kind, fact.quote.as_str(), fact.slot.as_deref())).collect();
    assert_eq!(
        told,
        [
            (FactKind::Decision, "Deal stage: closedwon", Some("deal.stage:77")),
            (FactKind::Risk, "Competitor: Larkspur", None)
        ]
    );
    assert_eq!(findings.people[0].side, Some(Side::Vendor));
    assert_eq!(findings.people[0].quote, "Deal owner: Imke Dahl");
}

#[test]
fn a_contact_is_a_person_of_the_directory() {
    let check = |role: &str, expected: Option<BuyingRole>| {
        let interaction = row(
            InteractionKind::Crm,
            &[
                ("crm.system", "hubspot"),
                ("crm.object", "contact"),
                ("crm.id", "101"),
                ("crm.name", "Maëlle Ortega"),
                ("crm.email", "Maelle@vantiva.example"),
                ("crm.title", "Head of Finance"),
                ("crm.buying_role", role),
            ],
            "Name: Maëlle Ortega\nEmail: Maelle@vantiva.example\nTitle: Head of Finance",
        );
        let findings = read(&interaction).expect("a crm row");
        assert_quotes(&interaction, &findings);
        let person = &findings.people[0];
        assert_eq!(person.buying_role, expected, "{role}");
        assert_eq!(person.external_id.as_deref(), Some("hubspot:contact:101"));
        assert_eq!(person.quote, "Name: Maëlle Ortega");
    };
    check("Decision Maker", Some(BuyingRole::DecisionMaker));
    check("DECISION_MAKER", Some(BuyingRole::DecisionMaker));
    check("Economic Buyer", Some(BuyingRole::EconomicBuyer));
    check("Budget holder", Some(BuyingRole::EconomicBuyer));
    check("CHAMPION", Some(BuyingRole::Champion));
    check("End User", Some(BuyingRole::EndUser));
    check("Technical Evaluator", Some(BuyingRole::TechnicalEvaluator));
    check("Other", None);
}

#[test]
fn figures_scores_and_events_are_data() {
    let usage =
        row(InteractionKind::Usage, &[("usage.active_users", "1,204"), ("usage.plan", "gold")], "active_users: 1,204");
    let findings = read(&usage).expect("a usage row");
    assert_eq!(findings.usage.len(), 1);
    assert!((findings.usage[0].value - 1204.0).abs() < f64::EPSILON);

    let check = |kind: &str, score: &str, expected: std::ops::Range<f32>| {
        let survey = row(InteractionKind::Survey, &[("survey.kind", kind), ("survey.score", score)], "Fine.\nScore: 9");
        assert!(read(&survey).is_none());
        let mood = also(&survey).sentiment.expect("a score");
        assert!(expected.contains(&mood), "{kind} {score}: {mood}");
    };
    check("nps", "0", -1.01..-0.9);
    check("nps", "6", -0.5..-0.1);
    check("nps", "7", -0.1..0.1);
    check("nps", "10", 0.7..1.01);
    check("csat", "5", 0.5..1.0);
    check("csat", "1", -1.0..-0.5);
    check("csat", "3", -0.1..0.1);

    let mut event =
        row(InteractionKind::Event, &[("event.start", "2026-03-01T09:00")], "Kick-off\nAttendees: Jonna Reyes");
    event.participants.push(Participant {
        role: ParticipantRole::Attendee,
        name: Some("Jonna Reyes".to_owned()),
        ..Participant::default()
    });
    let findings = read(&event).expect("an event");
    assert_quotes(&event, &findings);
    assert_eq!(findings.people[0].quote, "Jonna Reyes");
    assert!(findings.facts.is_empty());
}

#[test]
fn a_ticket_opens_resolves_and_escalates() {
    let text = "Export fails for large orders\nStatus: solved\nThe export stops after 5,000 lines.";
    let check = |attributes: &[(&str, &str)], facts: &[FactKind], responses: usize| {
        let interaction = row(InteractionKind::Ticket, attributes, text);
        let findings = also(&interaction);
        assert_quotes(&interaction, &findings);
        assert_eq!(findings.facts.iter().map(|fact| fact.kind).collect::<Vec<_>>(), facts);
        assert_eq!(findings.responses.len(), responses);
    };
    check(&[("ticket.status", "open")], &[FactKind::OpenIssue], 0);
    check(&[("ticket.status", "Solved")], &[FactKind::OpenIssue], 1);
    check(&[("ticket.status", "open"), ("ticket.escalated", "true")], &[FactKind::OpenIssue, FactKind::Risk], 0);
    check(&[("ticket.status", "open"), ("ticket.comment", "3")], &[], 0);
}

proptest! {
    #[test]
    fn quotes_are_the_text_at_their_span(
        text in "(\\PC{0,20}: \\PC{0,20}\n){0,8}",
        values in prop::collection::vec("\\PC{0,8}", 12),
        object in prop::sample::select(vec!["company", "contact", "deal", "thing"]),
        kind in prop::sample::select(InteractionKind::ALL.to_vec()),
    ) {
        let names = ["name", "email", "owner", "owner_email", "stage", "competitor", "loss_reason", "title"];
        let mut attributes: BTreeMap<String, String> =
            names.iter().zip(&values).map(|(name, value)| (format!("crm.{name}"), value.clone())).collect();
        attributes.insert("crm.object".to_owned(), object.to_owned());
        attributes.insert("ticket.status".to_owned(), "closed".to_owned());
        attributes.insert("ticket.escalated".to_owned(), "yes".to_owned());
        let told = values.iter().fold(text.clone(), |told, value| told + "Name: " + value + "\n");
        let interaction = Interaction {
            kind,
            subject: values.first().cloned(),
            text: told,
            attributes,
            ..Interaction::default()
        };
        assert_quotes(&interaction, &also(&interaction));
        if let Some(findings) = read(&interaction) {
            assert_quotes(&interaction, &findings);
        }
    }
}
