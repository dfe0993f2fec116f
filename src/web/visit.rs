//! A visit to a page: who reads, at which time, and whether a whole page or a part of one is wanted.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Serialize;

use crate::access::{Caller, Permission};
use crate::api::When;
use crate::http::{Failure, Query};

/// The field of a form, and the header, that show that a write comes from a page of the session.
pub(super) const CSRF_FIELD: &str = "csrf";
pub(super) const CSRF_HEADER: &str = "x-csrf-token";

/// How much of a page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Page,
    /// The part that htmx puts into the page that is there.
    Part,
}

/// A visit to a page.
#[derive(Clone)]
pub(super) struct Visit {
    /// Who reads.
    pub(super) caller: Caller,
    /// Which time the page is for.
    pub(super) when: When,
    /// How much of it is wanted.
    pub(super) extent: Extent,
    /// What its forms carry.
    csrf: String,
    /// The path.
    path: String,
    /// `as_of` as it was asked for.
    as_of: Option<String>,
}

/// What every template sees of a visit.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    name: &'a str,
    role: &'static str,
    may: May,
    csrf: &'a str,
    path: &'a str,
    /// The day or time that the page is for, where one was asked for.
    as_of: Option<&'a str>,
    /// What an address within the account ends with, so that the time goes along.
    when: String,
}

/// What the reader may do.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a template asks for each by its name")]
struct May {
    load: bool,
    review: bool,
    edit: bool,
    administer: bool,
}

impl Visit {
    /// What templates see.
    pub(super) fn shown(&self) -> Shown<'_> {
        let role = self.caller.token.role;
        let may = |permission: Permission| permission.is_held_by(role);
        let when = self.as_of.as_ref().map_or_else(String::new, |as_of| {
            format!("?as_of={}", percent_encoding::utf8_percent_encode(as_of, percent_encoding::NON_ALPHANUMERIC))
        });
        Shown {
            name: &self.caller.token.name,
            role: role.as_str(),
            may: May {
                load: may(Permission::Load),
                review: may(Permission::Review),
                edit: may(Permission::Edit),
                administer: may(Permission::Administer),
            },
            csrf: &self.csrf,
            path: &self.path,
            as_of: self.as_of.as_deref(),
            when,
        }
    }
}

#[derive(serde::Deserialize)]
struct AsOf {
    #[serde(default)]
    as_of: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let caller = parts.extensions.get::<Caller>().cloned().ok_or(Failure::Unauthenticated)?;
        let secret = Self::secret_of(&parts.extensions).ok_or(Failure::Unauthenticated)?;
        let Query(AsOf { as_of }) = Query::<AsOf>::from_request_parts(parts, state).await?;
        // An empty field of a form is none.
        let as_of = as_of.filter(|as_of| !as_of.trim().is_empty());
        let when = match &as_of {
            Some(text) => {
                let time = crate::api::time::parse(text)
                    .map_err(|error| crate::api::ApiError::Invalid(format!("as_of is no date: {error}")))?;
                When { as_of: Some(time), known_at: None }
            }
            None => When::default(),
        };
        let is_part =
            parts.headers.contains_key("hx-request") && !parts.headers.contains_key("hx-history-restore-request");
        Ok(Self {
            caller,
            when,
            extent: if is_part { Extent::Part } else { Extent::Page },
            csrf: secret.csrf(),
            path: parts.uri.path().to_owned(),
            as_of,
        })
    }
}
