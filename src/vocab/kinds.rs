//! The classes of the kinds that the model lists.

use super::{
    BUYING_MOTIVATION, CALL, CHAT, COMMITMENT, CRM_RECORD, CUSTOMIZATION, DECISION, EMAIL, EVENT, EXPANSION_SIGNAL,
    METRIC_FACT, NOTE, OBJECTIVE, OPEN_ISSUE, PAIN_POINT, PREFERENCE_FACT, REQUEST, REQUIREMENT, RISK, SENSITIVE_TOPIC,
    SURVEY_ANSWER, TICKET, USAGE_REPORT,
};
use crate::model::{FactKind, InteractionKind};

/// The class of facts of that kind.
pub fn fact_class(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Commitment => COMMITMENT,
        FactKind::Request => REQUEST,
        FactKind::Risk => RISK,
        FactKind::Objective => OBJECTIVE,
        FactKind::Metric => METRIC_FACT,
        FactKind::PainPoint => PAIN_POINT,
        FactKind::Requirement => REQUIREMENT,
        FactKind::Decision => DECISION,
        FactKind::Preference => PREFERENCE_FACT,
        FactKind::SensitiveTopic => SENSITIVE_TOPIC,
        FactKind::BuyingMotivation => BUYING_MOTIVATION,
        FactKind::OpenIssue => OPEN_ISSUE,
        FactKind::Customization => CUSTOMIZATION,
        FactKind::ExpansionSignal => EXPANSION_SIGNAL,
    }
}

/// The kind of facts of that class.
pub fn fact_kind(class: &str) -> Option<FactKind> {
    FactKind::ALL.into_iter().find(|&kind| fact_class(kind) == class)
}

/// The class of interactions of that kind.
pub fn interaction_class(kind: InteractionKind) -> &'static str {
    match kind {
        InteractionKind::Email => EMAIL,
        InteractionKind::Chat => CHAT,
        InteractionKind::Call => CALL,
        InteractionKind::Ticket => TICKET,
        InteractionKind::Note => NOTE,
        InteractionKind::Crm => CRM_RECORD,
        InteractionKind::Usage => USAGE_REPORT,
        InteractionKind::Survey => SURVEY_ANSWER,
        InteractionKind::Event => EVENT,
    }
}

/// The kind of interactions of that class.
pub fn interaction_kind(class: &str) -> Option<InteractionKind> {
    InteractionKind::ALL.into_iter().find(|&kind| interaction_class(kind) == class)
}
