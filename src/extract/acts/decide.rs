//! Turns the evidence for a candidate into a probability. A model's score joins here when there is one;
//! the grammar never sees it.

use super::rule::{Reason, Rule};

/// A finding below this is not worth a line.
pub const FLOOR: f32 = 0.40;

/// Probability that a candidate found by `rule` for `reasons` is right; `model` is a model's own probability.
pub fn probability(rule: Rule, reasons: &[Reason], model: Option<f32>) -> f32 {
    let mut odds = logit(rule.prior());
    for reason in reasons {
        odds += reason.weight();
    }
    if let Some(score) = model {
        odds = f32::midpoint(odds, logit(score));
    }
    sigmoid(odds).clamp(0.01, 0.97)
}

fn logit(p: f32) -> f32 {
    let p = p.clamp(0.001, 0.999);
    (p / (1.0 - p)).ln()
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
