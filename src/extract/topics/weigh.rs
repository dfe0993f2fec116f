//! Weighs the rules' findings together with what the models suggest, and adds what only the models see.

use super::{TopicFinding, rules::settle};
use crate::extract::{
    SentenceContext,
    suggest::{self, Evidence, Opinion, Sign},
};
use crate::model::{BySide, FactKind, Polarity, Side, Topic};

/// The topics of a sentence, and how likely it carries each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weighed {
    /// What it carries.
    pub findings: Vec<TopicFinding>,
    /// Probability of each topic that is too unlikely for a finding.
    pub others: Vec<(Topic, f32)>,
}

/// A rule that is this sure of itself (log-odds) keeps its finding; doubt only lowers the confidence.
const SURE: f32 = 1.65;
/// Unless it is less likely than this.
const DOUBTED: f32 = 0.2;
/// What no rule found must have at least so many words.
const FEWEST_WORDS: usize = 4;

/// What is less likely than this is not named.
pub const NAMED: f32 = 0.02;

/// Kinds that a model may find, each with the name of such a finding.
const KINDS: [(FactKind, &str); 11] = [
    (FactKind::Risk, "risk.suggested"),
    (FactKind::Objective, "objective.suggested"),
    (FactKind::Metric, "metric.suggested"),
    (FactKind::PainPoint, "pain_point.suggested"),
    (FactKind::Requirement, "requirement.suggested"),
    (FactKind::BuyingMotivation, "buying_motivation.suggested"),
    (FactKind::Preference, "preference.suggested"),
    (FactKind::SensitiveTopic, "sensitive_topic.suggested"),
    (FactKind::OpenIssue, "open_issue.suggested"),
    (FactKind::Customization, "customization.suggested"),
    (FactKind::ExpansionSignal, "expansion_signal.suggested"),
];

/// Weighs what the rules `found` in a sentence.
pub fn weigh(context: &SentenceContext<'_>, found: &[TopicFinding], evidence: &Evidence<'_>) -> Weighed {
    let mut weighed = Weighed::default();
    for (kind, rule) in KINDS {
        let Some(opinion) = evidence.topic(kind) else { continue };
        let by_rules = found.iter().filter(|finding| finding.kind == kind);
        let mut of_kind: Vec<_> =
            by_rules.map(|finding| (Some(suggest::odds(finding.confidence)), finding.clone())).collect();
        if of_kind.is_empty() {
            of_kind.push((None, suggested(context, kind, rule)));
        }
        for (odds, mut finding) in of_kind {
            finding.confidence = opinion.probability(odds);
            if finding.confidence < NAMED {
                continue;
            }
            finding.category = finding.category.or_else(|| evidence.category(kind).map(str::to_owned));
            finding.by_side = by_side(context, opinion, odds, evidence.signs.contains(&Sign::First));
            let kept = finding.by_side.map_or(finding.confidence >= least(opinion, odds), |by_side| {
                [None, Some(Side::Customer), Some(Side::Vendor)].into_iter().any(|side| by_side.of(side).is_some())
            });
            if kept && (odds.is_some() || says_something(context)) {
                if odds.is_none() {
                    finding.statement = Some(super::shape::statement(kind, context.words()));
                }
                weighed.findings.push(finding);
            } else {
                weighed.others.push((finding.topic(), finding.confidence));
            }
        }
    }
    weighed.findings = settle(weighed.findings);
    weighed
}

/// The probability from which a finding is kept: where no rule found it, more is asked.
fn least(opinion: Opinion, odds: Option<f32>) -> f32 {
    match odds {
        Some(odds) if odds >= SURE => DOUBTED,
        Some(_) => opinion.threshold(),
        None => opinion.threshold_alone(),
    }
}

/// How likely a finding is by the side of a speaker whose side is not known yet. What the customer wants or suffers is
/// seldom what a seller says of the own house.
fn by_side(context: &SentenceContext<'_>, opinion: Opinion, odds: Option<f32>, first: bool) -> Option<BySide> {
    context.speaker.filter(|speaker| speaker.side.is_none())?;
    let likely = |opinion: Opinion| Some(opinion.probability(odds)).filter(|found| *found >= least(opinion, odds));
    Some(BySide {
        unknown: likely(opinion),
        customer: likely(opinion.said_by(Side::Customer, first)),
        vendor: likely(opinion.said_by(Side::Vendor, first)),
    })
}

/// The whole sentence as a finding that no rule made, without the statement, which few are kept for.
fn suggested(context: &SentenceContext<'_>, kind: FactKind, rule: &'static str) -> TopicFinding {
    TopicFinding {
        kind,
        category: None,
        range: context.range.clone(),
        confidence: 0.0,
        rule,
        polarity: Polarity::Affirmed,
        statement: None,
        by_side: None,
    }
}

/// A few words alone name no fact.
fn says_something(context: &SentenceContext<'_>) -> bool {
    context.words().split_whitespace().nth(FEWEST_WORDS - 1).is_some()
}
