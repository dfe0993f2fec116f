//! Small linear models over hashed word and character n-grams: weights of eight bits, read from the binary itself.
//! Trained by `models/train`; the features are defined there and in [`features`]. Models that are always asked together
//! are asked as one, [`Joined`].

mod classes;
mod features;
mod joined;

pub use features::Features;
pub use joined::Joined;

/// Size of every model's table: features are computed once for all of them.
pub const BITS: u8 = 17;

/// A model: for each feature a weight for every class.
#[derive(Clone, Debug)]
pub struct Linear<'a> {
    bits: u8,
    classes: usize,
    scales: Vec<f32>,
    biases: Vec<f32>,
    meta: &'a str,
    weights: &'a [u8],
    /// Whether it was trained on classes of words too.
    knows_classes: bool,
}

/// Why a model's bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadModelError {
    /// The bytes do not begin as a model does.
    #[error("not a linear model of a known version")]
    Unknown,
    /// The bytes end too early or too late.
    #[error("model has a wrong size")]
    Size,
}

impl<'a> Linear<'a> {
    /// Reads a model: `BLM1`, bits, classes, length of the description, scales, biases, description, weights.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, ReadModelError> {
        let rest = bytes.strip_prefix(b"BLM1").ok_or(ReadModelError::Unknown)?;
        let (head, rest) = rest.split_first_chunk::<4>().ok_or(ReadModelError::Size)?;
        let [bits, classes, low, high] = *head;
        let (meta_len, classes) = (usize::from(u16::from_le_bytes([low, high])), usize::from(classes));
        if bits > 24 || classes == 0 {
            return Err(ReadModelError::Unknown);
        }
        let (scales, rest) = floats(rest, classes).ok_or(ReadModelError::Size)?;
        let (biases, rest) = floats(rest, classes).ok_or(ReadModelError::Size)?;
        let (meta, weights) = rest.split_at_checked(meta_len).ok_or(ReadModelError::Size)?;
        let meta = std::str::from_utf8(meta).map_err(|_| ReadModelError::Unknown)?;
        if weights.len() != classes << bits {
            return Err(ReadModelError::Size);
        }
        let knows_classes = meta.contains("\"word_classes\": true");
        Ok(Self { bits, classes, scales, biases, meta, weights, knows_classes })
    }

    /// What the model was trained on, as JSON.
    pub fn meta(&self) -> &str {
        self.meta
    }

    /// The probability of every class, of which one holds.
    pub fn probabilities(&self, features: &Features) -> Vec<f32> {
        let mut scores = self.scores(features);
        softmax(&mut scores);
        scores
    }

    /// The score of every class: log-odds for a model whose classes do not exclude each other. The features must have
    /// been made for [`BITS`]; a model of another size knows nothing of them.
    pub fn scores(&self, features: &Features) -> Vec<f32> {
        let mut scores = self.biases.clone();
        if self.bits != BITS {
            return scores;
        }
        let classes = if self.knows_classes { Some(&features.classes) } else { None };
        for family in [&features.words, &features.characters].into_iter().chain(classes) {
            if family.is_empty() {
                continue;
            }
            let sums = self.sums(family);
            let norm = 1.0 / (family.len() as f32).sqrt();
            for ((score, sum), scale) in scores.iter_mut().zip(sums).zip(&self.scales) {
                *score += sum as f32 * scale * norm;
            }
        }
        scores
    }

    /// The sum of each class's weights over the features of a family.
    fn sums(&self, family: &[u32]) -> Vec<i32> {
        match self.classes {
            0..=4 => self.lanes::<4>(family),
            5..=8 => self.lanes::<8>(family),
            9..=16 => self.lanes::<16>(family),
            17..=32 => self.lanes::<32>(family),
            _ => self.lanes::<{ u8::MAX as usize }>(family),
        }
    }

    /// Adds up rows of `WIDTH` weights at a time, which the compiler does in a few instructions. A row runs on into the
    /// next one where it is wider than the classes are many; what that adds belongs to no class and is dropped.
    fn lanes<const WIDTH: usize>(&self, family: &[u32]) -> Vec<i32> {
        let mut sums = [0i32; WIDTH];
        for block in family.chunks(ROWS_IN_BLOCK) {
            let mut part = [0i16; WIDTH];
            for index in block {
                let rest = self.weights.get(*index as usize * self.classes..).unwrap_or_default();
                let mut last = [0u8; WIDTH];
                let row = rest.first_chunk::<WIDTH>().unwrap_or_else(|| {
                    last[..rest.len()].copy_from_slice(rest);
                    &last
                });
                for (sum, weight) in part.iter_mut().zip(row) {
                    *sum = sum.wrapping_add(i16::from(weight.cast_signed()));
                }
            }
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += i32::from(part);
            }
        }
        sums[..self.classes].to_vec()
    }
}

/// So many weights of eight bits add up to no more than sixteen bits hold.
const ROWS_IN_BLOCK: usize = 255;

fn floats(bytes: &[u8], count: usize) -> Option<(Vec<f32>, &[u8])> {
    let (numbers, rest) = bytes.split_at_checked(count * 4)?;
    let numbers =
        numbers.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
    Some((numbers, rest))
}

fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_whole_models() {
        let whole = || {
            let mut bytes = b"BLM1\x11\x02\x02\x00".to_vec();
            for number in [1.0f32, 1.0, 0.5, -0.5] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(b"{}");
            bytes.extend([3, 253].repeat(1 << BITS));
            bytes
        };
        let check = |bytes: &[u8], expected: Option<ReadModelError>| {
            assert_eq!(Linear::from_bytes(bytes).err(), expected);
        };
        check(&whole(), None);
        check(b"", Some(ReadModelError::Unknown));
        check(b"BLM1\x01\x02", Some(ReadModelError::Size));
        let mut short = whole();
        short.pop();
        check(&short, Some(ReadModelError::Size));
        let bytes = whole();
        let model = Linear::from_bytes(&bytes).expect("a model");
        let probabilities = model.probabilities(&Features::of("anything at all", BITS));
        assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(probabilities[0] > probabilities[1]);
    }
}
