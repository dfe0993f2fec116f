//! The monthly summaries of many accounts in one run: documents a second, and the memory that a second run adds; against
//! making the same documents one by one, each on its own.
//!
//! `cargo bench --bench schedule` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use baton::archive::Cut;
use baton::config::EngineName;
use baton::handoff::Definitions;
use baton::review::{Desk, Request, make};
use baton::schedule::{Clock, tick};
use jiff::{SignedDuration, Timestamp};
use support::mail::Mailbox;
use support::{Bench, Size, ceiling, floor, head, megabytes, row, slug, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Mails of each account.
const MAILS: usize = 100;

/// A clock that stands.
struct Stands(Timestamp);

impl Clock for Stands {
    fn now(&self) -> Timestamp {
        self.0
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let accounts = size.of(1_000, 4);
    let bench = Bench::new();
    for number in 0..accounts {
        let name = format!("account-{number}");
        let path = bench.write(&Mailbox::new(&name, MAILS, number as u64));
        bench.know(&name);
        bench.ingest(&path, &slug(&name));
        std::fs::remove_file(path).unwrap();
    }
    let last = bench.wait(bench.stores.archive.last_said(&slug("account-0"))).unwrap().unwrap();
    let desk = Desk {
        stores: bench.stores.clone(),
        definitions: Arc::new(Definitions::load(None).unwrap()),
        engine: EngineName::default().engine(None),
        now: last,
    };
    head(&format!("Monthly summaries of {accounts} accounts of {MAILS} mails"));
    let (first, rate) = run(&bench, &desk, last + SignedDuration::from_hours(24 * 32));
    assert_eq!(first as usize, accounts);
    row("one run of the schedule", &format!("{rate:.0} documents/s"), &floor(rate, 20.0));
    let held = memory();
    let (second, _) = run(&bench, &desk, last + SignedDuration::from_hours(24 * 64));
    assert_eq!(second as usize, accounts);
    if let (Some(before), Some(after)) = (held, memory()) {
        let growth = after as f64 / before as f64;
        let figure = format!("{:.0} MB, then {:.0} MB", megabytes(before), megabytes(after));
        row(
            "memory after the run, and after the next",
            &figure,
            &format!("ratio {growth:.2}, {}", ceiling(growth, 1.3, "times")),
        );
    }
    let alone = one_by_one(&bench, &desk, accounts.min(100), last + SignedDuration::from_hours(24 * 70));
    row("the same documents one by one", &format!("{alone:.0} documents/s"), &format!("ratio {:.2}", rate / alone));
}

/// One tick at `now`: documents made, and how many a second.
fn run(bench: &Bench, desk: &Desk, now: Timestamp) -> (u32, f64) {
    let (ticked, time) = timed(|| bench.wait(tick(desk, &Stands(now), "bench")).unwrap());
    let made = ticked.runs.iter().map(|run| run.made).sum();
    assert_eq!(ticked.runs.iter().map(|run| run.failed).sum::<u32>(), 0);
    (made, f64::from(made) / time.as_secs_f64())
}

fn one_by_one(bench: &Bench, desk: &Desk, accounts: usize, as_of: Timestamp) -> f64 {
    let mut spent = Duration::ZERO;
    for number in 0..accounts {
        let account = slug(&format!("account-{number}"));
        let cut = Cut { as_of: Some(as_of), ..Cut::default() };
        let request = Request::draft(&account, "monthly-summary", cut);
        spent += timed(|| bench.wait(make(desk, &request)).unwrap()).1;
    }
    accounts as f64 / spent.as_secs_f64()
}

/// What this process holds in memory, in bytes; `None` where the system does not tell.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
