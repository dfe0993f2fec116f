//! Erasure: of a person, an interaction, an account, or of what was kept long enough.
//!
//! What a person wrote goes; in what others wrote they are masked, so that other people's facts stay. Then the graph is
//! made anew, the old one is taken off the disk, and marks from which nothing can be read keep away what was erased.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::archive::{ArchiveError, Eraser, Erasure, Fate, Holding, PrunedDocument};
use crate::extract::Engine;
use crate::graph::GraphError;
use crate::ingest::{self, StoreError, Stores};
use crate::model::{AccountSlug, FactKind, Iri};
use crate::privacy::{Cleaned, Erased, Mark, Marker};
use crate::resolve::people::named::FindError;

use super::person;
use super::plan::{Going, Plan, plan};

/// What is to be erased.
#[derive(Clone, Copy, Debug)]
pub enum Target<'t> {
    /// A person, named within an account, from everywhere.
    Person {
        /// Address, other key, IRI or full name.
        who: &'t str,
        /// Where they are known so.
        account: &'t AccountSlug,
    },
    /// One interaction, every version of it.
    Interaction {
        /// Its identity.
        id: &'t str,
        /// Its account.
        account: &'t AccountSlug,
    },
    /// An account with everything in it.
    Account(&'t AccountSlug),
    /// What the rules keep no longer.
    Expired,
    /// What was erased before: a backup may bring it back.
    Known,
}

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    /// A store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is not clear who is meant.
    #[error(transparent)]
    Who(#[from] FindError),
    /// There is no such interaction.
    #[error("no interaction {id} in {account}")]
    NoInteraction {
        /// Its identity.
        id: String,
        /// The account.
        account: AccountSlug,
    },
    /// The report cannot be kept.
    #[error("the report of the erasure cannot be written: {0}")]
    Report(#[from] serde_json::Error),
    /// The system gave no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
}

impl From<ArchiveError> for ForgetError {
    fn from(error: ArchiveError) -> Self {
        Self::Store(error.into())
    }
}

impl From<GraphError> for ForgetError {
    fn from(error: GraphError) -> Self {
        Self::Store(error.into())
    }
}

/// A fact that is no longer held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LostFact {
    /// Its account.
    pub account: AccountSlug,
    /// Its IRI.
    pub id: Iri,
    /// Its kind.
    pub kind: FactKind,
}

/// A document that lost lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrunedLines {
    /// Its account.
    pub account: String,
    /// Its IRI.
    pub id: Iri,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many lines were erased in it; with none, words outside of lines were masked.
    pub lines: u64,
}

impl From<PrunedDocument> for PrunedLines {
    fn from(document: PrunedDocument) -> Self {
        Self { account: document.account, id: document.id, kind: document.kind, lines: document.lines }
    }
}

/// What was erased: numbers and identities of facts and documents, no name, no address, no words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forgotten {
    /// `person`, `interaction`, `account`, `expired` or `known`.
    pub scope: &'static str,
    /// When.
    pub at: Timestamp,
    /// Interactions that went, versions counted each.
    pub interactions: u64,
    /// Interactions in which somebody was masked.
    pub masked: u64,
    /// Decisions, events and other records that went.
    pub records: u64,
    /// Facts that lost their support.
    pub facts: Vec<LostFact>,
    /// Documents that lost lines.
    pub documents: Vec<PrunedLines>,
}

/// Facts by IRI.
type Facts = BTreeMap<Iri, (AccountSlug, FactKind)>;

/// Erases. When this returns, nothing of it is left in the data folder, and reading the same files again does not
/// bring it back. Needs the graph: beside a running service the service has to do it.
#[tracing::instrument(skip_all)]
pub async fn forget(
    stores: &Stores,
    engine: &Arc<dyn Engine>,
    target: Target<'_>,
    by: &str,
    now: Timestamp,
) -> Result<Forgotten, ForgetError> {
    if stores.is_beside() {
        return Err(StoreError::Beside.into());
    }
    let _nothing_comes_in = stores.erasing().await?;
    ingest::project_pending(stores, engine.version(), now).await?;
    let (marker, known) = marks(stores).await?;
    let (going, mut marks) = aim(stores, target, &marker, now).await?;
    let erased = Erased::new(marker.clone(), known.iter().chain(&marks).copied());
    let planned = plan(stores, engine, (going, erased, marker.clone())).await?;
    if planned.gone.is_empty() && planned.rewritten.is_empty() && matches!(target, Target::Expired | Target::Known) {
        return Ok(report(target, now, &planned));
    }
    marks.extend(&planned.marks);
    let erased = Erased::new(marker, known.iter().chain(&marks).copied());
    let before = facts(stores, &planned)?;
    let erasure = Erasure {
        gone: &planned.gone,
        rewritten: &planned.rewritten,
        engine: engine.reads_as(),
        accounts: &whole_accounts(target, &planned),
        eraser: &Cleaner(&erased),
        // What expired may come in a later state: how old that is decides.
        marks: if matches!(target, Target::Expired) { &[] } else { &marks },
        at: now,
    };
    let rows = stores.archive.erase(&erasure).await?;
    ingest::renew(stores, engine.version(), now).await?;
    let after = facts(stores, &planned)?;
    let lost = before.into_iter().filter(|(id, _)| !after.contains_key(id));
    let forgotten = Forgotten {
        records: rows.gone + rows.rewritten,
        facts: lost.map(|(id, (account, kind))| LostFact { account, id, kind }).collect(),
        documents: rows.documents.into_iter().map(PrunedLines::from).collect(),
        ..report(target, now, &planned)
    };
    stores.archive.keep_erasure(by, &kept(target, &forgotten)?, now).await?;
    tracing::info!(interactions = forgotten.interactions, masked = forgotten.masked, "erased");
    Ok(forgotten)
}

