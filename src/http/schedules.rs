//! `/v1/schedules`, `/v1/reports` and `/v1/calibration`: what happens at set times, and what documents were worth.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::error::Failure;
use super::extract::{Bearer, Json, Path, Query};
use crate::access::Caller;
use crate::api::{self, ApiError, App, ListedSchedule, NewSchedule, Page, named_account};
use crate::archive::Cut;
use crate::ingest::project_pending;
use crate::lifecycle::{Outcome, Quality, calibration, outcome, quality};
use crate::model::{Calibration, Happened, Process, Schedule};

#[derive(Debug, Deserialize)]
pub(super) struct SchedulePath {
    schedule: String,
}

/// Of which account.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfAccount {
    /// Key of the account; all that the caller may see when not given.
    account: Option<String>,
}

/// A rule with what was decided about its facts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct CalibratedRule {
    /// The rule.
    rule: String,
    /// What was decided.
    judged: Option<crate::model::Judgements>,
    /// What is in force.
    in_force: Option<crate::model::Judgements>,
}

/// Lists the schedules with their next and last runs.
#[utoipa::path(get, path = "/v1/schedules", tag = "schedules", responses((status = 200, body = Page<ListedSchedule>)))]
pub(super) async fn list_schedules(
    State(app): State<App>,
    Bearer(caller): Bearer,
) -> Result<Answer<Page<ListedSchedule>>, Failure> {
    Ok(Answer(Page { data: api::schedules(&app, &caller).await?, next: None }))
}

/// Keeps a schedule, in place of one of the same name.
#[utoipa::path(put, path = "/v1/schedules/{schedule}", tag = "schedules", request_body = NewSchedule,
    params(("schedule" = String, Path, description = "Its name")), responses((status = 200, body = Schedule)))]
pub(super) async fn put_schedule(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<SchedulePath>,
    Json(new): Json<NewSchedule>,
) -> Result<Answer<Schedule>, Failure> {
    Ok(Answer(api::keep_schedule(&app, &caller, path.schedule, new).await?))
}

/// Takes a schedule away.
#[utoipa::path(delete, path = "/v1/schedules/{schedule}", tag = "schedules",
    params(("schedule" = String, Path, description = "Its name")), responses((status = 204, description = "It is gone")))]
pub(super) async fn delete_schedule(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Path(path): Path<SchedulePath>,
) -> Result<StatusCode, Failure> {
    api::remove_schedule(&app, &caller, &path.schedule).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells what was accepted, corrected, rejected and missing, by kind of source, rule and section.
#[utoipa::path(get, path = "/v1/reports/quality", tag = "reports", params(OfAccount),
    responses((status = 200, body = Quality)))]
pub(super) async fn report_quality(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Query(of): Query<OfAccount>,
) -> Result<Answer<Quality>, Failure> {
    let all = histories(&app, &caller, of.account.as_deref()).await?;
    Ok(Answer(quality(all.iter().flat_map(|(_, history)| history))))
}

/// Tells what became of the accounts: days to first value, satisfaction in 30 days, escalations.
#[utoipa::path(get, path = "/v1/reports/outcomes", tag = "reports", params(OfAccount),
    responses((status = 200, body = Page<Outcome>)))]
pub(super) async fn report_outcomes(
    State(app): State<App>,
    Bearer(caller): Bearer,
    Query(of): Query<OfAccount>,
) -> Result<Answer<Page<Outcome>>, Failure> {
    let mut data = Vec::new();
    for (process, history) in histories(&app, &caller, of.account.as_deref()).await? {
        let cut = Cut { sight: caller.sight(), ..Cut::default() };
        let told = app.stores.archive.told(&process.account, app.engine.version(), cut).await?;
        data.extend(outcome(&process, &history, &told, app.clock.now()));
    }
    Ok(Answer(Page { data, next: None }))
}

/// Shows how the decisions of people would weigh the confidence of each rule's facts, beside what is in force.
#[utoipa::path(get, path = "/v1/calibration", tag = "reports", responses((status = 200, body = Page<CalibratedRule>)))]
pub(super) async fn get_calibration(
    State(app): State<App>,
    Bearer(caller): Bearer,
) -> Result<Answer<Page<CalibratedRule>>, Failure> {
    caller.require_all_accounts()?;
    let learned = learned(&app, &caller).await?;
    Ok(Answer(calibrated(&learned, &app.stores.archive.calibration(None).await?)))
}

/// Lets the decisions made so far weigh every fact from now on.
#[utoipa::path(put, path = "/v1/calibration", tag = "reports", responses((status = 200, body = Page<CalibratedRule>)))]
pub(super) async fn apply_calibration(
    State(app): State<App>,
    Bearer(caller): Bearer,
) -> Result<Answer<Page<CalibratedRule>>, Failure> {
    caller.require_all_accounts()?;
    let learned = learned(&app, &caller).await?;
    set_calibration(&app, &caller, &learned).await?;
    Ok(Answer(calibrated(&learned, &learned)))
}

/// Leaves every confidence as it was read.
#[utoipa::path(delete, path = "/v1/calibration", tag = "reports", responses((status = 204, description = "It is off")))]
pub(super) async fn remove_calibration(State(app): State<App>, Bearer(caller): Bearer) -> Result<StatusCode, Failure> {
    caller.require_all_accounts()?;
    set_calibration(&app, &caller, &Calibration::default()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn set_calibration(app: &App, caller: &Caller, calibration: &Calibration) -> Result<(), ApiError> {
    let now = app.clock.now();
    app.stores.archive.set_calibration(calibration, &caller.token.name, now).await?;
    project_pending(&app.stores, app.engine.version(), now).await?;
    Ok(())
}

async fn learned(app: &App, caller: &Caller) -> Result<Calibration, ApiError> {
    let all = histories(app, caller, None).await?;
    Ok(calibration(all.iter().flat_map(|(_, history)| history)))
}

fn calibrated(learned: &Calibration, in_force: &Calibration) -> Page<CalibratedRule> {
    let mut rules: Vec<&String> = learned.0.keys().chain(in_force.0.keys()).collect();
    rules.sort_unstable();
    rules.dedup();
    let rule = |rule: &String| CalibratedRule {
        rule: rule.clone(),
        judged: learned.0.get(rule).copied(),
        in_force: in_force.0.get(rule).copied(),
    };
    Page { data: rules.into_iter().map(rule).collect(), next: None }
}

/// Every handoff that the caller may see, with what happened to it.
async fn histories(
    app: &App,
    caller: &Caller,
    account: Option<&str>,
) -> Result<Vec<(Process, Vec<Happened>)>, ApiError> {
    let account = named_account(app, caller, account).await?;
    let mut all = Vec::new();
    for process in app.stores.archive.handoffs(account.as_ref()).await? {
        if caller.token.accounts.holds(&process.account) {
            let history = app.stores.archive.handoff_events(&process).await?;
            all.push((process, history));
        }
    }
    Ok(all)
}
