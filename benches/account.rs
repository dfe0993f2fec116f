//! An account that has 10,000 mails: one new mail until the graph shows it, its handoff, its fold, reading its facts;
//! and the handoff again when the store holds 100 more accounts.
//!
//! `cargo bench --bench account` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::time::Duration;

use baton::archive::Cut;
use baton::handoff::{Definitions, Format, Input, compose, render};
use baton::ingest::{fold, view};
use jiff::Timestamp;
use support::mail::Mailbox;
use support::{Bench, Size, ceiling, head, median_ms, row, slug, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The account that is measured.
const ACCOUNT: &str = "northwind";
/// Repetitions of a measure; the middle one counts.
const TIMES: usize = 9;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let bench = Bench::new();
    let count = size.of(10_000, 200);
    let path = bench.write(&Mailbox::new(ACCOUNT, count, 3));
    bench.know(ACCOUNT);
    bench.ingest(&path, &slug(ACCOUNT));
    head(&format!("An account of {count} mails"));
    new_mail(&bench);
    parts(&bench);
    let documents = Documents::new(&bench);
    for kind in documents.definitions.types() {
        let time = documents.measure(&kind.name);
        row(&format!("handoff {}, warm", kind.name), &format!("{time:.0} ms"), &ceiling(time, 150.0, "ms"));
    }
    let alone = documents.measure("sales-to-implementation");
    let (others, each) = (size.of(100, 3), size.of(2_000, 50));
    for number in 0..others {
        let name = format!("account-{number}");
        let path = bench.write(&Mailbox::new(&name, each, 100 + number as u64));
        bench.know(&name);
        bench.ingest(&path, &slug(&name));
        std::fs::remove_file(path).unwrap();
    }
    let among = documents.measure("sales-to-implementation");
    let ratio = among / alone;
    let what = format!("the same handoff among {others} accounts of {each} mails more");
    row(&what, &format!("{among:.0} ms"), &format!("ratio {ratio:.2}, {}", ceiling(ratio, 1.3, "times")));
}

/// One more mail, until the graph shows it.
fn new_mail(bench: &Bench) {
    let mut times = Vec::new();
    for number in 0..TIMES {
        let path = bench.write(&Mailbox::new(ACCOUNT, 1, 1_000 + number as u64));
        let (report, time) = timed(|| bench.ingest(&path, &slug(ACCOUNT)));
        assert_eq!(report.new, 1);
        times.push(time);
    }
    let time = median_ms(&mut times);
    row("one new mail until the graph shows it", &format!("{time:.0} ms"), &ceiling(time, 100.0, "ms"));
}

/// Reading and folding the account.
fn parts(bench: &Bench) {
    let account = slug(ACCOUNT);
    let median = |work: &dyn Fn()| {
        let mut times: Vec<Duration> = (0..TIMES).map(|_| timed(work).1).collect();
        median_ms(&mut times)
    };
    let told = bench.wait(bench.stores.archive.told(&account, bench.engine_version(), Cut::default())).unwrap();
    let time = median(&|| {
        bench.wait(bench.stores.archive.told(&account, bench.engine_version(), Cut::default())).unwrap();
    });
    row("reading what was told from the archive", &format!("{time:.0} ms"), &format!("{} messages", told.len()));
    let time = median(&|| {
        bench.wait(fold(&bench.stores, &account, bench.engine_version(), Cut::default())).unwrap();
    });
    row("reading and folding it", &format!("{time:.0} ms"), "");
    let facts = bench.stores.graph.account(&account).facts(None).unwrap();
    let time = median(&|| {
        bench.stores.graph.account(&account).facts(None).unwrap();
    });
    row("reading all facts from the graph", &format!("{time:.0} ms"), &format!("{} facts", facts.len()));
}

struct Documents<'a> {
    bench: &'a Bench,
    definitions: Definitions,
}

impl<'a> Documents<'a> {
    fn new(bench: &'a Bench) -> Self {
        Self { bench, definitions: Definitions::load(None).unwrap() }
    }

    /// The middle time of making and writing out a document, in milliseconds.
    fn measure(&self, kind: &str) -> f64 {
        let mut times: Vec<Duration> = (0..TIMES).map(|_| timed(|| self.make(kind)).1).collect();
        median_ms(&mut times)
    }

    fn make(&self, kind: &str) {
        let (account, now) = (slug(ACCOUNT), Timestamp::now());
        let cut = Cut { as_of: Some(now), ..Cut::default() };
        let view = self.bench.wait(view(&self.bench.stores, &account, self.bench.engine_version(), cut)).unwrap();
        let graph = view.account().unwrap();
        let kind = self.definitions.get(kind).unwrap();
        let document = compose(Input {
            definitions: &self.definitions,
            kind,
            graph: &graph,
            as_of: now,
            generated_at: now,
            changes: Vec::new(),
            rejected: view.rejected,
            previous: None,
            state: baton::model::HandoffState::Draft,
        });
        let text = render(&self.definitions, &document.unwrap(), Format::Markdown).unwrap();
        assert!(text.len() > 1_000);
    }
}
