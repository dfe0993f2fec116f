//! The relationship map, and the queries of planners over the same facts.

use std::collections::BTreeSet;

use baton::demo;
use baton::graph::{Fingerprints, GraphStore, Scope};
use baton::map::{Asked, build, build_asked, read};
use baton::model::{
    AccountProfile, AccountSlug, AccountView, BuyingRole, InteractionKind, InteractionNode, Iri, Measure, Observation,
    PersonStatus, Side, Stakeholder, Visibility,
};
use baton::queries::{Bindings, Catalogue, Limit, Rows};
use baton::relations::EdgeKind;
use jiff::{Timestamp, civil::date};

use crate::support::Loaded;

fn ask(store: &GraphStore, account: &AccountSlug, name: &str, bindings: &Bindings) -> Rows {
    let catalogue = Catalogue::load(None).unwrap();
    let query = catalogue.query(name).unwrap();
    query.run(store, &Scope::account(account), bindings, &Limit::default()).unwrap()
}

fn sample() -> (Loaded, AccountSlug) {
    let mut loaded = Loaded::new();
    loaded.runtime.block_on(loaded.stores.add_vendor_domains(&[demo::VENDOR_DOMAIN.to_owned()])).unwrap();
    let files = loaded.path("sample");
    demo::write_files(&files).unwrap();
    let account = demo::account().unwrap();
    loaded.ingest(&[files], Some(account.as_str()));
    (loaded, account)
}

/// An edge as both tell it.
type Told = (String, String, String, i64);

#[test]
fn the_query_of_edges_tells_what_the_map_shows() {
    let (loaded, account) = sample();
    let graph = &loaded.stores.graph;
    let map = build(&read(&graph.account(&account)).unwrap(), demo::as_of().unwrap());
    let shown = map.edges.iter().filter(|edge| edge.kind != EdgeKind::MemberOf).map(|edge| {
        (edge.source.to_string(), edge.target.to_string(), edge.kind.as_str().to_owned(), i64::from(edge.count))
    });
    let shown: BTreeSet<Told> = shown.collect();
    let rows = ask(graph, &account, "api/edges", &Bindings::new());
    let told = rows.iter().map(|row| {
        let text = |column: &str| row.text(column).unwrap().to_owned();
        (text("source"), text("target"), text("kind"), row.integer("count").unwrap())
    });
    let told: BTreeSet<Told> = told.collect();
    assert_eq!(told, shown);
    let kinds: BTreeSet<&str> = shown.iter().map(|edge| edge.2.as_str()).collect();
    assert!(kinds.is_superset(&["writes_to", "copies", "meets", "mentions", "promises_to"].into()), "{kinds:?}");
    let of_kind = ask(graph, &account, "api/edges", &Bindings::new().string("kind", "copies"));
    assert_eq!(of_kind.len(), shown.iter().filter(|edge| edge.2 == "copies").count());
}

