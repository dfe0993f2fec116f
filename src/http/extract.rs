//! What handlers are given: parameters, bodies and callers, each refused with a problem document.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::error::Failure;
use crate::access::Caller;
use crate::api::ApiError;
use crate::model::AccountSlug;

/// Parameters of the query string.
pub struct Query<T>(pub T);

/// Parameters of the path.
pub struct Path<T>(pub T);

/// A JSON object as body.
pub(super) struct Json<T>(pub(super) T);

/// The account in the path, within the caller's scope. One that is outside is answered as if it were not there.
pub struct Account(pub AccountSlug);

/// The bearer of the token.
pub struct Bearer(pub Caller);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(value)| Self(value))
            .map_err(|error: QueryRejection| Failure::Request(error.status(), error.body_text()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        // What cannot be in a path is not there.
        read.map(|axum::extract::Path(value)| Self(value))
            .map_err(|error: PathRejection| Failure::Request(StatusCode::NOT_FOUND, error.body_text()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let read = axum::Json::<serde_json::Value>::from_request(request, state).await;
        let axum::Json(value) =
            read.map_err(|error: JsonRejection| Failure::Request(error.status(), error.body_text()))?;
        // A list would be taken for the fields in their order.
        if !value.is_object() {
            let detail = "the body must be a JSON object".to_owned();
            return Err(Failure::Request(StatusCode::UNPROCESSABLE_ENTITY, detail));
        }
        serde_json::from_value(value)
            .map(Self)
            .map_err(|error| Failure::Request(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Caller>().cloned().map(Self).ok_or(Failure::Unauthenticated)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Account {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Bearer(caller) = Bearer::from_request_parts(parts, state).await?;
        let Path(named) = Path::<std::collections::HashMap<String, String>>::from_request_parts(parts, state).await?;
        let name = named.get("account").map(String::as_str).unwrap_or_default();
        let account = AccountSlug::from_key(name).ok_or_else(|| ApiError::not_found("account", name))?;
        caller.require_account(&account)?;
        Ok(Self(account))
    }
}
