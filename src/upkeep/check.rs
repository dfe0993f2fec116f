//! The check of a data folder: the archive in itself, every graph against a fresh fold of it, every quote against its
//! text, and the rules of the ontology.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write as _};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::archive::{ArchiveError, Cut};
use crate::extract::Engine;
use crate::graph::{Fingerprints, GraphError, GraphStore, Scope};
use crate::ingest::{StoreError, Stores, fold, holds_hidden};
use crate::model::{AccountView, Evidence, Sight, Span, TextIndex};
use crate::queries::{Bindings, Catalogue, Limit, QueryError};

/// Why nothing can be said.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A query of the ontology's checks failed.
    #[error(transparent)]
    Query(#[from] QueryError),
}

impl From<ArchiveError> for CheckError {
    fn from(error: ArchiveError) -> Self {
        Self::Store(error.into())
    }
}

impl From<GraphError> for CheckError {
    fn from(error: GraphError) -> Self {
        Self::Store(error.into())
    }
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Which check found it: `archive`, `graph`, `quote`, `rule`, `shape`.
    pub check: &'static str,
    /// Where.
    pub place: String,
    /// What is wrong there.
    pub reason: String,
}

/// What was checked, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Accounts.
    pub accounts: u64,
    /// Quotes that were held against their texts.
    pub quotes: u64,
    /// Whether the graph on disk was looked at: not while another process has it.
    pub graph: bool,
    /// What is wrong, sorted.
    pub faults: Vec<Fault>,
}

/// Work that was begun longer ago than this hangs.
const LONGEST_WORK: SignedDuration = SignedDuration::from_hours(24);
/// How many lines by which two graphs differ are told.
const DIFFERENCES_TOLD: usize = 3;

/// Checks everything. Nothing is changed.
#[tracing::instrument(skip_all)]
pub async fn check(stores: &Stores, engine: &Arc<dyn Engine>, now: Timestamp) -> Result<Checked, CheckError> {
    let mut checked = Checked { graph: !stores.is_beside(), ..Checked::default() };
    for fault in stores.archive.faults(now - LONGEST_WORK).await? {
        checked.faults.push(Fault { check: "archive", place: fault.place, reason: fault.reason });
    }
    let known = stores.archive.accounts().await?;
    for stray in stores.graph.accounts()?.into_iter().filter(|own| !known.iter().any(|(account, _)| account == own)) {
        checked.faults.push(fault("graph", &stray, "the archive has no such account"));
    }
    for (account, _) in known {
        checked.accounts += 1;
        let full = fold(stores, &account, engine.version(), Cut::default()).await?;
        checked.quotes += quotes(stores, &full, &mut checked.faults).await?;
        let hides = holds_hidden(&full);
        graph(stores, &full, Sight::Full, &mut checked.faults)?;
        if hides {
            let cut = Cut { sight: Sight::Shared, ..Cut::default() };
            let shared = fold(stores, &account, engine.version(), cut).await?;
            graph(stores, &shared, Sight::Shared, &mut checked.faults)?;
        } else if checked.graph && !stores.graph.canonical_as(&account, Sight::Shared)?.is_empty() {
            checked.faults.push(fault("graph", &account, "a shared graph is there though nothing is hidden"));
        }
    }
    checked.faults.sort();
    checked.faults.dedup();
    Ok(checked)
}

fn fault(check: &'static str, place: impl Display, reason: impl Into<String>) -> Fault {
    Fault { check, place: place.to_string(), reason: reason.into() }
}

