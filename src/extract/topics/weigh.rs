//! Weighs the rules' findings together with what the models suggest, and adds what only the models see.

use super::{TopicFinding, rules::settle};
use crate::extract::{
    SentenceContext,
    suggest::{self, Suggestion},
};
use crate::model::{FactKind, Polarity, Side, Topic};

/// The topics of a sentence, and how likely it carries each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weighed {
    /// What it carries.
    pub findings: Vec<TopicFinding>,
    /// Probability of each topic that no rule found.
    pub others: Vec<(Topic, f32)>,
}

/// Without a model's opinion, a finding below this is not worth a line.
const FLOOR: f32 = 0.5;
/// A rule this sure of itself keeps its finding; a model's doubt only lowers the confidence.
const SURE: f32 = 0.84;

/// Kinds that a model may find; whose preference it is only grammar tells. Each with the name of such a finding.
const KINDS: [(FactKind, &str); 10] = [
    (FactKind::Risk, "risk.suggested"),
    (FactKind::Objective, "objective.suggested"),
    (FactKind::Metric, "metric.suggested"),
    (FactKind::PainPoint, "pain_point.suggested"),
    (FactKind::Requirement, "requirement.suggested"),
    (FactKind::BuyingMotivation, "buying_motivation.suggested"),
    (FactKind::SensitiveTopic, "sensitive_topic.suggested"),
    (FactKind::OpenIssue, "open_issue.suggested"),
    (FactKind::Customization, "customization.suggested"),
    (FactKind::ExpansionSignal, "expansion_signal.suggested"),
];

/// Weighs what the rules `found` in a sentence.
pub fn weigh(context: &SentenceContext<'_>, found: Vec<TopicFinding>, suggestion: &Suggestion) -> Weighed {
    let mut weighed = Weighed { findings: found, others: Vec::new() };
    let others = &mut weighed.others;
    weighed.findings.retain_mut(|finding| {
        let opinion = suggestion.topic(finding.kind);
        let is_sure = finding.confidence >= SURE;
        if let Some(opinion) = opinion {
            finding.confidence = suggest::probability(opinion.join(suggest::odds(finding.confidence)));
        }
        if is_sure {
            finding.confidence = finding.confidence.max(FLOOR);
        }
        let stands = is_sure || finding.confidence >= opinion.map_or(FLOOR, |opinion| opinion.floor());
        if !stands {
            others.push((finding.topic(), finding.confidence));
        }
        stands
    });
    for (kind, rule) in KINDS {
        let told = |topic: &str| topic.split('.').next() == Some(kind.as_str());
        if weighed.findings.iter().any(|finding| finding.kind == kind)
            || weighed.others.iter().any(|(topic, _)| told(topic))
        {
            continue;
        }
        let Some(opinion) = suggestion.topic(kind) else { continue };
        let category = if kind == FactKind::Risk { suggestion.risk_category().map(str::to_owned) } else { None };
        let finding = TopicFinding {
            kind,
            category,
            range: context.range.clone(),
            confidence: opinion.alone(),
            rule,
            polarity: Polarity::Affirmed,
            statement: None,
        };
        if opinion.suffices().is_some() && fits(context, kind) {
            weighed.findings.push(finding);
        } else {
            weighed.others.push((finding.topic(), finding.confidence));
        }
    }
    weighed.findings = settle(weighed.findings);
    weighed
}

/// What the customer wants or suffers is not what a seller says of the own house.
fn fits(context: &SentenceContext<'_>, kind: FactKind) -> bool {
    let ours = context.speaker.is_some_and(|speaker| speaker.side == Some(Side::Vendor));
    !ours || matches!(kind, FactKind::Risk | FactKind::SensitiveTopic | FactKind::OpenIssue)
}
