//! What a sentence does: promises, requests, decisions, answers. [`candidates`] finds what could be one by grammar,
//! [`decide`] gives it a probability, [`party`] says who owes whom. Entry points: [`find`] and [`explain`].

pub mod candidates;
pub mod decide;
mod party;
mod predicate;
mod quote;
pub mod rule;
mod segment;
mod statement;
mod subject;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::{SentenceContext, times};
use crate::model::{Due, InteractionKind, Party, Polarity, ResponseAct};
use candidates::Candidate;
pub use candidates::Deed;
use rule::{Reason, Rule};

/// What a sentence was found to do.
#[derive(Clone, Debug, PartialEq)]
pub struct ActFinding {
    /// What sort of act.
    pub deed: Deed,
    /// The clause or sentence that carries it, in bytes of the text.
    pub range: Range<usize>,
    /// Who will act; `None` when not certain.
    pub owner: Option<Party>,
    /// Who is owed.
    pub beneficiary: Option<Party>,
    /// One line that says it.
    pub statement: String,
    /// Whether it is promised or explicitly not.
    pub polarity: Polarity,
    /// Under which condition, in the words of the source.
    pub condition: Option<String>,
    /// When it is due.
    pub due: Option<Due>,
    /// How likely it is right.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: &'static str,
}

impl ActFinding {
    /// The answer it gives, if it is one.
    pub fn response(&self) -> Option<ResponseAct> {
        match self.deed {
            Deed::Response(act) => Some(act),
            Deed::Commitment | Deed::Request | Deed::Decision => None,
        }
    }
}

/// Finds the acts of a sentence, in text order. `reference` is what its dates are relative to.
pub fn find(context: &SentenceContext<'_>, reference: times::Reference) -> Vec<ActFinding> {
    let sentence = candidates::read(context);
    let alone = sentence.candidates.len() <= 1;
    let mut found: Vec<ActFinding> = Vec::with_capacity(sentence.candidates.len());
    for candidate in &sentence.candidates {
        let finding = build(context, &sentence, candidate, reference, alone);
        if finding.confidence >= decide::FLOOR && !repeats(&found, &finding) && !is_empty(context, candidate, &finding)
        {
            found.push(finding);
        }
    }
    found
}

/// "Please do." asks for nothing that can be named; a note ("Dana: phone, never mail") tells and orders nobody.
fn is_empty(context: &SentenceContext<'_>, candidate: &Candidate, finding: &ActFinding) -> bool {
    const BARE: [&str; 9] = ["do", "go", "come", "continue", "proceed", "wait", "hurry", "send me", "do so"];
    let says_nothing = BARE.contains(&finding.statement.to_ascii_lowercase().as_str());
    let in_note = context.kind == InteractionKind::Note && candidate.rule == Rule::Imperative;
    finding.deed == Deed::Request && (says_nothing || in_note)
}

/// A promise split over two clauses of one action is one.
fn repeats(found: &[ActFinding], finding: &ActFinding) -> bool {
    found.iter().any(|earlier| {
        earlier.deed == finding.deed && (earlier.range == finding.range || earlier.statement == finding.statement)
    })
}

/// The rules that fired on a sentence and the reasons weighed with them, for a person to read.
pub fn explain(context: &SentenceContext<'_>) -> Vec<&'static str> {
    let sentence = candidates::read(context);
    let mut names = Vec::new();
    for candidate in &sentence.candidates {
        names.push(candidate.rule.name());
        names.extend(candidate.reasons.iter().map(|reason| reason.name()));
    }
    names
}

fn build(
    context: &SentenceContext<'_>,
    sentence: &candidates::Sentence<'_>,
    candidate: &Candidate,
    reference: times::Reference,
    alone: bool,
) -> ActFinding {
    let words = &sentence.words;
    let clause = words.span(candidate.clause.clone());
    let deadline = match candidate.deed {
        Deed::Commitment | Deed::Request | Deed::Response(ResponseAct::Accepts) => {
            times::due::deadline(context.text, clause.clone(), context.times, reference)
        }
        Deed::Decision | Deed::Response(_) => None,
    };
    let mut reasons = candidate.reasons.clone();
    if deadline.is_some() {
        reasons.push(Reason::Dated);
    }
    let due_words = deadline.as_ref().map(|deadline| deadline.phrase.clone());
    ActFinding {
        deed: candidate.deed,
        range: if alone { quote::sentence(context) } else { quote::clause(context, clause) },
        owner: party::owner(context, words, candidate),
        beneficiary: party::beneficiary(context, words, candidate),
        statement: statement::build(words, candidate, due_words.as_ref()),
        polarity: candidate.polarity,
        condition: candidate.condition.clone().map(|range| words.slice(range).to_owned()),
        due: deadline.map(|deadline| Due {
            date: deadline.date,
            phrase: context.text.get(deadline.phrase).unwrap_or_default().to_owned(),
            basis: crate::model::DueBasis::Stated,
        }),
        confidence: decide::probability(candidate.rule, &reasons, None),
        rule: Rule::name(candidate.rule),
    }
}
