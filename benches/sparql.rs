//! The SPARQL endpoint against Oxigraph's own server: ten named queries over a store of 1 M quads, in one run, on the
//! same data. Both answer over HTTP, ours by way of a worker and its copy of the graph.
//!
//! The peer is the program `oxigraph` at `BATON_OXIGRAPH`, else the one that `scripts/setup` installs.
//! `cargo bench --bench sparql` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::{Extension, Router};
use baton::access::Caller;
use baton::http::sparql::routes;
use baton::model::{AccountScope, FactKind, Sight, Token, TokenRole};
use baton::sparql::{Endpoint, Limits, Pool, Program, Updates};
use jiff::Timestamp;
use support::mail::Mailbox;
use support::{Bench, Size, floor, head, median_ms, row, slug, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The account that is asked; the others are copies of it.
const ACCOUNT: &str = "northwind";
const GRAPH: &str = "urn:baton:account:northwind";
/// Clients at once.
const CLIENTS: usize = 16;
/// Statements that are written in one go.
const BATCH: usize = 20_000;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let bench = Bench::new();
    let quads = fill(&bench, size);
    head(&format!("SPARQL over a store of {quads} quads"));
    let queries = queries(&bench);
    let ours = ours(&bench);
    let peer = Peer::start(&bench);
    one_by_one(&bench, size, &queries, &ours, peer.as_ref());
    all_at_once(&bench, size, &queries, &ours, peer.as_ref());
    fresh(&bench, size, &ours);
    bench.wait(ours.pool.stop());
}

/// Makes one account from mails, and so many copies of it that the store has its size.
fn fill(bench: &Bench, size: Size) -> usize {
    let path = bench.write(&Mailbox::new(ACCOUNT, size.of(4_000, 100), 9));
    bench.know(ACCOUNT);
    bench.ingest(&path, &slug(ACCOUNT));
    let graph = &bench.stores.graph;
    let own = graph.canonical(&slug(ACCOUNT)).unwrap();
    let lines = own.lines().count();
    let copies = size.of(1_000_000, 0).div_ceil(lines).max(2);
    for number in 1..copies {
        let copy = own.replace(ACCOUNT, &format!("copy-{number}"));
        let statements: Vec<&str> = copy.lines().map(|line| line.rsplit_once(" <").unwrap().0).collect();
        for batch in statements.chunks(BATCH) {
            let text =
                format!("INSERT DATA {{ GRAPH <urn:baton:account:copy-{number}> {{ {} }} }}", batch.join(" .\n"));
            graph.update(&text, "http://baton.example/sparql", None).unwrap();
        }
    }
    graph.flush().unwrap();
    lines * copies
}

