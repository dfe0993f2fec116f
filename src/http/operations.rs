//! `/health` and `/metrics`: for those who run the service. They need no token and tell nothing of any account.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde::Serialize;
use std::sync::OnceLock;

use crate::api::App;

/// The form of Prometheus.
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How the service is.
#[derive(Clone, Debug, Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    archive: &'static str,
    graph: &'static str,
}

pub(super) fn routes(app: &App) -> Router {
    recorder();
    Router::new()
        .route("/health", get(ready))
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .route("/metrics", get(show_metrics))
        .with_state(app.clone())
}

/// The process answers.
async fn live() -> Json<serde_json::Value> {
    Json(serde_json::json!({ "status": "live" }))
}

/// Both stores answer.
async fn ready(State(app): State<App>) -> Response {
    let archive = app.stores.archive.setting("health").await.is_ok();
    let graph = tokio::task::spawn_blocking(move || app.stores.graph.accounts().is_ok()).await.unwrap_or(false);
    let word = |good| if good { "ready" } else { "failed" };
    let status = if archive && graph { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let health = Health {
        status: word(archive && graph),
        version: env!("CARGO_PKG_VERSION"),
        archive: word(archive),
        graph: word(graph),
    };
    (status, Json(health)).into_response()
}

async fn show_metrics() -> Response {
    let text = recorder().map(PrometheusHandle::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, PROMETHEUS)], text).into_response()
}

/// The recorder of this process. There is one, whichever server was first.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let builder = PrometheusBuilder::new().set_buckets(&[0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0]);
        builder.ok()?.install_recorder().inspect_err(|error| tracing::warn!(%error, "no metrics are kept")).ok()
    };
    RECORDER.get_or_init(install).as_ref()
}
