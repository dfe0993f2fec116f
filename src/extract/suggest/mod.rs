//! The one decision: what small linear models suggest of a sentence's words, what the rules of the grammar found in it
//! and the signs around it are weighed into one probability for each act and topic. The weights are measured by training
//! and lie in `models/`. Entry point: [`Evidence`].

mod evidence;
mod fusion;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use evidence::{Sign, of_words, signs};
use fusion::Fusion;
use serde::Deserialize;

use super::insight::Insight;
use super::linear::{Features, Joined, Linear};
use crate::model::{Act, FactKind, Side};

static ACTS: &[u8] = include_bytes!("../../../models/acts.bin");
static TOPICS: &[u8] = include_bytes!("../../../models/topics.bin");
static FUSION: &str = include_str!("../../../models/fusion.json");
/// How the linear models are weighed with the encoder, in a build that has it.
#[cfg(feature = "rust-bert")]
static WEIGHING: Option<&str> = Some(include_str!("../../../models/encoder/weighing.json"));
#[cfg(not(feature = "rust-bert"))]
static WEIGHING: Option<&str> = None;

/// The models and the weights of the decision.
struct Models {
    joined: Joined,
    /// Classes of both, in the order of the scores.
    classes: Vec<String>,
    fusions: BTreeMap<String, Fusion>,
    /// Those for sentences that the encoder read too; its scores follow those of the models.
    encoded: BTreeMap<String, Fusion>,
}

/// What a model says of itself.
#[derive(Deserialize)]
struct Meta {
    classes: Vec<String>,
}

impl Models {
    fn read() -> Option<Self> {
        let (acts, topics) = (Linear::from_bytes(ACTS).ok()?, Linear::from_bytes(TOPICS).ok()?);
        let mut classes = Vec::new();
        for model in [&acts, &topics] {
            classes.extend(serde_json::from_str::<Meta>(model.meta()).ok()?.classes);
        }
        let fusions = fusion::read(FUSION, &classes)?;
        let both: Vec<String> = classes.iter().cloned().chain(classes.iter().map(|c| format!("encoder.{c}"))).collect();
        let encoded = WEIGHING.map_or_else(|| Some(BTreeMap::new()), |written| fusion::read(written, &both))?;
        Some(Self { joined: Joined::new(&[&acts, &topics])?, classes, fusions, encoded })
    }
}

fn models() -> Option<&'static Models> {
    static MODELS: OnceLock<Option<Models>> = OnceLock::new();
    MODELS.get_or_init(Models::read).as_ref()
}

/// The models' scores of a sentence's words, one for each class.
#[derive(Clone, Debug, Default)]
pub struct Scores(Vec<f32>);

impl Scores {
    /// Asks the models about a sentence with these features.
    pub fn of(features: &Features) -> Self {
        let Some(models) = models() else { return Self::default() };
        Self(models.joined.scores(features))
    }

    /// The same with those that the encoder gave.
    #[must_use]
    pub fn with(mut self, insight: Option<&Insight>) -> Self {
        let known = models().map_or(0, |models| models.classes.len());
        self.0.extend(insight.filter(|insight| insight.scores.len() == known).into_iter().flat_map(|i| &i.scores));
        self
    }

    /// Whether the encoder's are among them.
    fn are_encoded(&self, models: &Models) -> bool {
        self.0.len() > models.classes.len()
    }

    /// The weights that fit these scores.
    fn fusions<'m>(&self, models: &'m Models) -> &'m BTreeMap<String, Fusion> {
        if self.are_encoded(models) { &models.encoded } else { &models.fusions }
    }
}

/// Names of all classes, in the order of the scores.
pub fn classes() -> &'static [String] {
    models().map_or(&[], |models| &models.classes)
}

/// Everything known of a sentence when it is decided what it carries.
#[derive(Clone, Debug, Default)]
pub struct Evidence<'a> {
    /// The models' scores.
    pub scores: Scores,
    /// Those of the sentence before, by the same speaker.
    pub before: Option<&'a Scores>,
    /// Signs around the words.
    pub signs: Vec<Sign>,
    /// Names of all rules that fired.
    pub rules: Vec<&'static str>,
}

/// One class in the light of the evidence.
#[derive(Clone, Copy, Debug)]
pub struct Opinion {
    around: f32,
    fusion: &'static Fusion,
    /// Whether the encoder's scores are among those weighed.
    is_encoded: bool,
}

/// What neither a rule nor the encoder found must be at least this likely.
const SUGGESTED: f32 = 0.42;

impl Opinion {
    /// The probability where a rule found it with `odds` of its own, or where none did.
    pub fn probability(&self, odds: Option<f32>) -> f32 {
        probability(self.around + odds.map_or(0.0, |odds| self.fusion.of_rule(odds)))
    }

