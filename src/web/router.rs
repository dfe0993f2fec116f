//! The index of pages, grouped by what they ask of their reader. All but the sign-in need a session.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use super::{
    Site, account, accounts, administration, assets, conversation, failures, handoffs, map, people, queries, search,
    session, sources,
};
use crate::access::Permission;
use crate::http::{audit, require};

/// The pages.
pub(super) fn router(site: &Site) -> Router {
    let mut guarded = Router::new();
    for (permission, part) in [
        (Permission::Read, read()),
        (Permission::Load, load()),
        (Permission::Review, review()),
        (Permission::Edit, edit()),
        (Permission::Administer, administer()),
    ] {
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
        .layer(from_fn(session::guard_writes))
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
        .route("/accounts/{account}/messages/{interaction}", get(conversation::get_message))
        .route("/accounts/{account}/handoffs", get(handoffs::list_account_handoffs))
        .route("/handoffs", get(handoffs::list_handoffs))
        .route("/handoffs/{handoff}", get(handoffs::show_desk))
        .route("/handoffs/{handoff}/side", get(handoffs::show_side))
        .route("/handoffs/{handoff}/diff", get(handoffs::compare_versions))
        .route("/handoffs/{handoff}/{file}", get(handoffs::get_file))
        .route("/accounts/{account}/map", get(map::show_map))
        .route("/accounts/{account}/map/data", get(map::get_map_data))
        .route("/accounts/{account}/people", get(people::list_people))
        .route("/accounts/{account}/people/suggestions", get(people::list_suggestions))
        .route("/accounts/{account}/people/{person}", get(people::show_person))
        .route("/accounts/{account}/search", get(search::search_account))
        .route("/search", get(search::search_all))
        .route("/queries", get(queries::show_queries))
}

fn load() -> Router<Site> {
    Router::new()
        .route("/accounts/{account}/ingest", post(sources::load_account))
        .route("/ingest", post(sources::load_any))
        .route("/jobs/{job}/retry", post(sources::retry_job))
}

fn review() -> Router<Site> {
    Router::new()
        .route("/accounts/{account}/handoffs", post(handoffs::start_handoff))
        .route("/accounts/{account}/documents", post(handoffs::make_document))
        .route("/handoffs/{handoff}/approve", post(handoffs::approve_line))
        .route("/handoffs/{handoff}/approve-rest", post(handoffs::approve_rest))
        .route("/handoffs/{handoff}/correct", post(handoffs::correct_line))
        .route("/handoffs/{handoff}/reject", post(handoffs::reject_line))
        .route("/handoffs/{handoff}/mark", post(handoffs::mark_line))
        .route("/handoffs/{handoff}/propose", post(handoffs::propose_wording))
        .route("/handoffs/{handoff}/add", post(handoffs::add_line))
        .route("/handoffs/{handoff}/deliver", post(handoffs::deliver_handoff))
        .route("/handoffs/{handoff}/ask", post(handoffs::ask_question))
        .route("/handoffs/{handoff}/answer", post(handoffs::answer_question))
        .route("/handoffs/{handoff}/accept", post(handoffs::accept_handoff))
        .route("/handoffs/{handoff}/send-back", post(handoffs::send_back))
        .route("/handoffs/{handoff}/archive", post(handoffs::archive_handoff))
        .route("/handoffs/{handoff}/feedback", post(handoffs::give_feedback))
        .route("/handoffs/{handoff}/meeting", post(handoffs::read_meeting))
        .route("/handoffs/{handoff}/meeting/approve", post(handoffs::approve_changes))
}

fn edit() -> Router<Site> {
    Router::new()
        .route("/accounts/{account}/people/merge", post(people::merge_people))
        .route("/accounts/{account}/people/split", post(people::split_person))
}

fn administer() -> Router<Site> {
    Router::new()
        .route("/administration", get(administration::show))
        .route("/administration/tokens", post(administration::create_token))
        .route("/administration/tokens/{token}/revoke", post(administration::revoke_token))
        .route("/administration/schedules", post(administration::keep_schedule))
        .route("/administration/schedules/{schedule}/remove", post(administration::remove_schedule))
}
