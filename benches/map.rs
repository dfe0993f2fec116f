//! The relationship map: of an account with 300 people and 10,000 interactions, of networks with 5,000 people and
//! 100,000 edges and twice as many, and of everybody who writes to everybody.
//!
//! The floor is petgraph's walk over the connected components of the same network: every contact seen once. The peer is
//! networkx with the same measures of the same network, where a Python that has it is found: `BATON_PYTHON`, else the
//! one of `~/.cache/baton/venv`, else `python3`. What is measured on every fold of an account (`observations`) is timed
//! as the difference that it makes to the fold.
//! `cargo bench --bench map` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use baton::graph::{Fingerprints, GraphStore};
use baton::map::{Edge, Format, Parts, RelationshipMap, build, read, render};
use baton::model::{AccountProfile, AccountView, InteractionKind, InteractionNode, Iri, Side, Stakeholder, Visibility};
use baton::relations::{Network, measures};
use baton::resolve::observe::observations as observe;
use jiff::{SignedDuration, Timestamp};
use support::random::Random;
use support::{Size, ceiling, head, median_ms, row, slug, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Repetitions of a measure; the middle one counts.
const TIMES: usize = 7;
/// One meeting in so many interactions.
const MEETING: usize = 5;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    head("Relationship map");
    account(size);
    let half = network("5,000 people, 100,000 edges", size.of(5_000, 50), size.of(50_000, 500), None);
    let whole = network("10,000 people, 200,000 edges", size.of(10_000, 100), size.of(100_000, 1_000), Some(3_000.0));
    row("growth when people and edges double", &format!("{:.2} times", whole / half), "");
    crowd(size);
    observations(size);
}

fn account(size: Size) {
    let (people, interactions) = (size.of(300, 30), size.of(10_000, 200));
    let parts = parts(people, interactions, 4);
    let as_of = last();
    let time = median(|| drop(build(&parts, as_of)));
    let floor = floor(&parts);
    let against = format!("{}, {:.0} times the floor of {floor:.3} ms", ceiling(time, 50.0, "ms"), time / floor);
    row(&format!("map of {people} people, {interactions} interactions"), &format!("{time:.1} ms"), &against);
    let map = build(&parts, as_of);
    let time = median(|| drop(render(&map, Format::Json).unwrap()));
    row("… as JSON", &format!("{time:.1} ms"), "");
    let time = median(|| drop(render(&map, Format::Svg).unwrap()));
    row("… as a picture", &format!("{time:.1} ms"), "");
    let store = GraphStore::in_memory().unwrap();
    store.project(&view(parts), &Fingerprints::default(), as_of).unwrap();
    let time = median(|| drop(read(&store.account(&slug("northwind"))).unwrap()));
    row("… reading its parts from the graph", &format!("{time:.0} ms"), "");
    against_networkx(&map, people);
}

/// The measures of a map's network against networkx, which must find the same.
fn against_networkx(map: &RelationshipMap, people: usize) {
    let arcs: Vec<(u32, u32, f64)> = map.edges.iter().filter(|edge| edge.kind.is_contact()).flat_map(arcs_of).collect();
    let network = Network::new(people, &arcs);
    let ours = median(|| drop(measures::measure(&network)));
    let what = format!("measures of its {} contacts", network.contacts());
    match networkx(people, &arcs) {
        Ok(peer) => {
            let measured = measures::measure(&network);
            assert_near("pagerank", &measured.page_rank, &peer.pagerank);
            assert_near("betweenness", &measured.betweenness.values, &peer.betweenness);
            assert_near("eigenvector", &measured.eigenvector.unwrap(), &peer.eigenvector);
            let seconds: f64 = peer.seconds.values().sum();
            let parts: Vec<String> =
                peer.seconds.iter().map(|(name, time)| format!("{name} {:.0}", time * 1e3)).collect();
            let ratio = seconds * 1e3 / ours;
            let against = format!(
                "{} ms by networkx {} ({}), ratio {ratio:.0}",
                (seconds * 1e3).round(),
                peer.networkx,
                parts.join(", ")
            );
            row(&what, &format!("{ours:.1} ms"), &format!("{against}, {}", support::floor(ratio, 30.0)));
        }
        Err(reason) => row(&what, &format!("{ours:.1} ms"), &format!("networkx left out: {reason}")),
    }
}

