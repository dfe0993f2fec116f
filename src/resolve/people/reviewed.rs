//! What people decided about people, applied last: it outranks everything that was read.

use crate::model::{Evidence, InteractionKind, PersonReview, RoleBasis, RoleReading, Stakeholder};

/// Applies decisions in order of time.
pub(crate) fn apply(people: &mut [Stakeholder], reviews: &[PersonReview]) {
    let mut ordered: Vec<&PersonReview> = reviews.iter().collect();
    ordered.sort_by_key(|review| review.at);
    for review in ordered {
        if let Some(person) = people.iter_mut().find(|person| person.keys.contains(&review.person)) {
            decide(person, review);
        }
    }
}

fn decide(person: &mut Stakeholder, review: &PersonReview) {
    let evidence = Evidence {
        interaction: format!("review:{}:{}", review.by, review.at),
        kind: InteractionKind::Note,
        at: review.at,
        speaker: Some(review.by.clone()),
        start: 0,
        end: 0,
        quote: String::new(),
    };
    if let Some(name) = &review.name {
        let before = std::mem::replace(&mut person.name, name.clone());
        if before != *name && !person.aliases.contains(&before) {
            person.aliases.push(before);
        }
    }
    if let Some(title) = &review.title {
        person.title = Some(title.clone());
    }
    if let Some(role) = review.role {
        person.buying_role = Some(role);
        person.buying_roles.retain(|reading| reading.role != role && reading.basis != RoleBasis::Reviewed);
        let reading =
            RoleReading { role, confidence: 1.0, basis: RoleBasis::Reviewed, evidence: vec![evidence.clone()] };
        person.buying_roles.insert(0, reading);
    }
    person.evidence.push(evidence);
}
