//! The encoder reads as the network did when it was trained: `models/train/encoder.py` wrote what it told of a few
//! invented sentences.

use std::path::Path;

use baton::encoder::{Encoder, Pair};
use baton::model::Side;
use serde::Deserialize;

/// What training says of a sentence.
#[derive(Deserialize)]
struct Reference {
    side: Option<Side>,
    before: String,
    text: String,
    classes: Vec<f32>,
    mood: [f32; 3],
}

/// Halves have eight bits of precision, through six layers.
const NEAR: f32 = 0.35;

#[test]
fn the_encoder_reads_as_it_was_trained() {
    let Some(base) = super::base() else { return };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/encoder/reference.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    let expected: Vec<Reference> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let pair = |one: &Reference| Pair { side: one.side, before: one.before.clone(), words: one.text.clone() };
    let found = Encoder::load(&base).unwrap().read(expected.iter().map(pair).collect()).unwrap();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found.classes.len(), expected.classes.len());
        let far =
            found.classes.iter().zip(&expected.classes).map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
        assert!(far < NEAR, "{}: {far}\n{:?}\n{:?}", expected.text, found.classes, expected.classes);
        let moved = found.mood.iter().zip(&expected.mood).map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
        assert!(moved < 0.06, "{}: {:?} {:?}", expected.text, found.mood, expected.mood);
    }
}
