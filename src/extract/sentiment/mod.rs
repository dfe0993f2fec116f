//! Mood toward us, of sentences and of messages, -1..1. A linear model says how a sentence sounds; rules correct it
//! where words mislead: courtesy is no praise, a calm sentence about a failure is negative, sarcasm is no joy.
//! Entry points: [`sentence`], [`message`].

mod rules;

use std::sync::OnceLock;

use crate::extract::SentenceContext;
use crate::extract::linear::{Features, Linear};
use crate::model::Side;

static MODEL: &[u8] = include_bytes!("../../../models/sentiment.bin");

/// Below this a sentence counts as neutral.
pub const NEUTRAL_BELOW: f32 = 0.25;
/// Longer sentences are lists or logs; only their beginning is read.
const LONGEST_BYTES: usize = 1000;

/// A sentence's mood and its weight in the message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// -1..1 toward us.
    pub sentiment: f32,
    /// Length of the sentence, in any unit that is the same for all.
    pub length: usize,
}

/// The mood of a sentence toward us, -1..1; `None` where nothing can be said: no words, or our own people speak.
/// `features` are those of its words.
pub fn sentence(context: &SentenceContext<'_>, features: &Features) -> Option<f32> {
    let ours = context.speaker.is_some_and(|speaker| speaker.side == Some(Side::Vendor));
    if ours { None } else { of_words(context.words(), features) }
}

/// The mood of a message: the loud sentences count for more than the calm ones, the last words a little more.
/// `None` when no sentence has a mood.
pub fn message(sentences: &[Scored]) -> Option<f32> {
    let count = sentences.len();
    let (mut sum, mut weights) = (0.0f32, 0.0f32);
    for (at, scored) in sentences.iter().enumerate() {
        let loudness = 0.15 + scored.sentiment.abs();
        let length = (scored.length as f32).clamp(10.0, 200.0).sqrt();
        let last = if at + 1 == count { 1.1 } else { 1.0 };
        sum += scored.sentiment * loudness * length * last;
        weights += loudness * length * last;
    }
    (weights > 0.0).then(|| (sum / weights).clamp(-1.0, 1.0))
}

/// The mood that the words alone tell.
fn of_words(words: &str, features: &Features) -> Option<f32> {
    let words = words.get(..words.floor_char_boundary(LONGEST_BYTES)).unwrap_or(words).trim();
    if !words.chars().any(char::is_alphanumeric) {
        return rules::marks(words);
    }
    Some(rules::correct(words, lean(probabilities(features)?)))
}

/// How far a sentence leans: within the neutral band exactly when neutral is the likeliest class.
fn lean([negative, neutral, positive]: [f32; 3]) -> f32 {
    let difference = positive - negative;
    if neutral >= positive.max(negative) {
        return difference.clamp(-1.0, 1.0) * NEUTRAL_BELOW * 0.99;
    }
    let strength = NEUTRAL_BELOW + (1.0 - NEUTRAL_BELOW) * difference.abs();
    strength.min(1.0).copysign(difference)
}

fn probabilities(features: &Features) -> Option<[f32; 3]> {
    static LINEAR: OnceLock<Option<Linear<'static>>> = OnceLock::new();
    let model = LINEAR.get_or_init(|| Linear::from_bytes(MODEL).ok()).as_ref()?;
    model.probabilities(features).try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::linear::BITS;
    use proptest::prelude::*;

    fn mood_of(words: &str) -> Option<f32> {
        of_words(words, &Features::of(words, BITS))
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
        assert!(all >= 40, "the check set is there");
        assert!(f64::from(right) / f64::from(all) >= 0.8, "{right} of {all}\n{wrong:#?}");
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

    #[test]
    fn a_message_is_led_by_its_loud_sentences() {
        let check = |moods: &[f32], expected: std::ops::Range<f32>| {
            let scored: Vec<_> = moods.iter().map(|mood| Scored { sentiment: *mood, length: 60 }).collect();
            let mood = message(&scored).expect("a mood");
            assert!(expected.contains(&mood), "{moods:?} {mood}");
        };
        check(&[0.0, 0.05, -0.8], -0.8..-0.4);
        check(&[0.7], 0.6..0.8);
        check(&[0.5, -0.5], -0.2..0.2);
        assert_eq!(message(&[]), None);
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
