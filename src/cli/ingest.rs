//! `baton ingest`: files into the archive and the graph.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use crate::config::Config;
use crate::ingest::{self, Options, Report};
use crate::model::AccountSlug;

use super::{Outcome, output};

/// Reads files and folders of any supported form, found by content.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  baton ingest export.zip mail.mbox --account northwind --vendor-domain vendor.example\n\n\
    Payment cards, IBANs, secrets and national ids are blotted out on entry. Privacy rules keep out what nobody may \
    read: with --help an example of their file is shown.",
    after_long_help = concat!(
        "Example:\n  baton ingest export.zip mail.mbox --account northwind --vendor-domain vendor.example\n\n",
        include_str!("../privacy/example.toml")
    )
)]
pub(super) struct Ingest {
    /// Files, folders and zip archives.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The account that everything belongs to; else it is found by CRM id or mail domain.
    #[arg(short, long, value_parser = super::account)]
    account: Option<AccountSlug>,
    /// A mail domain of our own side; remembered.
    #[arg(long, value_name = "D")]
    vendor_domain: Vec<String>,
    /// Write the report as JSON.
    #[arg(long)]
    json: bool,
}

impl Ingest {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let stores = super::open(config, now).await?;
        if !self.vendor_domain.is_empty() {
            stores.add_vendor_domains(&self.vendor_domain).await?;
        }
        let (bar, progress) = output::byte_progress();
        let engine = config.engine(&stores.archive).await?;
        let options = Options { paths: self.paths, account: self.account, ..Options::default() };
        let report = ingest::ingest(&stores, &engine, &options, now, progress).await?;
        bar.finish_and_clear();
        if self.json {
            output::json(&report)?;
        } else {
            output::text(&summary(&report))?;
        }
        stores.archive.close().await;
        Ok(if report.rejected.is_empty() { Outcome::Done } else { Outcome::SomeRejected })
    }
}

/// The report for a person.
fn summary(report: &Report) -> String {
    use std::fmt::Write as _;
    let mut text = format!(
        "Read {} items in {:.1} s: {} new, {} changed, {} unchanged, {} rejected.\n",
        report.read,
        report.seconds,
        report.new,
        report.changed,
        report.unchanged,
        report.rejected.len()
    );
    for (rule, items) in &report.excluded_by {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "Kept out by {rule}: {items}.");
    }
    if report.erased > 0 {
        let _ = writeln!(text, "Erased before, stays away: {}.", report.erased);
    }
    let redacted: Vec<String> =
        report.redacted.iter().map(|(kind, count)| format!("{count} {}", kind.as_str().replace('_', " "))).collect();
    if !redacted.is_empty() {
        let _ = writeln!(text, "Blotted out: {}.", redacted.join(", "));
    }
    let facts: Vec<String> =
        report.facts.iter().map(|(kind, count)| format!("{count} {}", kind.as_str().replace('_', " "))).collect();
    if !facts.is_empty() {
        let _ = writeln!(text, "Facts: {}.", facts.join(", "));
    }
    for problem in &report.rejected {
        let item = if problem.item.is_empty() { String::new() } else { format!(" ({})", problem.item) };
        let _ = writeln!(text, "Rejected: {}{item}: {}", problem.path, problem.reason);
    }
    if !report.unassigned.is_empty() {
        let _ = writeln!(text, "Kept without an account: {} items that fit none or several:", report.unassigned.len());
        for id in &report.unassigned {
            let _ = writeln!(text, "  {id}");
        }
    }
    text
}
