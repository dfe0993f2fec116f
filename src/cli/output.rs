//! Writing answers: JSON Lines, pretty JSON, and progress on a terminal.

use std::io::{self, IsTerminal as _, Write};
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::ingest::Progress;

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
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
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
