//! Queries that mean harm, four at a time: each ends soon with a clean answer, and nobody else feels it.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use baton::sparql::Limits;

use super::server::{Reply, Server, limits, reply};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile");

/// Nodes of the graph that they ask; products of its statements have hundreds of millions of rows.
const NODES: usize = 3_000;
/// How long a query may run, and how long until it must have been answered.
const TIME: Duration = Duration::from_secs(2);
const END: Duration = Duration::from_secs(3);
/// Memory of a worker, and what the server itself may take more than before, in bytes: other tests run in the
/// same process. One such query alone takes many times that.
const MEMORY: u64 = 768 << 20;
const GROWTH: u64 = 1 << 30;

#[test]
fn no_query_does_harm() {
    let server = Server::start(Limits { time: TIME, memory: MEMORY, ..limits() });
    server.update(&data());
    assert_eq!(server.rows("admin", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), [(NODES * 4).to_string()]);
    let before = memory();
    let (is_done, others) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
    let meanwhile = server.runtime.spawn(ask_others(&server, Arc::clone(&is_done), Arc::clone(&others)));
    let answered = run_all(&server, queries());
    is_done.store(true, Ordering::Release);
    server.runtime.block_on(meanwhile).unwrap();
    assert_eq!(answered.len(), 25);
    for (name, reply, time) in &answered {
        let text = reply.text.rsplit("\"detail\":").next().unwrap();
        println!("{name}: {} after {:.2} s: {text}", reply.status, time.as_secs_f64());
    }
    for (name, reply, time) in &answered {
        // A right answer, or the reason why there is none: too much of something, or not valid.
        assert!([200, 400, 422].contains(&reply.status), "{name}: {reply:?}");
        assert!(*time < END, "{name} took {time:?}");
    }
    let mut times = others.lock().unwrap().clone();
    times.sort_unstable();
    let (half, most) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{} other requests meanwhile: p50 {half:?}, p99 {most:?}", times.len());
    assert!(most < Duration::from_secs(1), "p99 of other requests: {most:?}");
    if let (Some(before), Some(after)) = (before, memory()) {
        println!("the server's memory: {} MiB before, {} MiB after", before >> 20, after >> 20);
        assert!(after < before + GROWTH, "{before} before, {after} after");
    }
    // All workers are there for whoever comes next.
    let friendly = vec![("friendly".to_owned(), "ASK { ?s ?p ?o }".to_owned()); 16];
    assert!(run_all(&server, friendly).iter().all(|(_, reply, _)| reply.status == 200));
}

#[test]
fn too_much_memory_ends_its_worker_alone() {
    let server = Server::start(Limits { memory: 384 << 20, ..limits() });
    let doubled = |number: usize| format!("BIND(CONCAT(?v{number}, ?v{number}) AS ?v{})", number + 1);
    let growth = (0..40).map(doubled).collect::<Vec<_>>().join(" ");
    let query = format!("SELECT (STRLEN(?v40) AS ?n) {{ BIND(\"a\" AS ?v0) {growth} }}");
    let reply = server.query("admin", &query, "*/*");
    assert_eq!(reply.status, 422, "{reply:?}");
    assert!(reply.text.contains("more memory than"), "{reply:?}");
    assert_eq!(server.rows("admin", "SELECT (1 AS ?n) {}"), ["1"]);
}

#[test]
fn a_worker_that_was_killed_is_replaced() {
    let server = Server::start(limits());
    server.update(&data());
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    assert_eq!(server.rows("admin", count), [(NODES * 4).to_string()]);
    let deadline = Instant::now() + Duration::from_secs(10);
    for worker in workers(&server) {
        assert!(Command::new("kill").args(["-9", &worker]).status().unwrap().success());
        let process = Path::new("/proc").join(&worker);
        let is_zombie = || std::fs::read_to_string(process.join("stat")).is_ok_and(|stat| stat.contains(") Z"));
        let is_alone = || std::fs::read_dir(process.join("task")).map_or(0, Iterator::count) <= 1;
        let is_dead = || is_alone() && is_zombie();
        while !is_dead() {
            assert!(Instant::now() < deadline, "a worker that was killed goes on");
        }
    }
    assert_eq!(server.rows("admin", count), [(NODES * 4).to_string()]);
}

/// The processes that have a copy of the server's open; none where the system does not tell.
fn workers(server: &Server) -> Vec<String> {
    let folder = std::fs::canonicalize(server.folder.path().join("sparql")).unwrap();
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    let reads = |process: &Path| {
        let files = std::fs::read_dir(process.join("fd")).into_iter().flatten().filter_map(Result::ok);
        files.filter_map(|file| std::fs::read_link(file.path()).ok()).any(|file| file.starts_with(&folder))
    };
    let processes = processes.filter_map(Result::ok).filter(|process| reads(&process.path()));
    let numbers = processes.filter_map(|process| process.file_name().to_string_lossy().parse::<u32>().ok());
    numbers.filter(|number| *number != std::process::id()).map(|number| number.to_string()).collect()
}

/// A graph in which every node leads to every other.
fn data() -> String {
    let node = |number: usize| {
        let (one, other) = ((number * 7 + 1) % NODES, (number * 13 + 5) % NODES);
        format!(
            "<urn:n:{number}> <urn:x:next> <urn:n:{one}>, <urn:n:{other}> ; <urn:x:name> \"node {number}\" ; <urn:x:group> {} .",
            number % 50
        )
    };
    let nodes: Vec<String> = (0..NODES).map(node).collect();
    format!("INSERT DATA {{ GRAPH <urn:baton:account:northwind> {{ {} }} }}", nodes.join("\n"))
}

fn queries() -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(Path::new(FOLDER)).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rq"));
    files
        .map(|file| (file.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(file.path()).unwrap()))
        .collect()
}

/// Sends queries, four at a time.
fn run_all(server: &Server, queries: Vec<(String, String)>) -> Vec<(String, Reply, Duration)> {
    let (queries, next) = (Arc::new(queries), Arc::new(AtomicUsize::new(0)));
    let runner = || {
        let (queries, next) = (Arc::clone(&queries), Arc::clone(&next));
        let (client, address) = (server.client.clone(), format!("{}/admin/sparql", server.address));
        server.runtime.spawn(async move {
            let mut answered = Vec::new();
            while let Some((name, text)) = queries.get(next.fetch_add(1, Ordering::AcqRel)) {
                let request =
                    client.post(&address).header("content-type", "application/sparql-query").body(text.clone());
                let started = Instant::now();
                let reply = reply(request).await;
                answered.push((name.clone(), reply, started.elapsed()));
            }
            answered
        })
    };
    let runners: Vec<_> = (0..4).map(|_| runner()).collect();
    runners.into_iter().flat_map(|runner| server.runtime.block_on(runner).unwrap()).collect()
}

/// Asks for what the service answers in its own process, until it is done.
fn ask_others(
    server: &Server,
    is_done: Arc<AtomicBool>,
    times: Arc<Mutex<Vec<Duration>>>,
) -> impl Future<Output = ()> + use<> {
    let (client, address) = (server.client.clone(), format!("{}/admin/sparql", server.address));
    async move {
        while !is_done.load(Ordering::Acquire) {
            let started = Instant::now();
            assert_eq!(reply(client.get(&address)).await.status, 200);
            times.lock().unwrap().push(started.elapsed());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// What this process holds in memory, in bytes; `None` where the system does not tell.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
