//! How much each change matters, by stated rules.
//!
//! | change | critical | warning | info |
//! |---|---|---|---|
//! | stakeholder.new | | a blocker | everybody else |
//! | stakeholder.departed | customer who decides, pays or champions, or influence ≥ 0.7 | other customers | our own side |
//! | stakeholder.silent | | customer with a buying role or influence ≥ 0.5 | everybody else |
//! | stakeholder.role_changed | | said to be a blocker, or of somebody who decides, pays or champions said to be something else | any other part or title |
//! | sentiment.shifted | worse and now ≤ -0.4, of the account or of somebody who matters | any other worsening | better |
//! | usage.changed | down by half or more | any other fall | rise |
//! | commitment.overdue | ours, 14 days or more | ours; the customer's from 14 days | the customer's |
//! | risk.new | churn, legal or competitive with confidence ≥ 0.6 | every other risk | |
//! | objective.changed | | replaced by another | new or over |
//! | fact.conflict, owner.changed | | always | |
//! | commitment.new, commitment.fulfilled, risk.resolved | | | always |

use crate::model::{BuyingRole, Fact, Severity, Side, Stakeholder};

const MUCH_INFLUENCE: f32 = 0.7;
const SOME_INFLUENCE: f32 = 0.5;
const BAD_MOOD: f32 = -0.4;
const DEEP_FALL: f64 = -0.5;
const LONG_OVERDUE_DAYS: i32 = 14;
const SURE_RISK: f32 = 0.6;

/// Says whether somebody's going would endanger the account.
pub fn is_key(person: &Stakeholder) -> bool {
    let decides = matches!(
        person.buying_role,
        Some(BuyingRole::DecisionMaker | BuyingRole::EconomicBuyer | BuyingRole::Champion)
    );
    decides || person.influence >= MUCH_INFLUENCE
}

/// Severity of a new person.
pub fn new_person(person: &Stakeholder) -> Severity {
    if person.buying_role == Some(BuyingRole::Blocker) { Severity::Warning } else { Severity::Info }
}

/// Severity of a departure.
pub fn departed(person: &Stakeholder) -> Severity {
    match person.side {
        Some(Side::Vendor) => Severity::Info,
        Some(Side::Customer) | None if is_key(person) => Severity::Critical,
        Some(Side::Customer) | None => Severity::Warning,
    }
}

/// Severity of a silence.
pub fn silent(person: &Stakeholder) -> Severity {
    let matters = person.buying_role.is_some() || person.influence >= SOME_INFLUENCE;
    if matters && person.side != Some(Side::Vendor) { Severity::Warning } else { Severity::Info }
}

/// Severity of a part in the buying decision that somebody is now said to have.
pub fn role_changed(before: &Stakeholder, role: BuyingRole) -> Severity {
    let decides = |role| matches!(role, BuyingRole::DecisionMaker | BuyingRole::EconomicBuyer | BuyingRole::Champion);
    let left_decision = before.buying_role.is_some_and(decides) && !decides(role);
    if role == BuyingRole::Blocker || left_decision { Severity::Warning } else { Severity::Info }
}

/// Severity of a shift of mood; `matters` is true of the account and of its key people.
pub fn mood(before: f32, after: f32, matters: Weight) -> Severity {
    if after >= before {
        return Severity::Info;
    }
    match matters {
        Weight::Key if after <= BAD_MOOD => Severity::Critical,
        Weight::Key | Weight::Ordinary => Severity::Warning,
    }
}

/// Whether a mood is that of the account or a key person, or of anybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The account, or somebody whose going would endanger it.
    Key,
    /// Anybody else.
    Ordinary,
}

/// Severity of a change of usage by `share` of the level before.
pub fn usage(share: f64) -> Severity {
    if share <= DEEP_FALL {
        Severity::Critical
    } else if share < 0.0 {
        Severity::Warning
    } else {
        Severity::Info
    }
}

/// Severity of a promise that is late by some days.
pub fn overdue(fact: &Fact, days: i32) -> Severity {
    let is_customers = fact.owner.as_ref().and_then(|owner| owner.side) == Some(Side::Customer);
    match (is_customers, days >= LONG_OVERDUE_DAYS) {
        (false, true) => Severity::Critical,
        (false, false) | (true, true) => Severity::Warning,
        (true, false) => Severity::Info,
    }
}

/// Severity of a new risk.
pub fn risk(fact: &Fact) -> Severity {
    let is_grave = matches!(fact.category.as_deref(), Some("churn" | "legal" | "competitive"));
    if is_grave && fact.confidence >= SURE_RISK { Severity::Critical } else { Severity::Warning }
}
