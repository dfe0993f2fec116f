//! The cascade: the linear models read every sentence, and only what they do not surely take for nothing is worth
//! reading by a larger model. The thresholds were set on text that the models had not seen, for recall.

use std::ops::Range;

use super::{grammar, reading};
use crate::extract::suggest::{self, Evidence, Scores};
use crate::extract::{SentenceContext, acts, sentiment, times, topics};
use crate::model::{Interaction, Side, TextIndex};

/// A sentence that should be read again, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Where it stands.
    pub range: Range<usize>,
    /// The sentence before, by the same speaker.
    pub before: Option<Range<usize>>,
    /// The side that speaks; `None` where that is not known.
    pub side: Option<Side>,
}

/// The sentences of the new part that should be read again.
pub(super) fn doubts(interaction: &Interaction) -> Vec<Doubt> {
    let index = TextIndex::new(&interaction.text);
    let mut found = Vec::new();
    let mut before: Option<(Range<usize>, Scores)> = None;
    reading::each_sentence(interaction, &index, |context, reference| {
        let last = before.take().filter(|_| context.previous.is_some());
        let (scores, doubtful) = look(context, reference, last.as_ref().map(|(_, scores)| scores));
        if doubtful {
            found.push(doubt(context, last.map(|(range, _)| range)));
        }
        before = Some((context.range.clone(), scores));
    });
    found
}

/// Every sentence of the new part.
pub(super) fn all(interaction: &Interaction) -> Vec<Doubt> {
    let index = TextIndex::new(&interaction.text);
    let mut found: Vec<Doubt> = Vec::new();
    reading::each_sentence(interaction, &index, |context, _| {
        let before = found.last().filter(|_| context.previous.is_some()).map(|last| last.range.clone());
        found.push(doubt(context, before));
    });
    found
}

fn doubt(context: &SentenceContext<'_>, before: Option<Range<usize>>) -> Doubt {
    Doubt { range: context.range.clone(), before, side: context.speaker.and_then(|speaker| speaker.side) }
}

/// The linear models' scores of a sentence, and whether they leave it open what it carries.
fn look(context: &SentenceContext<'_>, reference: times::Reference, before: Option<&Scores>) -> (Scores, bool) {
    let features = reading::features(context);
    let (proposed, found) = (acts::propose(context), topics::find(context));
    let evidence = Evidence {
        scores: Scores::of(&features),
        before,
        signs: suggest::signs(context),
        rules: reading::rules(&proposed, &found),
    };
    let moved = sentiment::sentence(context, &features).is_some_and(|mood| mood.neutral() < sentiment::SURELY_CALM);
    let odds = grammar::odds(context, proposed, &found, reference);
    let carries = |class: &str| {
        let likely = evidence.opinion(class).map(|opinion| opinion.probability(odds.get(class).copied()));
        likely.zip(suggest::gate(class)).is_some_and(|(likely, gate)| likely >= gate)
    };
    let doubtful = moved || suggest::decided().any(carries);
    (evidence.scores, doubtful)
}
