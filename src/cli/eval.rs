//! `baton eval`: scores the engine on the labelled sets that are present and prints one table.

use std::io::{self, BufRead as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use super::{Outcome, output};
use crate::config::{Config, EngineName};
use crate::eval::{self, Row, Scored, Set, Trial};
use crate::extract::Engine;
use crate::extract::embedded::EmbeddedEngine;
use crate::extract::transformer::{Reach, TransformerEngine};
use crate::model::Interaction;

/// Scores the engine on the labelled sets under `--data`: precision, recall, F1, support, sentences a second.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton eval --data ../shared/data")]
pub(super) struct Eval {
    /// Only these sets; all when none is named.
    #[arg(long, value_enum, value_name = "NAME")]
    set: Vec<Set>,
    /// Folder of our own labels.
    #[arg(long, value_name = "DIR", default_value = "models/data")]
    labels: PathBuf,
    /// Which sentences the encoder of the engine `transformer` reads.
    #[arg(long, value_enum, default_value_t)]
    reach: Reach,
    /// Write JSON Lines.
    #[arg(long)]
    json: bool,
    /// Write every mistake, a line each, to standard error.
    #[arg(long)]
    mistakes: bool,
    /// Read interactions from standard input, a line each, and write for each what grammar and signs say of its
    /// sentences: training needs it.
    #[arg(long, hide = true)]
    grammar: bool,
}

impl Eval {
    pub(super) fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        if self.grammar {
            return grammar();
        }
        let engine: Arc<dyn Engine> = match (config.engine, self.reach) {
            (Some(EngineName::Transformer), Reach::Everything) => {
                Arc::new(TransformerEngine::new(config.encoder.clone(), self.reach))
            }
            _ => config.engine_named(None)?,
        };
        engine.prepare();
        let encoder = config.encoder.as_deref();
        let trial = Trial { data: &config.data, labels: &self.labels, engine: engine.as_ref(), encoder };
        let sets = if self.set.is_empty() { Set::ALL.to_vec() } else { self.set.clone() };
        if !self.json {
            output::text(&heading())?;
        }
        for set in sets {
            let started = Instant::now();
            let scored = eval::run(set, trial);
            tracing::info!(set = set.name(), seconds = started.elapsed().as_secs_f64(), "scored");
            self.write(set, &scored)?;
        }
        Ok(Outcome::Done)
    }

    fn write(&self, set: Set, scored: &Scored) -> anyhow::Result<()> {
        if self.mistakes {
            for mistake in &scored.mistakes {
                eprintln!("{}\t{mistake}", set.name());
            }
        }
        if scored.rows.is_empty() {
            return if self.json {
                output::json_lines([json!({"set": set.name(), "absent": true})])
            } else {
                output::text(&format!("{:<24} absent\n", set.name()))
            };
        }
        if self.json {
            let line = |row: &Row| -> anyhow::Result<serde_json::Value> {
                let mut line = serde_json::to_value(row).context("write a row")?;
                line["set"] = json!(set.name());
                Ok(line)
            };
            return output::json_lines(scored.rows.iter().map(line).collect::<anyhow::Result<Vec<_>>>()?);
        }
        output::text(&scored.rows.iter().map(|row| line(set, row)).collect::<String>())
    }
}

fn heading() -> String {
    format!("{:<24} {:<40} {:>6} {:>6} {:>6} {:>8} {:>12}\n", "set", "part", "P", "R", "F1", "support", "sentences/s")
}

fn line(set: Set, row: &Row) -> String {
    let figure = |figure: Option<f64>| figure.map_or_else(String::new, |figure| format!("{figure:.3}"));
    let speed = row.sentences_per_second.map_or_else(String::new, |speed| format!("{speed:.0}"));
    let line = format!(
        "{:<24} {:<40} {:>6} {:>6} {:>6} {:>8} {speed:>12}  {}",
        set.name(),
        row.part,
        figure(row.precision),
        figure(row.recall),
        figure(row.f1),
        row.support,
        row.note.as_deref().unwrap_or_default()
    );
    line.trim_end().to_owned() + "\n"
}

fn grammar() -> anyhow::Result<Outcome> {
    let mut answers = Vec::new();
    for line in io::stdin().lock().lines() {
        let interaction: Interaction =
            serde_json::from_str(&line.context("read interactions")?).context("read an interaction")?;
        answers.push(EmbeddedEngine.grammar(&interaction));
    }
    output::json_lines(answers)?;
    Ok(Outcome::Done)
}
