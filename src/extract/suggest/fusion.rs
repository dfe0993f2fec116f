//! How a class of a model is weighed together with the grammar: numbers that training measured on text which the
//! weights had not seen.

use serde::Deserialize;

/// The classes of a model in order, each with its numbers.
#[derive(Debug, Deserialize)]
pub(super) struct Fusions {
    classes: Vec<String>,
    fusion: Vec<Option<Fusion>>,
}

/// Log-odds of a finding, out of those of the grammar and of the model.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Fusion {
    /// Weight of the grammar's log-odds, weight of the model's, offset.
    rule: [f32; 3],
    /// Weight of the model's log-odds, offset: where the grammar found nothing.
    alone: [f32; 2],
    /// The probability from which what a rule found is worth a finding.
    floor: f32,
    /// Where the grammar found nothing, the probability from which the model makes a finding.
    threshold: f32,
}

impl Fusions {
    /// Reads the description of a model.
    pub(super) fn read(meta: &str) -> Option<Self> {
        serde_json::from_str(meta).ok()
    }

    /// The classes in the order of the model.
    pub(super) fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Place and numbers of a class; `None` for one that is not weighed.
    pub(super) fn find(&self, class: &str) -> Option<(usize, &Fusion)> {
        let at = self.classes.iter().position(|name| name == class)?;
        Some((at, self.fusion.get(at)?.as_ref()?))
    }
}

impl Fusion {
    pub(super) fn with_rule(&self, grammar: f32, model: f32) -> f32 {
        let [by_grammar, by_model, offset] = self.rule;
        by_grammar * grammar + by_model * model + offset
    }

    pub(super) fn alone(&self, model: f32) -> f32 {
        let [by_model, offset] = self.alone;
        by_model * model + offset
    }

    pub(super) fn floor(&self) -> f32 {
        self.floor
    }

    pub(super) fn threshold(&self) -> f32 {
        self.threshold
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_without_numbers_is_not_weighed() {
        let meta = r#"{"classes": ["one", "two"], "fusion": [{"rule": [1, 0.5, 0], "alone": [1, -1], "floor": 0.4, "threshold": 0.6}, null]}"#;
        let read = Fusions::read(meta).expect("numbers");
        let (at, one) = read.find("one").expect("the first");
        assert_eq!((at, one.with_rule(1.0, 2.0), one.alone(2.0)), (0, 2.0, 1.0));
        assert!(read.find("two").is_none() && read.find("three").is_none());
    }
}
