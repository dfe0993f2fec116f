//! `baton extract`: text in, findings out; no store is opened.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::wire;
use crate::config::Config;
use crate::extract::{Engine, embedded::EmbeddedEngine};
use crate::model::Interaction;

use super::Outcome;

/// Interactions that are read in one go.
const BATCH: usize = 512;
/// Interactions that one call of the engine gets.
const CHUNK: usize = 16;

/// Reads interactions as JSON Lines and writes what is found in each, a line each, in order.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton extract interactions.jsonl > findings.jsonl")]
pub(super) struct Extract {
    /// Files; standard input when none is given.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A mail domain of our own side, to tell the sides apart.
    #[arg(long, value_name = "D")]
    vendor_domain: Vec<String>,
    /// Say for each sentence which rules fired and what was weighed: one more field, `explanation`.
    #[arg(long)]
    explain: bool,
}

impl Extract {
    pub(super) fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let engine = config.engine_named(None)?;
        let vendor_domains: Vec<String> = self.vendor_domain.iter().map(|domain| domain.to_lowercase()).collect();
        let reader = Reader { engine: engine.as_ref(), vendor_domains, explains: self.explain };
        let mut run = Run { reader, out: BufWriter::new(io::stdout().lock()), failed: false };
        if self.files.is_empty() {
            run.read(io::stdin().lock())?;
        }
        for path in &self.files {
            let file = File::open(path).with_context(|| format!("open {}", path.display()))?;
            run.read(BufReader::new(file))?;
        }
        run.out.flush()?;
        Ok(if run.failed { Outcome::SomeRejected } else { Outcome::Done })
    }
}

struct Run<'a, W> {
    reader: Reader<'a>,
    out: W,
    failed: bool,
}

impl<W: Write> Run<'_, W> {
    fn read(&mut self, mut input: impl BufRead) -> anyhow::Result<()> {
        let mut lines = Vec::with_capacity(BATCH);
        loop {
            let mut line = Vec::new();
            let read = input.read_until(b'\n', &mut line).context("read interactions")?;
            if read > 0 && !line.iter().all(u8::is_ascii_whitespace) {
                lines.push(line);
            }
            if lines.len() == BATCH || (read == 0 && !lines.is_empty()) {
                self.answer(&lines)?;
                lines.clear();
            }
            if read == 0 {
                return Ok(());
            }
        }
    }

    fn answer(&mut self, lines: &[Vec<u8>]) -> anyhow::Result<()> {
        let answers: Vec<Vec<Result<String, String>>> =
            lines.par_chunks(CHUNK).map(|chunk| self.reader.read_chunk(chunk)).collect();
        for answer in answers.into_iter().flatten() {
            let line = match answer {
                Ok(line) => line,
                Err(line) => {
                    self.failed = true;
                    line
                }
            };
            self.out.write_all(line.as_bytes())?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// How lines are read.
struct Reader<'a> {
    engine: &'a dyn Engine,
    vendor_domains: Vec<String>,
    explains: bool,
}

impl Reader<'_> {
    /// Reads some lines; `Err` holds the line of one that could not be read.
    fn read_chunk(&self, lines: &[Vec<u8>]) -> Vec<Result<String, String>> {
        let parsed: Vec<Result<Interaction, String>> = lines
            .iter()
            .map(|line| serde_json::from_slice(line).map_err(|error| failure(&id_of(line), &error.to_string())))
            .collect();
        let batch: Vec<Interaction> = parsed.iter().filter_map(|parsed| parsed.as_ref().ok().cloned()).collect();
        let mut answers = batch.iter().zip(self.engine.analyze(&batch)).map(|(interaction, answer)| {
            let analysis = answer.map_err(|error| failure(&json!(interaction.id), &error.to_string()))?;
            let explanation = self.explains.then(|| EmbeddedEngine.explain(interaction));
            let answer = wire::Answer::new(interaction, &analysis, &self.vendor_domains, explanation);
            serde_json::to_string(&answer).map_err(|error| failure(&json!(interaction.id), &error.to_string()))
        });
        parsed
            .into_iter()
            .map(|parsed| match parsed {
                Ok(interaction) => {
                    answers.next().unwrap_or_else(|| Err(failure(&json!(interaction.id), "the engine gave no answer")))
                }
                Err(line) => Err(line),
            })
            .collect()
    }
}

/// The line of an interaction that could not be read.
fn failure(id: &Value, reason: &str) -> String {
    json!({ "id": id, "error": reason }).to_string()
}

/// The identity in a line that is no interaction, if it has one.
fn id_of(line: &[u8]) -> Value {
    serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("id").cloned()).unwrap_or(Value::Null)
}
