//! The index of pages, grouped by what they ask of their reader. All but the sign-in need a session.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::{Site, accounts, assets, conversation, failures, handoffs, session};
use crate::access::Permission;
use crate::http::{audit, require};

/// The pages.
pub(super) fn router(site: &Site) -> Router {
    let mut guarded = Router::new();
    for (permission, part) in [(Permission::Read, read()), (Permission::Review, review())] {
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
        .route("/accounts/{account}/messages/{interaction}", get(conversation::get_message))
        .route("/accounts/{account}/handoffs", get(handoffs::list_account_handoffs))
        .route("/handoffs", get(handoffs::list_handoffs))
        .route("/handoffs/{handoff}", get(handoffs::show_desk))
        .route("/handoffs/{handoff}/side", get(handoffs::show_side))
        .route("/handoffs/{handoff}/diff", get(handoffs::compare_versions))
        .route("/handoffs/{handoff}/{file}", get(handoffs::get_file))
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
