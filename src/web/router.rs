//! The index of pages, grouped by what they ask of their reader. All but the sign-in need a session.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::{Site, accounts, assets, failures, map, people, queries, search, session};
use crate::access::Permission;
use crate::http::{audit, require};

/// The pages.
pub(super) fn router(site: &Site) -> Router {
    let mut guarded = Router::new();
    for (permission, part) in [(Permission::Read, read()), (Permission::Edit, edit())] {
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
        .route("/accounts/{account}/map", get(map::show_map))
        .route("/accounts/{account}/map/data", get(map::get_map_data))
        .route("/accounts/{account}/people", get(people::list_people))
        .route("/accounts/{account}/people/suggestions", get(people::list_suggestions))
        .route("/accounts/{account}/people/{person}", get(people::show_person))
        .route("/accounts/{account}/search", get(search::search_account))
        .route("/search", get(search::search_all))
        .route("/queries", get(queries::show_queries))
}

fn edit() -> Router<Site> {
    Router::new()
        .route("/accounts/{account}/people/merge", post(people::merge_people))
        .route("/accounts/{account}/people/split", post(people::split_person))
}
