//! What fired on each sentence, for a person who asks why.

use crate::extract::{acts, times, topics};
use crate::model::{Interaction, Span, TextIndex};

use super::reading;

/// What fired on one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Where the sentence stands.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// Rules and reasons, in the order they were weighed.
    pub reasons: Vec<&'static str>,
}

/// Explains every sentence of the new part.
pub(super) fn explain(interaction: &Interaction) -> Vec<Explanation> {
    let index = TextIndex::new(&interaction.text);
    let mut made = Vec::new();
    reading::each_sentence(interaction, &index, |context, _: times::Reference| {
        let mut reasons = acts::explain(context);
        reasons.extend(topics::find(context).iter().map(|topic| topic.rule));
        made.push(Explanation { span: index.span(context.range.clone()), text: context.words().to_owned(), reasons });
    });
    made
}
