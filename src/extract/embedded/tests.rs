//! The engine as a whole: a message in, findings out.

use super::*;
use crate::model::{InteractionKind, Participant, ParticipantRole, Turn};
use proptest::prelude::*;

fn mail(text: &str) -> Interaction {
    let person = |role, name: &str, address: &str| Participant {
        role,
        name: Some(name.into()),
        address: Some(address.into()),
        side: None,
        id: None,
    };
    Interaction {
        id: "mail:1".into(),
        kind: InteractionKind::Email,
        text: text.into(),
        sent_at: "2026-01-12T09:30:00Z".parse().ok(),
        participants: vec![
            person(ParticipantRole::From, "Sam Ortiz", "sam@vendor.example"),
            person(ParticipantRole::To, "Priya Nair", "priya@northwind.example"),
        ],
        ..Interaction::default()
    }
}

#[test]
fn a_mail_becomes_facts() {
    let read = EmbeddedEngine
        .analyze_one(&mail("Hi Priya,\n\nI'll send you the SOC 2 report by Friday.\n\nBest,\nSam"))
        .expect("read");
    let fact = read
        .analysis
        .findings
        .facts
        .iter()
        .find(|fact| fact.kind == crate::model::FactKind::Commitment)
        .expect("a promise");
    assert_eq!(fact.quote, "I'll send you the SOC 2 report by Friday.");
    assert_eq!(fact.owner.as_ref().and_then(|owner| owner.name.as_deref()), Some("Sam Ortiz"));
    assert_eq!(fact.beneficiary.as_ref().and_then(|owner| owner.name.as_deref()), Some("Priya Nair"));
}

#[test]
fn a_turn_is_said_by_its_speaker() {
    let text = "Ana Silva: can you send the deck?\nBen Cho: I'll send it tomorrow.\n";
    let at = |part: &str| text.find(part).map_or(0, |at| at as u32);
    let turn = |part: &str, speaker: Option<&str>| Turn {
        start: at(part),
        end: at(part) + part.len() as u32,
        speaker: speaker.map(str::to_owned),
        at_s: None,
    };
    let check = |speakers: [Option<&str>; 2], expected: Option<&str>| {
        let mut call = mail(text);
        call.kind = InteractionKind::Call;
        call.participants.clear();
        call.turns = vec![turn("can you send the deck?", speakers[0]), turn("I'll send it tomorrow.", speakers[1])];
        let read = EmbeddedEngine.analyze_one(&call).expect("read");
        let promise = read
            .analysis
            .findings
            .facts
            .iter()
            .find(|fact| fact.kind == crate::model::FactKind::Commitment)
            .expect("a promise");
        assert_eq!(promise.owner.as_ref().and_then(|owner| owner.name.as_deref()), expected);
    };
    check([Some("Ana Silva"), Some("Ben Cho")], Some("Ben Cho"));
    check([Some("Ana Silva"), None], None);
}

#[test]
fn too_large_is_an_error() {
    let huge = mail(&"a".repeat(LIMIT_BYTES + 1));
    assert!(EmbeddedEngine.analyze_one(&huge).is_err());
}

#[test]
fn what_names_nothing_is_no_fact() {
    let read = EmbeddedEngine.analyze_one(&mail("can you, by Friday, . ")).expect("read");
    assert_eq!((read.refused, read.analysis.findings.facts.len()), (0, 0));
}

proptest! {
    #[test]
    fn quotes_are_the_text_at_their_span(text in "(\\PC{0,20}|I'll send|can you|by Friday|, |\\. |\n|we|Tom will|please call me|if|é|’ll ){0,20}") {
        let read = EmbeddedEngine.analyze_one(&mail(&text)).expect("read");
        prop_assert_eq!(read.refused, 0);
        for fact in &read.analysis.findings.facts {
            prop_assert_eq!(fact.span.of(&text), Some(fact.quote.as_str()));
        }
    }
}
