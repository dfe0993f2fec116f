//! What a sentence does: promises, requests, decisions, answers. [`candidates`] finds what could be one by grammar,
//! [`decide`] gives it a probability, [`party`] says who owes whom. Entry points: [`propose`], [`read`] and [`explain`].

pub mod candidates;
pub mod decide;
mod parts;
mod party;
mod predicate;
mod quote;
pub mod rule;
mod segment;
mod statement;
mod subject;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use super::{
    SentenceContext,
    insight::Insight,
    suggest::{Evidence, Opinion},
    times,
};
use crate::model::{Act, Due, InteractionKind, Party, Polarity, ResponseAct};
use candidates::Candidate;
pub use candidates::Deed;
pub use parts::{Parts, parts};
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

/// The acts of a sentence, and how likely it does each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What it was found to do, in text order.
    pub findings: Vec<ActFinding>,
    /// Probability of each act, also of those that are too unlikely for a finding.
    pub probabilities: BTreeMap<Act, f32>,
}

/// What a sentence could be doing, by grammar alone.
pub fn propose<'t>(context: &SentenceContext<'t>) -> candidates::Sentence<'t> {
    candidates::read(context)
}

/// Finds the acts of a sentence, in text order, among what it could be doing. `reference` is what its dates are relative
/// to; without `evidence` the grammar decides alone. An `insight` says where the parts of an act stand that no rule saw.
pub fn read(
    context: &SentenceContext<'_>,
    mut sentence: candidates::Sentence<'_>,
    reference: times::Reference,
    evidence: Option<&Evidence<'_>>,
    insight: Option<&Insight>,
) -> Reading {
    let opinion = |act| evidence.and_then(|evidence| evidence.act(act));
    for act in ACTS {
        let more = opinion(act).and_then(|opinion| suggested(context, &sentence, act, (opinion, insight)));
        sentence.candidates.extend(more);
    }
    let alone = sentence.candidates.len() <= 1;
    let mut reading = Reading::default();
    for candidate in &sentence.candidates {
        // The models weigh whether something is promised: what is refused is none, and the grammar alone decides.
        let act = act_of(candidate.deed).filter(|_| candidate.polarity == Polarity::Affirmed);
        let model = act.and_then(opinion);
        let floor = model.map_or(decide::FLOOR, |model| model.threshold());
        let finding = build(context, &sentence, candidate, reference, Judged { alone, model });
        if let Some(act) = act {
            let best = reading.probabilities.entry(act).or_insert(0.0);
            *best = best.max(finding.confidence);
        }
        if finding.confidence >= floor
            && !repeats(&reading.findings, &finding)
            && !is_empty(context, candidate, &finding)
        {
            reading.findings.push(finding);
        }
    }
    for act in ACTS {
        if let Some(opinion) = opinion(act) {
            reading.probabilities.entry(act).or_insert_with(|| opinion.probability(None));
        }
    }
    reading
}

const ACTS: [Act; 3] = [Act::Commitment, Act::Request, Act::Decision];

fn act_of(deed: Deed) -> Option<Act> {
    match deed {
        Deed::Commitment => Some(Act::Commitment),
        Deed::Request => Some(Act::Request),
        Deed::Decision => Some(Act::Decision),
        Deed::Response(_) => None,
    }
}

/// What no rule sees must have at least so many words.
const FEWEST_WORDS: usize = 4;

/// An act that no rule sees and the models are sure of.
fn suggested(
    context: &SentenceContext<'_>,
    sentence: &candidates::Sentence<'_>,
    act: Act,
    (opinion, insight): (Opinion, Option<&Insight>),
) -> Option<Candidate> {
    // "Send me the list by Friday" asks, whatever else it sounds like; and where the author says "I will", the grammar
    // reads it, and its silence means that nothing is promised.
    let asks = |candidate: &Candidate| candidate.deed == Deed::Request;
    if act == Act::Commitment && (sentence.candidates.iter().any(asks) || candidates::says_will(&sentence.words)) {
        return None;
    }
    let seen = sentence.candidates.iter().any(|candidate| act_of(candidate.deed) == Some(act));
    let sure = opinion.probability(None) >= opinion.threshold();
    (sure && !seen && context.words().split_whitespace().count() >= FEWEST_WORDS)
        .then(|| candidates::suggested(context, &sentence.words, act, insight))
}

