//! What the benches share: generated mail, a data folder with its stores, and the lines that they print.
#![allow(dead_code, reason = "each bench uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

pub(crate) mod grammar;
pub(crate) mod mail;
pub(crate) mod random;
pub(crate) mod words;

use std::fs::{self, File};
use std::io::BufWriter;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use baton::access::create;
use baton::api::{App, Place};
use baton::config::EngineName;
use baton::extract::Engine;
use baton::handoff::Definitions;
use baton::http::{Gate, Rate};
use baton::ingest::{Options, Report, Stores, ingest};
use baton::model::{AccountScope, AccountSlug, TokenRole};
use baton::queries::Catalogue;
use baton::schedule::{Clock as _, SystemClock};
use baton::sparql::Program;
use jiff::Timestamp;
use mail::Mailbox;

/// How much to do: everything, or a little of everything to see that it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// The sizes of the contract; `cargo bench` asks for it.
    Full,
    /// Seconds in all; everything else than `cargo bench` gets it, and `cargo bench -- --test`.
    Smoke,
}

impl Size {
    /// Reads the arguments that cargo passes.
    pub(crate) fn from_args(args: &[String]) -> Self {
        let has = |name: &str| args.iter().any(|arg| arg == name);
        if has("--bench") && !has("--test") { Self::Full } else { Self::Smoke }
    }

    /// One of two numbers.
    pub(crate) fn of(self, full: usize, smoke: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Smoke => smoke,
        }
    }
}

/// One figure of the table: what, how much, and what it is held against.
pub(crate) fn row(what: &str, figure: &str, against: &str) {
    println!("| {what} | {figure} | {against} |");
}

/// The head of the table.
pub(crate) fn head(title: &str) {
    println!("\n| {title} | figure | against |\n|---|---|---|");
}

/// Says whether a floor holds, for the last column.
pub(crate) fn floor(ratio: f64, at_least: f64) -> String {
    let mark = if ratio >= at_least { "" } else { ", **missed**" };
    format!("at least {at_least}{mark}")
}

/// Says whether a ceiling holds, for the last column.
pub(crate) fn ceiling(value: f64, below: f64, unit: &str) -> String {
    let mark = if value < below { "" } else { ", **missed**" };
    format!("below {below} {unit}{mark}")
}

/// How long a piece of work takes.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let answer = work();
    (answer, started.elapsed())
}

/// The middle of several times, in milliseconds.
pub(crate) fn median_ms(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// A number of megabytes.
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// A data folder and what is needed to fill it.
pub(crate) struct Bench {
    /// Everything lies below it; it goes with the bench.
    pub folder: tempfile::TempDir,
    /// The stores.
    pub stores: Stores,
    engine: Arc<dyn Engine>,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    /// An empty data folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let stores = runtime.block_on(Stores::open(&folder.path().join("data"))).unwrap();
        let domains = [mail::VENDOR_DOMAIN.to_owned()];
        runtime.block_on(stores.add_vendor_domains(&domains)).unwrap();
        Self { folder, stores, engine: EngineName::default().engine(None), runtime }
    }

    /// The version of the engine that reads the mail.
    pub(crate) fn engine_version(&self) -> &str {
        self.engine.version()
    }

    /// Waits for work.
    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Makes an account and tells that the mail domain of that name is its own, as a CRM row would.
    pub(crate) fn know(&self, account: &str) {
        let keys = [format!("domain:{account}.example")];
        self.wait(self.stores.archive.ensure_account(&slug(account), &keys, Timestamp::now())).unwrap();
    }

    /// What a service over the data folder answers from, who it lets in, and the token of an admin.
    pub(crate) async fn service(&self) -> (App, Gate, String) {
        let files = (Definitions::load(None).unwrap(), Catalogue::load(None).unwrap());
        let place = Place::of(self.folder.path().to_owned(), Program::current().unwrap());
        let app = App::new(self.stores.clone(), Arc::clone(&self.engine), files, Arc::new(SystemClock), place).unwrap();
        let role = (TokenRole::Admin, None);
        let times = (SystemClock.now(), None);
        let (_, secret) = create(&app.stores.archive, "bench", role, AccountScope::All, times).await.unwrap();
        let (gate, _) = Gate::new(&app, Rate { per_second: NonZeroU32::MAX });
        (app, gate, secret)
    }

    /// Writes a mailbox to a file of its own.
    pub(crate) fn write(&self, mailbox: &Mailbox) -> PathBuf {
        let path = self.folder.path().join(format!("{}-{}.mbox", mailbox.account, mailbox.seed));
        write_to(mailbox, &path);
        path
    }

    /// Ingests a file into an account.
    pub(crate) fn ingest(&self, path: &Path, account: &AccountSlug) -> Report {
        self.ingest_into(path, Some(account.clone()))
    }

    /// Reads a file whose items say their accounts; all of it must be good.
    pub(crate) fn ingest_all(&self, path: &Path) -> Report {
        self.ingest_into(path, None)
    }

    fn ingest_into(&self, path: &Path, account: Option<AccountSlug>) -> Report {
        let options = Options { paths: vec![path.to_owned()], account, ..Options::default() };
        let report = self.wait(ingest(&self.stores, &self.engine, &options, Timestamp::now(), Arc::new(|_| ())));
        let report = report.unwrap();
        assert!(report.rejected.is_empty(), "{:?}", report.rejected.first());
        report
    }

    /// Bytes that archive and graph take on disk.
    pub(crate) fn size_on_disk(&self) -> u64 {
        size_of(&self.folder.path().join("data"))
    }
}

/// Writes a mailbox to a file.
pub(crate) fn write_to(mailbox: &Mailbox, path: &Path) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    mailbox.write(&mut out).unwrap();
}

/// Bytes of a file or of all files of a folder.
pub(crate) fn size_of(path: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(path).into_iter().filter_map(Result::ok);
    entries
        .filter_map(|entry| fs::metadata(entry.path()).ok().filter(fs::Metadata::is_file))
        .map(|file| file.len())
        .sum()
}

/// An account of that name.
pub(crate) fn slug(name: &str) -> AccountSlug {
    AccountSlug::from_name(name).unwrap()
}

/// The most memory that this process has held, in bytes; `None` where the system does not tell.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
