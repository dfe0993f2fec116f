//! The HTTP interface: `/v1`, its description, health and metrics. Handlers extract, make one call, convert.
//!
//! [`router()`] is the whole of it; the index of routes is `router.rs`, statuses are `error.rs`.

mod accounts;
mod answer;
mod docs;
mod error;
mod events;
mod extract;
mod facts;
mod gate;
mod handoffs;
mod idempotency;
mod layers;
mod openapi;
mod operations;
mod people;
mod queries;
mod review_bodies;
mod reviews;
mod router;
mod schedules;
pub mod sparql;
mod tokens;
mod uploads;
mod webhooks;
mod words;

use axum::Router;

pub use error::{Failure, PROBLEM_JSON, problem};
pub use extract::{Account, Bearer, Path, Query};
pub use gate::{Gate, Peer, Rate, audit, require};
pub use layers::Limits;
pub use router::openapi;
pub use uploads::{keep_field, uploaded_file};

use crate::api::App;

/// The routes of a service. `more` are mounted beside `/v1` behind the same gate; `pages` see to their callers
/// themselves.
pub fn router(app: &App, gate: &Gate, limits: Limits, (more, pages): (Router, Router)) -> Router {
    router::router(app, gate, limits, (more, pages))
}
