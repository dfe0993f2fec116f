//! Maps of accounts that nobody would expect: each gives an answer or says why not, and never a number that is none.

use std::time::{Duration, Instant};

use baton::map::{Format, Parts, RelationshipMap, build, difference, render};
use baton::model::{AccountSlug, BuyingRole, InteractionKind, InteractionNode, Iri, Side, Stakeholder, Visibility};
use baton::relations::EdgeKind;
use jiff::Timestamp;
use serde_json::Value;

fn at(day: &str) -> Timestamp {
    format!("{day}T09:00:00Z").parse().unwrap()
}

fn id(number: usize) -> Iri {
    Iri::from_text(format!("urn:baton:person:{number:05}"))
}

/// People by number; every other is ours, or all are the customer's where `ours` is false; the last decides.
fn people(count: usize, ours: bool) -> Vec<Stakeholder> {
    let person = |number: usize| Stakeholder {
        side: Some(if ours && number.is_multiple_of(2) { Side::Vendor } else { Side::Customer }),
        buying_role: (number + 1 == count).then_some(BuyingRole::DecisionMaker),
        last_seen: at("2026-02-20"),
        ..Stakeholder::named(id(number), AccountSlug::from_name("odd").unwrap(), format!("Person {number}"))
    };
    (0..count).map(person).collect()
}

fn said(
    number: usize,
    kind: InteractionKind,
    day: &str,
    author: Option<usize>,
    to: impl IntoIterator<Item = usize>,
) -> InteractionNode {
    InteractionNode {
        iri: Iri::from_text(format!("urn:baton:interaction:{number}")),
        id: format!("mail:{number}"),
        kind,
        at: at(day),
        thread: None,
        author: author.map(id),
        recipients: to.into_iter().map(id).collect(),
        copied: Vec::new(),
        mentioned: Vec::new(),
        visibility: Visibility::Account,
        automatic: false,
        sentiment: None,
    }
}

fn parts(people: Vec<Stakeholder>, interactions: Vec<InteractionNode>) -> Parts {
    Parts { account: AccountSlug::from_name("odd").unwrap(), people, interactions, commitments: Vec::new() }
}

/// Builds the map and holds it to what must be so of every map.
fn map(parts: &Parts) -> RelationshipMap {
    let started = Instant::now();
    let map = build(parts, at("2026-03-01"));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    for format in [Format::GraphMl, Format::Dot, Format::Svg] {
        let text = render(&map, format).unwrap();
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        assert!(words.all(|word| word != "NaN" && word != "inf"), "{format:?}");
    }
    let json: Value = serde_json::from_str(&render(&map, Format::Json).unwrap()).unwrap();
    for node in json["nodes"].as_array().unwrap().iter().filter(|node| node["kind"] == "person") {
        let measures = &node["measures"];
        assert!(measures["pagerank"].is_number() && measures["betweenness"].is_number(), "{node}");
    }
    assert!(json["edges"].as_array().unwrap().iter().all(|edge| edge["weight"].is_number()));
    let ranks: f64 = map.nodes.iter().filter_map(|node| Some(node.measures?.pagerank)).sum();
    assert!(map.nodes.is_empty() || (ranks - 1.0).abs() < 1e-6, "{ranks}");
    let nothing = difference(&map, &map);
    assert!(nothing.new_edges.is_empty() && nothing.moved.is_empty());
    map
}

fn count(map: &RelationshipMap, kind: EdgeKind) -> usize {
    map.edges.iter().filter(|edge| edge.kind == kind).count()
}

#[test]
fn everybody_writes_to_everybody() {
    let mut said_all = Vec::new();
    for author in 0..200 {
        for (half, to) in [(0, 0..50), (1, 50..100), (2, 100..150), (3, 150..200)] {
            said_all.push(said(author * 4 + half, InteractionKind::Email, "2026-02-01", Some(author), to));
        }
    }
    let map = map(&parts(people(200, true), said_all));
    assert_eq!(count(&map, EdgeKind::WritesTo), 200 * 199);
    assert!(map.answers.bridges.is_empty() && map.answers.articulation_points.is_empty());
    assert_eq!(map.answers.single_threaded.value, Some(false));
}

