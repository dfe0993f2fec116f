//! The index of pages, grouped by what they ask of their reader. All but the sign-in need a session.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::{Site, account, accounts, administration, assets, failures, session, sources};
use crate::access::Permission;
use crate::http::{audit, require};

/// The pages.
pub(super) fn router(site: &Site) -> Router {
    let mut guarded = Router::new();
    for (permission, part) in
        [(Permission::Read, read()), (Permission::Load, load()), (Permission::Administer, administer())]
    {
        guarded = guarded.merge(part.route_layer(from_fn_with_state(permission, require)));
    }
    let guarded = guarded
        .route_layer(from_fn_with_state(site.gate.clone(), audit))
        .route_layer(from_fn_with_state(site.clone(), session::enter));
    let open = Router::new()
        .route("/signin", get(session::show_sign_in).post(session::sign_in))
        .route("/signout", post(session::sign_out))
        .route("/assets/{name}", get(assets::get_asset));
    guarded
        .merge(open)
        .layer(from_fn_with_state(site.clone(), session::guard_writes))
        .layer(from_fn_with_state(site.clone(), failures::as_pages))
        .with_state(site.clone())
}

fn read() -> Router<Site> {
    Router::new()
        .route("/", get(accounts::list_accounts))
        .route("/accounts/{account}", get(account::show_account))
        .route("/accounts/{account}/timeline", get(account::get_timeline))
        .route("/accounts/{account}/facts", get(account::list_facts))
        .route("/accounts/{account}/messages", get(account::list_messages))
        .route("/accounts/{account}/sources", get(sources::show_account_sources))
        .route("/accounts/{account}/sources/jobs", get(sources::list_account_jobs))
        .route("/sources", get(sources::show_sources))
        .route("/sources/jobs", get(sources::list_jobs))
}

fn load() -> Router<Site> {
    Router::new()
        .route("/accounts/{account}/ingest", post(sources::load_account))
        .route("/ingest", post(sources::load_any))
        .route("/jobs/{job}/retry", post(sources::retry_job))
}

fn administer() -> Router<Site> {
    Router::new()
        .route("/administration", get(administration::show))
        .route("/administration/tokens", post(administration::create_token))
        .route("/administration/tokens/{token}/revoke", post(administration::revoke_token))
        .route("/administration/schedules", post(administration::keep_schedule))
        .route("/administration/schedules/{schedule}/remove", post(administration::remove_schedule))
}
