//! Invented accounts folded whole, with the truth about their people.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;

use super::corpus::rows;
use super::sentence::analysis;
use crate::extract::Engine;
use crate::model::{
    AccountSlug, AccountView, IdentityReview, IdentitySuggestion, Interaction, Iri, Side, Stakeholder, Told,
};
use crate::resolve::people::decide::Decider;
use crate::resolve::{self, Context};

/// Which accounts are only scored and never looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    Dev,
    Test,
}

impl Part {
    /// Its name in the rows.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Test => "test",
        }
    }
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
    pub(super) buying_role: Option<String>,
    /// Other parts that an honest reader could name.
    #[serde(default)]
    pub(super) also: Vec<String>,
    /// Name of the person they report to.
    pub(super) reports_to: Option<String>,
}

impl Person {
    /// Says whether they are told to have left.
    pub(super) fn has_left(&self) -> bool {
        self.status.as_deref() == Some("departed")
    }
}

/// An account with what Baton makes of it.
pub(super) struct Folded {
    pub(super) name: String,
    pub(super) truth: Truth,
    pub(super) context: Context,
    pub(super) told: Vec<Told>,
    pub(super) view: AccountView,
    pub(super) suggestions: Vec<IdentitySuggestion>,
    /// The view once a person has judged every suggestion rightly.
    pub(super) judged: AccountView,
}

impl Folded {
    /// Says whether a suggestion is about one person.
    pub(super) fn is_one(&self, suggestion: &IdentitySuggestion) -> bool {
        is_one(&self.view, &self.truth, suggestion)
    }
}

/// Folds every account of which `labels/people` tells the truth.
pub(super) fn accounts(labels: &Path, engine: &dyn Engine) -> Vec<Folded> {
    let mut files: Vec<_> = std::fs::read_dir(labels.join("people"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files.iter().filter_map(|path| fold(labels, path, engine)).collect()
}

fn fold(labels: &Path, path: &Path, engine: &dyn Engine) -> Option<Folded> {
    let truth: Truth = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
    let name = path.file_stem()?.to_string_lossy().into_owned();
    let own = path.with_extension("jsonl");
    let text = if own.exists() { own } else { labels.join("accounts").join(format!("{name}.jsonl")) };
    let interactions: Vec<Interaction> =
        rows(&text).into_iter().filter_map(|row| serde_json::from_value(row).ok()).collect();
    let domains = |told: &[String], side: Side| -> BTreeSet<String> {
        let parties = interactions.iter().flat_map(|one| &one.participants).filter(|party| party.side == Some(side));
        let seen = parties.filter_map(|party| Some(party.address.as_deref()?.split_once('@')?.1.to_owned()));
        if told.is_empty() { seen.collect() } else { told.iter().cloned().collect() }
    };
    let context = Context::new(
        AccountSlug::from_name(&name)?,
        domains(&truth.vendor_domains, Side::Vendor),
        domains(&truth.customer_domains, Side::Customer),
    );
    let told: Vec<Told> = interactions.iter().map(|one| told(engine, one)).collect();
    let view = resolve::resolve(&context, &told, &[]);
    let suggestions = resolve::suggestions(&context, &told);
    let judged = judged(&context, &told, &truth);
    Some(Folded { name, truth, context, told, view, suggestions, judged })
}

/// Judges every suggestion by the truth, and again what that brings up.
fn judged(context: &Context, told: &[Told], truth: &Truth) -> AccountView {
    let mut context = context.clone();
    loop {
        let view = resolve::resolve(&context, told, &[]);
        let entry = |iri: &Iri| view.stakeholders.iter().find(|person| person.id == *iri);
        let mut reviews: Vec<IdentityReview> = Vec::new();
        for suggestion in resolve::suggestions(&context, told) {
            let (Some(a), Some(b)) = (entry(&suggestion.a), entry(&suggestion.b)) else { continue };
            let decider = Decider { by: "truth", at: Timestamp::UNIX_EPOCH };
            if is_one(&view, truth, &suggestion) {
                reviews.extend(decider.merge(a, b, &context.identities).unwrap_or_default());
            }
        }
        if reviews.is_empty() {
            return view;
        }
        context.identities.extend(reviews);
    }
}

fn is_one(view: &AccountView, truth: &Truth, suggestion: &IdentitySuggestion) -> bool {
    let meant = |iri: &Iri| {
        let entry = view.stakeholders.iter().find(|person| person.id == *iri);
        entry.map(|entry| whom(entry, &truth.people)).unwrap_or_default()
    };
    let (a, b) = (meant(&suggestion.a), meant(&suggestion.b));
    a.len() == 1 && a == b
}

fn told(engine: &dyn Engine, interaction: &Interaction) -> Told {
    let findings = analysis(engine, interaction).findings;
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

/// The people whom an entry holds, by address and identity; one without either by name.
pub(super) fn whom(entry: &Stakeholder, truth: &[Person]) -> Vec<usize> {
    let mut meant = BTreeSet::new();
    for key in &entry.keys {
        let bare = key.address().unwrap_or(key.as_str());
        let owners = truth.iter().enumerate().filter(|(_, person)| {
            person.addresses.iter().chain(&person.ids).any(|known| known.eq_ignore_ascii_case(bare))
        });
        meant.extend(owners.map(|(number, _)| number));
    }
    if meant.is_empty() {
        let names = |person: &Person| {
            let all = std::iter::once(&person.name).chain(&person.aliases).chain(&person.former_names);
            all.map(|name| folded(name)).collect::<BTreeSet<_>>()
        };
        let own: BTreeSet<String> =
            std::iter::once(&entry.name).chain(&entry.aliases).map(|name| folded(name)).collect();
        let owners = truth.iter().enumerate().filter(|(_, person)| !names(person).is_disjoint(&own));
        meant.extend(owners.map(|(number, _)| number).take(1));
    }
    meant.into_iter().collect()
}

fn folded(name: &str) -> String {
    let mut words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !["mr", "mrs", "ms", "dr"].contains(w))
        .map(str::to_owned)
        .collect();
    words.sort();
    words.join(" ")
}
