//! What changed in an account that has 10,000 mails: over its year, and over its last month, when the earlier fold is
//! nearly as large as the later one. Reading what was told and both folds count.
//!
//! `cargo bench --bench changes` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::time::Duration;

use baton::ingest::changes;
use baton::model::Sight;
use jiff::{SignedDuration, Timestamp};
use support::mail::Mailbox;
use support::{Bench, Size, ceiling, head, median_ms, row, slug, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The account that is measured.
const ACCOUNT: &str = "northwind";
/// Repetitions of a measure; the middle one counts.
const TIMES: usize = 9;
/// The longest that it may take, in milliseconds.
const LONGEST_MS: f64 = 200.0;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let count = Size::from_args(&args).of(10_000, 200);
    let bench = Bench::new();
    let path = bench.write(&Mailbox::new(ACCOUNT, count, 3));
    bench.know(ACCOUNT);
    bench.ingest(&path, &slug(ACCOUNT));
    head(&format!("Changes of an account of {count} mails"));
    let last = bench.wait(bench.stores.archive.last_said(&slug(ACCOUNT))).unwrap().unwrap();
    for (name, days) in [("a year", 365), ("half a year", 182), ("a month", 30)] {
        measure(&bench, name, last - SignedDuration::from_hours(24 * days), last);
    }
}

fn measure(bench: &Bench, name: &str, since: Timestamp, until: Timestamp) {
    let account = slug(ACCOUNT);
    let told = || {
        bench
            .wait(changes(&bench.stores, &account, bench.engine_version(), (since, until), (None, Sight::Full)))
            .unwrap()
            .len()
    };
    let mut found = 0;
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let (count, time) = timed(told);
            found = count;
            time
        })
        .collect();
    let time = median_ms(&mut times);
    let what = format!("changes over {name}, {found} of them");
    row(&what, &format!("{time:.0} ms"), &ceiling(time, LONGEST_MS, "ms"));
}
