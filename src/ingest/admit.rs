//! What may come in: the privacy rules and what was erased before stand between the files and the archive.

use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::archive::ArchiveError;
use crate::model::{AccountSlug, Problem};
use crate::privacy::{Erased, Rules};

use super::assign::company_of;
use super::batch::{Offered, Parsed};
use super::pipeline::Report;
use super::project::blocking;
use super::walk::Unit;
use super::{IngestError, StoreError};

/// What everything passes that comes in.
pub(super) struct Door {
    /// The account that everything belongs to, where it is given.
    pub(super) account: Option<AccountSlug>,
    pub(super) rules: Arc<Rules>,
    /// What was erased and stays away.
    pub(super) erased: Arc<Erased>,
    pub(super) now: Timestamp,
}

impl Door {
    /// Parses units under the privacy rules, and counts what these did.
    pub(super) async fn parse(&self, units: Vec<Unit>, report: &mut Report) -> Result<Vec<Offered>, StoreError> {
        let (account, rules, now) = (self.account.clone(), Arc::clone(&self.rules), self.now);
        let parse =
            move || units.into_par_iter().map(|unit| Parsed::of(unit, account.as_ref(), (&rules, now))).collect();
        let parsed: Vec<Parsed> = blocking(parse).await?;
        let mut offered = Vec::with_capacity(parsed.len());
        for mut item in parsed {
            report.rejected.append(&mut item.problems);
            if let Some(rule) = item.excluded {
                report.excluded += 1;
                *report.excluded_by.entry(rule).or_default() += 1;
            }
            for (kind, count) in item.redacted {
                *report.redacted.entry(kind).or_default() += count;
            }
            offered.extend(item.offered);
        }
        Ok(offered)
    }

    /// Drops what was erased by its identity: a company row among it would make its account anew.
    pub(super) fn drop_erased(&self, offered: &mut Vec<Offered>, report: &mut Report) {
        if self.erased.is_empty() {
            return;
        }
        let before = offered.len();
        offered.retain(|item| {
            let company = company_of(&item.interaction).map(|company| company.account);
            let account = item.interaction.account.as_ref().or(company.as_ref());
            !self.erased.holds(account.map_or("", AccountSlug::as_str), &item.interaction.id)
        });
        report.erased += (before - offered.len()) as u64;
    }

    /// Takes out of what is offered who was erased, once it is known whose account it is.
    pub(super) async fn censor(&self, offered: Vec<Offered>, report: &mut Report) -> Result<Vec<Offered>, IngestError> {
        if self.erased.is_empty() {
            return Ok(offered);
        }
        let (erased, before) = (Arc::clone(&self.erased), offered.len());
        let without = move |item: Offered| item.without(&erased).transpose();
        let censor =
            move || offered.into_par_iter().filter_map(without).collect::<Result<Vec<Offered>, ArchiveError>>();
        let left = blocking(censor).await??;
        report.erased += (before - left.len()) as u64;
        Ok(left)
    }

    /// What could not be loaded, without the names of those who were erased.
    pub(super) fn masked(&self, rejected: &[Problem]) -> Vec<Problem> {
        let account = self.account.as_ref().map_or("", AccountSlug::as_str);
        let masked = |text: &String| self.erased.mask(account, text).unwrap_or_else(|| text.clone());
        let problem = |of: &Problem| Problem::new(masked(&of.path), masked(&of.item), masked(&of.reason));
        rejected.iter().map(problem).collect()
    }
}
