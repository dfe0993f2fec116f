//! Facts: lists, filters, single ones.

use serde::Deserialize;

use super::{ApiError, App, Page, PageRequest, When};
use crate::access::Caller;
use crate::model::{AccountSlug, Fact, FactKind, FactStatus, Iri, ReviewState};

/// Which facts.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FactFilter {
    /// Only those that stand so.
    pub status: Option<FactStatus>,
    /// Only those about which people have decided so.
    pub review: Option<ReviewState>,
    /// Only of this category within their kind.
    pub category: Option<String>,
    /// Only what this person owes or is owed, or said: a name or an address.
    pub person: Option<String>,
    /// Only those with at least this confidence.
    #[param(minimum = 0, maximum = 1)]
    pub min_confidence: Option<f32>,
}

impl FactFilter {
    fn takes(&self, fact: &Fact) -> bool {
        let is = |party: Option<&crate::model::Party>, wanted: &str| {
            party.is_some_and(|party| {
                [&party.name, &party.address].into_iter().flatten().any(|known| known.eq_ignore_ascii_case(wanted))
            })
        };
        let is_about = |wanted: &String| {
            is(fact.owner.as_ref(), wanted)
                || is(fact.beneficiary.as_ref(), wanted)
                || fact
                    .evidence
                    .iter()
                    .any(|words| words.speaker.as_ref().is_some_and(|speaker| speaker.eq_ignore_ascii_case(wanted)))
        };
        self.status.is_none_or(|status| fact.status == status)
            && self.review.is_none_or(|review| fact.review == review)
            && self.category.as_ref().is_none_or(|category| fact.category.as_ref() == Some(category))
            && self.min_confidence.is_none_or(|least| fact.confidence >= least)
            && self.person.as_ref().is_none_or(is_about)
    }
}

/// The order of facts: time of first evidence, then identity.
pub(super) fn key(fact: &Fact) -> String {
    let at = fact.evidence.first().map_or(fact.valid_from, |evidence| evidence.at);
    // Shifted, so that times before the epoch sort as text too.
    format!("{:020}{}", i128::from(at.as_microsecond()) + (1 << 62), fact.id)
}

/// A page of the facts of an account, or of those of one kind.
pub async fn facts(
    app: &App,
    caller: &Caller,
    (account, kind): (&AccountSlug, Option<FactKind>),
    (filter, when): (&FactFilter, When),
    page: &PageRequest,
) -> Result<Page<Fact>, ApiError> {
    if filter.min_confidence.is_some_and(|least| !(0.0..=1.0).contains(&least)) {
        return Err(ApiError::Invalid("min_confidence must be 0 to 1".to_owned()));
    }
    let known = app.known(caller, account, when).await?;
    let now = app.judged_at(when);
    let takes = |fact: &&Fact| kind.is_none_or(|kind| fact.kind == kind);
    let chosen: Vec<&Fact> = known.facts().await?.iter().filter(takes).collect();
    let has_filter = filter.status.is_some()
        || filter.review.is_some()
        || filter.category.is_some()
        || filter.person.is_some()
        || filter.min_confidence.is_some();
    if !has_filter {
        let (range, next) = page.of(&chosen, |fact| key(fact))?;
        let data = chosen[range].iter().map(|fact| (*fact).clone().judged_at(now)).collect();
        return Ok(Page { data, next });
    }
    let judged: Vec<Fact> = chosen.into_iter().map(|fact| fact.clone().judged_at(now)).collect();
    let found: Vec<Fact> = judged.into_iter().filter(|fact| filter.takes(fact)).collect();
    let (range, next) = page.of(&found, key)?;
    Ok(Page { data: found[range].to_vec(), next })
}

/// One fact, by its IRI or the end of it.
pub async fn fact(app: &App, caller: &Caller, account: &AccountSlug, id: &str, when: When) -> Result<Fact, ApiError> {
    let known = app.known(caller, account, when).await?;
    let iri = Iri::from_text(if id.starts_with("urn:") { id.to_owned() } else { format!("urn:baton:fact:{id}") });
    let found = known.facts().await?.iter().find(|fact| fact.id == iri).cloned();
    Ok(found.ok_or_else(|| ApiError::not_found("fact", id))?.judged_at(app.judged_at(when)))
}
