//! Templates, and what they can do with values.

use std::path::{Path, PathBuf};

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::visit::Visit;
use super::{assets, wording};
use crate::api::ApiError;
use crate::http::Failure;

#[derive(RustEmbed)]
#[folder = "src/web/templates/"]
struct Templates;

/// The templates.
pub(super) struct Views {
    built_in: Environment<'static>,
    /// Where others may lie that take the place of those; they are read anew for every page.
    folder: Option<PathBuf>,
}

impl Views {
    /// The built-in templates, and those of a folder.
    pub(super) fn new(folder: Option<&Path>) -> Self {
        Self { built_in: environment(None), folder: folder.map(Path::to_owned) }
    }

    /// Where templates and assets may lie that take the place of the built-in ones.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// A page for somebody who is signed in.
    pub(super) fn page(&self, visit: &Visit, name: &str, values: Value) -> Result<Response, Failure> {
        self.write(name, context! { visit => value(&visit.shown()), ..values })
    }

    /// A page for anybody.
    pub(super) fn open(&self, name: &str, values: &Value) -> Result<Response, Failure> {
        self.write(name, values.clone())
    }

    fn write(&self, name: &str, values: Value) -> Result<Response, Failure> {
        let other = self.folder.as_deref().map(|folder| environment(Some(folder)));
        let environment = other.as_ref().unwrap_or(&self.built_in);
        let failed = |error: minijinja::Error| ApiError::Internal(format!("{name}: {error:#}"));
        let page = environment.get_template(name).map_err(failed)?.render(values).map_err(failed)?;
        Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response())
    }
}

fn environment(folder: Option<&Path>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // Default delimiters always make a syntax.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    for name in Templates::iter() {
        let own = folder.and_then(|folder| std::fs::read_to_string(folder.join("templates").join(name.as_ref())).ok());
        let built_in = || Templates::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
        let Some(text) = own.or_else(built_in) else { continue };
        if let Err(error) = environment.add_template_owned(name.to_string(), text) {
            tracing::error!(%error, template = %name, "a template cannot be read");
        }
    }
    environment.add_function("asset", |name: &str| Value::from_safe_string(assets::address(name)));
    wording::add_to(&mut environment);
    environment
}

/// A value as templates see it.
pub(super) fn value<T: Serialize>(value: &T) -> Value {
    Value::from(Serde(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read() {
        let environment = environment(None);
        for name in Templates::iter() {
            assert!(environment.get_template(&name).is_ok(), "{name}");
        }
    }

    #[test]
    fn words_of_others_are_escaped() {
        let environment = environment(None);
        let shown = environment.render_str("{{ text }}", context! { text => "<script>alert(1)</script>" });
        assert_eq!(shown.unwrap(), "&lt;script&gt;alert(1)&lt;&#x2f;script&gt;");
    }
}