#[test]
fn what_was_measured_is_what_the_map_measures() {
    let (loaded, account) = sample();
    let graph = loaded.stores.graph.account(&account);
    let observed = graph.observations().unwrap();
    let last = observed.iter().map(|seen| seen.day).max().unwrap();
    let end = last.at(23, 59, 59, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let map = build(&read(&graph).unwrap(), end);
    let mut compared = 0;
    for seen in observed.iter().filter(|seen| seen.day == last) {
        let measures = map.nodes.iter().find(|node| node.id == seen.subject).and_then(|node| node.measures).unwrap();
        let expected = match seen.measure {
            Measure::PageRank => measures.pagerank,
            Measure::Betweenness => measures.betweenness,
            Measure::Eigenvector => measures.eigenvector.unwrap(),
            Measure::Community => measures.community.unwrap() as f64,
            Measure::Articulation => f64::from(u8::from(measures.articulation)),
            Measure::Degree => continue,
        };
        assert!((seen.value - expected).abs() <= 0.005 * expected + 1e-6, "{seen:?} is {expected}");
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
    let months: BTreeSet<_> = observed.iter().map(|seen| seen.day).collect();
    assert!(months.len() > 2, "{months:?}");
    let person = &observed[0].subject;
    let over_time =
        ask(&loaded.stores.graph, &account, "api/centrality_over_time", &Bindings::new().iri("person", person));
    assert_eq!(over_time.len(), observed.iter().filter(|seen| seen.subject == *person).count());
    let ranks = ask(&loaded.stores.graph, &account, "api/centrality", &Bindings::new().string("measure", "pagerank"));
    let values: Vec<f64> = ranks.iter().map(|row| row.number("value").unwrap()).collect();
    assert!(values.len() > 5 && values.is_sorted_by(|a, b| a >= b), "{values:?}");
}

#[test]
fn the_map_tells_the_way_to_anybody() {
    let (loaded, account) = sample();
    let parts = read(&loaded.stores.graph.account(&account)).unwrap();
    let as_of = demo::as_of().unwrap();
    let someone = parts.people.iter().find(|person| person.side == Some(Side::Customer) && person.interactions > 3);
    let someone = someone.unwrap();
    let ask = |path_to: &str| build_asked(&parts, Asked { as_of, path_to: Some(path_to) }).answers;
    for asked in [someone.name.as_str(), someone.addresses[0].as_str()] {
        let ways = ask(asked).path_to.unwrap();
        assert_eq!(ways.len(), 1, "{asked}");
        assert_eq!(ways[0].steps.last().map(|step| &step.to), Some(&someone.id));
        assert!(ways[0].introducer.is_some());
    }
    let nobody = ask("Nobody Atall");
    assert!(nobody.path_to.unwrap().is_empty());
    assert!(nobody.statements.iter().any(|text| text.contains("nobody is known as")), "{:?}", nobody.statements);
}

fn at(day: &str) -> Timestamp {
    format!("{day}T09:00:00Z").parse().unwrap()
}

fn id(name: &str) -> Iri {
    Iri::from_text(format!("urn:baton:person:{}", name.to_lowercase()))
}

/// A person of the customer, or of ours where the name ends in `*`, with a part in the decision and the time they were
/// first and last heard.
fn person(name: &str, role: Option<BuyingRole>, (first, last): (&str, &str), rhythm_days: Option<f32>) -> Stakeholder {
    let (name, side) = name.strip_suffix('*').map_or((name, Side::Customer), |name| (name, Side::Vendor));
    Stakeholder {
        side: Some(side),
        buying_role: role,
        first_seen: at(first),
        last_seen: at(last),
        rhythm_days,
        interactions: 4,
        ..Stakeholder::named(id(name), AccountSlug::from_name("northwind").unwrap(), name)
    }
}

fn mail(number: usize, day: &str, from: &str, to: &[&str], copied: &[&str]) -> InteractionNode {
    InteractionNode {
        iri: Iri::from_text(format!("urn:baton:interaction:{number}")),
        id: format!("mail:{number}"),
        kind: InteractionKind::Email,
        at: at(day),
        thread: None,
        author: Some(id(from)),
        recipients: to.iter().chain(copied).map(|name| id(name)).collect(),
        copied: copied.iter().map(|name| id(name)).collect(),
        mentioned: vec![id("Tom")],
        visibility: Visibility::Account,
        automatic: false,
        sentiment: None,
    }
}

/// Ines decides and writes about once a fortnight; Omar pays and was heard twice; Priya is heard now; Tom is only named.
fn account() -> AccountView {
    let stakeholders = vec![
        person("Ines", Some(BuyingRole::DecisionMaker), ("2025-06-01", "2025-12-20"), Some(14.0)),
        person("Omar", Some(BuyingRole::EconomicBuyer), ("2025-06-01", "2026-02-10"), None),
        person("Priya", Some(BuyingRole::Champion), ("2025-06-01", "2026-02-26"), Some(3.0)),
        Stakeholder { status: PersonStatus::Departed, ..person("Lena", None, ("2025-06-01", "2026-02-27"), None) },
        person("Tom", None, ("2026-02-20", "2026-02-20"), None),
        person("Sam*", None, ("2025-06-01", "2026-02-26"), None),
        person("Kim*", None, ("2025-06-01", "2025-09-01"), None),
    ];
    let interactions = vec![
        mail(1, "2025-08-30", "Kim", &["Ines"], &[]),
        mail(2, "2025-08-31", "Ines", &["Kim"], &[]),
        mail(3, "2025-09-01", "Kim", &["Ines"], &[]),
        mail(4, "2025-12-20", "Ines", &["Priya"], &["Sam"]),
        mail(5, "2026-02-24", "Priya", &["Ines"], &[]),
        mail(6, "2026-02-26", "Sam", &["Priya", "Priya"], &["Lena"]),
    ];
    AccountView {
        account: AccountSlug::from_name("northwind").unwrap(),
        profile: AccountProfile::default(),
        facts: Vec::new(),
        stakeholders,
        interactions,
        usage: Vec::new(),
        coverage: Vec::new(),
        observations: vec![Observation {
            subject: id("Ines"),
            measure: Measure::PageRank,
            day: date(2026, 2, 26),
            value: 0.3,
        }],
    }
}

#[test]
fn planners_are_answered_rightly() {
    let view = account();
    let store = GraphStore::in_memory().unwrap();
    store.project(&view, &Fingerprints::default(), at("2026-03-01")).unwrap();
    let check = |name: &str, bindings: Bindings, columns: &[&str], expected: &[&str]| {
        let rows = ask(&store, &view.account, name, &bindings);
        let line = |row: baton::queries::Row<'_>| {
            columns.iter().map(|column| row.some_text(column).unwrap_or("-")).collect::<Vec<_>>().join(" ")
        };
        let lines: Vec<String> = rows.iter().map(line).collect();
        assert_eq!(lines, expected, "{name}");
    };
    // Three old mails between Kim and Ines count less than two new ones between Priya and Ines.
    check(
        "api/introductions",
        Bindings::new().iri("person", &id("Ines")),
        &["introducer_name", "interactions", "strength"],
        &["Priya 2 1.6", "Kim 3 1.042", "Sam 1 0.24"],
    );
    let now = Bindings::new().time("now", at("2026-03-01"));
    // Ines may pause for 56 days, Omar, who has no rhythm, for 60.
    check("api/silent_decision_makers", now.clone(), &["name", "rhythm_days"], &["Ines 14"]);
    let since = now.time("since", at("2026-02-20"));
    check("api/silent_decision_makers", since, &["name", "rhythm_days"], &["Ines 14", "Omar -"]);
    let since = |day: &str| Bindings::new().time("since", at(day));
    check("api/single_contact", since("2026-02-25"), &["name", "others_silent"], &["Priya 3"]);
    check("api/single_contact", since("2026-02-01"), &["name"], &[]);
    check("api/new_names_since", since("2026-01-01"), &["name", "mentions"], &["Tom 6"]);
    check("api/centrality", Bindings::new(), &["name", "measure", "value"], &["Ines pagerank 0.3"]);
}
