//! Reading over HTTP: pages of commitments at 64 connections, alone and while an ingest runs, against a server of the
//! same kind that answers with the same bytes and does nothing else; and the ingest against itself without readers.
//!
//! `cargo bench --bench service` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header;
use axum::routing::get;
use baton::http::{Limits, Peer, router};
use support::mail::Mailbox;
use support::{Bench, Size, ceiling, floor, head, row, slug, timed};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CONNECTIONS: usize = 64;
/// What is asked.
const PATH: &str = "/v1/accounts/readers/commitments?limit=50";
/// What is wanted: requests a second, the share of the ingest's own speed, the slowest of a hundred answers.
const WANTED: f64 = 5_000.0;
const SHARE: f64 = 0.5;
const P99_MS: f64 = 50.0;

/// What came of one load.
struct Load {
    per_second: f64,
    p99_ms: f64,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let bench = Bench::new();
    let mails = size.of(10_000, 200);
    let path = bench.write(&Mailbox::new("readers", mails, 1));
    bench.ingest(&path, &slug("readers"));
    let seconds = Duration::from_millis(size.of(10_000, 300) as u64);
    let (service, secret) = bench.wait(service(&bench));
    let page = bench.wait(once(service, &secret));
    let static_server = bench.wait(answering_with(page));
    head(&format!("Pages of 50 commitments of an account of {mails} mails, {CONNECTIONS} connections"));
    let least = bench.wait(load(static_server, &secret, seconds));
    row("a server that answers with the same bytes", &format!("{:.0} requests/s", least.per_second), "");
    let alone = bench.wait(load(service, &secret, seconds));
    tell("alone", &alone, &least);
    beside_an_ingest(&bench, (service, &secret), &least, size);
}

fn tell(what: &str, load: &Load, least: &Load) {
    row(what, &format!("{:.0} requests/s", load.per_second), &floor(load.per_second, WANTED));
    row(&format!("– of the other server's ({what})"), &format!("{:.2}", load.per_second / least.per_second), "");
    row(
        &format!("– 99 of 100 within ({what})"),
        &format!("{:.1} ms", load.p99_ms),
        &ceiling(load.p99_ms, P99_MS, "ms"),
    );
}

/// The same while mail is read into another account; and how fast that is, against the same mail without readers.
fn beside_an_ingest(bench: &Bench, (service, secret): (SocketAddr, &str), least: &Load, size: Size) {
    let mails = size.of(40_000, 300);
    let (quiet, busy) = (Mailbox::new("quiet", mails, 2), Mailbox::new("busy", mails, 3));
    let paths = [bench.write(&quiet), bench.write(&busy)];
    let (_, undisturbed) = timed(|| bench.ingest(&paths[0], &slug("quiet")));
    let ended = Arc::new(AtomicBool::new(false));
    let (found, disturbed) = std::thread::scope(|scope| {
        let (ended, secret) = (Arc::clone(&ended), secret.to_owned());
        let readers = scope.spawn({
            let ended = Arc::clone(&ended);
            move || {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(load_until(service, &secret, move || ended.load(Ordering::Relaxed)))
            }
        });
        let (_, disturbed) = timed(|| bench.ingest(&paths[1], &slug("busy")));
        ended.store(true, Ordering::Relaxed);
        (readers.join().unwrap(), disturbed)
    });
    tell("while mail is read", &found, least);
    let share = undisturbed.as_secs_f64() / disturbed.as_secs_f64();
    row("the ingest's speed, of its own without readers", &format!("{share:.2}"), &floor(share, SHARE));
}

/// The service on a port of its own, and a token for it.
async fn service(bench: &Bench) -> (SocketAddr, String) {
    let (app, gate, secret) = bench.service().await;
    (serve(router(&app, &gate, Limits::default(), (Router::new(), Router::new()))).await, secret)
}

/// A server that answers everything with the same page.
async fn answering_with(page: Vec<u8>) -> SocketAddr {
    let page: &'static [u8] = page.leak();
    let answer = move || async move { ([(header::CONTENT_TYPE, "application/json")], page) };
    serve(Router::new().route("/v1/accounts/readers/commitments", get(answer))).await
}

async fn serve(routes: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = routes.into_make_service_with_connect_info::<Peer>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

async fn load(address: SocketAddr, secret: &str, lasting: Duration) -> Load {
    let end = Instant::now() + lasting;
    load_until(address, secret, move || Instant::now() >= end).await
}

/// Asks again and again over every connection until it is over.
async fn load_until(address: SocketAddr, secret: &str, is_over: impl Fn() -> bool + Clone + Send + 'static) -> Load {
    let started = Instant::now();
    let readers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (request, is_over) = (request(secret), is_over.clone());
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                let (mut buffer, mut times) = (Vec::new(), Vec::new());
                while !is_over() {
                    let asked = Instant::now();
                    stream.write_all(request.as_bytes()).await.unwrap();
                    read(&mut stream, &mut buffer).await;
                    times.push(asked.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for reader in readers {
        times.extend(reader.await.unwrap());
    }
    let per_second = times.len() as f64 / started.elapsed().as_secs_f64();
    times.sort_unstable();
    let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
    Load { per_second, p99_ms: p99.as_secs_f64() * 1e3 }
}

fn request(secret: &str) -> String {
    format!("GET {PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n\r\n")
}

async fn once(address: SocketAddr, secret: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request(secret).as_bytes()).await.unwrap();
    let mut buffer = Vec::new();
    let begin = read(&mut stream, &mut buffer).await;
    buffer.split_off(begin)
}

/// Reads one answer into `buffer`, which must be a good one. Answers where its body begins.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> usize {
    buffer.clear();
    let (mut begin, mut end) = (0, usize::MAX);
    while buffer.len() < end {
        assert!(stream.read_buf(buffer).await.unwrap() > 0, "the connection was closed");
        if end == usize::MAX
            && let Some(at) = memchr::memmem::find(buffer, b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&buffer[..at]).to_lowercase();
            assert!(head.starts_with("http/1.1 200"), "{head}");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            begin = at + 4;
            end = begin + length.parse::<usize>().unwrap();
        }
    }
    begin
}
