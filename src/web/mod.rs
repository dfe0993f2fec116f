//! The pages for people: accounts, handoffs, the map, search, sources. Made on the server with minijinja out of the
//! answers of `api`; htmx and a few small modules make them quicker, and everything can be read without them.
//!
//! [`router()`] is the whole of it; the index of pages is `router.rs`. A handler extracts, makes one call, and hands
//! what it got to a template: no page knows more than the HTTP interface does. Signing in with a token begins a session
//! (`session.rs`); roles and scopes are those of the token.

mod account;
mod accounts;
mod administration;
mod assets;
mod conversation;
mod failures;
mod form;
mod handoffs;
mod head;
mod map;
mod people;
mod queries;
mod router;
mod search;
mod session;
mod sources;
mod views;
mod visit;
mod wording;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;

use crate::api::App;
use crate::http::Gate;
use session::Sessions;
use views::Views;

/// How the pages reach their readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over plain HTTP on this machine.
    Plain,
    /// Encrypted, by the service itself or by something before it: cookies go over nothing else.
    Encrypted,
}

/// How the pages are made.
#[derive(Clone, Debug)]
pub struct PageSettings {
    /// How they reach their readers.
    pub transport: Transport,
    /// Folder whose files take the place of the built-in templates and assets of the same name.
    pub folder: Option<PathBuf>,
}

/// Everything that pages are made from. Cheap to clone.
#[derive(Clone)]
struct Site {
    app: App,
    gate: Gate,
    sessions: Sessions,
    views: Arc<Views>,
}

/// The routes of the pages. They see to their callers themselves.
pub fn router(app: &App, gate: &Gate, settings: &PageSettings) -> Router {
    let site = Site {
        app: app.clone(),
        gate: gate.clone(),
        sessions: Sessions::new(app, settings.transport),
        views: Arc::new(Views::new(settings.folder.as_deref())),
    };
    router::router(&site)
}
