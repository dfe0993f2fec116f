//! Mail domains of the two sides, where the caller or the CRM does not tell them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::names::{domain_of, is_free_mail};
use crate::model::{AccountProfile, Told};
use crate::resolve::Context;

/// Mail domains of the two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Domains {
    /// Our own.
    pub(crate) vendor: BTreeSet<String>,
    /// The customer's.
    pub(crate) customer: BTreeSet<String>,
}

impl Domains {
    /// What the context and the CRM say. Where they do not tell the customer's, it is the domain named like the account,
    /// else, with ours known, the one company domain that takes part in the most interactions. Where they do not tell
    /// ours, it is that company domain beside the customer's.
    pub(crate) fn known_or_seen(context: &Context, profile: &AccountProfile, rows: &[&Told]) -> Self {
        let mut domains = Self { vendor: context.vendor_domains.clone(), customer: context.customer_domains.clone() };
        domains.customer.extend(profile.domains.iter().cloned());
        if domains.vendor.is_empty() || domains.customer.is_empty() {
            domains.complete(context, &seen(rows));
        }
        domains
    }

    fn complete(&mut self, context: &Context, seen: &FxHashMap<&str, u32>) {
        if self.customer.is_empty() {
            let account = context.account.as_str().replace('-', "");
            let named_like_it =
                seen.keys().filter(|domain| domain.split('.').any(|label| label.replace('-', "") == account));
            self.customer.extend(named_like_it.map(|&domain| domain.to_owned()));
        }
        if self.customer.is_empty() && !self.vendor.is_empty() {
            self.customer.extend(most_seen(seen, &self.vendor));
        }
        if self.vendor.is_empty() && !self.customer.is_empty() {
            self.vendor.extend(most_seen(seen, &self.customer));
        }
    }
}

/// In how many rows each company domain takes part.
fn seen<'a>(rows: &[&'a Told]) -> FxHashMap<&'a str, u32> {
    let mut seen = FxHashMap::default();
    for told in rows {
        let addresses = told.participants.iter().filter_map(|participant| participant.address.as_deref());
        let domains: BTreeSet<&str> = addresses.map(domain_of).filter(|domain| !domain.is_empty()).collect();
        for domain in domains.into_iter().filter(|domain| !is_free_mail(domain)) {
            *seen.entry(domain).or_default() += 1;
        }
    }
    seen
}

/// The one domain that is seen more than any other that is not among `others`.
fn most_seen(seen: &FxHashMap<&str, u32>, others: &BTreeSet<String>) -> Option<String> {
    let mut counts: Vec<(u32, &str)> = seen
        .iter()
        .filter(|(domain, _)| !others.iter().any(|other| super::sides::is_within(domain, other)))
        .map(|(domain, count)| (*count, *domain))
        .collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    match counts.as_slice() {
        [(_, only)] => Some((*only).to_owned()),
        [(first, domain), (second, _), ..] if first > second => Some((*domain).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccountSlug;
    use crate::resolve::testing::mail;

    #[test]
    fn sides_are_told_by_who_takes_part() {
        let check = |account: &str, ours: &[&str], mails: &[&[&str]], expected: (&[&str], &[&str])| {
            let rows: Vec<Told> = mails.iter().map(|to| mail("m", "2026-01-12", to[0], &to[1..]).0).collect();
            let rows: Vec<&Told> = rows.iter().collect();
            let context = Context::new(
                AccountSlug::from_name(account).unwrap(),
                ours.iter().map(|&domain| domain.to_owned()).collect(),
                BTreeSet::new(),
            );
            let found = Domains::known_or_seen(&context, &AccountProfile::default(), &rows);
            let listed = |domains: &BTreeSet<String>| domains.iter().cloned().collect::<Vec<_>>();
            assert_eq!(
                (listed(&found.vendor), listed(&found.customer)),
                (
                    expected.0.iter().map(ToString::to_string).collect(),
                    expected.1.iter().map(ToString::to_string).collect(),
                )
            );
        };
        let mails: &[&[&str]] =
            &[&["a@northwind.example", "s@us.example"], &["b@northwind.example", "p@partner.example"]];
        check("northwind", &[], mails, (&[], &["northwind.example"]));
        check("northwind", &["us.example"], mails, (&["us.example"], &["northwind.example"]));
        check("nw", &["us.example"], mails, (&["us.example"], &["northwind.example"]));
        check("northwind", &[], &mails[..1], (&["us.example"], &["northwind.example"]));
        check("nw", &[], mails, (&[], &[]));
        check("nw", &["us.example"], &[&["me@gmail.com", "s@us.example"]], (&["us.example"], &[]));
    }
}
