//! What is done at set times, and what became of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::AccountSlug;

/// Documents that are made at set times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Schedule {
    /// Its name.
    pub name: String,
    /// When, as a cron pattern: minute, hour, day of month, month, day of week.
    pub cron: String,
    /// Time zone of the pattern, by its IANA name.
    pub zone: String,
    /// Type of the documents.
    #[serde(rename = "type")]
    pub kind: String,
    /// For this account only; for all when none.
    pub account: Option<AccountSlug>,
    /// Since when it stands: times before are not made up for.
    pub created_at: Timestamp,
}

/// One run of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ScheduleRun {
    /// The schedule.
    pub schedule: String,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it ended; none while it goes on, or when it was cut off.
    pub ended_at: Option<Timestamp>,
    /// Documents made.
    pub made: u32,
    /// Accounts for which none could be made.
    pub failed: u32,
    /// Why, for the first of them.
    pub problem: Option<String>,
}
