//! The mood of a message out of those of its sentences. What each sentence tells is added up, so the sentences that made
//! a message's mood are those that tell most of it; `models/train/sentiment.py` fits what the sums weigh.

use std::sync::OnceLock;

use super::{Scored, model};

/// No sentence is surer than this.
const SUREST: f32 = 0.98;
/// The least that a message tells, against logarithms of nothing.
const LEAST: f32 = 1e-4;

/// A row of weights for each class: of bad mood told, of good mood told, of the number of sentences, and an offset.
type Formula = [[f32; 4]; 3];

/// What was fitted to the encoder, in a build that has it.
#[cfg(feature = "rust-bert")]
static FITTED: Option<&str> = Some(include_str!("../../../models/encoder/moods.json"));
#[cfg(not(feature = "rust-bert"))]
static FITTED: Option<&str> = None;

/// Who read the sentences: the moods of each are weighed by a formula of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadBy {
    /// The linear model.
    Linear,
    /// The encoder, and the linear model where that was sure.
    Encoder,
}

/// The mood of a message, -1..1; `None` when no sentence has a mood. A single sentence is the message.
pub fn message(sentences: &[Scored], by: ReadBy) -> Option<f32> {
    let (first, rest) = sentences.split_first()?;
    if rest.is_empty() {
        return Some(first.mood());
    }
    let told = |of: fn(&Scored) -> f32| -> f32 {
        sentences.iter().map(|scored| -(1.0 - of(scored).min(SUREST)).ln()).sum::<f32>().max(LEAST)
    };
    let (bad, good) = (told(|scored| scored.negative), told(|scored| scored.positive));
    let signs = [bad.ln(), good.ln(), (sentences.len() as f32).ln(), 1.0];
    let odds = formula(by)?.map(|row| row.iter().zip(signs).map(|(weight, sign)| weight * sign).sum::<f32>().exp());
    let sum: f32 = odds.iter().sum();
    Some(Scored { negative: odds[0] / sum, positive: odds[2] / sum }.mood())
}

/// The formula that the linear model's description holds, and the one that was fitted to the encoder.
fn formula(by: ReadBy) -> Option<&'static Formula> {
    static LINEAR: OnceLock<Option<Formula>> = OnceLock::new();
    static ENCODER: OnceLock<Option<Formula>> = OnceLock::new();
    let linear = || {
        let meta: serde_json::Value = serde_json::from_str(model()?.meta()).ok()?;
        serde_json::from_value(meta.get("message")?.clone()).ok()
    };
    match by {
        ReadBy::Linear => LINEAR.get_or_init(linear).as_ref(),
        ReadBy::Encoder => ENCODER.get_or_init(|| serde_json::from_str(FITTED?).ok()).as_ref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(moods: &[(f32, f32)]) -> Option<f32> {
        let scored: Vec<_> = moods.iter().map(|&(negative, positive)| Scored { negative, positive }).collect();
        message(&scored, ReadBy::Linear)
    }

    #[test]
    fn the_model_brings_the_formula() {
        assert!(formula(ReadBy::Linear).is_some());
        assert_eq!(formula(ReadBy::Encoder).is_some(), cfg!(feature = "rust-bert"));
    }

    #[test]
    fn a_message_is_led_by_its_loud_sentences() {
        let check = |moods: &[(f32, f32)], expected: std::ops::Range<f32>| {
            let mood = of(moods).expect("a mood");
            assert!(expected.contains(&mood), "{moods:?} {mood}");
        };
        check(&[(0.05, 0.05), (0.1, 0.05), (0.9, 0.02)], -1.0..-0.25);
        check(&[(0.02, 0.9), (0.05, 0.05)], 0.25..1.0);
        check(&[(0.05, 0.05), (0.05, 0.05), (0.05, 0.05)], -0.25..0.25);
        check(&[(0.02, 0.9)], 0.25..1.0);
        assert_eq!(of(&[]), None);
    }

    proptest! {
        #[test]
        fn worse_sentences_make_no_better_message(
            moods in prop::collection::vec((0.0f32..0.5, 0.0f32..0.5), 2..12), more in 0.0f32..0.4
        ) {
            let mut worse = moods.clone();
            worse[0].0 += more;
            let (before, after) = (of(&moods).unwrap_or_default(), of(&worse).unwrap_or_default());
            prop_assert!((-1.0..=1.0).contains(&before) && after <= before + 0.02, "{before} {after}");
        }
    }
}
