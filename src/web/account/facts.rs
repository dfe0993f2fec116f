//! Everything of one kind that is known of an account: promises, risks, goals, each with its words.

use axum::extract::State;
use axum::response::Response;
use minijinja::context;
use serde::Deserialize;

use crate::api::{ApiError, FactFilter, PageRequest, facts};
use crate::http::{Account, Failure, Query};
use crate::model::{FactKind, FactStatus};
use crate::web::Site;
use crate::web::views::value;
use crate::web::visit::Visit;

/// Facts on a page.
const PAGE: u32 = 100;

/// Which facts, as the address has it; what is empty is not asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    cursor: Option<String>,
}

/// Shows the facts of a kind.
pub(crate) async fn list_facts(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let kind = match asked.kind.as_str() {
        "" => FactKind::Commitment,
        name => FactKind::from_name(name).ok_or_else(|| ApiError::not_found("kind of fact", name))?,
    };
    let status = match asked.status.as_str() {
        "" => None,
        name => Some(FactStatus::from_name(name).ok_or_else(|| ApiError::not_found("status", name))?),
    };
    let filter = FactFilter { status, ..FactFilter::default() };
    let page = PageRequest { limit: Some(PAGE), cursor: asked.cursor };
    let found = facts(&site.app, &visit.caller, (&account, Some(kind)), (&filter, visit.when), &page).await?;
    let kinds: Vec<&str> = FactKind::ALL.into_iter().map(FactKind::as_str).collect();
    let statuses: &[&str] = match kind {
        FactKind::Commitment | FactKind::Request => &["open", "overdue", "fulfilled", "withdrawn", "superseded"],
        _ => &["current", "resolved", "superseded"],
    };
    let values = context! {
        account => value(&head),
        facts => value(&found.data),
        next => found.next,
        kinds,
        statuses => value(&statuses),
        asked => context! { kind => kind.as_str(), status => asked.status },
    };
    site.views.page(&visit, "facts.html", values)
}
