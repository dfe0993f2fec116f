//! The index of routes, grouped by what they ask of their caller. Whatever is mounted under `/v1` needs a token.

use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::{Extension, Router};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::error::problem;
use super::gate::{Gate, audit, authenticate, require};
use super::idempotency::answer_once;
use super::layers::{self, Limits};
use super::{
    accounts, docs, events, facts, handoffs, operations, people, queries, reviews, schedules, sparql, tokens, uploads,
    webhooks, words,
};
use crate::access::Permission;
use crate::api::App;

/// The routes with their description.
pub(super) fn router(app: &App, gate: &Gate, limits: Limits, (more, pages): (Router, Router)) -> Router {
    let (routes, described) = described();
    let guarded = routes
        .with_state(app.clone())
        .merge(more)
        .layer(from_fn_with_state((app.clone(), limits), answer_once))
        .layer(Extension(gate.clone()))
        .route_layer(from_fn_with_state(gate.clone(), audit))
        .route_layer(from_fn_with_state(gate.clone(), authenticate))
        .method_not_allowed_fallback(wrong_method);
    let open = operations::routes(app).merge(docs::routes(&described)).method_not_allowed_fallback(wrong_method);
    layers::around(guarded.merge(open).merge(pages).fallback(unknown), limits)
}

/// The description of every route.
pub fn openapi() -> OpenApi {
    described().1
}

fn described() -> (Router<App>, OpenApi) {
    let mut routes = Router::new();
    let mut api = super::openapi::base();
    for (permission, part) in parts() {
        let (part, described) = part.split_for_parts();
        routes = routes.merge(part.route_layer(from_fn_with_state(permission, require)));
        api = api.merge_from(described);
    }
    (routes, super::openapi::complete(api))
}

/// The routes by permission.
fn parts() -> Vec<(Permission, OpenApiRouter<App>)> {
    vec![
        (Permission::Read, read()),
        (Permission::Load, load()),
        (Permission::Review, review()),
        (Permission::Edit, edit()),
        (Permission::Administer, administer()),
    ]
}

fn read() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(accounts::list_accounts))
        .routes(routes!(accounts::get_account))
        .routes(routes!(accounts::list_changes))
        .routes(routes!(accounts::get_map))
        .routes(routes!(accounts::get_sources))
        .routes(routes!(facts::list_facts))
        .routes(routes!(facts::list_facts_of_kind))
        .routes(routes!(facts::get_fact))
        .routes(routes!(facts::search_facts))
        .routes(routes!(people::list_stakeholders))
        .routes(routes!(people::get_stakeholder))
        .routes(routes!(people::list_suggestions))
        .routes(routes!(words::list_interactions))
        .routes(routes!(words::get_interaction))
        .routes(routes!(words::search_messages))
        .routes(routes!(words::get_evidence))
        .routes(routes!(handoffs::list_document_types))
        .routes(routes!(handoffs::list_account_handoffs))
        .routes(routes!(handoffs::list_handoffs))
        .routes(routes!(handoffs::get_handoff))
        .routes(routes!(handoffs::diff_handoffs))
        .routes(routes!(reviews::get_sheet))
        .routes(routes!(schedules::report_quality))
        .routes(routes!(schedules::report_outcomes))
        .routes(routes!(queries::list_queries))
        .routes(routes!(queries::run_query))
        .routes(routes!(sparql::get_sparql, sparql::post_sparql))
        .routes(routes!(uploads::get_job))
        .routes(routes!(uploads::list_jobs))
        .routes(routes!(events::stream_events))
        .routes(routes!(events::list_events))
}

fn load() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(uploads::load_account))
        .routes(routes!(uploads::load_any))
        .routes(routes!(uploads::retry_job))
}

fn review() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(handoffs::make_document))
        .routes(routes!(handoffs::start_handoff))
        .routes(routes!(reviews::approve_lines))
        .routes(routes!(reviews::correct_line))
        .routes(routes!(reviews::reject_lines))
        .routes(routes!(reviews::add_line))
        .routes(routes!(reviews::deliver_handoff))
        .routes(routes!(reviews::ask_question))
        .routes(routes!(reviews::answer_question))
        .routes(routes!(reviews::accept_handoff))
        .routes(routes!(reviews::reject_document))
        .routes(routes!(reviews::archive_handoff))
        .routes(routes!(reviews::give_feedback))
        .routes(routes!(uploads::read_meeting))
}

fn edit() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(people::merge_people)).routes(routes!(people::split_person))
}

fn administer() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(schedules::list_schedules))
        .routes(routes!(schedules::put_schedule, schedules::delete_schedule))
        .routes(routes!(schedules::get_calibration, schedules::apply_calibration, schedules::remove_calibration))
        .routes(routes!(tokens::list_tokens, tokens::create_token))
        .routes(routes!(tokens::revoke_token))
        .routes(routes!(tokens::list_audit))
        .routes(routes!(uploads::erase))
        .routes(routes!(webhooks::list_webhooks, webhooks::add_webhook))
        .routes(routes!(webhooks::remove_webhook))
        .routes(routes!(webhooks::rotate_secret))
        .routes(routes!(webhooks::list_deliveries))
        .routes(routes!(webhooks::replay_deliveries))
}

async fn unknown() -> Response {
    problem(StatusCode::NOT_FOUND, "there is nothing here; /openapi.json lists what there is".to_owned(), None)
}

async fn wrong_method() -> Response {
    problem(StatusCode::METHOD_NOT_ALLOWED, "this cannot be done here; see Allow".to_owned(), None)
}
