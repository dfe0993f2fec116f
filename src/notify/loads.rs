//! What is told when a load ended that somebody asked the service for.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::model::{AccountSlug, Audience, EventName, News};

/// How a load ended.
#[derive(Clone, Debug, PartialEq)]
pub enum IngestEnd {
    /// What could be read is archived and shown: counts, and nothing of what was read.
    Completed(Value),
    /// It was given up, for this reason.
    Failed(String),
}

/// The event of a load of an account that ended, by its job.
pub fn ingest_ended(account: &AccountSlug, job: &str, end: IngestEnd, at: Timestamp) -> News {
    let (name, data) = match end {
        IngestEnd::Completed(report) => {
            (EventName::IngestCompleted, json!({"account": account, "job": job, "report": report}))
        }
        IngestEnd::Failed(problem) => {
            (EventName::IngestFailed, json!({"account": account, "job": job, "problem": problem}))
        }
    };
    News { account: account.clone(), name, at, audience: Audience::All, data }
}
