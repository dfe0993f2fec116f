//! What is found, in which order, and that the order of facts does not matter.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{Hit, Matched, Meanings, Query, Searchable, rank, words::WordIndex};
use crate::model::{AccountSlug, Fact, FactKind, FactStatus, Iri, Meaning, Polarity, ReviewState};

const STATEMENTS: [(&str, FactKind); 6] = [
    ("Send the SOC 2 report", FactKind::Commitment),
    ("Set up the sandbox for the import scripts", FactKind::Commitment),
    ("Worried about the budget for next year", FactKind::Risk),
    ("Needs single sign-on with Okta before go-live", FactKind::Requirement),
    ("Send the price list and the report on usage", FactKind::Request),
    ("Cut onboarding time from ten days to two", FactKind::Objective),
];

fn facts() -> Vec<Fact> {
    let now = "2026-01-12T09:00:00Z".parse().unwrap();
    let fact = |(at, (statement, kind)): (usize, &(&str, FactKind))| Fact {
        id: Iri::from_text(format!("urn:baton:fact:{at}")),
        account: AccountSlug::from_name("northwind").unwrap(),
        kind: *kind,
        category: None,
        statement: (*statement).to_owned(),
        polarity: Polarity::Affirmed,
        owner: None,
        beneficiary: None,
        due: None,
        condition: None,
        status: FactStatus::Current,
        confidence: 0.9,
        review: ReviewState::Extracted,
        suggestion: None,
        valid_from: now,
        valid_to: None,
        recorded_at: now,
        retired_at: None,
        evidence: Vec::new(),
    };
    STATEMENTS.iter().enumerate().map(fact).collect()
}

fn query(words: &str) -> Query<'_> {
    Query { words, kind: None, limit: 10 }
}

/// The places of what is found by words alone, best first.
fn check(query: Query<'_>, expected: &[usize]) {
    let facts = facts();
    let hits = Searchable::of(&facts, &HashMap::new()).search(&facts, query, &Meanings::default());
    let places: Vec<usize> = hits.iter().map(|hit| hit.place).collect();
    assert_eq!(places, expected, "{query:?}: {hits:?}");
    assert!(hits.iter().all(|hit| hit.matched == [Matched::Words] && hit.score > 0.0 && hit.score <= 1.0), "{hits:?}");
}

#[test]
fn words_find_what_has_them() {
    // "Two" is the number 2.
    check(query("SOC 2 report"), &[0, 4, 5]);
    check(query("reports"), &[0, 4]);
    check(query("share the prices"), &[4, 0]);
    check(query("OKTA"), &[3]);
    check(query("the of and"), &[]);
    check(query("submarine"), &[]);
    check(query(""), &[]);
    check(Query { kind: Some(FactKind::Request), ..query("report") }, &[4]);
    check(Query { limit: 1, ..query("report") }, &[0]);
}

fn at(degrees: f32) -> Option<Meaning> {
    let mut vector = [0.0; 384];
    (vector[0], vector[1]) = (degrees.to_radians().cos(), degrees.to_radians().sin());
    Meaning::of(&vector)
}

#[test]
fn meaning_adds_to_words_and_finds_without_them() {
    let facts = facts();
    let words = WordIndex::of(&facts).scores("report");
    let meanings = [at(80.0), None, at(20.0), at(180.0), at(45.0), at(20.0)];
    let hits = rank::best(&facts, (&words, at(0.0).as_ref(), &meanings), query("report"));
    let found: Vec<(usize, Vec<Matched>)> =
        hits.into_iter().map(|Hit { place, matched, .. }| (place, matched)).collect();
    let (by_words, by_meaning) = (vec![Matched::Words], vec![Matched::Meaning]);
    let both = vec![Matched::Words, Matched::Meaning];
    assert_eq!(found, [(4, both), (2, by_meaning.clone()), (5, by_meaning), (0, by_words)]);
}

proptest! {
    #[test]
    fn the_order_of_facts_does_not_matter(order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(), words in "[a-z ]{0,12}|report|send report") {
        let facts = facts();
        let ids = |facts: &[Fact]| -> Vec<String> {
            let hits = Searchable::of(facts, &HashMap::new()).search(facts, query(&words), &Meanings::default());
            hits.iter().map(|hit| facts[hit.place].id.to_string()).collect()
        };
        let shuffled: Vec<Fact> = order.iter().map(|place| facts[*place].clone()).collect();
        prop_assert_eq!(ids(&facts), ids(&shuffled));
    }
}
