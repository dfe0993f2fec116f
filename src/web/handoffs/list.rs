//! Handoffs in lists: of all accounts, what waits for whom first; and of one account, with forms to begin another.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};

use super::steps::meeting_at;
use super::{short, words};
use crate::api::{self, Find, OpenHandoff, PageRequest, PortfolioRequest, portfolio};
use crate::http::{Account, Failure};
use crate::model::{AccountSlug, HandoffState, Process};
use crate::web::Site;
use crate::web::form::{Form, filled};
use crate::web::views::value;
use crate::web::visit::Visit;

/// Documents of a type that are listed.
const VERSIONS: usize = 3;

/// Handoffs read at a time.
const PAGE: u32 = 500;

/// A handoff in a list.
#[derive(Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    process: Process,
    id: String,
    account_name: String,
    type_title: String,
    state_title: &'static str,
    next: words::Next,
    late: bool,
    /// Whether the reader is the one who is next.
    mine: bool,
}

/// Which handoff to start.
#[derive(Debug, Deserialize)]
pub(crate) struct StartForm {
    kind: String,
    #[serde(default)]
    meeting_day: String,
    #[serde(default)]
    meeting_time: String,
    #[serde(default)]
    incoming: String,
}

/// Which document to make.
#[derive(Debug, Deserialize)]
pub(crate) struct MakeForm {
    kind: String,
}

/// Shows the handoffs of all accounts, what waits first.
pub(crate) async fn list_handoffs(State(site): State<Site>, visit: Visit) -> Result<Response, Failure> {
    let known = portfolio(&site.app, &visit.caller, &PortfolioRequest::default()).await?;
    let names = known.accounts.into_iter().map(|glance| (glance.account, glance.name)).collect();
    let rows = rows(&site, &visit, None, &names).await?;
    let (waiting, over): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.process.state.is_open());
    site.views.page(&visit, "handoffs.html", context! { waiting => value(&waiting), over => value(&over) })
}

/// Shows the handoffs of an account, and what can be begun.
pub(crate) async fn list_account_handoffs(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let rows = rows(&site, &visit, Some(&account), &HashMap::new()).await?;
    let made = api::documents_made(&site.app, &visit.caller, &account, VERSIONS).await?;
    let open = |kind: &str| rows.iter().find(|row| row.process.kind == kind && row.process.state.is_open());
    let kinds: Vec<Value> = site
        .app
        .definitions
        .types()
        .map(|kind| {
            let open = open(&kind.name).map(|row| row.id.clone());
            let made = made.iter().filter(|(name, _)| *name == kind.name).flat_map(|(_, versions)| versions);
            let made: Vec<Value> = made.map(version).collect();
            context! { made, name => kind.name.clone(), title => kind.title.clone(), purpose => kind.purpose.clone(), open }
        })
        .collect();
    let values = context! { account => value(&head), rows => value(&rows), kinds };
    site.views.page(&visit, "account_handoffs.html", values)
}

fn version(version: &api::Version) -> Value {
    context! { id => short(&version.id), as_of => value(&version.as_of) }
}

/// The handoffs that the reader may see: late ones, then open ones, then the others, latest first.
async fn rows(
    site: &Site,
    visit: &Visit,
    account: Option<&AccountSlug>,
    names: &HashMap<AccountSlug, String>,
) -> Result<Vec<Row>, Failure> {
    let now = site.app.clock.now();
    let mut page = PageRequest { limit: Some(PAGE), cursor: None };
    let mut rows = Vec::new();
    loop {
        let found = api::handoffs(&site.app, &visit.caller, account, &page).await?;
        rows.extend(found.data.into_iter().map(|process| row(site, visit, process, names, now)));
        match found.next {
            Some(next) => page.cursor = Some(next),
            None => break,
        }
    }
    rows.sort_by_key(|row| (!row.late, !row.mine, !row.process.state.is_open()));
    Ok(rows)
}

fn row(
    site: &Site,
    visit: &Visit,
    process: Process,
    names: &HashMap<AccountSlug, String>,
    now: jiff::Timestamp,
) -> Row {
    let waits = matches!(process.state, HandoffState::Draft | HandoffState::InReview | HandoffState::Rejected);
    let next = words::next(&process, None);
    let title = site.app.definitions.get(&process.kind).map_or(process.kind.as_str(), |kind| kind.title.as_str());
    Row {
        id: short(&process.document).to_owned(),
        account_name: names.get(&process.account).cloned().unwrap_or_else(|| process.account.to_string()),
        type_title: title.to_owned(),
        state_title: words::title(process.state),
        late: waits && process.meeting_at.is_some_and(|at| at <= now),
        mine: next.who.as_ref().is_some_and(|who| who.eq_ignore_ascii_case(&visit.caller.token.name)),
        next,
        process,
    }
}

/// Starts a handoff, or shows the one that is open.
pub(crate) async fn start_handoff(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Form(form): Form<StartForm>,
) -> Result<Response, Failure> {
    let open = OpenHandoff {
        kind: form.kind,
        meeting_at: meeting_at(&form.meeting_day, &form.meeting_time)?,
        outgoing: None,
        incoming: filled(&form.incoming),
    };
    let opened = api::open_handoff(&site.app, &visit.caller, &account, open).await?;
    Ok(Redirect::to(&format!("/handoffs/{}", short(&opened.handoff.document))).into_response())
}

/// Makes a document as of the day of the visit, and shows it.
pub(crate) async fn make_document(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Form(form): Form<MakeForm>,
) -> Result<Response, Failure> {
    let find = Find { kind: form.kind, as_of: visit.when.as_of, known_at: None, since: None };
    let document = api::make_document(&site.app, &visit.caller, &account, &find).await?;
    Ok(Redirect::to(&format!("/handoffs/{}", short(&document.id))).into_response())
}