/// What a candidate is judged by, the candidate itself aside.
#[derive(Clone, Copy)]
struct Judged {
    /// Whether it is the only one of its sentence.
    alone: bool,
    model: Option<Opinion>,
}

/// "Please do." asks for nothing that can be named; a note ("Dana: phone, never mail") tells and orders nobody.
fn is_empty(context: &SentenceContext<'_>, candidate: &Candidate, finding: &ActFinding) -> bool {
    const BARE: [&str; 9] = ["do", "go", "come", "continue", "proceed", "wait", "hurry", "send me", "do so"];
    let says_nothing = BARE.contains(&finding.statement.to_ascii_lowercase().as_str());
    let in_note =
        context.kind == InteractionKind::Note && matches!(candidate.rule, Rule::Imperative | Rule::SuggestedRequest);
    let names_nothing = finding.statement.is_empty() && act_of(finding.deed).is_some();
    names_nothing || (finding.deed == Deed::Request && (says_nothing || in_note))
}

/// A promise split over two clauses of one action is one.
fn repeats(found: &[ActFinding], finding: &ActFinding) -> bool {
    found.iter().any(|earlier| {
        earlier.deed == finding.deed && (earlier.range == finding.range || earlier.statement == finding.statement)
    })
}

/// The rules that fired on a sentence and the reasons weighed with them, for a person to read.
pub fn explain(sentence: &candidates::Sentence<'_>) -> Vec<&'static str> {
    let mut names = Vec::new();
    for candidate in &sentence.candidates {
        names.push(candidate.rule.name());
        names.extend(candidate.reasons.iter().map(|reason| reason.name()));
    }
    names
}

/// When the action is due. A time in the condition says when that holds, and one counted from it sets no day.
fn deadline(
    context: &SentenceContext<'_>,
    words: &crate::extract::words::Words<'_>,
    candidate: &Candidate,
    reference: times::Reference,
) -> Option<times::due::Deadline> {
    let clause = words.span(candidate.clause.clone());
    let Some(condition) = candidate.condition.clone().map(|range| words.span(range)) else {
        return times::due::deadline(context.text, clause, context.times, reference);
    };
    let main = if condition.start <= clause.start { condition.end..clause.end } else { clause.start..condition.start };
    let found = times::due::deadline(context.text, main, context.times, reference)?;
    let phrase = context.text.get(found.phrase.clone()).unwrap_or_default().to_lowercase();
    let is_counted = ["within ", "in ", "after "].iter().any(|head| phrase.starts_with(head));
    Some(if is_counted { times::due::Deadline { date: None, ..found } } else { found })
}

fn build(
    context: &SentenceContext<'_>,
    sentence: &candidates::Sentence<'_>,
    candidate: &Candidate,
    reference: times::Reference,
    judged: Judged,
) -> ActFinding {
    let words = &sentence.words;
    let clause = words.span(candidate.clause.clone());
    let deadline = match candidate.deed {
        Deed::Commitment | Deed::Request | Deed::Response(ResponseAct::Accepts) => {
            deadline(context, words, candidate, reference)
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
        range: if judged.alone { quote::sentence(context) } else { quote::clause(context, clause) },
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
        confidence: match (candidate.rule, judged.model) {
            (Rule::SuggestedCommitment | Rule::SuggestedRequest | Rule::SuggestedDecision, Some(opinion)) => {
                opinion.probability(None)
            }
            (rule, model) => decide::probability(rule, &reasons, model),
        },
        rule: Rule::name(candidate.rule),
    }
}
