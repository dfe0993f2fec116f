//! What the grammar alone says of a text: what the models are trained to be weighed with.

use std::collections::BTreeMap;

use super::reading;
use crate::extract::{acts, topics};
use crate::model::{Interaction, TextIndex};

/// The best probability of every act and topic, by its name on the wire, before any model is asked.
pub(super) fn alone(interaction: &Interaction) -> BTreeMap<String, f32> {
    let mut best: BTreeMap<String, f32> = BTreeMap::new();
    let mut note = |name: String, likely: f32| {
        let known = best.entry(name).or_insert(0.0);
        *known = known.max(likely);
    };
    reading::each_sentence(interaction, &TextIndex::new(&interaction.text), |context, reference| {
        for (act, likely) in acts::read(context, reference, None).probabilities {
            note(format!("{act:?}").to_lowercase(), likely);
        }
        for topic in topics::find(context) {
            note(topic.kind.as_str().to_owned(), topic.confidence);
            note(topic.topic(), topic.confidence);
        }
    });
    best
}
