//! The map of an invented account.

use super::testing::{account, as_of, days_ago, id, person, said};
use super::*;
use crate::model::{BuyingRole, InteractionKind, Iri, PersonStatus, Side};
use crate::relations::{CROWD, EdgeKind};

/// The last word of each IRI: people of the tests are told apart by it.
fn names(ids: &[Iri]) -> String {
    let names: Vec<&str> = ids.iter().filter_map(|id| id.as_str().rsplit(':').next()).collect();
    names.join(" ")
}

fn edges(map: &RelationshipMap, kind: EdgeKind) -> Vec<String> {
    let of_kind = map.edges.iter().filter(|edge| edge.kind == kind);
    of_kind
        .map(|edge| format!("{} {:.3} {}", names(&[edge.source.clone(), edge.target.clone()]), edge.weight, edge.count))
        .collect()
}

#[test]
fn interactions_become_edges_that_fade() {
    let check = |lines: &[&str], kind: EdgeKind, expected: &[&str]| {
        let map = build(&account(&["Priya", "Dana", "Sam*"], lines), as_of());
        assert_eq!(edges(&map, kind), expected, "{lines:?}");
    };
    check(&["0 Sam > Priya, Dana", "90 Sam > Priya"], EdgeKind::WritesTo, &["sam dana 1.000 1", "sam priya 1.500 2"]);
    check(&["180 Sam, Priya"], EdgeKind::Meets, &["priya sam 0.250 1"]);
    check(&["-1 Sam > Priya"], EdgeKind::WritesTo, &[]);
    check(&["0 Sam > Sam"], EdgeKind::WritesTo, &[]);
    check(&["0 Nobody > Priya", "0 Sam > Nobody"], EdgeKind::WritesTo, &[]);
}

#[test]
fn finds_single_threads() {
    let check = |people: &[&str], lines: &[&str], value: Option<bool>, expected: &str| {
        let threaded = build(&account(people, lines), as_of()).answers.single_threaded;
        let on: Vec<Iri> = threaded.people.iter().map(|share| share.id.clone()).collect();
        assert_eq!((threaded.value, names(&on).as_str()), (value, expected), "{lines:?}");
    };
    let people = ["Priya", "Dana", "Sam*", "Kim*"];
    check(&people, &["3 Sam > Priya", "2 Kim > Priya", "1 Priya > Dana"], Some(true), "priya");
    check(&people, &["3 Sam > Priya", "2 Sam > Dana"], Some(true), "sam");
    check(&people, &["3 Sam > Priya", "2 Kim > Dana"], Some(false), "");
    check(&people, &["3 Sam > Priya", "900 Kim > Dana"], Some(true), "priya sam");
    check(&people, &["3 Priya > Dana"], None, "");
    check(&["Priya", "Dana"], &["3 Priya > Dana"], None, "");
    check(&["Priya", "Dana?"], &["3 Priya > Dana"], None, "");
    check(&["Priya"], &[], None, "");
}

#[test]
fn finds_the_strongest_way_to_who_decides() {
    let check = |people: &[&str], lines: &[&str], expected: &str| {
        let answers = build(&account(people, lines), as_of()).answers;
        let ways = answers.paths.iter().map(|path| {
            let first = path.steps.iter().take(1).map(|step| step.from.clone());
            names(&first.chain(path.steps.iter().map(|step| step.to.clone())).collect::<Vec<_>>())
        });
        let ways: Vec<String> = ways.chain(answers.statements).collect();
        assert_eq!(ways.join("; "), expected, "{lines:?}");
    };
    let people = ["Ines decision_maker", "Priya", "Sam*"];
    check(&people, &["1 Sam > Ines"], "sam ines");
    check(&people, &["1 Sam > Priya", "1 Priya > Ines"], "sam priya ines");
    check(&people, &["1 Sam > Priya", "1 Priya > Ines", "500 Sam > Ines"], "sam priya ines");
    check(&people, &["1 Sam > Priya", "1 Priya > Ines", "60 Sam > Ines"], "sam ines");
    check(&people, &["1 Sam > Priya"], "; no chain of contact leads from us to Ines");
    check(&["Ines economic_buyer", "Sam*"], &["1 Sam > Ines"], "sam ines");
    check(&["Ines", "Sam*"], &["1 Sam > Ines"], "nobody is known to decide: there is no path to show");
}