/// Ten named queries, with values for their parameters.
fn queries(bench: &Bench) -> Vec<(&'static str, String)> {
    let account = bench.stores.graph.account(&slug(ACCOUNT));
    let person = account.stakeholders().unwrap().remove(0).id;
    let fact = account.facts(Some(FactKind::Commitment)).unwrap().remove(0).fact.id;
    let (day, time) = ("http://www.w3.org/2001/XMLSchema#date", "http://www.w3.org/2001/XMLSchema#dateTime");
    let values = [
        ("account_overview", String::new()),
        ("centrality", String::new()),
        ("centrality_over_time", format!("VALUES ?person {{ <{person}> }}")),
        ("commitments_overdue", format!("VALUES ?today {{ \"2030-01-01\"^^<{day}> }}")),
        ("new_names_since", format!("VALUES ?since {{ \"2000-01-01T00:00:00Z\"^^<{time}> }}")),
        ("open_commitments", String::new()),
        ("risks", String::new()),
        ("silent_decision_makers", format!("VALUES ?now {{ \"2030-01-01T00:00:00Z\"^^<{time}> }}")),
        ("stakeholders", String::new()),
        ("who_said_what", format!("VALUES ?fact {{ <{fact}> }}")),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/api");
    let text = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.rq"))).unwrap();
    values
        .into_iter()
        .map(|(name, values)| (name, text(name).replacen("WHERE {", &format!("WHERE {{ {values}"), 1)))
        .collect()
}

/// Where an endpoint is, and who asks it.
struct Ours {
    address: String,
    pool: Pool,
    client: reqwest::Client,
}

fn ours(bench: &Bench) -> Ours {
    drop(rustls::crypto::ring::default_provider().install_default());
    let limits = Limits { time: Duration::from_mins(1), waiting: 100, ..Limits::default() };
    let folder = bench.folder.path().join("data/sparql");
    let pool = Pool::new(Program::at(env!("CARGO_BIN_EXE_baton")), bench.stores.clone(), &folder, limits).unwrap();
    let token = Token {
        id: "id".to_owned(),
        name: "Sam Ortiz".to_owned(),
        role: TokenRole::Editor,
        sight: Sight::Full,
        accounts: AccountScope::Only([slug(ACCOUNT)].into()),
        created_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        revoked_at: None,
        last_used_at: None,
    };
    let endpoint = Endpoint { pool: pool.clone(), stores: bench.stores.clone(), updates: Updates::Refused };
    let router = Router::new().route("/sparql", routes(endpoint).layer(Extension(Caller { token })));
    let address = bench.wait(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/sparql", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    });
    Ours { address, pool, client: reqwest::Client::new() }
}

/// Oxigraph's server over a copy of the same store. It ends with the bench.
struct Peer {
    process: Child,
    address: String,
}

impl Peer {
    fn start(bench: &Bench) -> Option<Self> {
        let Some(program) = program() else {
            row("oxigraph serve", "left out", "no program `oxigraph`: `scripts/setup` installs it");
            return None;
        };
        let folder = bench.folder.path().join("peer");
        bench.stores.graph.backup(&folder).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let bind = format!("127.0.0.1:{port}");
        // With the priority of our workers: what else the machine does slows both alike.
        let mut command = Command::new("nice");
        command.args(["-n", "10"]).arg(program).args(["serve-read-only", "--bind", &bind, "--location"]).arg(folder);
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let address = format!("http://{bind}/query?default-graph-uri={GRAPH}&named-graph-uri={GRAPH}");
        let deadline = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(&bind).is_err() {
            assert!(Instant::now() < deadline, "the oxigraph server does not start");
        }
        Some(Self { process, address })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn program() -> Option<PathBuf> {
    let tools = std::env::var_os("BATON_TOOLS").map(PathBuf::from);
    let tools = tools.or_else(|| std::env::home_dir().map(|home| home.join(".cache/baton/tools")));
    let installed = tools.map(|tools| tools.join("python/bin/oxigraph"));
    std::env::var_os("BATON_OXIGRAPH").map(PathBuf::from).or(installed).filter(|path| path.exists())
}

async fn ask(client: &reqwest::Client, address: &str, query: &str) -> String {
    let request = client.post(address).header("content-type", "application/sparql-query");
    let response =
        request.header("accept", "application/sparql-results+json").body(query.to_owned()).send().await.unwrap();
    let (status, text) = (response.status(), response.text().await.unwrap());
    assert_eq!(status, 200, "{text}");
    text
}

/// Each query again and again, at either server in turn.
fn one_by_one(bench: &Bench, size: Size, queries: &[(&str, String)], ours: &Ours, peer: Option<&Peer>) {
    let mut ratios = Vec::new();
    for (name, query) in queries {
        let once = |address: &str| timed(|| bench.wait(ask(&ours.client, address, query)));
        let rows = once(&ours.address).0.matches("{\"").count();
        if let Some(peer) = peer {
            assert_eq!(once(&ours.address).0.len(), once(&peer.address).0.len(), "{name}: the answers differ");
        }
        let (mut own, mut other) = (Vec::new(), Vec::new());
        for _ in 0..size.of(15, 1) {
            own.push(once(&ours.address).1);
            other.extend(peer.map(|peer| once(&peer.address).1));
        }
        let own = median_ms(&mut own);
        let against = peer.map_or_else(String::new, |_| {
            let other = median_ms(&mut other);
            ratios.push(own / other);
            format!("{other:.2} ms by oxigraph, ratio {:.2}", own / other)
        });
        row(&format!("{name}, {rows} values"), &format!("{own:.2} ms"), &against);
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(middle) = ratios.get(ratios.len() / 2) {
        let mark = if *middle <= 1.2 { "" } else { ", **missed**" };
        row("median ratio of time", &format!("{middle:.2}"), &format!("at most 1.2{mark}"));
    }
}

/// All queries by many clients for some seconds, at either server in turn.
fn all_at_once(bench: &Bench, size: Size, queries: &[(&str, String)], ours: &Ours, peer: Option<&Peer>) {
    let (rounds, time) = (size.of(3, 1), Duration::from_millis(size.of(6_000, 200) as u64));
    let (mut own, mut other) = (0.0, 0.0);
    for _ in 0..rounds {
        own += throughput(bench, queries, &ours.client, &ours.address, time) / rounds as f64;
        other += peer.map_or(0.0, |peer| throughput(bench, queries, &ours.client, &peer.address, time)) / rounds as f64;
    }
    let against = peer.map_or_else(String::new, |_| {
        format!("{other:.0} by oxigraph, ratio {:.2}, {}", own / other, floor(own / other, 0.9))
    });
    row(&format!("queries a second, {CLIENTS} clients"), &format!("{own:.0}"), &against);
}

fn throughput(
    bench: &Bench,
    queries: &[(&str, String)],
    client: &reqwest::Client,
    address: &str,
    time: Duration,
) -> f64 {
    let queries: Arc<Vec<String>> = Arc::new(queries.iter().map(|(_, query)| query.clone()).collect());
    let (done, next) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let started = Instant::now();
    let runners = (0..CLIENTS).map(|_| {
        let (queries, client, address) = (Arc::clone(&queries), client.clone(), address.to_owned());
        let (done, next) = (Arc::clone(&done), Arc::clone(&next));
        async move {
            while started.elapsed() < time {
                let place = next.fetch_add(1, Ordering::Relaxed) % queries.len();
                ask(&client, &address, &queries[place]).await;
                done.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    bench.wait(async {
        let runners: Vec<_> = runners.map(tokio::spawn).collect();
        for runner in runners {
            runner.await.unwrap();
        }
    });
    done.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64()
}

/// A query right after a write: it waits for a new copy.
fn fresh(bench: &Bench, size: Size, ours: &Ours) {
    let mut times = Vec::new();
    for number in 0..size.of(9, 2) {
        let mail = bench.write(&Mailbox::new(ACCOUNT, 1, 1_000 + number as u64));
        bench.ingest(&mail, &slug(ACCOUNT));
        times.push(timed(|| bench.wait(ask(&ours.client, &ours.address, "ASK { ?s ?p ?o }"))).1);
    }
    row("a query right after a write", &format!("{:.0} ms", median_ms(&mut times)), "a new copy at most every 250 ms");
}
