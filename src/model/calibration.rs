//! How often the findings of each rule were right, as people judged them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What was read counts as much as so many judgements.
const PRIOR_JUDGEMENTS: f32 = 20.0;
/// A finding that had to be corrected was half right.
const CORRECTED_IS_RIGHT: f32 = 0.5;

/// What people decided about the findings of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Judgements {
    /// Approved as they stood.
    pub accepted: u32,
    /// Right with other values.
    pub corrected: u32,
    /// Wrong.
    pub rejected: u32,
}

impl Judgements {
    /// How many there are.
    pub fn count(self) -> u32 {
        self.accepted + self.corrected + self.rejected
    }

    /// The share that was right, 0..1; `None` of none.
    pub fn precision(self) -> Option<f32> {
        (self.count() > 0).then(|| self.right() / self.count() as f32)
    }

    fn right(self) -> f32 {
        self.accepted as f32 + CORRECTED_IS_RIGHT * self.corrected as f32
    }
}

/// What people decided about the findings of each rule. Empty, it leaves every confidence as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Calibration(pub BTreeMap<String, Judgements>);

impl Calibration {
    /// The confidence of a finding of `rule` that was read with `confidence`: the mean of a beta distribution whose
    /// prior has that confidence as its mean and the weight of twenty judgements (Gelman et al., Bayesian Data
    /// Analysis, 3rd ed., section 2.4).
    pub fn confidence(&self, rule: &str, confidence: f32) -> f32 {
        let Some(judged) = self.0.get(rule) else { return confidence };
        let count = judged.count() as f32;
        (PRIOR_JUDGEMENTS * confidence + judged.right()) / (PRIOR_JUDGEMENTS + count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_outweigh_what_was_read_as_they_grow() {
        let check = |accepted, corrected, rejected, expected: f32| {
            let judged = Judgements { accepted, corrected, rejected };
            let calibration = Calibration([("rule".to_owned(), judged)].into());
            let found = calibration.confidence("rule", 0.8);
            assert!((found - expected).abs() < 1e-3, "{judged:?}: {found}, not {expected}");
            assert!((calibration.confidence("another", 0.8) - 0.8).abs() < f32::EPSILON);
        };
        check(0, 0, 0, 0.8);
        check(20, 0, 0, 0.9);
        check(0, 0, 20, 0.4);
        check(0, 20, 0, 0.65);
        check(0, 0, 380, 0.04);
    }
}
