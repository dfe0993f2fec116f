//! Stage history of deals that comes apart from the deals: Salesforce's history objects and reports.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::record::{Base, Change, Changed, Object, System};
use crate::sources::{Sink, dates, emit};

/// Changes by deal.
#[derive(Default)]
pub(super) struct Histories(BTreeMap<String, Deal>);

#[derive(Default)]
struct Deal {
    name: Option<String>,
    changes: Vec<Change>,
}

impl Histories {
    /// Adds a row, given as a function from alias keys to its value; a change of another field than stage and owner
    /// is no part of the history.
    pub(super) fn add(&mut self, get: &dyn Fn(&[&str]) -> Option<String>) -> Result<(), String> {
        let id = get(&["opportunityid"]).or_else(|| {
            let name = get(&["opportunityname"])?.to_lowercase();
            Some(name.split_whitespace().collect::<Vec<_>>().join("-"))
        });
        let id = id.ok_or("a change that does not say of which deal")?;
        let written = get(&["createddate", "lastmodified", "editdate", "lastmodifieddate", "date", "changedate"]);
        let written = written.ok_or("no date")?;
        let at = dates::timestamp(&written).ok_or_else(|| format!("not a date: {written}"))?;
        let what = match get(&["field"]).map(|field| field.to_lowercase()).as_deref() {
            None | Some("stagename" | "stage") => Changed::Stage,
            Some("owner" | "ownername" | "opportunityowner") => Changed::Owner,
            Some(_) => return Ok(()),
        };
        let to = get(&["newvalue", "tostage", "stagename", "stage"]).ok_or("a change without its new value")?;
        let from = get(&["oldvalue", "fromstage"]);
        let deal = self.0.entry(id).or_default();
        deal.name = deal.name.take().or_else(|| get(&["opportunityname"]));
        deal.changes.push(Change { what, from, to, at });
        Ok(())
    }

    /// Hands over every change. A row of `OpportunityHistory` repeats the stage when something else changed.
    pub(super) fn finish(self, sink: &mut Sink<'_>) -> ControlFlow<()> {
        for (id, deal) in self.0 {
            let base = Base { system: System::Salesforce, object: Object::Deal, id: &id, name: deal.name };
            for change in in_order(deal.changes) {
                emit::give(sink, base.change(&change))?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// Sorts changes by time, fills in what each one left, and drops those that change nothing.
pub(super) fn in_order(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_key(|change| change.at);
    let mut kept: Vec<Change> = Vec::with_capacity(changes.len());
    for mut change in changes {
        let before = kept.iter().rev().find(|earlier| earlier.what == change.what).map(|earlier| earlier.to.clone());
        if before.as_ref() == Some(&change.to) {
            continue;
        }
        change.from = change.from.or(before);
        kept.push(change);
    }
    kept
}
