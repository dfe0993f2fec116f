//! Why each sentence was taken for what it was taken for: every class that came near a finding, with the parts of its
//! log-odds. For a person who asks why.

use serde::Serialize;

use super::reading;
use crate::extract::suggest::{self, Evidence, Scores};
use crate::extract::{acts, topics};
use crate::model::{Interaction, Span, TextIndex};

/// Classes less likely than this are not explained.
const SHOWN: f32 = 0.1;

/// What was weighed on one sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Where the sentence stands.
    #[serde(flatten)]
    pub span: Span,
    /// Rules and reasons of the grammar, in text order.
    pub grammar: Vec<&'static str>,
    /// The classes that came near, likeliest first.
    pub classes: Vec<ClassExplanation>,
}

/// How likely a sentence carries one class, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassExplanation {
    /// Name of the act or topic.
    pub class: String,
    /// How likely it is.
    pub probability: f32,
    /// From where it is a finding.
    pub threshold: f32,
    /// What adds up to the log-odds, weightiest first.
    pub parts: Vec<(String, f32)>,
}

/// Explains every sentence of the new part.
pub(super) fn explain(interaction: &Interaction) -> Vec<Explanation> {
    let index = TextIndex::new(&interaction.text);
    let mut made = Vec::new();
    let mut before: Option<Scores> = None;
    reading::each_sentence(interaction, &index, |context, reference| {
        let (proposed, found) = (acts::propose(context), topics::find(context));
        let last = before.take().filter(|_| context.previous.is_some());
        let evidence = Evidence {
            scores: Scores::of(&reading::features(context)),
            before: last.as_ref(),
            signs: suggest::signs(context),
            rules: reading::rules(&proposed, &found),
        };
        let grammar = acts::explain(&proposed).into_iter().chain(found.iter().map(|topic| topic.rule)).collect();
        let by_rule = super::grammar::odds(context, proposed, &found, reference);
        let mut classes: Vec<ClassExplanation> = suggest::decided()
            .filter_map(|class| {
                let opinion = evidence.opinion(class)?;
                let odds = by_rule.get(class).copied();
                let probability = opinion.probability(odds);
                let parts = evidence.parts(class, odds);
                let class = class.to_owned();
                Some(ClassExplanation { class, probability, threshold: opinion.threshold(), parts })
            })
            .filter(|class| class.probability >= SHOWN)
            .collect();
        classes.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        made.push(Explanation { span: index.span(context.range.clone()), grammar, classes });
        before = Some(evidence.scores);
    });
    made
}
