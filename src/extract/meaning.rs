//! Gives facts and answers their meanings, by the base model as it was trained: one batch for all of them.

use std::collections::BTreeMap;

use crate::encoder::{EncodeError, Vectors};
use crate::model::{Analysis, Meaning, Response};

/// Gives every fact and every answer of the analyses its meaning. Equal texts are read once.
pub fn embed(analyses: &mut [&mut Analysis], vectors: &Vectors) -> Result<(), EncodeError> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for analysis in analyses.iter() {
        for text in texts(analysis) {
            let next = places.len();
            places.entry(text).or_insert(next);
        }
    }
    let mut texts = vec![String::new(); places.len()];
    for (text, at) in &places {
        (*text).clone_into(&mut texts[*at]);
    }
    let known: BTreeMap<String, Meaning> = texts
        .iter()
        .cloned()
        .zip(vectors.of(texts.clone())?)
        .filter_map(|(t, v)| Some((t, Meaning::of(&v)?)))
        .collect();
    for analysis in analyses {
        for fact in &mut analysis.findings.facts {
            fact.meaning = known.get(&fact.statement).cloned();
        }
        for response in &mut analysis.findings.responses {
            response.meaning = known.get(said(response)).cloned();
        }
    }
    Ok(())
}

/// The texts of an analysis that have a meaning, in order.
fn texts(analysis: &Analysis) -> impl Iterator<Item = &str> {
    let facts = analysis.findings.facts.iter().map(|fact| fact.statement.as_str());
    facts.chain(analysis.findings.responses.iter().map(said))
}

/// What an answer is about, or else its words.
fn said(response: &Response) -> &str {
    response.object.as_deref().unwrap_or(&response.quote)
}
