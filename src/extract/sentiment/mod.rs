//! Mood toward us, of sentences and of messages, -1..1. A linear model says how a sentence sounds; rules correct it
//! where words mislead: courtesy is no praise, a calm sentence about a failure is negative, sarcasm is no joy. A message
//! is read from how strongly its sentences together speak of bad and of good mood.
//! Entry points: [`sentence()`], [`message()`].

mod message;
mod rules;

use std::sync::OnceLock;

pub use message::{ReadBy, message};

use crate::extract::SentenceContext;
use crate::extract::linear::{Features, Linear};
use crate::model::Side;

static MODEL: &[u8] = include_bytes!("../../../models/sentiment.bin");

/// Below this a sentence counts as neutral.
pub const NEUTRAL_BELOW: f32 = 0.25;
/// A sentence that is neutral with this probability need not be read again.
pub const SURELY_CALM: f32 = 0.85;
/// Longer sentences are lists or logs; only their beginning is read.
const LONGEST_BYTES: usize = 1000;

/// How likely a sentence is in bad and in good mood toward us; the rest is neutral.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// Probability of bad mood.
    pub negative: f32,
    /// Probability of good mood.
    pub positive: f32,
}

impl Scored {
    /// The mood, -1..1: within the neutral band exactly when neutral is the likeliest class.
    pub fn mood(self) -> f32 {
        let difference = self.positive - self.negative;
        if self.neutral() >= self.positive.max(self.negative) {
            return difference.clamp(-1.0, 1.0) * NEUTRAL_BELOW * 0.99;
        }
        let strength = NEUTRAL_BELOW + (1.0 - NEUTRAL_BELOW) * difference.abs();
        strength.min(1.0).copysign(difference)
    }

    /// Probability of neither.
    pub fn neutral(self) -> f32 {
        1.0 - self.positive - self.negative
    }
}

/// The mood of a sentence toward us; `None` where nothing can be said: no words, or our own people speak.
/// `features` are those of its words.
pub fn sentence(context: &SentenceContext<'_>, features: &Features) -> Option<Scored> {
    let ours = context.speaker.is_some_and(|speaker| speaker.side == Some(Side::Vendor));
    if ours { None } else { of_words(context.words(), features) }
}

/// The mood of a sentence as the encoder tells it, where words that mislead do not say otherwise.
pub fn told(context: &SentenceContext<'_>, told: Scored) -> Scored {
    rules::correct(context.words(), told)
}

/// The mood that the words alone tell.
fn of_words(words: &str, features: &Features) -> Option<Scored> {
    let words = words.get(..words.floor_char_boundary(LONGEST_BYTES)).unwrap_or(words).trim();
    if !words.chars().any(char::is_alphanumeric) {
        return rules::marks(words);
    }
    let [negative, _, positive] = model()?.probabilities(features).try_into().ok()?;
    Some(rules::correct(words, Scored { negative, positive }))
}

fn model() -> Option<&'static Linear<'static>> {
    static LINEAR: OnceLock<Option<Linear<'static>>> = OnceLock::new();
    LINEAR.get_or_init(|| Linear::from_bytes(MODEL).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::linear::BITS;
    use proptest::prelude::*;

    fn mood_of(words: &str) -> Option<f32> {
        Some(of_words(words, &Features::of(words, BITS))?.mood())
    }

    fn class(mood: f32) -> &'static str {
        if mood <= -NEUTRAL_BELOW {
            "negative"
        } else if mood >= NEUTRAL_BELOW {
            "positive"
        } else {
            "neutral"
        }
    }

    #[test]
    fn most_of_the_check_set_is_right() {
        let (mut right, mut all, mut wrong) = (0u32, 0u32, Vec::new());
        for line in include_str!("../../../tests/corpus/sentiment/check.tsv").lines() {
            let Some((label, text)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
            let mood = mood_of(text).unwrap_or_default();
            all += 1;
            if class(mood) == label {
                right += 1;
            } else {
                wrong.push(format!("{label} {mood:.2} {text}"));
            }
        }
        assert!(all >= 100, "the check set is there");
        assert!(f64::from(right) / f64::from(all) >= 0.7, "{right} of {all}\n{wrong:#?}");
    }

    #[test]
    fn words_that_mislead() {
        let check = |text: &str, expected: &str| {
            let mood = mood_of(text).unwrap_or_default();
            assert_eq!(class(mood), expected, "{mood:.2} {text}");
        };
        check("Thanks in advance", "neutral");
        check("Best regards, Olena", "neutral");
        check("Please let me know.", "neutral");
        check("Great, another outage", "negative");
        check("Thanks for nothing.", "negative");
        check("The import failed again.", "negative");
        check("We are still waiting for a reply.", "negative");
        check("This is the third time we report this.", "negative");
        check("Thank you for the quick fix, it works now!", "positive");
        check("👎", "negative");
    }

    proptest! {
        #[test]
        fn moods_stay_in_range(text in "\\PC{0,200}") {
            if let Some(mood) = mood_of(&text) {
                prop_assert!((-1.0..=1.0).contains(&mood));
            }
        }
    }
}
