//! An account at first sight: coverage, people, promises in both directions, risks, goals, issues, what changed.

use axum::extract::State;
use axum::response::Response;
use minijinja::context;

use super::timeline::rows;
use crate::api::{overview, timeline};
use crate::http::{Account, Failure};
use crate::web::Site;
use crate::web::views::value;
use crate::web::visit::Visit;

/// Shows an account.
pub(crate) async fn show_account(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let shown = overview(&site.app, &visit.caller, &account, visit.when).await?;
    let course = timeline(&site.app, &visit.caller, &account, visit.when).await?;
    let values = context! {
        account => value(&head),
        shown => value(&shown),
        weeks => value(&rows(&course)),
        metrics => course.usage.len(),
    };
    site.views.page(&visit, "account_overview.html", values)
}
