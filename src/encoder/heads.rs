//! What is read off the hidden states: acts and topics, mood, and labels of words.

use std::ops::Range;

use tch::{Kind, Tensor};

use super::LoadError;
use super::adapters::Adapters;
use super::base::Encoded;
use super::tokens::Tokens;
use crate::model::{ActRole, MentionKind};

/// A labelled stretch of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged<L> {
    /// Its label.
    pub label: L,
    /// Where it stands in the sentence, in bytes.
    pub range: Range<usize>,
    /// How likely it is, the mean over its tokens.
    pub likely: f32,
}

/// Everything read of a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Log-odds of acts and topics, in the order of the adapters' classes.
    pub classes: Vec<f32>,
    /// Probabilities of bad, neutral and good mood.
    pub mood: [f32; 3],
    /// Names.
    pub mentions: Vec<Tagged<MentionKind>>,
    /// The parts of its act.
    pub roles: Vec<Tagged<ActRole>>,
}

const LABELS: [MentionKind; 2] = [MentionKind::Person, MentionKind::Organization];
const ROLES: [ActRole; 3] = [ActRole::Owner, ActRole::Action, ActRole::Due];

/// A linear layer.
struct Head {
    weight: Tensor,
    bias: Tensor,
}

impl Head {
    fn take(adapters: &Adapters, name: &str, hidden: i64, outputs: Option<i64>) -> Result<Self, LoadError> {
        let head =
            Self { weight: adapters.take(&format!("{name}.weight"))?, bias: adapters.take(&format!("{name}.bias"))? };
        let outputs = outputs.unwrap_or(head.bias.size().iter().product());
        let fits = head.weight.size() == [outputs, hidden] && head.bias.size() == [outputs];
        if fits { Ok(head) } else { Err(LoadError::Adapters(format!("the head {name} is of another size"))) }
    }

    fn apply(&self, states: &Tensor) -> Tensor {
        states.linear(&self.weight, Some(&self.bias))
    }
}

/// All heads.
pub(super) struct Heads {
    classes: Head,
    mood: Head,
    mentions: Head,
    roles: Head,
}

impl Heads {
    pub(super) fn take(adapters: &Adapters, hidden: i64) -> Result<Self, LoadError> {
        let bio = |labels: usize| Some(1 + 2 * labels as i64);
        Ok(Self {
            classes: Head::take(adapters, "classes", hidden, None)?,
            mood: Head::take(adapters, "mood", hidden, Some(3))?,
            mentions: Head::take(adapters, "mentions", hidden, bio(LABELS.len()))?,
            roles: Head::take(adapters, "roles", hidden, bio(ROLES.len()))?,
        })
    }

    /// Reads a batch of texts.
    pub(super) fn read(&self, texts: &[&Tokens], encoded: &Encoded) -> Vec<Reading> {
        let likely = |logits: Tensor| logits.softmax(-1, Kind::Float);
        let (means, states) = (encoded.means(), &encoded.states);
        let classes = rows(&self.classes.apply(&means));
        let moods = rows(&likely(self.mood.apply(&means)));
        let mentions = likely(self.mentions.apply(states));
        let roles = likely(self.roles.apply(states));
        let mut made = Vec::with_capacity(texts.len());
        for (at, ((text, classes), mood)) in texts.iter().zip(classes).zip(moods).enumerate() {
            let of =
                |tokens: &Tensor| rows(&tokens.get(at as i64).narrow(0, text.start as i64, text.places.len() as i64));
            made.push(Reading {
                classes,
                mood: mood.try_into().unwrap_or([0.0, 1.0, 0.0]),
                mentions: stretches(&of(&mentions), &text.places, &LABELS),
                roles: stretches(&of(&roles), &text.places, &ROLES),
            });
        }
        made
    }
}

/// A matrix as its rows.
fn rows(matrix: &Tensor) -> Vec<Vec<f32>> {
    let width = matrix.size().last().copied().unwrap_or_default().max(1) as usize;
    let flat: Vec<f32> = Vec::try_from(matrix.contiguous().view([-1i64])).unwrap_or_default();
    flat.chunks_exact(width).map(<[f32]>::to_vec).collect()
}

/// Joins tokens labelled "begins" and "goes on" to stretches of whole words. Labels are: none, then of each label one
/// that begins and one that goes on.
fn stretches<L: Copy + PartialEq>(likely: &[Vec<f32>], places: &[Range<usize>], labels: &[L]) -> Vec<Tagged<L>> {
    let mut found: Vec<(Tagged<L>, f32)> = Vec::new();
    for (probabilities, place) in likely.iter().zip(places) {
        // A word is cut into pieces that touch; what its first piece is, it is.
        let touches = found.last().is_some_and(|(last, _)| last.range.end == place.start);
        let best = probabilities.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
        let Some((label, sure)) = best.and_then(|(at, sure)| Some((at.checked_sub(1)?, *sure))) else { continue };
        let Some(kind) = labels.get(label / 2).copied() else { continue };
        let goes_on = label % 2 == 1;
        match found.last_mut() {
            Some((last, count)) if last.label == kind && (goes_on || touches) => {
                last.likely = (last.likely * *count + sure) / (*count + 1.0);
                last.range.end = place.end;
                *count += 1.0;
            }
            _ => found.push((Tagged { label: kind, range: place.clone(), likely: sure }, 1.0)),
        }
    }
    found.into_iter().map(|(tagged, _)| tagged).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_stretches() {
        let check = |labels: &[usize], places: &[Range<usize>], expected: &[(ActRole, Range<usize>)]| {
            let likely: Vec<Vec<f32>> =
                labels.iter().map(|label| (0..7).map(|at| f32::from(u8::from(at == *label))).collect()).collect();
            let found: Vec<_> = stretches(&likely, places, &ROLES).into_iter().map(|t| (t.label, t.range)).collect();
            assert_eq!(found, expected);
        };
        // I will send it by Friday
        check(
            &[1, 0, 3, 4, 5, 6],
            &[0..1, 2..6, 7..11, 12..14, 15..17, 18..24],
            &[(ActRole::Owner, 0..1), (ActRole::Action, 7..14), (ActRole::Due, 15..24)],
        );
        check(&[0, 0], &[0..1, 2..6], &[]);
        // Two names that follow each other, the second of two pieces.
        check(&[1, 1, 2], &[0..3, 4..6, 6..8], &[(ActRole::Owner, 0..3), (ActRole::Owner, 4..8)]);
    }
}
