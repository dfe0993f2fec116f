//! What belongs to a document as a whole: its identity, and the people who could answer a gap.

use serde_json::{Value, json};

use crate::model::{AccountProfile, BuyingRole, Handoff, Iri, PersonStatus, Side, Stakeholder};

/// Gives a document its hash and its IRI; both depend on everything but the time it was made.
pub(super) fn sign(mut handoff: Handoff) -> Handoff {
    let content = json!({
        "account": handoff.account,
        "type": handoff.kind,
        "as_of": handoff.as_of,
        "coverage": handoff.coverage,
        "rejected": handoff.rejected,
        "sections": handoff.sections,
        "changes": handoff.changes,
    });
    let hash = blake3::hash(content.to_string().as_bytes()).to_hex();
    handoff.id = Iri::from_text(format!("urn:baton:handoff:{}", &hash[..24]));
    handoff.content_hash = hash.to_string();
    handoff
}

/// Names that a gap can be asked of: our owner, and the customer's people who have not left by role, most influential
/// first.
pub(super) fn known_people(profile: &AccountProfile, people: &[Stakeholder]) -> Value {
    let is_there =
        |person: &&Stakeholder| person.side == Some(Side::Customer) && person.status != PersonStatus::Departed;
    let mut customers: Vec<&Stakeholder> = people.iter().filter(is_there).collect();
    customers.sort_by(|a, b| b.influence.total_cmp(&a.influence).then_with(|| a.id.cmp(&b.id)));
    let in_role = |role| customers.iter().find(|person| person.buying_role == Some(role)).map(|person| &person.name);
    json!({
        "owner": profile.owner.as_ref().and_then(|owner| owner.name.as_ref()),
        "champion": in_role(BuyingRole::Champion),
        "decision_maker": in_role(BuyingRole::DecisionMaker),
        "technical": in_role(BuyingRole::TechnicalEvaluator),
        "contact": customers.first().map(|person| &person.name),
    })
}
