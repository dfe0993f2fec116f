//! From findings to knowledge: a fold over everything told in one account, in time order.
//! Pure: the same interactions, reviews and context give the same view, in whatever order they were loaded.

mod digest;
mod facts;
pub mod observe;
pub mod people;
mod profile;
mod reading;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use std::collections::BTreeSet;

use jiff::Timestamp;

pub use digest::digest;

use crate::model::{
    AccountSlug, AccountView, Calibration, Evidence, IdentityReview, IdentitySuggestion, InteractionNode, Iri,
    Observation, PersonReview, Review, Stakeholder, Told,
};

/// What is known of an account from outside its interactions.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The account.
    pub account: AccountSlug,
    /// Mail domains of our own side.
    pub vendor_domains: BTreeSet<String>,
    /// Mail domains of the customer.
    pub customer_domains: BTreeSet<String>,
    /// What people decided about who is who.
    pub identities: Vec<IdentityReview>,
    /// What people decided about people.
    pub people: Vec<PersonReview>,
    /// How often the findings of each rule were right, as people judged them.
    pub calibration: Calibration,
}

impl Context {
    /// An account with its domains, about which nobody has decided anything.
    pub fn new(account: AccountSlug, vendor_domains: BTreeSet<String>, customer_domains: BTreeSet<String>) -> Self {
        Self {
            account,
            vendor_domains,
            customer_domains,
            identities: Vec::new(),
            people: Vec::new(),
            calibration: Calibration::default(),
        }
    }
}

/// Folds everything told in an account into what we know of it.
/// `told` is sorted by `(sent_at, id)`; `reviews` by time. Another order gives the same view and costs a sort.
/// Rows at the Unix epoch have no time of their own: they hold always and come first.
pub fn resolve(context: &Context, told: &[Told], reviews: &[Review]) -> AccountView {
    fold(context, told, reviews, observe::observations)
}

/// The same without what is measured month by month: enough to compare two times.
pub fn outline(context: &Context, told: &[Told], reviews: &[Review]) -> AccountView {
    fold(context, told, reviews, observe::ranks)
}

fn fold(
    context: &Context,
    told: &[Told],
    reviews: &[Review],
    observe: fn(&[Stakeholder], &[InteractionNode]) -> Vec<Observation>,
) -> AccountView {
    let rows = in_order(told);
    let mut profile = profile::profile(&rows);
    let people = people::People::read(context, &profile, &rows);
    profile::name_owners(&mut profile, &people, rows.len());
    let ((facts, preferences), interactions) =
        rayon::join(|| facts::facts(context, &people, &rows, reviews), || reading::nodes(context, &people, &rows));
    let mut stakeholders = people.stakeholders(context, &profile, preferences);
    let observations = observe(&stakeholders, &interactions);
    people::sensitive_topics(&mut stakeholders, &facts);
    people.weigh(&mut stakeholders, (&rows, &facts), &observe::latest_ranks(&observations));
    people::reviewed::apply(&mut stakeholders, &context.people);
    AccountView {
        account: context.account.clone(),
        facts,
        stakeholders,
        interactions,
        usage: reading::usage(&rows),
        coverage: reading::coverage(&rows),
        observations,
        profile,
    }
}

/// The pairs of people of an account who may be one though no certain key says so, likeliest first.
pub fn suggestions(context: &Context, told: &[Told]) -> Vec<IdentitySuggestion> {
    let rows = in_order(told);
    let profile = profile::profile(&rows);
    people::People::read(context, &profile, &rows).suggestions(&rows)
}

/// Rows by time, those without one first.
fn in_order(told: &[Told]) -> Vec<&Told> {
    let mut rows: Vec<&Told> = told.iter().collect();
    let order =
        |a: &&Told, b: &&Told| (is_dated(a), a.sent_at).cmp(&(is_dated(b), b.sent_at)).then_with(|| a.id.cmp(&b.id));
    if !rows.is_sorted_by(|a, b| order(a, b).is_le()) {
        rows.sort_by(order);
    }
    rows
}

/// What the model of buying roles reads of each person of an account, for training.
pub fn role_features(context: &Context, told: &[Told]) -> Vec<(Iri, Vec<f32>)> {
    let rows = in_order(told);
    let profile = profile::profile(&rows);
    people::People::read(context, &profile, &rows).role_features(context, &profile)
}

/// Says whether a row has a time of its own; rows at the Unix epoch hold always.
pub(crate) fn is_dated(told: &Told) -> bool {
    told.sent_at != Timestamp::UNIX_EPOCH
}

/// A whole row as evidence, where there are no words to quote.
fn whole(told: &Told) -> Evidence {
    Evidence {
        interaction: told.id.clone(),
        kind: told.kind,
        at: told.sent_at,
        speaker: None,
        start: 0,
        end: 0,
        quote: String::new(),
    }
}
