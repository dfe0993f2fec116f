//! What programs write yields no fact, and what people write that sounds like it is heard. Each mail of the corpus says
//! in its header what it is (`X-Expected`), which fact it holds (`X-Fact`) and who is away (`X-Away`).

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use baton::extract::automatic;
use baton::extract::embedded::EmbeddedEngine;
use baton::model::{Findings, Interaction, PersonSource};
use baton::sources::{self, Item};
use serde_json::to_value;

/// Names and values of a header.
type Fields = Vec<(String, String)>;

/// The fields of each mail's header, the mail, and what the engine finds in it.
fn read(name: &str) -> Vec<(Fields, Interaction, Findings)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/automatic").join(name);
    let bytes = fs::read(path).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let mut headers = text.split("\nFrom ").map(|mail| mail.split("\n\n").next().unwrap().to_owned());
    let mut found = Vec::new();
    let format = sources::detect(name, &bytes).unwrap();
    let _ = sources::read(format, name, &mut bytes.as_slice(), &mut |item| {
        let Item::Interaction(interaction) = item else { panic!("{item:?}") };
        let header = headers.next().unwrap();
        let fields = header
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let findings = EmbeddedEngine.analyze_one(&interaction).unwrap().analysis.findings;
        found.push((fields.collect(), *interaction, findings));
        ControlFlow::Continue(())
    });
    assert!(headers.next().is_none());
    found
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

#[test]
fn programs_tell_no_facts() {
    let mails = read("programs.mbox");
    assert_eq!(mails.len(), 40);
    for (fields, interaction, findings) in mails {
        let subject = interaction.subject.as_deref().unwrap_or_default();
        let kind = automatic::recognise(&interaction).map(|kind| to_value(kind).unwrap());
        assert_eq!(kind.as_ref().and_then(|kind| kind.as_str()), field(&fields, "X-Expected"), "{subject}");
        assert!(findings.facts.is_empty() && findings.responses.is_empty(), "{subject}: {findings:?}");
        let Some(away) = field(&fields, "X-Away") else { continue };
        let told: Vec<_> = findings.people.iter().filter(|person| person.source == PersonSource::AutoReply).collect();
        let mut expected = away.split(", ").map(|word| word.trim_end_matches(','));
        assert_eq!(to_value(told[0].presence).unwrap(), expected.next().unwrap(), "{subject}");
        let name = expected.next().filter(|name| !name.trim().is_empty());
        assert_eq!(told.get(1).and_then(|person| person.name.as_deref()), name, "{subject}");
        assert_eq!(told.get(1).and_then(|person| person.address.as_deref()), name.and(expected.next()), "{subject}");
    }
}

#[test]
fn people_are_heard() {
    let mails = read("people.mbox");
    assert_eq!(mails.len(), 20);
    for (fields, interaction, findings) in mails {
        let subject = interaction.subject.as_deref().unwrap_or_default();
        assert_eq!(automatic::recognise(&interaction), None, "{subject}");
        let Some(kind) = field(&fields, "X-Fact") else { continue };
        let told = findings.facts.iter().any(|fact| fact.kind.as_str() == kind);
        assert!(told, "{subject} has no {kind}: {:?}", findings.facts);
    }
}
