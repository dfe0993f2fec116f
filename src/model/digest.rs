//! What a list of accounts shows of each.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{ChangeKind, Party, Side};

/// What a list of accounts shows of one: figures that are judged at the time of looking. It is kept beside the graph, so
/// that thousands of accounts can be listed without reading theirs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountDigest {
    /// Display name.
    pub name: Option<String>,
    /// Our owner of the account.
    pub owner: Option<Party>,
    /// How many interactions were read.
    pub interactions: u32,
    /// When somebody last wrote or spoke; `None` where nobody has.
    pub last_contact: Option<Timestamp>,
    /// Day of the next renewal.
    pub renewal_date: Option<Date>,
    /// The promises that are open.
    pub promises: Vec<OpenPromise>,
    /// How many risks are current.
    pub risks: u32,
    /// Mood by month, earliest first; months in which nothing can be said are not among them.
    pub moods: Vec<MonthMood>,
    /// What became new in the months before the last contact, earliest first.
    pub news: Vec<DigestNews>,
}

/// A promise that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPromise {
    /// Whose it is; `None` when not certain.
    pub owner: Option<Side>,
    /// When it is due.
    pub due: Option<Date>,
}

/// The mood of a month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthMood {
    /// First day of the month.
    pub month: Date,
    /// Mean of what was said toward us, -1 to 1.
    pub mean: f32,
}

/// That something became new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestNews {
    /// What.
    pub kind: ChangeKind,
    /// When.
    pub at: Timestamp,
}
