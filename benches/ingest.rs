//! Files ─► archive ─► graph: messages a second, against Oxigraph alone and against what a user would write instead;
//! the same files again; memory for a large mailbox; room on disk.
//!
//! `cargo bench --bench ingest` runs everything, `… -- --test` a little of it. `BATON_PEER` names a program
//! `MBOX STORE_DIR -> {"per_second": …}` to compare with, `BATON_PEER_PYTHON` the interpreter that runs it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::store::Store;
use support::mail::Mailbox;
use support::{Bench, Size, ceiling, floor, head, megabytes, peak_memory, row, size_of, slug, timed, write_to};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The account of all mail.
const ACCOUNT: &str = "northwind";
/// Argument under which this program runs itself to measure memory: then the path of an mbox follows.
const MEMORY: &str = "--memory-of";
/// The loader's settings, those of the graph.
const BULK_THREADS: usize = 2;
const BULK_MEGABYTES: usize = 200;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(place) = args.iter().position(|arg| arg == MEMORY) {
        return memory_of(Path::new(&args[place + 1]));
    }
    let size = Size::from_args(&args);
    throughput(size);
    memory(size);
}

/// Rates over one mailbox.
fn throughput(size: Size) {
    let count = size.of(50_000, 300);
    let bench = Bench::new();
    let path = bench.write(&Mailbox::new(ACCOUNT, count, 1));
    head(&format!("Ingest of {count} mails ({:.0} MB)", megabytes(size_of(&path))));

    bench.know(ACCOUNT);
    let report = bench.ingest(&path, &slug(ACCOUNT));
    assert_eq!(report.new, count as u64);
    let rate = count as f64 / report.seconds;
    let facts: u64 = report.facts.values().sum();
    row("files to graph", &format!("{rate:.0} messages/s"), &floor(rate, 1_500.0));
    row("facts held", &format!("{facts}"), &format!("{:.2} a mail", facts as f64 / count as f64));

    let quads = quads(&bench);
    let alone = load_alone(&bench, &quads);
    let (own, alone) = (quads.len() as f64 / report.seconds, quads.len() as f64 / alone.as_secs_f64());
    let figure = format!("{own:.0} quads/s, Oxigraph's bulk loader alone {alone:.0}");
    row(
        "the same quads written by Oxigraph alone",
        &figure,
        &format!("ratio {:.2}, {}", own / alone, floor(own / alone, 0.4)),
    );

    match peer(&bench, &path) {
        Ok(peer) => {
            let figure = format!("{peer:.0} messages/s");
            row("Python pipeline", &figure, &format!("ratio {:.1}, {}", rate / peer, floor(rate / peer, 4.0)));
        }
        Err(reason) => row("Python pipeline", "skipped", &reason),
    }

    let again = bench.ingest(&path, &slug(ACCOUNT));
    assert_eq!(again.unchanged, count as u64);
    let rate = count as f64 / again.seconds;
    row("unchanged files again", &format!("{rate:.0} messages/s"), &floor(rate, 10_000.0));
    let disk = megabytes(bench.size_on_disk()) / (count as f64 / 1_000.0);
    row("room on disk", &format!("{disk:.2} MB a 1,000 mails"), "archive and graph");
}

/// The statements that the ingest left in the graph.
fn quads(bench: &Bench) -> Vec<Quad> {
    let text = bench.stores.graph.canonical(&slug(ACCOUNT)).unwrap();
    RdfParser::from_format(RdfFormat::NQuads).for_slice(&text).map(Result::unwrap).collect()
}

/// How long Oxigraph alone takes to have them on disk.
fn load_alone(bench: &Bench, quads: &[Quad]) -> Duration {
    let store = Store::open(bench.folder.path().join("alone")).unwrap();
    let (result, time) = timed(|| {
        let loader = store.bulk_loader().with_num_threads(BULK_THREADS);
        let mut loader = loader.with_max_memory_size_in_megabytes(BULK_MEGABYTES);
        loader.load_quads(quads.iter().cloned())?;
        loader.commit()?;
        store.flush()
    });
    result.unwrap();
    time
}

/// Messages a second of the program that `BATON_PEER` names.
fn peer(bench: &Bench, path: &Path) -> Result<f64, String> {
    let Some(peer) = std::env::var_os("BATON_PEER") else { return Err("BATON_PEER is not set".to_owned()) };
    let python = std::env::var_os("BATON_PEER_PYTHON").unwrap_or_else(|| "python3".into());
    let output = Command::new(python).arg(peer).arg(path).arg(bench.folder.path().join("peer")).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(text.lines().last().unwrap_or("it failed").to_owned());
    }
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    answer["per_second"].as_f64().ok_or_else(|| "it does not say per_second".to_owned())
}

/// Memory of a process that reads one large mailbox.
fn memory(size: Size) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.mbox");
    let count = size.of(60_000, 200);
    write_to(&Mailbox { attached: 14_500, ..Mailbox::new(ACCOUNT, count, 2) }, &path);
    head(&format!("Memory for {count} mails with attachments ({:.0} MB)", megabytes(size_of(&path))));
    let output = Command::new(std::env::current_exe().unwrap()).arg(MEMORY).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    print!("{}", String::from_utf8_lossy(&output.stdout));
}

fn memory_of(path: &Path) {
    let bench = Bench::new();
    bench.know(ACCOUNT);
    let report = bench.ingest(path, &slug(ACCOUNT));
    row("files to graph", &format!("{:.0} messages/s", report.read as f64 / report.seconds), "");
    match peak_memory().map(megabytes) {
        Some(peak) => row("peak memory", &format!("{peak:.0} MB"), &ceiling(peak, 600.0, "MB")),
        None => row("peak memory", "unknown", "needs /proc"),
    }
}
