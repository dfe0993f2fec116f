//! Invented accounts folded whole, with the truth about their people.

use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;

use super::corpus::rows;
use crate::extract::embedded::EmbeddedEngine;
use crate::model::{AccountSlug, AccountView, IdentitySuggestion, Interaction, Told};
use crate::resolve::{self, Context};

/// Which accounts are only scored and never looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    Dev,
    Test,
}

/// What is true of the people of an account.
#[derive(Debug, Deserialize)]
pub(super) struct Truth {
    pub(super) part: Part,
    #[serde(default)]
    pub(super) vendor_domains: Vec<String>,
    #[serde(default)]
    pub(super) customer_domains: Vec<String>,
    pub(super) people: Vec<Person>,
}

/// What is true of a person.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) side: Option<String>,
    #[serde(default)]
    pub(super) addresses: Vec<String>,
    #[serde(default)]
    pub(super) ids: Vec<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) former_names: Vec<String>,
    pub(super) title: Option<String>,
    pub(super) status: Option<String>,
}

/// An account with what Baton makes of it.
pub(super) struct Folded {
    pub(super) name: String,
    pub(super) truth: Truth,
    pub(super) view: AccountView,
    pub(super) suggestions: Vec<IdentitySuggestion>,
}

/// Folds every account of which `labels/people` tells the truth.
pub(super) fn accounts(labels: &Path) -> Vec<Folded> {
    let mut files: Vec<_> = std::fs::read_dir(labels.join("people"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files.iter().filter_map(|path| fold(labels, path)).collect()
}

fn fold(labels: &Path, path: &Path) -> Option<Folded> {
    let truth: Truth = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
    let name = path.file_stem()?.to_string_lossy().into_owned();
    let own = path.with_extension("jsonl");
    let text = if own.exists() { own } else { labels.join("accounts").join(format!("{name}.jsonl")) };
    let told: Vec<Told> =
        rows(&text).into_iter().filter_map(|row| serde_json::from_value(row).ok()).map(|row| told(&row)).collect();
    let context = Context {
        account: AccountSlug::from_name(&name)?,
        vendor_domains: truth.vendor_domains.iter().cloned().collect(),
        customer_domains: truth.customer_domains.iter().cloned().collect(),
        identities: Vec::new(),
    };
    let view = resolve::resolve(&context, &told, &[]);
    let suggestions = resolve::suggestions(&context, &told);
    Some(Folded { name, truth, view, suggestions })
}

fn told(interaction: &Interaction) -> Told {
    let findings = EmbeddedEngine.analyze_one(interaction).map(|read| read.analysis.findings).unwrap_or_default();
    Told {
        id: interaction.id.clone(),
        kind: interaction.kind,
        thread: interaction.thread.clone(),
        subject: interaction.subject.clone(),
        sent_at: interaction.sent_at.unwrap_or(Timestamp::UNIX_EPOCH),
        recorded_at: interaction.sent_at.unwrap_or(Timestamp::UNIX_EPOCH),
        participants: interaction.participants.clone(),
        visibility: interaction.visibility,
        findings,
    }
}
