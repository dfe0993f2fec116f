//! Stores in this process: what an ingest leaves, as text that can be compared.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use baton::archive::Archive;
use baton::config::EngineName;
use baton::extract::Engine;
use baton::graph::GraphStore;
use baton::handoff::Definitions;
use baton::ingest::{self, Options, Report, Stores};
use baton::model::AccountSlug;
use baton::review::Desk;
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// An archive on disk and its graph in memory.
pub(crate) struct Loaded {
    pub(crate) stores: Stores,
    pub(crate) runtime: Runtime,
    engine: Arc<dyn Engine>,
    clock: Timestamp,
    folder: TempDir,
}

impl Loaded {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let runtime = Runtime::new().unwrap();
        let archive = runtime.block_on(Archive::open(folder.path())).unwrap();
        let stores = Stores::of(archive, GraphStore::in_memory().unwrap());
        runtime
            .block_on(stores.add_vendor_domains(&["vendor.example".to_owned(), "corvid.example".to_owned()]))
            .unwrap();
        let clock = "2026-06-01T00:00:00Z".parse().unwrap();
        Self { stores, runtime, engine: EngineName::Embedded.engine(None), clock, folder }
    }

    /// A path beside the archive.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Reads paths; every call is an hour after the one before.
    pub(crate) fn ingest(&mut self, paths: &[PathBuf], account: Option<&str>) -> Report {
        self.clock += jiff::SignedDuration::from_hours(1);
        let options =
            Options { paths: paths.to_vec(), account: account.and_then(AccountSlug::from_name), ..Options::default() };
        let work = ingest::ingest(&self.stores, &self.engine, &options, self.clock, Arc::new(|_| {}));
        self.runtime.block_on(work).unwrap()
    }

    pub(crate) fn rebuild(&mut self) {
        self.clock += jiff::SignedDuration::from_hours(1);
        self.runtime.block_on(ingest::rebuild(&self.stores, &self.engine, self.clock, &|_| {})).unwrap();
    }

    /// Makes everything again with another engine.
    pub(crate) fn rebuild_with(&mut self, engine: Arc<dyn Engine>) {
        self.engine = engine;
        self.rebuild();
    }

    /// What people use to decide about documents, an hour later.
    pub(crate) fn desk(&mut self) -> Desk {
        self.clock += jiff::SignedDuration::from_hours(1);
        let definitions = Arc::new(Definitions::load(None).unwrap());
        Desk { stores: self.stores.clone(), definitions, engine: Arc::clone(&self.engine), now: self.clock }
    }

    /// The graphs of all accounts, recording times aside.
    pub(crate) fn graph(&self) -> String {
        graph_text(&self.stores.graph)
    }
}

/// The graphs of all accounts as sorted N-Quads, recording times aside.
pub(crate) fn graph_text(graph: &GraphStore) -> String {
    let mut text = String::new();
    for account in graph.accounts().unwrap() {
        text.push_str(&without_recording_times(&graph.canonical(&account).unwrap()));
    }
    text
}

fn without_recording_times(quads: &str) -> String {
    let is_recording =
        |line: &str| line.contains("<urn:baton:ns#recordedAt>") || line.contains("<urn:baton:ns#retiredAt>");
    quads.lines().filter(|line| !is_recording(line)).flat_map(|line| [line, "\n"]).collect()
}

/// Shows the first lines in which two graphs differ.
pub(crate) fn assert_same(found: &str, expected: &str, of: &str) {
    if found == expected {
        return;
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (found, expected) = (lines(found), lines(expected));
    let show =
        |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).take(12).cloned().collect::<Vec<_>>().join("\n  ");
    panic!(
        "{of}: the graph differs\n found only:\n  {}\n expected only:\n  {}",
        show(&found, &expected),
        show(&expected, &found)
    );
}
