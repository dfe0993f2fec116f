//! Sentences a second on one core, over the mail and work messages that are present.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;

use super::corpus::rows;
use super::score::{Row, Scored};
use crate::extract::Engine;
use crate::model::{Interaction, InteractionKind};

/// Times over which the same texts are read; the first one makes the tables.
const ROUNDS: usize = 4;
/// Mails read together.
const BATCH: usize = 64;

/// Measures the speed.
pub(super) fn score(data: &Path, engine: &dyn Engine) -> Scored {
    let mails = rows(&data.join("email_intent_parakweet/sentences.jsonl"));
    let messages = rows(&data.join("premo_pr_sentiment/messages.jsonl"));
    let text = |row: &Value| row["text"].as_str().unwrap_or_default().to_owned();
    // Ten sentences of mail make a mail.
    let mut texts: Vec<String> =
        mails.chunks(10).map(|ten| ten.iter().map(text).collect::<Vec<_>>().join(" ")).collect();
    texts.extend(messages.iter().map(text));
    if texts.is_empty() {
        return Scored::default();
    }
    let mail = |text| Interaction { text, kind: InteractionKind::Email, ..Interaction::default() };
    let mails: Vec<Interaction> = texts.into_iter().map(mail).collect();
    let (mut best, mut sentences) = (f64::INFINITY, 0);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        sentences = count_sentences(engine, &mails);
        best = best.min(started.elapsed().as_secs_f64());
    }
    let speed = Some(sentences as f64 / best.max(1e-9));
    let part = "extract, one core".to_owned();
    Scored {
        rows: vec![Row { part, support: sentences, sentences_per_second: speed, ..Row::default() }],
        ..Scored::default()
    }
}

fn count_sentences(engine: &dyn Engine, mails: &[Interaction]) -> usize {
    let read = mails.chunks(BATCH).flat_map(|batch| engine.analyze(black_box(batch)));
    read.map(|read| read.map(|read| read.sentences.len()).unwrap_or_default()).sum()
}
