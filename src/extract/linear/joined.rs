//! Several models as one: what costs time is to fetch a feature's weights from memory, and together they are one fetch.

use super::{BITS, Features, Linear, ROWS_IN_BLOCK};

/// The most classes that fit.
const WIDTH: usize = 32;

/// The weights of a feature for every class of every model; the rest is zero. It never lies across two lines of cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Row([i8; WIDTH]);

/// Models that are always asked together.
#[derive(Clone, Debug)]
pub struct Joined {
    scales: Vec<f32>,
    biases: Vec<f32>,
    rows: Vec<Row>,
    /// For each class whether its model was trained on classes of words too.
    knows_classes: Vec<bool>,
}

impl Joined {
    /// Puts models together, their classes one after the other; `None` when they have too many or another size.
    pub fn new(models: &[&Linear<'_>]) -> Option<Self> {
        let classes: usize = models.iter().map(|model| model.classes).sum();
        if classes > WIDTH || models.iter().any(|model| model.bits != BITS) {
            return None;
        }
        let mut rows = vec![Row([0; WIDTH]); 1 << BITS];
        let mut from = 0;
        for model in models {
            for (row, weights) in rows.iter_mut().zip(model.weights.chunks_exact(model.classes)) {
                for (to, weight) in row.0[from..].iter_mut().zip(weights) {
                    *to = weight.cast_signed();
                }
            }
            from += model.classes;
        }
        let all = |of: fn(&Linear<'_>) -> Vec<f32>| models.iter().flat_map(|model| of(model)).collect();
        let knows_classes = models.iter().flat_map(|model| vec![model.knows_classes; model.classes]).collect();
        let (scales, biases) = (all(|model| model.scales.clone()), all(|model| model.biases.clone()));
        Some(Self { scales, biases, rows, knows_classes })
    }

    /// The score of every class, as each model alone would give it.
    pub fn scores(&self, features: &Features) -> Vec<f32> {
        let mut scores = self.biases.clone();
        for (family, of_all) in [(&features.words, true), (&features.characters, true), (&features.classes, false)] {
            if family.is_empty() || !of_all && !self.knows_classes.contains(&true) {
                continue;
            }
            let norm = 1.0 / (family.len() as f32).sqrt();
            let weighed = scores.iter_mut().zip(self.sums(family)).zip(&self.scales).zip(&self.knows_classes);
            for (((score, sum), scale), _) in weighed.filter(|(_, knows)| of_all || **knows) {
                *score += sum as f32 * scale * norm;
            }
        }
        scores
    }

    fn sums(&self, family: &[u32]) -> [i32; WIDTH] {
        let mut sums = [0i32; WIDTH];
        for block in family.chunks(ROWS_IN_BLOCK) {
            let mut part = [0i16; WIDTH];
            for row in block.iter().filter_map(|index| self.rows.get(*index as usize)) {
                for (sum, weight) in part.iter_mut().zip(row.0) {
                    *sum = sum.wrapping_add(i16::from(weight));
                }
            }
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += i32::from(part);
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model with weights that follow from their places.
    fn model(classes: u8, factor: usize, meta: &str) -> Vec<u8> {
        let mut bytes = vec![b'B', b'L', b'M', b'1', BITS, classes, meta.len() as u8, 0];
        for number in 1..=2 * usize::from(classes) {
            bytes.extend((number as f32 / 7.0).to_le_bytes());
        }
        bytes.extend(meta.bytes());
        bytes.extend((0..usize::from(classes) << BITS).map(|place| (place * factor % 251) as u8));
        bytes
    }

    #[test]
    fn joined_models_score_as_alone() {
        let bytes = [model(3, 7, r#"{"word_classes": true}"#), model(19, 13, "{}"), model(3, 31, "{}")];
        let models = bytes.each_ref().map(|bytes| Linear::from_bytes(bytes).expect("a model"));
        let joined = Joined::new(&models.each_ref()).expect("they fit");
        let check = |text: &str| {
            let features = Features::of(text, BITS);
            let alone: Vec<f32> = models.iter().flat_map(|model| model.scores(&features)).collect();
            assert_eq!(joined.scores(&features), alone, "{text}");
        };
        check("");
        check("Could you please send me the signed contract?");
        check(&"every word of a long text adds its weights ".repeat(40));
        assert!(Joined::new(&[&models[1], &models[1]]).is_none());
    }
}
