//! One sentence read by the engine, as the sets of single sentences need it.

use std::collections::BTreeMap;

use crate::extract::Engine;
use crate::model::{Act, Analysis, FactKind, Interaction, InteractionKind, Polarity};

/// What the engine says of a sentence.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The best probability of each act.
    pub(super) acts: BTreeMap<Act, f32>,
    /// The best probability of each topic, by kind and by kind with category.
    pub(super) topics: BTreeMap<String, f32>,
    /// Facts: kind and `kind.category`; a promise not to do something is none.
    pub(super) facts: Vec<String>,
    /// Its mood.
    pub(super) mood: f32,
}

fn alone(text: &str, kind: InteractionKind) -> Interaction {
    Interaction { text: text.to_owned(), kind, ..Interaction::default() }
}

/// Reads a sentence alone.
pub(super) fn read(engine: &dyn Engine, text: &str) -> Told {
    read_as(engine, text, InteractionKind::Chat)
}

/// Reads a text as a source of that kind.
pub(super) fn read_as(engine: &dyn Engine, text: &str, kind: InteractionKind) -> Told {
    told(&analysis(engine, &alone(text, kind)))
}

/// What the engine reads of an interaction; nothing where it cannot.
pub(super) fn analysis(engine: &dyn Engine, interaction: &Interaction) -> Analysis {
    engine.analyze(std::slice::from_ref(interaction)).pop().and_then(Result::ok).unwrap_or_default()
}

fn told(analysis: &Analysis) -> Told {
    let mut told = Told { mood: analysis.findings.sentiment.unwrap_or_default(), ..Told::default() };
    for sentence in &analysis.sentences {
        for (act, likely) in &sentence.acts {
            let best = told.acts.entry(*act).or_insert(0.0);
            *best = best.max(*likely);
        }
        for (topic, likely) in &sentence.topics {
            let kind = topic.split('.').next().unwrap_or_default().to_owned();
            for name in [kind, topic.clone()] {
                let best = told.topics.entry(name).or_insert(0.0);
                *best = best.max(*likely);
            }
        }
    }
    for fact in &analysis.findings.facts {
        let is_refusal = fact.kind == FactKind::Commitment && fact.polarity == Polarity::Negated;
        if is_refusal || fact.confidence_by(None).is_none() {
            continue;
        }
        told.facts.push(fact.kind.as_str().to_owned());
        if let Some(category) = &fact.category {
            told.facts.push(format!("{}.{category}", fact.kind.as_str()));
        }
    }
    told
}
