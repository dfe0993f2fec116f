//! How each class is decided: the weights that training gave to the models' scores, the rules and the signs around a
//! sentence, measured on text that the models had not seen.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::evidence::Sign;

/// One class in the file that training writes.
#[derive(Debug, Deserialize)]
struct Written {
    offset: f32,
    odds: f32,
    fired: f32,
    before: f32,
    scores: BTreeMap<String, f32>,
    signs: BTreeMap<String, f32>,
    rules: BTreeMap<String, f32>,
    threshold: f32,
    #[serde(default)]
    gate: f32,
}

/// The log-odds of a class, out of everything known of a sentence.
#[derive(Debug)]
pub(super) struct Fusion {
    offset: f32,
    odds: f32,
    fired: f32,
    before: f32,
    /// In the order of the models' classes.
    scores: Vec<f32>,
    /// In the order of [`Sign::ALL`].
    signs: Vec<f32>,
    rules: FxHashMap<String, f32>,
    /// The probability from which it is worth a finding.
    pub(super) threshold: f32,
    /// The probability, the encoder not asked, from which it is asked.
    pub(super) gate: f32,
    /// Place of the class among those of the models.
    pub(super) at: usize,
}

impl Fusion {
    fn new(at: usize, written: Written, classes: &[String]) -> Self {
        let weight = |of: &BTreeMap<String, f32>, name: &str| of.get(name).copied().unwrap_or_default();
        Self {
            offset: written.offset,
            odds: written.odds,
            fired: written.fired,
            before: written.before,
            scores: classes.iter().map(|class| weight(&written.scores, class)).collect(),
            signs: Sign::ALL.iter().map(|sign| weight(&written.signs, sign.name())).collect(),
            rules: written.rules.into_iter().collect(),
            threshold: written.threshold,
            gate: written.gate,
            at,
        }
    }

    /// What everything but a rule's own odds says: scores of the models, of the sentence before, signs, rules.
    pub(super) fn around(&self, scores: &[f32], before: f32, signs: &[Sign], rules: &[&str]) -> f32 {
        let by_scores: f32 = self.scores.iter().zip(scores).map(|(weight, score)| weight * clip(*score)).sum();
        let by_rules: f32 = rules.iter().filter_map(|rule| self.rules.get(*rule)).sum();
        self.offset + by_scores + self.before * clip(before) + self.of_signs(signs.iter().copied()) + by_rules
    }

    /// The parts of [`Self::around`], each with its name; a score is named `words` and its place.
    pub(super) fn parts(&self, scores: &[f32], before: f32, signs: &[Sign], rules: &[&str]) -> Vec<(String, f32)> {
        let mut parts =
            vec![("offset".to_owned(), self.offset), ("sentence before".to_owned(), self.before * clip(before))];
        let by_score = self.scores.iter().zip(scores).enumerate();
        parts.extend(by_score.map(|(place, (weight, score))| (format!("words {place}"), weight * clip(*score))));
        parts
            .extend(signs.iter().map(|sign| (format!("sign: {}", sign.name()), self.of_signs(std::iter::once(*sign)))));
        let weight = |rule: &&str| Some((format!("rule: {rule}"), *self.rules.get(*rule)?));
        parts.extend(rules.iter().filter_map(weight));
        parts
    }

    /// What signs alone add.
    pub(super) fn of_signs(&self, signs: impl Iterator<Item = Sign>) -> f32 {
        signs.filter_map(|sign| self.signs.get(sign as usize)).sum()
    }

    /// What a rule with `odds` of its own adds.
    pub(super) fn of_rule(&self, odds: f32) -> f32 {
        self.odds * odds + self.fired
    }
}

/// Scores beyond this say no more, as in `models/train/fusion.py`.
const LIMIT: f32 = 3.0;

fn clip(score: f32) -> f32 {
    score.clamp(-LIMIT, LIMIT)
}

/// Reads the file that training writes; `classes` are those of the models in order.
pub(super) fn read(text: &str, classes: &[String]) -> Option<BTreeMap<String, Fusion>> {
    let written: BTreeMap<String, Written> = serde_json::from_str(text).ok()?;
    let place = |class: &String| classes.iter().position(|known| known == class);
    let known = written.into_iter().filter_map(|(class, written)| Some((place(&class)?, class, written)));
    Some(known.map(|(at, class, written)| (class, Fusion::new(at, written, classes))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_known_is_added_up() {
        let text = r#"{"risk": {"offset": -1, "odds": 0.5, "fired": 1, "before": 0.25, "scores": {"risk": 1, "metric": -1},
            "signs": {"asks": -2}, "rules": {"risk.churn": 3}, "threshold": 0.4}}"#;
        let read = read(text, &["metric".to_owned(), "risk".to_owned()]).expect("weights");
        let risk = &read["risk"];
        let check = |signs: &[Sign], rules: &[&str], expected: f32| {
            let found = risk.around(&[1.0, 2.0], 3.0, signs, rules);
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        };
        check(&[], &[], 0.75);
        check(&[Sign::Asks, Sign::Short], &["risk.churn", "other"], 1.75);
        assert!((risk.of_rule(2.0) - 2.0).abs() < 1e-6);
    }
}
