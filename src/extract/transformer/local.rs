//! The second reader that is an encoder out of a local folder.

use std::path::Path;

use super::{Asked, SecondReader};
use crate::encoder::{self, Encoder, LoadError, Pair, Reading, Vectors};
use crate::extract::insight::Insight;
use crate::extract::sentiment::Scored;
use crate::extract::{meaning, suggest};
use crate::model::Analysis;

/// The log-odds of the encoder count half, so that they fit the scale of the weights: as in `models/train/weighing.py`.
const SHARE: f32 = 0.5;

/// A name is taken from this probability on.
const SURELY_NAMED: f32 = 0.7;

/// Loads the encoder of a folder.
pub(super) fn reader(folder: Option<&Path>) -> Result<Box<dyn SecondReader>, String> {
    let folder = folder.ok_or("--encoder (BATON_ENCODER) names no base model; `make encoder` sets one up")?;
    let load = || -> Result<Local, LoadError> {
        if encoder::classes()? != suggest::classes() {
            return Err(LoadError::Adapters("they know other acts and topics than the linear models".to_owned()));
        }
        Ok(Local { encoder: Encoder::load(folder)?, vectors: Vectors::load(folder)? })
    };
    Ok(Box::new(load().map_err(|error| error.to_string())?))
}

/// The encoder, and the base model as it is, for meanings.
struct Local {
    encoder: Encoder,
    vectors: Vectors,
}

impl SecondReader for Local {
    fn read(&self, sentences: Vec<Asked>) -> Result<Vec<Insight>, String> {
        let pair = |asked: Asked| Pair { side: asked.side, before: asked.before, words: asked.words };
        let read = self.encoder.read(sentences.into_iter().map(pair).collect()).map_err(|error| error.to_string())?;
        Ok(read.into_iter().map(insight).collect())
    }

    fn embed(&self, analyses: &mut [&mut Analysis]) -> Result<(), String> {
        meaning::embed(analyses, &self.vectors).map_err(|error| error.to_string())
    }
}

fn insight(reading: Reading) -> Insight {
    let [negative, _, positive] = reading.mood;
    Insight {
        scores: reading.classes.iter().map(|odds| odds * SHARE).collect(),
        mood: Scored { negative, positive },
        mentions: reading
            .mentions
            .into_iter()
            .filter(|tagged| tagged.likely >= SURELY_NAMED)
            .map(|tagged| (tagged.label, tagged.range))
            .collect(),
        roles: reading.roles.into_iter().map(|tagged| (tagged.label, tagged.range)).collect(),
    }
}