/// Holds one graph of an account against a fresh fold and against the rules.
fn graph(stores: &Stores, view: &AccountView, sight: Sight, faults: &mut Vec<Fault>) -> Result<(), CheckError> {
    let account = view.account.clone();
    let place = format!("{account} ({})", sight.as_str());
    let fresh = GraphStore::in_memory()?;
    fresh.project_as(sight, view, &Fingerprints::default(), Timestamp::UNIX_EPOCH)?;
    // Beside a service there is no graph on disk to look at: the rules are held against the fresh one.
    let held = if stores.is_beside() { &fresh } else { &stores.graph };
    let (expected, found) = (fresh.canonical_as(&account, sight)?, held.canonical_as(&account, sight)?);
    if expected != found {
        faults.push(fault("graph", &place, difference(&found, &expected)));
    }
    for violation in held.violations(&account, sight)? {
        faults.push(fault("shape", format!("{place} {}", violation.node), violation.rule));
    }
    let scope = Scope::seen(held, [&account], sight)?;
    for query in Catalogue::load_below("checks", None)?.iter() {
        let rows = query.run(held, &scope, &Bindings::new(), &Limit::default())?;
        for row in rows.iter() {
            let cells = row.cells().filter_map(|(_, term)| Some(term?.to_string())).collect::<Vec<_>>();
            faults.push(fault("rule", format!("{place} {}", cells.join(" ")), query.summary()));
        }
    }
    Ok(())
}

/// In how many lines two graphs differ, and the subjects of the first of them.
fn difference(found: &str, expected: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<String>>();
    let (found, expected) = (lines(found), lines(expected));
    let subjects = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        let names = a.difference(b).filter_map(|line| line.split(' ').next()).take(DIFFERENCES_TOLD);
        names.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let mut reason = "is not what the archive gives".to_owned();
    for (what, count, names) in [
        ("too many", found.difference(&expected).count(), subjects(&found, &expected)),
        ("missing", expected.difference(&found).count(), subjects(&expected, &found)),
    ] {
        if count > 0 {
            // Writing to a string cannot fail.
            let _ = write!(reason, "; {count} statements {what}, of {names}");
        }
    }
    reason
}

/// Holds every quote against the text that it is from. Answers how many there are.
async fn quotes(stores: &Stores, view: &AccountView, faults: &mut Vec<Fault>) -> Result<u64, CheckError> {
    let mut by_source: BTreeMap<&str, Vec<(String, &Evidence)>> = BTreeMap::new();
    let mut count = 0;
    for (of, evidence) in evidence(view) {
        // What a person added has no text: its evidence is who and when.
        if !evidence.interaction.starts_with("review:") {
            by_source.entry(&evidence.interaction).or_default().push((of, evidence));
            count += 1;
        }
    }
    for (source, quoted) in by_source {
        let Some(text) = stores.archive.text(&view.account, source).await? else {
            let places = quoted.iter().map(|(of, _)| {
                fault("quote", format!("{} {of}", view.account), "its interaction is not in the archive")
            });
            faults.extend(places);
            continue;
        };
        let index = TextIndex::new(&text);
        for (of, evidence) in quoted {
            let words = index.slice(Span { start: evidence.start, end: evidence.end });
            if words != Some(evidence.quote.as_str()) {
                let place = format!("{} {of} {source} {}..{}", view.account, evidence.start, evidence.end);
                faults.push(fault("quote", place, "the text has other words there"));
            }
        }
    }
    Ok(count)
}

/// Every evidence of an account with what it is for.
fn evidence(view: &AccountView) -> Vec<(String, &Evidence)> {
    let mut all = Vec::new();
    for record in &view.facts {
        let said = record.fact.evidence.iter().chain(&record.closed_by);
        all.extend(said.map(|evidence| (record.fact.id.to_string(), evidence)));
    }
    for person in &view.stakeholders {
        let said = person
            .evidence
            .iter()
            .chain(person.preferences.iter().flat_map(|one| &one.evidence))
            .chain(person.buying_roles.iter().flat_map(|one| &one.evidence))
            .chain(person.memberships.iter().flat_map(|one| &one.evidence))
            .chain(person.sensitive_topics.iter().flat_map(|one| &one.evidence));
        all.extend(said.map(|evidence| (person.id.to_string(), evidence)));
    }
    let profile = view.profile.evidence.iter().chain(view.profile.deals.iter().flat_map(|deal| &deal.evidence));
    all.extend(profile.map(|evidence| ("profile".to_owned(), evidence)));
    all.extend(view.usage.iter().map(|(point, evidence)| (format!("usage {}", point.metric), evidence)));
    all
}
