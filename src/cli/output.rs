//! Writing answers: JSON Lines, pretty JSON, and progress on a terminal.

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::{CommandFactory as _, error::ErrorKind};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::handoff::Format;
use crate::ingest::Progress;

use super::Cli;

/// Writes values as JSON Lines.
pub(super) fn json_lines<T: Serialize>(values: impl IntoIterator<Item = T>) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for value in values {
        serde_json::to_writer(&mut out, &value).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// Writes one value as JSON over several lines.
pub(super) fn json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    text(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// Writes text as it is.
pub(super) fn text(text: &str) -> anyhow::Result<()> {
    document(text.as_bytes(), None)
}

/// Writes a document to a file, or to standard output.
pub(super) fn document(bytes: &[u8], file: Option<&Path>) -> anyhow::Result<()> {
    if let Some(file) = file {
        return std::fs::write(file, bytes).with_context(|| format!("write {}", file.display()));
    }
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(())
}

/// Ends the program as wrongly used when a form that is no text would go to a terminal.
pub(super) fn refuse_terminal(format: Format, file: Option<&Path>) {
    if file.is_none() && !format.is_text() && io::stdout().is_terminal() {
        let advice = "this form is not text and is not shown on a terminal: name a file with --out FILE, or redirect";
        Cli::command().error(ErrorKind::MissingRequiredArgument, advice).exit();
    }
}

/// A bar over bytes when standard error is a terminal; silent otherwise.
pub(super) fn byte_progress() -> (ProgressBar, Arc<dyn Fn(Progress) + Send + Sync>) {
    let bar = bar("{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}");
    let shown = bar.clone();
    let report = move |progress: Progress| {
        shown.set_length(progress.total);
        shown.set_position(progress.done);
    };
    (bar, Arc::new(report))
}

/// A counter when standard error is a terminal; silent otherwise.
pub(super) fn count_progress() -> ProgressBar {
    bar("{spinner} {pos} interactions {per_sec}")
}

fn bar(template: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