#[test]
fn finds_ghosts_and_roles_and_threads() {
    let people = ["Ines decision_maker", "Priya champion", "Dana", "Gerd?", "Sam*", "Kim*"];
    let lines = ["3 Sam > Priya, Dana", "2 Priya > Sam, Dana", "1 Sam > Kim", "1 Ines, Sam", "1 Priya > Ines"];
    let answers = build(&account(&people, &lines), as_of()).answers;
    let ghosts: Vec<(&str, u32)> = answers.ghosts.iter().map(|ghost| (ghost.name.as_str(), ghost.copied)).collect();
    assert_eq!(ghosts, [("Dana", 2), ("Gerd", 0)]);
    let covered: Vec<BuyingRole> = answers.buying_roles.covered.iter().map(|holders| holders.role).collect();
    assert_eq!(covered, [BuyingRole::Champion, BuyingRole::DecisionMaker]);
    assert_eq!(answers.buying_roles.missing.len(), 5);
    assert_eq!(answers.threads, Threads { vendor_only: 1, customer_only: 1, across: 3, unknown: 0 });
    assert_eq!(names(&answers.articulation_points), "sam");
    assert_eq!(answers.bridges.len(), 1);
}

#[test]
fn odd_accounts_are_answered() {
    let check = |people: &[&str], lines: &[&str], expected: &str| {
        let map = build(&account(people, lines), as_of());
        for format in [Format::Json, Format::GraphMl, Format::Dot, Format::Svg] {
            assert!(!render(&map, format).unwrap().is_empty());
        }
        let statements = map.answers.statements.join("; ");
        assert!(statements.starts_with(expected), "{people:?}: {statements}");
    };
    check(&[], &[], "nobody is known in this account");
    check(&["Priya"], &[], "no contact between two known people is on record; nobody of our own side is known");
    check(
        &["Priya?", "Dana?"],
        &["1 Priya > Dana"],
        "nobody of our own side is known: sides cannot be compared; nobody of the",
    );
    check(&["Sam*", "Kim*"], &["1 Sam > Kim"], "nobody of the customer is known");
}

#[test]
fn a_crowd_gives_no_edges() {
    let everybody: Vec<String> = (0..5_000).map(|number| format!("P{number}")).collect();
    let names: Vec<&str> = everybody.iter().map(String::as_str).collect();
    let people: Vec<&str> = names.iter().copied().chain(["Sam*"]).collect();
    let mut parts = account(&people, &[]);
    parts.interactions.push(said(InteractionKind::Email, 1, 1, Some("Sam"), &names));
    parts.interactions.push(said(InteractionKind::Event, 2, 1, None, &names));
    parts.interactions.push(said(InteractionKind::Email, 3, 1, Some("Sam"), &names[..CROWD]));
    let map = build(&parts, as_of());
    assert_eq!((map.answers.crowds, edges(&map, EdgeKind::WritesTo).len()), (2, CROWD));
    let picture = render(&map, Format::Svg).unwrap();
    assert!(picture.contains("Not shown: 4976 people"));
}

#[test]
fn everybody_may_write_to_everybody() {
    let names: Vec<String> =
        (0..60).map(|number| format!("P{number}{}", if number % 2 == 0 { "*" } else { "" })).collect();
    let people: Vec<&str> = names.iter().map(String::as_str).collect();
    let bare: Vec<&str> = people.iter().map(|name| name.trim_end_matches('*')).collect();
    let mut parts = account(&people, &[]);
    for (number, author) in bare.iter().enumerate() {
        for half in bare.chunks(30) {
            parts.interactions.push(said(InteractionKind::Email, number, 1, Some(author), half));
        }
    }
    let map = build(&parts, as_of());
    assert_eq!(edges(&map, EdgeKind::WritesTo).len(), 60 * 59);
    let measures: Vec<Measures> = map.nodes.iter().filter_map(|node| node.measures).collect();
    assert!(measures.iter().all(|own| (own.pagerank - 1.0 / 60.0).abs() < 1e-9 && own.betweenness < 1e-12));
    assert_eq!(map.answers.single_threaded.value, Some(false));
}

#[test]
fn order_of_reading_does_not_matter() {
    let people = ["Ines decision_maker", "Priya", "Dana?", "Sam*", "Kim*"];
    let lines = ["1 Sam > Priya", "7 Priya > Ines", "33 Sam, Dana, Kim", "90 Kim > Ines, Priya", "2 Sam > Ines"];
    let mut parts = account(&people, &lines);
    let map = build(&parts, as_of());
    parts.interactions.reverse();
    let again = build(&parts, as_of());
    for format in [Format::Json, Format::GraphMl, Format::Dot, Format::Svg] {
        assert_eq!(render(&map, format).unwrap(), render(&again, format).unwrap());
    }
}

