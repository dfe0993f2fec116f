//! What a model found in sentences, added to an analysis. Positions become those of the interaction's text here.

use super::read::Found;
use super::settings::Setting;
use crate::extract::embedded::one_line;
use crate::model::{Analysis, Annotation, FactFinding, FactKind, Mention, Sentence, Span, TextIndex};

/// Adds what an annotator found in a sentence of `analysis`, by the number of the sentence.
pub(super) fn add(
    index: &TextIndex<'_>,
    analysis: &mut Analysis,
    setting: &Setting,
    sentence: usize,
    found: Vec<Found>,
) {
    let Some(sentence) = analysis.sentences.get(sentence).cloned() else { return };
    for Found { label, span, confidence } in found {
        let start = sentence.span.start + span.start;
        let span = Span { start, end: (sentence.span.start + span.end).min(sentence.span.end).max(start) };
        let Some(text) = index.slice(span).filter(|text| !text.is_empty()).map(str::to_owned) else { continue };
        if let Some(kind) = setting.mentions.get(&label) {
            mention(analysis, Mention { kind: *kind, span, text: text.clone() });
        }
        if let Some(kind) = setting.facts.get(&label) {
            fact(index, analysis, setting, &sentence, (*kind, confidence));
        }
        analysis.annotations.push(Annotation { annotator: setting.name.clone(), label, span, text, confidence });
    }
}

/// Adds a mention where there is none yet.
fn mention(analysis: &mut Analysis, mention: Mention) {
    let mentions = &mut analysis.mentions;
    if mentions.iter().any(|known| known.span.overlaps(mention.span)) {
        return;
    }
    let at = mentions.iter().position(|known| known.span.start > mention.span.start).unwrap_or(mentions.len());
    mentions.insert(at, mention);
}

/// Adds a fact unless the sentence already has one of its kind. Whose it is, is not certain.
fn fact(
    index: &TextIndex<'_>,
    analysis: &mut Analysis,
    setting: &Setting,
    sentence: &Sentence,
    (kind, confidence): (FactKind, f32),
) {
    let facts = &mut analysis.findings.facts;
    let is_known = facts.iter().any(|known| known.kind == kind && known.span.overlaps(sentence.span));
    let Some(quote) = index.slice(sentence.span).filter(|_| !is_known) else { return };
    let at = facts.iter().position(|known| known.span.start >= sentence.span.end).unwrap_or(facts.len());
    let found = FactFinding {
        speaker: sentence.speaker.clone(),
        confidence,
        rule: format!("annotator.{}", setting.name),
        ..FactFinding::bare(kind, one_line(quote), (sentence.span, quote))
    };
    facts.insert(at, found);
}
