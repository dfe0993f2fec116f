//! A new owner of the account on our side.

use rustc_hash::FxHashSet;
use serde_json::json;

use super::{About, Difference, Period};
use crate::model::{Change, ChangeKind, Evidence, Party, Severity};

/// The change of owner, where a row that was not known before tells it: a name that is merely understood better is none.
pub(super) fn change(period: &Period<'_>) -> Option<Change> {
    let (before, after) = (&period.before.profile, &period.after.profile);
    let (was, is) = (before.owner.as_ref()?, after.owner.as_ref()?);
    let known: FxHashSet<&str> = before.evidence.iter().map(|evidence| evidence.interaction.as_str()).collect();
    let news = after.evidence.iter().filter(|evidence| !known.contains(evidence.interaction.as_str()));
    let evidence: Vec<Evidence> = news.cloned().collect();
    let at = evidence.iter().map(|evidence| evidence.at).max()?;
    if is_same(was, is) {
        return None;
    }
    let name = |party: &Party| party.name.clone().or_else(|| party.address.clone()).unwrap_or_default();
    let about = About {
        subject: period.account_iri(),
        summary: format!("The account is now owned by {} (before: {})", name(is), name(was)),
        evidence,
    };
    let difference = Difference::new((json!(was), json!(is)), Severity::Warning);
    Some(period.change(ChangeKind::OwnerChanged, at, about, difference))
}

fn is_same(a: &Party, b: &Party) -> bool {
    match (&a.address, &b.address) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => a.name.as_ref().map(|name| name.to_lowercase()) == b.name.as_ref().map(|name| name.to_lowercase()),
    }
}