#[test]
fn tells_what_changed() {
    let mut parts = account(&["Priya", "Dana", "Sam*"], &["200 Sam > Priya", "5 Sam > Dana", "4 Dana > Sam"]);
    let dana = parts.people.iter_mut().find(|person| person.name == "Dana").unwrap();
    dana.first_seen = days_ago(5);
    let before = build(&parts, days_ago(100));
    let now = build(&parts, as_of());
    let changes = difference(&before, &now);
    assert_eq!(names(&changes.new_people), "dana");
    assert_eq!(
        (changes.new_edges.iter().filter(|edge| edge.kind.is_contact()).count(), changes.faded_edges.len()),
        (2, 1)
    );
    assert_eq!(changes.was_single_threaded, Some(true));
    let moved: Vec<&str> = changes.moved.iter().map(|moved| moved.name.as_str()).collect();
    assert_eq!(moved, ["Sam", "Priya"]);
    assert!(difference(&now, &now).new_edges.is_empty());
}

#[test]
fn hostile_names_stay_text() {
    let name = "<script>\"&'\u{0}\u{202e}]]></data>\\\" -> x; \n\u{ffff}";
    let mut parts = account(&["Priya", "Sam*"], &["1 Sam > Priya"]);
    let mut hostile = person(name, Some(Side::Customer), Some(BuyingRole::Champion));
    (hostile.id, hostile.title) = (id("hostile\"<&>"), Some(name.to_owned()));
    (hostile.organization, hostile.status) = (Some(name.to_owned()), PersonStatus::Departed);
    parts.people.push(hostile);
    let map = build(&parts, as_of());
    for format in [Format::GraphMl, Format::Svg] {
        let text = render(&map, format).unwrap();
        xml::check(&text).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
    }
    let graphml = render(&map, Format::GraphMl).unwrap();
    let names = xml::contents(&graphml, "data");
    assert!(names.iter().any(|own| own == "<script>\"&'\u{fffd}\u{202e}]]></data>\\\" -> x; \n\u{fffd}"), "{names:?}");
    let dot = render(&map, Format::Dot).unwrap();
    assert!(dot.contains("\\\\\\\" -> x; \\n"), "{dot}");
    assert_eq!(dot.lines().count(), 3 + map.nodes.len() + map.edges.len() + 1);
}

/// As much of an XML reader as tells whether a text is well-formed.
mod xml {
    pub(super) fn check(text: &str) -> Result<(), String> {
        let mut open: Vec<&str> = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            words(&rest[..at])?;
            let end = rest[at..].find('>').ok_or("a tag does not end")? + at;
            let tag = &rest[at + 1..end];
            rest = &rest[end + 1..];
            if tag.starts_with('?') {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let last = open.pop();
                if last != Some(name) {
                    return Err(format!("{name} closes {last:?}"));
                }
                continue;
            }
            let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
            attributes(tag[name.len()..].trim_end_matches('/'))?;
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
        words(rest)?;
        if open.is_empty() { Ok(()) } else { Err(format!("not closed: {open:?}")) }
    }

    /// What stands in each element of that name.
    pub(super) fn contents(text: &str, name: &str) -> Vec<String> {
        let start = format!("<{name} ");
        let parts = text.split(&start).skip(1);
        let inner = parts.filter_map(|part| part.split_once('>')?.1.split_once("</").map(|(inner, _)| inner));
        let entities =
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#10;", "\n"), ("&amp;", "&")];
        inner.map(|text| entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))).collect()
    }

    fn attributes(text: &str) -> Result<(), String> {
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (name, after) = rest.split_once("=\"").ok_or_else(|| format!("no attribute: {rest:?}"))?;
            if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-')) {
                return Err(format!("no name: {name:?}"));
            }
            let (value, after) = after.split_once('"').ok_or_else(|| format!("no end: {after:?}"))?;
            words(value)?;
            rest = after.trim_start();
        }
        Ok(())
    }

    fn words(text: &str) -> Result<(), String> {
        for part in text.split('&').skip(1) {
            let (entity, _) = part.split_once(';').ok_or_else(|| format!("a bare &: {part:?}"))?;
            let is_number = entity.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
            if !is_number && !["amp", "lt", "gt", "quot"].contains(&entity) {
                return Err(format!("no entity: {entity:?}"));
            }
        }
        let bad =
            |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
        if text.contains(bad) { Err(format!("a character that cannot be: {text:?}")) } else { Ok(()) }
    }
}
