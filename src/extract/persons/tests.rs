//! What sentences say of people, case by case.

use super::*;
use crate::extract::mentions;
use crate::model::{PersonSource, Presence};

fn party(name: &str, address: &str) -> Party {
    Party { name: Some(name.to_owned()), address: Some(address.to_owned()), side: None }
}

/// What a sentence says, one word a finding: `champion Dana`, `title Dana=CFO`, `reports Dana>Ruth`, `succeeds Dana>Piet`,
/// `departed Dana`, `former Lena Roth=Lena Voss`, `address Dana=d@x.example`, `org Dana=Northwind`. The speaker is `I`.
fn told(text: &str) -> String {
    let known = [
        party("Priya Nair", "priya@northwind.example"),
        party("Sam Ortiz", "sam@vendor.example"),
        party("Dana Whitfield", "dana@northwind.example"),
    ];
    let sentences = crate::extract::sentences::split(text, 0..text.len());
    let mut notes = Notes::default();
    let mut before: Option<&str> = None;
    for range in &sentences {
        let context = SentenceContext {
            text,
            range: range.clone(),
            kind: crate::model::InteractionKind::Email,
            speaker: Some(&known[0]),
            addressee: Some(&known[1]),
            others: &known[2..],
            previous: before,
            subject: None,
            times: &[],
        };
        notes.read(&context);
        before = text.get(range.clone());
    }
    let found = notes.findings(text, &mentions::find(text, &sentences, &known));
    let mut said: Vec<String> = found
        .iter()
        .filter(|told| told.person.source != PersonSource::Conduct)
        .filter_map(|told| word(&told.person))
        .collect();
    said.sort();
    said.dedup();
    said.join(", ")
}

fn word(person: &PersonFinding) -> Option<String> {
    let who = match person.name.as_deref() {
        Some("Priya Nair") | None => "I",
        Some(name) => name,
    };
    let said = [
        person.buying_role.map(|role| format!("{} {who}", role.as_str())),
        person.title.as_ref().map(|title| format!("title {who}={title}")),
        person.organization.as_ref().map(|name| format!("org {who}={name}")),
        person
            .reports_to
            .as_ref()
            .map(|boss| format!("reports {who}>{}", if boss == "Priya Nair" { "I" } else { boss })),
        person.succeeds.as_ref().map(|other| format!("succeeds {who}>{other}")),
        person.former_name.as_ref().map(|old| format!("former {who}={old}")),
        person.other_address.as_ref().map(|address| format!("address {who}={address}")),
        (person.presence == Some(Presence::Departed)).then(|| format!("departed {who}")),
    ];
    said.into_iter().flatten().next()
}

#[test]
fn what_sentences_say_of_people() {
    let (mut wrong, mut count, mut silent) = (Vec::new(), 0, 0);
    for line in include_str!("cases.txt").lines() {
        let Some((expected, text)) = line.split_once('|') else { continue };
        let (expected, text) = (expected.trim(), text.trim());
        let expected = if expected == "-" { "" } else { expected };
        count += 1;
        silent += usize::from(expected.is_empty());
        let found = told(text);
        if found != expected {
            wrong.push(format!("{text}\n      expected {expected}\n      found    {found}"));
        }
    }
    assert!(count > 0 && silent * 3 >= count, "{silent} of {count} say nothing");
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}
