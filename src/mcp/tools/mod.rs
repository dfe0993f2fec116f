//! The tools, in the order in which they are listed.

mod accounts;
mod changes;
mod documents;
mod evidence;
mod facts;
mod people;
mod queries;
mod search;
mod writing;

use super::tool::Entry;

/// Every tool.
pub(super) fn all() -> Vec<Entry> {
    vec![
        Entry::of::<accounts::FindAccounts>(),
        Entry::of::<accounts::GetAccountBrief>(),
        Entry::of::<people::ListStakeholders>(),
        Entry::of::<people::GetRelationshipMap>(),
        Entry::of::<facts::ListCommitments>(),
        Entry::of::<facts::ListRisks>(),
        Entry::of::<search::SearchFacts>(),
        Entry::of::<changes::GetChangesSince>(),
        Entry::of::<evidence::GetEvidence>(),
        Entry::of::<documents::GenerateHandoff>(),
        Entry::of::<documents::GetHandoff>(),
        Entry::of::<documents::ListGaps>(),
        Entry::of::<queries::SparqlQuery>(),
        Entry::of::<writing::AddNote>(),
        Entry::of::<writing::ProposeCorrection>(),
    ]
}

/// How many of what, and whether there is more.
fn counted(count: usize, what: &str, next: Option<&String>) -> String {
    let more = if next.is_some() { "; more with the cursor" } else { "" };
    format!("{what}: {count}{more}.")
}
