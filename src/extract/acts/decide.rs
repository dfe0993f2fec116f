//! Turns the evidence for a candidate into a probability: the rule's own, the reasons around it, and what a model
//! makes of the whole sentence; the grammar never sees the latter.

use super::rule::{Reason, Rule};
use crate::extract::suggest::{self, Opinion};

/// A finding below this is not worth a line.
pub const FLOOR: f32 = 0.40;

/// Probability that a candidate found by `rule` for `reasons` is right; `model` is a model's opinion of the sentence.
pub fn probability(rule: Rule, reasons: &[Reason], model: Option<Opinion<'_>>) -> f32 {
    let mut odds = suggest::odds(rule.prior());
    for reason in reasons {
        odds += reason.weight();
    }
    suggest::probability(model.map_or(odds, |opinion| opinion.join(odds)))
}