fn arcs_of(edge: &Edge) -> Vec<(u32, u32, f64)> {
    let place = |iri: &Iri| iri.as_str().rsplit(':').next().unwrap().parse::<u32>().unwrap();
    let (source, target) = (place(&edge.source), place(&edge.target));
    let back = edge.kind.is_mutual().then_some((target, source, edge.weight));
    [(source, target, edge.weight)].into_iter().chain(back).collect()
}

/// What networkx needed, and what it found.
#[derive(serde::Deserialize)]
struct Peer {
    networkx: String,
    seconds: BTreeMap<String, f64>,
    pagerank: Vec<f64>,
    betweenness: Vec<f64>,
    eigenvector: Vec<f64>,
}

fn networkx(people: usize, arcs: &[(u32, u32, f64)]) -> Result<Peer, String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "{people}").unwrap();
    for (source, target, weight) in arcs {
        writeln!(file, "{source} {target} {weight}").unwrap();
    }
    let own = std::env::home_dir().map(|home| home.join(".cache/baton/venv/bin/python")).filter(|path| path.exists());
    let given = std::env::var_os("BATON_PYTHON").map(PathBuf::from);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/support/networkx_measures.py");
    let output = Command::new(given.or(own).unwrap_or_else(|| "python3".into())).arg(script).arg(file.path()).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(text.lines().last().unwrap_or("it failed").to_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

fn assert_near(what: &str, ours: &[f64], theirs: &[f64]) {
    let furthest = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(ours.len() == theirs.len() && furthest < 1e-6, "{what} is off by {furthest}");
}

/// What it costs to measure all people on the days of the last year, on each fold of an account.
fn observations(size: Size) {
    let (people, interactions) = (size.of(300, 30), size.of(10_000, 200));
    let check = |what: &str, parts: &Parts| {
        let found = observe(&parts.people, &parts.interactions).len();
        let time = median(|| drop(observe(&parts.people, &parts.interactions)));
        row(
            &format!("observations of {people} people, {interactions} interactions, {what}"),
            &format!("{time:.1} ms"),
            &format!("{found} values"),
        );
    };
    check("everybody with everybody", &by_time(parts(people, interactions, 4)));
    check("in circles", &by_time(in_circles(parts(people, interactions, 4))));
}

fn by_time(mut parts: Parts) -> Parts {
    parts.interactions.sort_by_key(|node| node.at);
    parts
}

/// The same account where people write to about ten others, as they do.
fn in_circles(mut parts: Parts) -> Parts {
    let people = parts.people.len();
    let place = |iri: &Iri| iri.as_str().rsplit(':').next().unwrap().parse::<usize>().unwrap();
    for node in &mut parts.interactions {
        let centre = node.author.as_ref().or(node.recipients.first()).map(place).unwrap();
        for recipient in &mut node.recipients {
            let reach = place(recipient) % 10;
            // Some are known to all.
            *recipient = iri(if reach == 9 { place(recipient) % 5 } else { (centre / 10 * 10 + reach) % people });
        }
    }
    parts
}

/// The middle time of a map, in milliseconds.
fn network(what: &str, people: usize, interactions: usize, most: Option<f64>) -> f64 {
    let parts = parts(people, interactions, 3);
    let map = build(&parts, last());
    let time = median(|| drop(build(&parts, last())));
    let floor = floor(&parts);
    let limit = most.map(|most| ceiling(time, most, "ms") + ", ").unwrap_or_default();
    let against = format!("{limit}{:.0} times the floor of {floor:.1} ms; {} edges", time / floor, map.edges.len());
    row(&format!("map of {what}"), &format!("{time:.0} ms"), &against);
    time
}

/// Everybody in touch with everybody.
fn crowd(size: Size) {
    let people = size.of(1_000, 20) as u32;
    let arcs: Vec<(u32, u32, f64)> =
        (0..people).flat_map(|one| (0..people).map(move |other| (one, other, 1.0))).collect();
    let network = Network::new(people as usize, &arcs);
    let (measured, time) = timed(|| measures::measure(&network));
    let time = time.as_secs_f64() * 1e3;
    let estimated = measured.betweenness.estimated_from.map_or("exact".to_owned(), |from| format!("from {from}"));
    row(&format!("measures of {people} people who all write to all"), &format!("{time:.0} ms"), &estimated);
}

/// Time of the floor, in milliseconds.
fn floor(parts: &Parts) -> f64 {
    let place = |iri: &Iri| iri.as_str().rsplit(':').next().unwrap().parse::<u32>().unwrap();
    let arcs: Vec<(u32, u32, f64)> = parts
        .interactions
        .iter()
        .flat_map(|node| {
            let author = node.author.as_ref().or(node.recipients.first()).map(place).unwrap();
            node.recipients.iter().map(move |to| (author, place(to), 1.0))
        })
        .collect();
    let network = Network::new(parts.people.len(), &arcs);
    let mut graph = petgraph::graph::UnGraph::<(), f64>::default();
    for _ in 0..parts.people.len() {
        graph.add_node(());
    }
    for node in 0..parts.people.len() {
        let contacts = network.mutual.neighbours(node).iter().zip(network.mutual.weights(node));
        for (&other, &weight) in contacts.filter(|(other, _)| node < **other as usize) {
            graph.add_edge((node as u32).into(), other.into(), weight);
        }
    }
    median(|| assert!(petgraph::algo::connected_components(&graph) > 0))
}

fn median(work: impl Fn()) -> f64 {
    let mut times: Vec<Duration> = (0..TIMES).map(|_| timed(&work).1).collect();
    median_ms(&mut times)
}

fn last() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

fn iri(number: usize) -> Iri {
    Iri::from_text(format!("urn:baton:person:{number:06}"))
}

/// People of both sides, and interactions with one to `most` others.
fn parts(people: usize, interactions: usize, most: usize) -> Parts {
    let mut random = Random::new(11);
    let account = slug("northwind");
    let person = |number: usize| Stakeholder {
        side: Some(if number.is_multiple_of(4) { Side::Vendor } else { Side::Customer }),
        influence: (number % 100) as f32 / 100.0,
        last_seen: last(),
        interactions: 1,
        ..Stakeholder::named(iri(number), account.clone(), format!("Person {number}"))
    };
    let interaction = |number: usize| {
        let meets = number.is_multiple_of(MEETING);
        let others = 1 + random.below(most);
        InteractionNode {
            iri: Iri::from_text(format!("urn:baton:interaction:{number}")),
            id: format!("mail:{number}"),
            kind: if meets { InteractionKind::Call } else { InteractionKind::Email },
            at: last() - SignedDuration::from_hours(random.below(8_760) as i64),
            thread: Some(format!("thread {}", number / 4)),
            author: (!meets).then(|| iri(random.below(people))),
            recipients: (0..=others).map(|_| iri(random.below(people))).collect(),
            copied: Vec::new(),
            mentioned: Vec::new(),
            visibility: Visibility::Account,
            automatic: false,
            sentiment: None,
        }
    };
    let everybody = (0..people).map(person).collect();
    let interactions = (0..interactions).map(interaction).collect();
    Parts { account: slug("northwind"), people: everybody, interactions, commitments: Vec::new() }
}

fn view(parts: Parts) -> AccountView {
    AccountView {
        account: parts.account,
        profile: AccountProfile::default(),
        facts: Vec::new(),
        stakeholders: parts.people,
        interactions: parts.interactions,
        usage: Vec::new(),
        coverage: Vec::new(),
        observations: Vec::new(),
    }
}
