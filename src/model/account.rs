//! The account itself: its key, what structured sources say of it, and how much of each source was read.

use std::fmt;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Evidence, InteractionKind, Party};

/// The short key of an account: lower-case letters, digits and dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct AccountSlug(String);

impl AccountSlug {
    /// Makes a slug out of any name: `"Northwind Traders"` becomes `northwind-traders`.
    /// Returns `None` when nothing of the name is left.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut slug = String::with_capacity(name.len());
        for c in name.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        (!slug.is_empty()).then(|| Self(slug.to_owned()))
    }

    /// The account of that key; only the key itself names it.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::from_name(key).filter(|account| account.as_str() == key)
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What structured sources say of an account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AccountProfile {
    /// Display name, best known spelling.
    pub name: Option<String>,
    /// Mail domains of the customer.
    pub domains: Vec<String>,
    /// Industry as the CRM has it.
    pub industry: Option<String>,
    /// Our own owner of the account at present.
    pub owner: Option<Party>,
    /// Since when, where the account had another owner before.
    pub owner_since: Option<Timestamp>,
    /// Yearly revenue with the account in the CRM's own spelling.
    pub annual_value: Option<String>,
    /// Day of the next renewal.
    pub renewal_date: Option<Date>,
    /// Where the account stood, in the CRM's own words and in time order; the last one is the present phase.
    pub phases: Vec<DealStage>,
    /// The deals, oldest first.
    pub deals: Vec<Deal>,
    /// Where the profile was read.
    pub evidence: Vec<Evidence>,
}

/// A deal as the CRM has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Deal {
    /// The CRM's own identity.
    pub id: String,
    /// Its title.
    pub name: String,
    /// Amount in the CRM's own spelling, currency included where given.
    pub amount: Option<String>,
    /// Expected or actual close date.
    pub close_date: Option<Date>,
    /// Our owner of the deal.
    pub owner: Option<Party>,
    /// Stages in time order; the last one is the present stage.
    pub stages: Vec<DealStage>,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// A stage that a deal reached, or a phase that an account entered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DealStage {
    /// The CRM's own word.
    pub name: String,
    /// When it was reached.
    pub at: Timestamp,
}

/// How much of one kind of source was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Coverage {
    /// The kind of source.
    pub kind: InteractionKind,
    /// Number of interactions.
    pub items: u32,
    /// How many of them were recognised as automatic and yielded nothing.
    pub automatic: u32,
    /// The earliest.
    pub first: Timestamp,
    /// The latest.
    pub last: Timestamp,
}
