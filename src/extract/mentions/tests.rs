//! Who and what is named, and what only looks like it.

use proptest::prelude::*;

use super::{ByteMention, find, with_told};
use crate::extract::sentences;
use crate::model::{MentionKind, Party};

/// Checks the mentions of one kind.
fn check(kind: MentionKind, text: &str, expected: &[&str]) {
    let known = [
        Party { name: Some("Priya Nair".into()), address: Some("priya.nair@northwind.example".into()), side: None },
        Party { name: Some("Dana Vogt".into()), address: None, side: None },
    ];
    let found: Vec<&str> = find(text, &sentences::split(text, 0..text.len()), &known)
        .into_iter()
        .filter(|m| m.kind == kind)
        .map(|m| &text[m.range])
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn people() {
    let check = |text: &str, expected: &[&str]| check(MentionKind::Person, text, expected);
    check("I spoke with Thomas Keller and Dr. Osei about it.", &["Thomas Keller", "Osei"]);
    check("Please ask dana.", &["dana"]);
    check("Nair will sign, Priya said.", &["Nair", "Priya"]);
    check("Keller, Thomas K. approved it.", &["Keller, Thomas K"]);
    check("Hi Zvonko, please send it.", &["Zvonko"]);
    check("Anna's team met Peter van der Berg in Berlin on Monday.", &["Anna", "Peter van der Berg"]);
    check("Mark said that Will is out in May.", &["Mark", "Will"]);
    check("Will you mark the bill? Thanks. Please call. Best, in June.", &[]);
    check("Salesforce and Jira run in Houston. The Power Pool is new. Original Message", &[]);
    check("Maria Lopez wrote. Lopez agreed.", &["Maria Lopez", "Lopez"]);
}

#[test]
fn other_things() {
    check(
        MentionKind::Organization,
        "We moved from Globex Corp. to Initech GmbH, and Northwind agreed.",
        &["Globex Corp", "Initech GmbH", "Northwind"],
    );
    check(MentionKind::Email, "Write to ada.one@example.com.", &["ada.one@example.com"]);
    check(
        MentionKind::Phone,
        "Call +49 30 1234567 or 713-555-0199, not on 10/12/2000.",
        &["+49 30 1234567", "713-555-0199"],
    );
    check(
        MentionKind::Money,
        "It costs $1.5 million, or 20,000 EUR a year, about €40k.",
        &["$1.5 million", "20,000 EUR", "€40k"],
    );
    check(MentionKind::Title, "Tom is our CFO, Ada is Head of Procurement.", &["CFO", "Head of Procurement"]);
    check(MentionKind::Product, "We use Salesforce today.", &["Salesforce"]);
}

proptest! {
    #[test]
    fn mentions_are_ordered_and_within(text in "(\\PC|Ada |One, |Mr. |@|\\+49 30 1234567|€|é| \n){0,60}") {
        let mut last = 0;
        for mention in find(&text, &sentences::split(&text, 0..text.len()), &[]) {
            prop_assert!(mention.range.start >= last && mention.range.start < mention.range.end);
            prop_assert!(text.get(mention.range.clone()).is_some());
            last = mention.range.end;
        }
    }
}

#[test]
fn told_names_are_added_where_they_look_like_names() {
    let text = "Ask Priya Nair's team, not marketing; Zoltan knows, so does x@Kim.example.";
    let told = |words: &str| {
        let start = text.find(words).expect("words of the text");
        (MentionKind::Person, start..start + words.len())
    };
    let check = |words: &str, expected: &[&str]| {
        let found = with_told(text, Vec::new(), [told(words)].into_iter());
        let found: Vec<&str> = found.iter().map(|mention| &text[mention.range.clone()]).collect();
        assert_eq!(found, expected, "{words}");
    };
    check("Priya Nair's", &["Priya Nair"]);
    check("marketing", &[]);
    check("Zoltan", &["Zoltan"]);
    check("Kim", &[]);
    let known = vec![ByteMention { kind: MentionKind::Person, range: 4..14 }];
    assert_eq!(with_told(text, known.clone(), [told("Nair")].into_iter()), known);
}