    /// The probability from which it is worth a finding.
    pub fn threshold(&self) -> f32 {
        self.fusion.threshold
    }

    /// The same where no rule found it: more is asked, unless the encoder read the sentence.
    pub fn threshold_alone(&self) -> f32 {
        if self.is_encoded { self.threshold() } else { self.threshold().max(SUGGESTED) }
    }

    /// The opinion when `side` turns out to speak, of itself or not.
    #[must_use]
    pub fn said_by(self, side: Side, first: bool) -> Self {
        Self { around: self.around + self.fusion.of_signs(evidence::of_side(side, first)), ..self }
    }
}

impl Evidence<'_> {
    /// The opinion on an act; `None` when no model knows it.
    pub fn act(&self, act: Act) -> Option<Opinion> {
        self.opinion(match act {
            Act::Commitment => "commitment",
            Act::Request => "request",
            Act::Decision => "decision",
        })
    }

    /// The opinion on a topic; `None` when no model knows it.
    pub fn topic(&self, kind: FactKind) -> Option<Opinion> {
        self.opinion(kind.as_str())
    }

    /// The likeliest category of a kind: `budget` of a risk.
    pub fn category(&self, kind: FactKind) -> Option<&'static str> {
        let of_kind = |class: &'static String| class.strip_prefix(kind.as_str())?.strip_prefix('.');
        let classes = &models()?.classes;
        // The encoder's scores come last and have the last word.
        let scored = classes.iter().zip(self.scores.0.get(self.scores.0.len().checked_sub(classes.len())?..)?);
        let categories = scored.filter_map(|(class, score)| Some((of_kind(class)?, *score)));
        categories.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(category, _)| category)
    }

    /// What adds up to the log-odds of a class where a rule found it with `odds`, weightiest first.
    pub fn parts(&self, class: &str, odds: Option<f32>) -> Vec<(String, f32)> {
        let Some(models) = models() else { return Vec::new() };
        let Some(fusion) = self.scores.fusions(models).get(class) else { return Vec::new() };
        let mut parts = fusion.parts(&self.scores.0, self.before_of(fusion), &self.signs, &self.rules);
        for (name, _) in &mut parts {
            let place = name.strip_prefix("words ").and_then(|place| place.parse::<usize>().ok());
            if let Some(place) = place {
                let reader = if place < models.classes.len() { "words" } else { "encoder" };
                *name = format!("{reader}: {}", models.classes[place % models.classes.len()]);
            }
        }
        parts.extend(odds.map(|odds| ("rule".to_owned(), fusion.of_rule(odds))));
        parts.retain(|(_, weight)| weight.abs() >= 0.05);
        parts.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        parts
    }

    fn before_of(&self, fusion: &Fusion) -> f32 {
        self.before.and_then(|scores| scores.0.get(fusion.at)).copied().unwrap_or(BEFORE_NOTHING)
    }

    /// The opinion on a class by its name.
    pub fn opinion(&self, class: &str) -> Option<Opinion> {
        let models = models()?;
        let fusion = self.scores.fusions(models).get(class)?;
        let around = fusion.around(&self.scores.0, self.before_of(fusion), &self.signs, &self.rules);
        Some(Opinion { around, fusion, is_encoded: self.scores.are_encoded(models) })
    }
}

/// Names of the acts and topics that are decided.
pub fn decided() -> impl Iterator<Item = &'static str> {
    models().into_iter().flat_map(|models| models.fusions.keys().map(String::as_str))
}

/// The probability of a class from which a sentence is worth reading by the encoder; `None` where there is no encoder.
pub fn gate(class: &str) -> Option<f32> {
    models()?.encoded.get(class).map(|fusion| fusion.gate)
}

/// The score before of a sentence that nothing comes before: less than any other.
const BEFORE_NOTHING: f32 = f32::MIN;

/// Log-odds as a probability.
pub fn probability(odds: f32) -> f32 {
    (1.0 / (1.0 + (-odds).exp())).clamp(0.01, 0.98)
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
        assert!(models().is_some());
        assert!(ACTS.len() + TOPICS.len() + FUSION.len() < 7_500_000);
    }

    #[test]
    fn plain_requests_are_suggested() {
        let check = |words: &str, least: f32, most: f32| {
            let scores = Scores::of(&Features::of(words, BITS));
            let evidence = Evidence { scores, signs: of_words(words), ..Evidence::default() };
            let found = evidence.act(Act::Request).expect("a model").probability(None);
            assert!((least..=most).contains(&found), "{found} {words}");
        };
        check("Could you please send me the signed contract?", 0.4, 1.0);
        check("We met the auditors in the spring.", 0.0, 0.3);
    }
}
