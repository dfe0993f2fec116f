//! What changed in an account between two times. Pure: two folds in, changes out; the clock is an argument.
//!
//! `before` is the fold of everything said until `since`, `after` that of everything said until `until`.
//! Severities follow the table in [`severity`].

mod buckets;
mod facts;
mod known;
mod owner;
mod people;
mod robust;
mod sentiment;
pub mod severity;
mod shift;
mod usage;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::model::{AccountSlug, AccountView, Change, ChangeKind, Evidence, InteractionNode, Iri, Severity};

/// The changes between two folds of one account, by time; never the same one twice.
pub fn between(before: &AccountView, since: Timestamp, after: &AccountView, until: Timestamp) -> Vec<Change> {
    let period = Period { before, since, after, until };
    let mut changes = Vec::new();
    let known = known::Known::of(&before.stakeholders);
    people::changes(&period, &known, &mut changes);
    changes.extend(owner::change(&period));
    sentiment::changes(&period, &known, &mut changes);
    usage::changes(&period, &mut changes);
    facts::changes(&period, &mut changes);
    changes.sort_by(|a: &Change, b: &Change| {
        (a.at, a.kind, &a.subject, &a.summary).cmp(&(b.at, b.kind, &b.subject, &b.summary))
    });
    changes.dedup_by(|a, b| a.kind == b.kind && a.subject == b.subject && a.at == b.at && a.summary == b.summary);
    changes
}

/// Two folds and their times.
struct Period<'v> {
    before: &'v AccountView,
    since: Timestamp,
    after: &'v AccountView,
    until: Timestamp,
}

impl Period<'_> {
    fn account(&self) -> &AccountSlug {
        &self.after.account
    }

    /// The IRI of the account as a whole.
    fn account_iri(&self) -> Iri {
        Iri::from_text(format!("urn:baton:account:{}", self.after.account))
    }

    /// A time within the period.
    fn within(&self, at: Timestamp) -> Timestamp {
        at.clamp(self.since.min(self.until), self.until)
    }

    /// A change of this account.
    fn change(&self, kind: ChangeKind, at: Timestamp, about: About, difference: Difference) -> Change {
        Change {
            kind,
            at: self.within(at),
            account: self.account().clone(),
            subject: about.subject,
            summary: about.summary,
            before: difference.before,
            after: difference.after,
            severity: difference.severity,
            evidence: about.evidence,
        }
    }
}

/// The day that is not over at `at`: only days before it count as whole. An end of a day in nanoseconds is its end.
fn today(at: Timestamp) -> Date {
    at.checked_add(SignedDuration::from_secs(1)).unwrap_or(at).to_zoned(TimeZone::UTC).date()
}

/// A message as evidence, where its own words are not at hand.
fn whole(node: &InteractionNode) -> Evidence {
    Evidence {
        interaction: node.id.clone(),
        kind: node.kind,
        at: node.at,
        speaker: None,
        start: 0,
        end: 0,
        quote: String::new(),
    }
}

/// What was, what is, and how much that matters.
struct Difference {
    before: Value,
    after: Value,
    severity: Severity,
}

impl Difference {
    fn new((before, after): (Value, Value), severity: Severity) -> Self {
        Self { before, after, severity }
    }
}

/// What a change is about and how it is told.
struct About {
    subject: Iri,
    summary: String,
    evidence: Vec<Evidence>,
}

#[cfg(test)]
mod tests;
