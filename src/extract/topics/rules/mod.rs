//! The rules, by kind, and what they have in common.

mod goals;
mod needs;
mod people;
mod risk_deal;
mod risk_project;

use super::TopicFinding;
use super::guard::Lazy;
use crate::model::FactKind;

/// Whose words a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Anybody's.
    Any,
    /// The customer's, or a seller's who repeats what the customer said.
    Customer,
    /// The customer's alone: a seller's "we" is somebody else.
    CustomerOnly,
}

/// What a rule holds in spite of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allow {
    /// The sentence is a question.
    Question,
    /// A negation stands before the match.
    Negation,
    /// A condition opens the clause.
    Condition,
    /// The sentence says that a problem is over.
    Over,
}

/// One pattern and what it means.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) kind: FactKind,
    /// `None` for kinds without categories; for a risk the words around decide.
    pub(super) category: Option<&'static str>,
    pub(super) confidence: f32,
    pub(super) pattern: &'static str,
    pub(super) voice: Voice,
    allow: &'static [Allow],
}

impl Rule {
    const fn new(kind: FactKind, name: &'static str, confidence: f32, pattern: &'static str) -> Self {
        Self { name, kind, category: None, confidence, pattern, voice: Voice::Any, allow: &[] }
    }

    const fn of(mut self, category: &'static str) -> Self {
        self.category = Some(category);
        self
    }

    const fn by(mut self, voice: Voice) -> Self {
        self.voice = voice;
        self
    }

    const fn despite(mut self, allow: &'static [Allow]) -> Self {
        self.allow = allow;
        self
    }

    /// Says whether the rule holds in spite of `what`.
    pub(super) fn allows(&self, what: Allow) -> bool {
        self.allow.contains(&what)
    }

    /// The category of a finding of this rule in a sentence.
    pub(super) fn category_in(&self, lower: &[u8]) -> Option<&'static str> {
        match self.kind {
            FactKind::Risk => self.category.or_else(|| {
                CATEGORIES
                    .iter()
                    .find(|(_, words)| words.get().is_some_and(|regex| regex.is_match(lower)))
                    .map(|(category, _)| *category)
            }),
            FactKind::Commitment
            | FactKind::Request
            | FactKind::Objective
            | FactKind::Metric
            | FactKind::PainPoint
            | FactKind::Requirement
            | FactKind::Decision
            | FactKind::Preference
            | FactKind::SensitiveTopic
            | FactKind::BuyingMotivation
            | FactKind::OpenIssue
            | FactKind::Customization
            | FactKind::ExpansionSignal => self.category,
        }
    }
}

/// Words that place a risk, most telling category first.
static CATEGORIES: [(&str, Lazy); 8] = [
    (
        "legal",
        Lazy::new(
            r"\b(?:legal|lawyers?|counsel|gdpr|compliance|compliant|contract terms|liability|indemnity|dpa|msa|data protection|privacy|regulat\w+|clause|jurisdiction|ip rights)\b",
        ),
    ),
    (
        "competitive",
        Lazy::new(
            r"\b(?:competitors?|competing|alternatives?|other vendors?|another vendor|incumbent|rfp|bake-?off|rival)\b",
        ),
    ),
    (
        "budget",
        Lazy::new(
            r"\b(?:budgets?|price|prices|pricing|costs?|expensive|money|funding|fees?|cfo|finance|spend|spending|invoice amount|afford|discount|roi)\b",
        ),
    ),
    (
        "churn",
        Lazy::new(
            r"\b(?:renewals?|renew|renewing|cancel|cancell?ation|terminate|churn|leave us|leaving us|switch away)\b",
        ),
    ),
    (
        "adoption",
        Lazy::new(
            r"\b(?:adoption|usage|log ?ins?|logged in|users? (?:are|aren't|don't|do not)|training|trained|change management|onboard\w*|buy-?in|resistance|use the tool|learning curve)\b",
        ),
    ),
    (
        "timeline",
        Lazy::new(
            r"\b(?:timeline|time ?frame|deadlines?|dates?|schedule|delays?|delayed|late|slip\w*|go-?live|launch|on time|in time|milestones?|capacity|resourc\w+|bandwidth|weeks?|months?|quarter|q[1-4])\b",
        ),
    ),
    (
        "technical",
        Lazy::new(
            r"\b(?:security|integrations?|integrate|api|data|migrat\w+|performance|latency|scal\w+|system|systems|server|sync\w*|infrastructure|architecture|technical|volume|erp|crm|sso|bugs?|stability|stable|reliab\w+|outages?|downtime|uptime|encrypt\w+|hosting|cloud|backup|network|interface|legacy|quality)\b",
        ),
    ),
    (
        "relationship",
        Lazy::new(
            r"\b(?:support|response|responsive\w*|communication|trust|team|relationship|contact|account manager|sponsor|champion|stakeholders?|service|attention|executive)\b",
        ),
    ),
];

/// Every rule.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    [risk_deal::RULES, risk_project::RULES, goals::RULES, needs::RULES, people::RULES].into_iter().flatten()
}

/// Leaves one risk a sentence, and of a pain point and an open issue the likelier.
pub(super) fn settle(mut found: Vec<TopicFinding>) -> Vec<TopicFinding> {
    keep_best(&mut found, |kind| kind == FactKind::Risk);
    // "Without a signed agreement I cannot allow it" threatens rather than requires, and a cut is no measure.
    if found.iter().any(|finding| finding.kind == FactKind::Risk) {
        found.retain(|finding| !matches!(finding.rule, "requirement.condition" | "metric.by_percent"));
    }
    // What stands as an objective with its figures needs no second line as a pain or a bare figure.
    if found.iter().any(|finding| finding.kind == FactKind::Objective) {
        found.retain(|finding| finding.kind != FactKind::PainPoint || finding.rule != "pain.takes_us");
    }
    keep_best(&mut found, |kind| matches!(kind, FactKind::PainPoint | FactKind::OpenIssue));
    keep_best(&mut found, |kind| kind == FactKind::Preference);
    found
}

fn keep_best(found: &mut Vec<TopicFinding>, group: impl Fn(FactKind) -> bool) {
    let best = found
        .iter()
        .enumerate()
        .filter(|(_, finding)| group(finding.kind))
        .max_by(|a, b| a.1.confidence.total_cmp(&b.1.confidence).then(b.0.cmp(&a.0)))
        .map(|(at, _)| at);
    if let Some(best) = best {
        let mut at = 0;
        found.retain(|finding| {
            let keep = !group(finding.kind) || at == best;
            at += 1;
            keep
        });
    }
}
