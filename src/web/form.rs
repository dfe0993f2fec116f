//! What a form sends.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::http::Failure;

/// The fields of a form.
pub(super) struct Form<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let read = axum::extract::Form::<T>::from_request(request, state).await;
        read.map(|axum::extract::Form(fields)| Self(fields))
            .map_err(|error| Failure::Request(error.status(), error.body_text()))
    }
}

/// What stands in a field; an empty one is none.
pub(super) fn filled(field: &str) -> Option<String> {
    let field = field.trim();
    (!field.is_empty()).then(|| field.to_owned())
}
