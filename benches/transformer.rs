//! Reading mail with the engine `transformer` on all cores: messages a second, against the embedded engine and against
//! an encoder that reads every sentence, taken turn by turn over the same mail.
//!
//! `cargo bench --features rust-bert --bench transformer` runs everything, `… -- --test` a little of it. `BATON_ENCODER`
//! names the base model; without it, or without the feature, nothing is measured.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::path::PathBuf;
use std::time::Duration;

use baton::extract::Engine;
use baton::extract::embedded::EmbeddedEngine;
use baton::extract::transformer::{Reach, TransformerEngine};
use baton::ingest::read_all;
use baton::model::Interaction;
use baton::sources::mail::mbox::Splitter;
use support::mail::Mailbox;
use support::{Size, floor, head, row, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Turns over which each engine is measured; the best counts.
const TURNS: usize = 3;
/// Messages a second that the transformer must read.
const LEAST: f64 = 150.0;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let base = std::env::var_os("BATON_ENCODER").map(PathBuf::from).filter(|_| cfg!(feature = "rust-bert"));
    let Some(base) = base else {
        head("Reading with the engine `transformer`");
        return row("not measured", "there is no base model (`make encoder`) or no feature `rust-bert`", "");
    };
    let mails = mails(size.of(3_000, 40));
    head(&format!("Reading {} mails with the engine `transformer`, all cores", mails.len()));
    let cascade = TransformerEngine::new(Some(base.clone()), Reach::Doubtful);
    let whole = TransformerEngine::new(Some(base), Reach::Everything);
    let engines: [&dyn Engine; 3] = [&EmbeddedEngine, &cascade, &whole];
    for engine in engines {
        engine.prepare();
    }
    assert_eq!(cascade.reads_as(), cascade.version(), "the base model is there");
    let mut best = [Duration::MAX; 3];
    for _ in 0..size.of(TURNS, 1) {
        for (best, engine) in best.iter_mut().zip(engines) {
            let (_, time) = timed(|| read_all(engine, &mails));
            *best = time.min(*best);
        }
    }
    let rate = |time: Duration| mails.len() as f64 / time.as_secs_f64();
    let [embedded, cascade, whole] = best.map(rate);
    row("engine `embedded`", &format!("{embedded:.0} messages/s"), "");
    row("engine `transformer`", &format!("{cascade:.0} messages/s"), &floor(cascade, LEAST));
    row("– with every sentence to the encoder", &format!("{whole:.0} messages/s"), "");
    row("– what the cascade saves", &format!("{:.1} times as fast", cascade / whole), "");
}

fn mails(count: usize) -> Vec<Interaction> {
    let mut bytes = Vec::new();
    Mailbox::new("northwind", count, 3).write(&mut bytes).unwrap();
    Splitter::new(bytes.as_slice(), "generated.mbox".into()).filter_map(|mail| mail.unwrap().parse().0).collect()
}