#[test]
fn one_person_or_nobody() {
    let alone = map(&parts(people(1, false), vec![said(0, InteractionKind::Email, "2026-02-01", Some(0), [0])]));
    assert_eq!((alone.nodes.len(), alone.edges.len()), (1, 0));
    assert!(!alone.answers.statements.is_empty());
    let nobody = map(&parts(Vec::new(), vec![said(0, InteractionKind::Email, "2026-02-01", Some(0), [1])]));
    assert!(nobody.nodes.is_empty());
    assert_eq!(nobody.answers.statements[0], "nobody is known in this account");
}

#[test]
fn no_side_of_ours_is_known() {
    let map = map(&parts(people(3, false), vec![said(0, InteractionKind::Email, "2026-02-01", Some(0), [1, 2])]));
    assert_eq!(map.answers.single_threaded.value, None);
    assert!(map.answers.paths.iter().all(|path| path.steps.is_empty() && path.introducer.is_none()));
    assert!(map.answers.statements.iter().any(|text| text.starts_with("nobody of our own side")));
}

#[test]
fn reporting_lines_may_run_in_circles() {
    let mut known = people(4, true);
    for (person, superior) in [(0, 1), (1, 2), (2, 0), (3, 3)] {
        known[person].reports_to = Some(id(superior));
    }
    let stranger = Stakeholder { reports_to: Some(id(99)), ..known[3].clone() };
    let lost = [known[0].clone(), Stakeholder { id: id(7), ..stranger }];
    assert_eq!(count(&map(&parts(known, Vec::new())), EdgeKind::ReportsTo), 3);
    assert_eq!(count(&map(&parts(lost.into(), Vec::new())), EdgeKind::ReportsTo), 0);
}

#[test]
fn a_mail_may_go_to_five_thousand() {
    let announced = vec![
        said(0, InteractionKind::Email, "2026-02-01", Some(0), 1..5_001),
        said(1, InteractionKind::Call, "2026-02-02", None, 0..5_001),
        said(2, InteractionKind::Email, "2026-02-03", Some(0), [1]),
    ];
    let map = map(&parts(people(5_001, true), announced));
    assert_eq!((map.answers.crowds, count(&map, EdgeKind::WritesTo)), (2, 1));
}

#[test]
fn the_centuries_may_be_wrong() {
    let mut distant = parts(
        people(4, true),
        vec![
            said(0, InteractionKind::Email, "1970-01-02", Some(0), [1]),
            said(1, InteractionKind::Email, "2026-02-03", Some(1), [2]),
            said(2, InteractionKind::Email, "2100-01-01", Some(2), [3]),
        ],
    );
    let then = map(&distant);
    assert_eq!(count(&then, EdgeKind::WritesTo), 2);
    assert!(then.edges.iter().all(|edge| edge.weight > 0.0));
    distant.interactions[2].at = Timestamp::MIN;
    let earliest = map(&distant);
    assert_eq!(count(&earliest, EdgeKind::WritesTo), 3);
    let late = build(&distant, Timestamp::MAX);
    assert!(late.edges.iter().all(|edge| edge.weight > 0.0 && edge.weight < 1e-6));
    assert!(late.nodes.iter().filter_map(|node| node.measures).all(|own| own.pagerank.is_finite()));
}

#[test]
fn ten_thousand_may_never_have_met() {
    let map = map(&parts(people(10_000, true), Vec::new()));
    assert!(map.edges.is_empty() && map.answers.communities.is_empty());
    assert!(map.answers.statements.iter().any(|text| text.starts_with("no contact between two known people")));
    assert_eq!(map.answers.ghosts.len(), 5_000);
}
