//! Turns the evidence for a candidate into a probability: the rule's own, the reasons around it, and everything else
//! that is known of the sentence; the grammar never sees the latter.

use super::rule::{Reason, Rule};
use crate::extract::suggest::{self, Opinion};

/// Where no model has an opinion, a finding below this is not worth a line.
pub const FLOOR: f32 = 0.40;

/// Probability that a candidate found by `rule` for `reasons` is right.
pub fn probability(rule: Rule, reasons: &[Reason], opinion: Option<Opinion>) -> f32 {
    let odds = odds(rule, reasons);
    opinion.map_or_else(|| suggest::probability(odds), |opinion| opinion.probability(Some(odds)))
}

/// Log-odds of a candidate by grammar alone.
fn odds(rule: Rule, reasons: &[Reason]) -> f32 {
    suggest::odds(rule.prior()) + reasons.iter().map(|reason| reason.weight()).sum::<f32>()
}