/// Erases what the rules keep no longer; `None` when they keep everything.
pub async fn retain(
    stores: &Stores,
    engine: &Arc<dyn Engine>,
    now: Timestamp,
) -> Result<Option<Forgotten>, ForgetError> {
    if !stores.rules().has_retention() {
        return Ok(None);
    }
    forget(stores, engine, Target::Expired, "retention", now).await.map(Some)
}

/// The marker of the archive and the marks that it has; the key is made at the first erasure.
async fn marks(stores: &Stores) -> Result<(Marker, Vec<Mark>), ForgetError> {
    if let Some((key, marks)) = stores.archive.erased().await? {
        return Ok((Marker::new(key), marks));
    }
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| ForgetError::Random(error.to_string()))?;
    stores.archive.keep_mark_key(&key).await?;
    Ok((Marker::new(key), Vec::new()))
}

/// Which interactions go, and the marks of whom or what is erased.
async fn aim(
    stores: &Stores,
    target: Target<'_>,
    marker: &Marker,
    now: Timestamp,
) -> Result<(Going, Vec<Mark>), ForgetError> {
    Ok(match target {
        Target::Person { who, account } => {
            stores.require(account).await?;
            let (person, reach) = person::known(stores, account, who)??;
            (Going::Marked, person.marks(marker, &reach, person::is_ordinary))
        }
        Target::Interaction { id, account } => {
            if stores.archive.text(account, id).await?.is_none() {
                return Err(ForgetError::NoInteraction { id: id.to_owned(), account: account.clone() });
            }
            (Going::Marked, vec![marker.interaction(account.as_str(), id), marker.interaction("", id)])
        }
        Target::Account(account) => {
            stores.require(account).await?;
            (Going::Account(account.clone()), Vec::new())
        }
        Target::Expired => (Going::Expired(Arc::clone(stores.rules()), now), Vec::new()),
        Target::Known => (Going::Marked, Vec::new()),
    })
}

/// The report as it is kept: without the name of an account that was erased.
fn kept(target: Target<'_>, forgotten: &Forgotten) -> Result<String, serde_json::Error> {
    let mut report = serde_json::to_value(forgotten)?;
    if matches!(target, Target::Account(_)) {
        for list in ["facts", "documents"] {
            for entry in report.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                entry.as_object_mut().map(|fields| fields.remove("account"));
            }
        }
    }
    Ok(report.to_string())
}

/// The accounts that go altogether: of what was erased before, those of which nothing is left.
fn whole_accounts(target: Target<'_>, plan: &Plan) -> Vec<AccountSlug> {
    match target {
        Target::Account(account) => vec![account.clone()],
        Target::Known => plan.accounts.difference(&plan.kept).cloned().collect(),
        Target::Person { .. } | Target::Interaction { .. } | Target::Expired => Vec::new(),
    }
}

/// The facts of the accounts that are touched.
fn facts(stores: &Stores, plan: &Plan) -> Result<Facts, GraphError> {
    let mut facts = Facts::new();
    for account in &plan.accounts {
        for record in stores.graph.account(account).facts(None)? {
            facts.insert(record.fact.id, (account.clone(), record.fact.kind));
        }
    }
    Ok(facts)
}

fn report(target: Target<'_>, at: Timestamp, plan: &Plan) -> Forgotten {
    let scope = match target {
        Target::Person { .. } => "person",
        Target::Interaction { .. } => "interaction",
        Target::Account(_) => "account",
        Target::Expired => "expired",
        Target::Known => "known",
    };
    Forgotten {
        scope,
        at,
        interactions: plan.gone.len() as u64,
        masked: plan.rewritten.len() as u64,
        records: 0,
        facts: Vec::new(),
        documents: Vec::new(),
    }
}

/// Takes what was erased out of stored texts.
struct Cleaner<'e>(&'e Erased);

impl Eraser for Cleaner<'_> {
    fn text(&self, holding: Holding, account: &str, text: &str) -> Fate {
        match holding {
            Holding::Text => self.0.mask(account, text).map_or(Fate::Stays, Fate::Becomes),
            Holding::Key if self.0.knows_key(text) || self.0.mask(account, text).is_some() => Fate::Goes,
            Holding::Key => Fate::Stays,
            Holding::Json => match self.0.clean(account, text) {
                Cleaned::Untouched => Fate::Stays,
                Cleaned::Masked(text) => Fate::Becomes(text),
                Cleaned::Gone => Fate::Goes,
            },
        }
    }

    fn document(&self, account: &str, text: &str) -> Option<(String, u64)> {
        self.0.prune(account, text).map(|pruned| (pruned.text, pruned.lines))
    }
}
