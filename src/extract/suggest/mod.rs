//! What small linear models suggest of a sentence where grammar does not state it plainly: acts and topics. Each class
//! knows how to be weighed together with the grammar; training measures that and writes it beside the weights.
//! Entry point: [`Suggestion::of`].

mod fusion;

use std::sync::OnceLock;

use fusion::{Fusion, Fusions};

use super::linear::{Features, Linear};
use crate::model::{Act, FactKind};

static ACTS: &[u8] = include_bytes!("../../../models/acts.bin");
static TOPICS: &[u8] = include_bytes!("../../../models/topics.bin");

/// A model with the way each of its classes is weighed together with the grammar.
struct Model {
    linear: Linear<'static>,
    fusions: Fusions,
}

impl Model {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let linear = Linear::from_bytes(bytes).ok()?;
        let fusions = Fusions::read(linear.meta())?;
        Some(Self { linear, fusions })
    }
}

fn acts() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(ACTS)).as_ref()
}

fn topics() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(TOPICS)).as_ref()
}

/// The models' opinion of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Suggestion {
    acts: Vec<f32>,
    topics: Vec<f32>,
}

/// One class in the eyes of its model.
#[derive(Clone, Copy, Debug)]
pub struct Opinion<'a> {
    score: f32,
    fusion: &'a Fusion,
}

impl Opinion<'_> {
    /// The log-odds of a finding of the grammar that has `odds` on its own.
    pub fn join(&self, odds: f32) -> f32 {
        self.fusion.with_rule(odds, self.score)
    }

    /// The probability from which what a rule found is worth a finding.
    pub fn floor(&self) -> f32 {
        self.fusion.floor()
    }

    /// The probability where the grammar found nothing.
    pub fn alone(&self) -> f32 {
        probability(self.fusion.alone(self.score))
    }

    /// The probability where the grammar found nothing, if that is enough for a finding of its own.
    pub fn suffices(&self) -> Option<f32> {
        Some(self.alone()).filter(|found| *found >= self.fusion.threshold())
    }
}

impl Suggestion {
    /// Asks the models about a sentence with these features.
    pub fn of(features: &Features) -> Self {
        let scores = |model: Option<&Model>| model.map(|model| model.linear.scores(features)).unwrap_or_default();
        Self { acts: scores(acts()), topics: scores(topics()) }
    }

    /// The opinion on an act; `None` when no model knows it.
    pub fn act(&self, act: Act) -> Option<Opinion<'static>> {
        let name = match act {
            Act::Commitment => "commitment",
            Act::Request => "request",
            Act::Decision => "decision",
        };
        opinion(acts()?, &self.acts, name)
    }

    /// The opinion on a topic; `None` when no model knows it.
    pub fn topic(&self, kind: FactKind) -> Option<Opinion<'static>> {
        opinion(topics()?, &self.topics, kind.as_str())
    }

    /// The likeliest category of a risk.
    pub fn risk_category(&self) -> Option<&'static str> {
        let classes = topics()?.fusions.classes();
        let risks = classes.iter().zip(&self.topics).filter(|(class, _)| class.starts_with("risk."));
        risks.max_by(|one, other| one.1.total_cmp(other.1)).and_then(|(class, _)| class.strip_prefix("risk."))
    }
}

fn opinion(model: &'static Model, scores: &[f32], class: &str) -> Option<Opinion<'static>> {
    let (at, fusion) = model.fusions.find(class)?;
    Some(Opinion { score: *scores.get(at)?, fusion })
}

/// Log-odds as a probability.
pub fn probability(odds: f32) -> f32 {
    (1.0 / (1.0 + (-odds).exp())).clamp(0.01, 0.97)
}

/// A probability as log-odds.
pub fn odds(probability: f32) -> f32 {
    let p = probability.clamp(0.001, 0.999);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::linear::BITS;

    #[test]
    fn models_are_there_and_small() {
        assert!(acts().is_some() && topics().is_some());
        assert!(ACTS.len() + TOPICS.len() < 7_500_000);
    }

    #[test]
    fn plain_requests_are_suggested() {
        let check = |words: &str, least: f32, most: f32| {
            let found = Suggestion::of(&Features::of(words, BITS)).act(Act::Request).expect("a model").alone();
            assert!((least..=most).contains(&found), "{found} {words}");
        };
        check("Could you please send me the signed contract?", 0.5, 1.0);
        check("We met the auditors in the spring.", 0.0, 0.3);
    }
}
