//! What the grammar and the signs around it say of each sentence: what the models are trained to be weighed with.

use std::collections::BTreeMap;

use serde::Serialize;

use super::reading;
use crate::extract::{SentenceContext, acts, suggest, times, topics};
use crate::model::{Act, Interaction, Span, TextIndex};

/// Everything known of a sentence, the models' opinion aside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grammar {
    /// Where the sentence stands.
    #[serde(flatten)]
    pub span: Span,
    /// The best log-odds of every act and topic that a rule found, by its name on the wire.
    pub odds: BTreeMap<String, f32>,
    /// Names of all rules that fired.
    pub rules: Vec<&'static str>,
    /// Signs around the words.
    pub signs: Vec<&'static str>,
    /// Where the parts of its acts stand.
    pub acts: Vec<ActParts>,
}

/// The parts of an act, in code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActParts {
    /// Which act.
    pub act: Act,
    /// Who will act.
    pub owner: Option<Span>,
    /// What they do.
    pub action: Span,
    /// Until when.
    pub due: Option<Span>,
}

impl ActParts {
    fn of(parts: acts::Parts, index: &TextIndex<'_>) -> Self {
        let acts::Parts { act, owner, action, due } = parts;
        let span = |range| index.span(range);
        Self { act, owner: owner.map(span), action: span(action), due: due.map(span) }
    }
}

/// Reads every sentence of the new part.
pub(super) fn alone(interaction: &Interaction) -> Vec<Grammar> {
    let index = TextIndex::new(&interaction.text);
    let mut made = Vec::new();
    reading::each_sentence(interaction, &index, |context, reference| {
        let (proposed, found) = (acts::propose(context), topics::find(context));
        let rules = reading::rules(&proposed, &found);
        let parts = acts::parts(context, &proposed, reference);
        let odds = odds(context, proposed, &found, reference);
        let signs = suggest::signs(context).into_iter().map(suggest::Sign::name).collect();
        let acts = parts.into_iter().map(|parts| ActParts::of(parts, &index)).collect();
        made.push(Grammar { span: index.span(context.range.clone()), odds, rules, signs, acts });
    });
    made
}

/// The best log-odds of every act and topic that a rule found in a sentence.
pub(super) fn odds(
    context: &SentenceContext<'_>,
    proposed: acts::candidates::Sentence<'_>,
    found: &[topics::TopicFinding],
    reference: times::Reference,
) -> BTreeMap<String, f32> {
    let mut odds: BTreeMap<String, f32> = BTreeMap::new();
    let mut note = |name: String, likely: f32| {
        let likely = suggest::odds(likely);
        let known = odds.entry(name).or_insert(likely);
        *known = known.max(likely);
    };
    for (act, likely) in acts::read(context, proposed, reference, None, None).probabilities {
        note(format!("{act:?}").to_lowercase(), likely);
    }
    for topic in found {
        note(topic.kind.as_str().to_owned(), topic.confidence);
    }
    odds
}
