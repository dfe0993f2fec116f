//! The description of the interface, as JSON and as a page.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::routing::get;
use minijinja::{Environment, context};
use utoipa::openapi::OpenApi;

const PAGE: &str = include_str!("docs.html.j2");

/// `/openapi.json` and `/docs`.
pub(super) fn routes(api: &OpenApi) -> Router {
    let json: Arc<str> = api.to_json().unwrap_or_default().into();
    let page: Arc<str> = page(api).into();
    let shown = move |media: &'static str, text: Arc<str>| {
        get(move || async move { ([(header::CONTENT_TYPE, media)], text.to_string()).into_response() })
    };
    Router::new()
        .route("/openapi.json", shown("application/json", json))
        .route("/docs", shown("text/html; charset=utf-8", page))
}

/// The page is plain: it needs no script and works under the strictest policy.
fn page(api: &OpenApi) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    let value = minijinja::Value::from(minijinja::value::Serde(api));
    let rendered = environment.render_named_str("docs.html", PAGE, context! { api => value });
    rendered.unwrap_or_else(|error| {
        tracing::error!(%error, "the page of the interface cannot be made");
        String::new()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_names_every_route() {
        let api = crate::http::openapi();
        let page = super::page(&api);
        assert!(api.paths.paths.len() > 30);
        for path in api.paths.paths.keys() {
            assert!(page.contains(&path.replace('/', "&#x2f;")) || page.contains(path.as_str()), "{path}");
        }
    }
}
