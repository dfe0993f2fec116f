//! What acts are found in which words.

use super::*;
use crate::model::{InteractionKind, Party};

fn party(name: &str) -> Party {
    Party { name: Some(name.to_owned()), ..Party::default() }
}

fn read(text: &str) -> Vec<ActFinding> {
    let (speaker, addressee) = (party("Sam Ortiz"), party("Priya Nair"));
    let others = [party("Tom Becker"), party("Dana Whitfield")];
    let reference = times::Reference { local: jiff::civil::date(2026, 1, 12).at(9, 30, 0, 0), day_first: false };
    let times = times::find(text, 0..text.len(), reference);
    let context = SentenceContext {
        text,
        range: 0..text.len(),
        kind: InteractionKind::Email,
        speaker: Some(&speaker),
        addressee: Some(&addressee),
        others: &others,
        previous: None,
        subject: None,
        times: &times,
    };
    super::read(&context, propose(&context), reference, None, None).findings
}

/// `C` commitment, `R` request, `D` decision, `+` accepts, `-` declines, `=` fulfils, `x` withdraws, `!` resolves; each
/// with the owner of what is owed (`?` none, `~` a side without a person).
fn told(text: &str) -> String {
    let owner = |found: &ActFinding| match &found.owner {
        None => "?".to_owned(),
        Some(party) => party.name.clone().unwrap_or_else(|| "~".to_owned()),
    };
    let parts: Vec<String> = read(text)
        .iter()
        .map(|found| match found.deed {
            Deed::Commitment => {
                format!("C{} {}", if found.polarity == Polarity::Negated { "!" } else { "" }, owner(found))
            }
            Deed::Request => format!("R {}", owner(found)),
            Deed::Decision => "D".to_owned(),
            Deed::Response(ResponseAct::Accepts) => "+".to_owned(),
            Deed::Response(ResponseAct::Declines) => "-".to_owned(),
            Deed::Response(ResponseAct::Fulfils) => "=".to_owned(),
            Deed::Response(ResponseAct::Withdraws) => "x".to_owned(),
            Deed::Response(ResponseAct::Resolves) => "!".to_owned(),
        })
        .collect();
    parts.join(", ")
}

#[test]
fn acts_and_their_owners() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("cases.txt").lines() {
        let Some((expected, text)) = line.split_once(" | ") else { continue };
        count += 1;
        let found = told(text);
        if found != expected.trim() {
            wrong.push(format!("{text}\n      expected {}\n      found    {found}", expected.trim()));
        }
    }
    assert!(count > 0 && wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}
