//! Gives facts and answers their meanings, by the base model as it was trained: one batch for all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::encoder::{EncodeError, Vectors};
use crate::model::{Analysis, Meaning, Response};

/// Gives every fact and every answer of the analyses its meaning. Equal texts are read once.
pub fn embed(analyses: &mut [&mut Analysis], vectors: &Vectors) -> Result<(), EncodeError> {
    let distinct: BTreeSet<String> = analyses.iter().flat_map(|one| texts(one)).map(str::to_owned).collect();
    let vectors = vectors.of(distinct.iter().cloned().collect())?;
    let made = distinct.into_iter().zip(vectors);
    let known: BTreeMap<String, Meaning> =
        made.filter_map(|(text, vector)| Some((text, Meaning::of(&vector)?))).collect();
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
