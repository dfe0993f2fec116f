//! Seeing to the service: schedules with their last and next runs, tokens, and who did what.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::{Value, context};
use serde::Deserialize;

use super::Site;
use super::form::{Form, filled};
use super::views::value;
use super::visit::Visit;
use crate::api::{self, ApiError, NewSchedule, NewToken};
use crate::http::{Failure, Path};
use crate::model::{Sight, TokenRole};

/// Entries of the log that are shown.
const ENTRIES: u32 = 50;
/// Where this page is.
const PAGE: &str = "/administration";

/// Shows schedules, tokens and the log.
pub(super) async fn show(State(site): State<Site>, visit: Visit) -> Result<Response, Failure> {
    shown(&site, &visit, Value::UNDEFINED).await
}

async fn shown(site: &Site, visit: &Visit, made: Value) -> Result<Response, Failure> {
    let (app, caller) = (&site.app, &visit.caller);
    let kinds = app.definitions.types().map(|kind| context! { name => &kind.name, title => &kind.title });
    let values = context! {
        schedules => value(&api::schedules(app, caller).await?),
        tokens => value(&api::tokens(app, caller).await?),
        entries => value(&app.stores.archive.audit(i64::MAX, ENTRIES).await?),
        roles => TokenRole::ALL.map(TokenRole::as_str).to_vec(),
        kinds => kinds.collect::<Vec<_>>(),
        now => value(&app.clock.now()),
        made,
    };
    site.views.page(visit, "administration.html", values)
}

/// A token to make, as the form has it; what is empty was not given.
#[derive(Deserialize)]
pub(super) struct TokenForm {
    name: String,
    role: String,
    #[serde(default)]
    sight: String,
    #[serde(default)]
    accounts: String,
    #[serde(default)]
    expires: String,
}

impl TokenForm {
    fn read(self) -> Result<NewToken, ApiError> {
        let role = TokenRole::from_name(&self.role).ok_or_else(|| ApiError::not_found("role", self.role))?;
        let accounts: BTreeSet<String> =
            self.accounts.split([',', ' ']).filter(|key| !key.is_empty()).map(str::to_owned).collect();
        let end = |text: &str| {
            let day: Date = text.parse().map_err(|_| ApiError::Invalid(format!("{text:?} is no day")))?;
            let time = day.to_zoned(TimeZone::UTC).map_err(|error| ApiError::Invalid(error.to_string()))?;
            Ok::<_, ApiError>(time.timestamp())
        };
        Ok(NewToken {
            name: self.name,
            role,
            sight: Sight::from_name(&self.sight),
            accounts: (!accounts.is_empty()).then_some(accounts),
            expires_at: if self.expires.is_empty() { None } else { Some(end(&self.expires)?) },
        })
    }
}

/// Makes a token and shows it this once.
pub(super) async fn create_token(
    State(site): State<Site>,
    visit: Visit,
    Form(form): Form<TokenForm>,
) -> Result<Response, Failure> {
    let made = api::create_token(&site.app, &visit.caller, form.read()?).await?;
    shown(&site, &visit, context! { name => made.token.name, secret => made.secret }).await
}

#[derive(Deserialize)]
pub(super) struct TokenPath {
    token: String,
}

/// Revokes a token; whoever is signed in with it is signed out.
pub(super) async fn revoke_token(
    State(site): State<Site>,
    visit: Visit,
    Path(TokenPath { token }): Path<TokenPath>,
) -> Result<Response, Failure> {
    api::revoke_token(&site.app, &visit.caller, &token).await?;
    site.gate.forget();
    site.sessions.forget();
    Ok(Redirect::to(PAGE).into_response())
}

/// A schedule to keep, as the form has it.
#[derive(Deserialize)]
pub(super) struct ScheduleForm {
    name: String,
    cron: String,
    zone: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    account: String,
}

/// Keeps a schedule.
pub(super) async fn keep_schedule(
    State(site): State<Site>,
    visit: Visit,
    Form(form): Form<ScheduleForm>,
) -> Result<Response, Failure> {
    let name = filled(&form.name).ok_or_else(|| ApiError::Unfit("a schedule needs a name".to_owned()))?;
    let zone = filled(&form.zone).unwrap_or_else(|| "UTC".to_owned());
    let new = NewSchedule { cron: form.cron, zone, kind: form.kind, account: filled(&form.account) };
    api::keep_schedule(&site.app, &visit.caller, name, new).await?;
    Ok(Redirect::to(PAGE).into_response())
}

#[derive(Deserialize)]
pub(super) struct SchedulePath {
    schedule: String,
}

/// Takes a schedule away.
pub(super) async fn remove_schedule(
    State(site): State<Site>,
    visit: Visit,
    Path(SchedulePath { schedule }): Path<SchedulePath>,
) -> Result<Response, Failure> {
    api::remove_schedule(&site.app, &visit.caller, &schedule).await?;
    Ok(Redirect::to(PAGE).into_response())
}
