//! Weighs the rules' findings together with what the models suggest, and adds what only the models see.

use super::{TopicFinding, rules::settle};
use crate::extract::{
    SentenceContext,
    suggest::{self, Evidence},
};
use crate::model::{FactKind, Polarity, Topic};

/// The topics of a sentence, and how likely it carries each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weighed {
    /// What it carries.
    pub findings: Vec<TopicFinding>,
    /// Probability of each topic that is too unlikely for a finding.
    pub others: Vec<(Topic, f32)>,
}

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
pub fn weigh(context: &SentenceContext<'_>, found: Vec<TopicFinding>, evidence: &Evidence<'_>) -> Weighed {
    let mut weighed = Weighed::default();
    for (kind, rule) in KINDS {
        let Some(opinion) = evidence.topic(kind) else { continue };
        let mut of_kind = Vec::new();
        for finding in found.iter().filter(|finding| finding.kind == kind) {
            let confidence = opinion.with_rule(suggest::odds(finding.confidence));
            of_kind.push(TopicFinding { confidence, ..finding.clone() });
        }
        if of_kind.is_empty() {
            of_kind.push(suggested(context, kind, rule, opinion.alone()));
        }
        for mut finding in of_kind {
            finding.category = finding.category.or_else(|| evidence.category(kind).map(str::to_owned));
            if finding.confidence >= opinion.threshold() && says_something(context) {
                weighed.findings.push(finding);
            } else {
                weighed.others.push((finding.topic(), finding.confidence));
            }
        }
    }
    weighed.findings = settle(weighed.findings);
    weighed
}

/// The whole sentence as a finding that no rule made.
fn suggested(context: &SentenceContext<'_>, kind: FactKind, rule: &'static str, confidence: f32) -> TopicFinding {
    TopicFinding {
        kind,
        category: None,
        range: context.range.clone(),
        confidence,
        rule,
        polarity: Polarity::Affirmed,
        statement: Some(super::shape::statement(kind, context.words())),
    }
}

/// A word alone names no fact.
fn says_something(context: &SentenceContext<'_>) -> bool {
    context.words().split_whitespace().nth(1).is_some()
}
