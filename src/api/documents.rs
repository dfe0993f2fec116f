//! Handoff documents and their life, within what the caller may see and do.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ApiError, App, Page, PageRequest};
use crate::access::Caller;
use crate::archive::{Cut, Start};
use crate::lifecycle::{DocumentDiff, diff};
use crate::model::{AccountSlug, Actor, Due, DueBasis, Handoff, HandoffState, Iri, Process, Role, Sight, Trigger};
use crate::review::{self, Opening, Reference, Request};

/// Which document to make.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// Type of the document.
    #[serde(rename = "type")]
    #[schema(example = "sales-to-implementation")]
    pub kind: String,
    /// As if today were this time: a date (its end, UTC) or a time.
    #[serde(default, deserialize_with = "super::time::some_end")]
    #[schema(value_type = Option<crate::api::time::DateOrTime>, inline)]
    pub as_of: Option<Timestamp>,
    /// Only what Baton had recorded by this time.
    #[serde(default, deserialize_with = "super::time::some_end")]
    #[schema(value_type = Option<crate::api::time::DateOrTime>, inline)]
    pub known_at: Option<Timestamp>,
    /// Since when changes are told, in a type that tells them.
    #[serde(default, deserialize_with = "super::time::some_start")]
    #[schema(value_type = Option<crate::api::time::DateOrTime>, inline)]
    pub since: Option<Timestamp>,
}

/// Which handoff to start.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenHandoff {
    /// Type of its document.
    #[serde(rename = "type")]
    #[schema(example = "sales-to-implementation")]
    pub kind: String,
    /// When the meeting is.
    #[serde(default)]
    pub meeting_at: Option<Timestamp>,
    /// Who hands over; else the owner of the account.
    #[serde(default)]
    pub outgoing: Option<String>,
    /// Who takes over.
    #[serde(default)]
    pub incoming: Option<String>,
}

/// A handoff that was started, or that was open already.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Opened {
    /// Whether it began now.
    pub started: bool,
    /// The handoff.
    pub handoff: Process,
}

/// Two documents to compare.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Compare {
    /// The document to compare with: what it has less or otherwise is told.
    pub with: String,
}

/// A handoff with who acts on it.
pub struct Found {
    /// The handoff, by the document that was named.
    pub reference: Reference,
    /// Who acts, in which part.
    pub actor: Actor,
    /// The account.
    pub account: AccountSlug,
}

/// Makes a document. What is made for a caller who sees all is kept; what is made for one who does not is not.
pub async fn make_document(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    find: &Find,
) -> Result<Handoff, ApiError> {
    match caller.sight() {
        Sight::Full => {
            caller.require_account(account)?;
            Ok(review::make(&app.desk(), &request(caller, account, find)).await?)
        }
        Sight::Shared => look_at_document(app, caller, account, find).await,
    }
}

/// Makes a document and keeps nothing.
pub async fn look_at_document(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    find: &Find,
) -> Result<Handoff, ApiError> {
    caller.require_account(account)?;
    Ok(review::look(&app.desk(), &request(caller, account, find)).await?)
}

fn request<'a>(caller: &Caller, account: &'a AccountSlug, find: &'a Find) -> Request<'a> {
    let cut = Cut { as_of: find.as_of, known_at: find.known_at, sight: caller.sight() };
    Request { since: find.since, ..Request::draft(account, &find.kind, cut) }
}

/// Starts a handoff, unless one of the account and type is open.
pub async fn open_handoff(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    open: OpenHandoff,
) -> Result<Opened, ApiError> {
    caller.require_account(account)?;
    app.stores.require(account).await?;
    let opening = Opening {
        account: account.clone(),
        kind: open.kind,
        trigger: Trigger::ByHand,
        meeting_at: open.meeting_at,
        outgoing: open.outgoing,
        incoming: open.incoming,
    };
    let actor = Actor { by: caller.token.name.clone(), role: Role::Admin };
    Ok(match review::start(&app.desk(), opening, &actor).await? {
        Start::Opened(handoff) => Opened { started: true, handoff },
        Start::IsOpen(handoff) => Opened { started: false, handoff },
    })
}

/// A page of the handoffs of an account, or of all that the caller may see, latest first.
pub async fn handoffs(
    app: &App,
    caller: &Caller,
    account: Option<&AccountSlug>,
    page: &PageRequest,
) -> Result<Page<Process>, ApiError> {
    if let Some(account) = account {
        caller.require_account(account)?;
        app.stores.require(account).await?;
    }
    let mut all = app.stores.archive.handoffs(account).await?;
    all.retain(|process| caller.token.accounts.holds(&process.account));
    all.reverse();
    let (range, next) = page.of(&all, |process| format!("{:020}", i64::MAX - process.row))?;
    Ok(Page { data: all[range].to_vec(), next })
}

/// A document. One who does not see all gets what it says without what is hidden, composed anew as of its day.
pub async fn document(app: &App, caller: &Caller, id: &str) -> Result<Handoff, ApiError> {
    let stored = stored(app, caller, id).await?;
    if caller.sight() == Sight::Full {
        return Ok(stored);
    }
    let cut = Cut { as_of: Some(stored.as_of), known_at: Some(stored.generated_at), sight: Sight::Shared };
    let state = HandoffState::from_name(&stored.status).unwrap_or(HandoffState::Draft);
    let request =
        Request { state, previous: stored.previous.as_ref(), ..Request::draft(&stored.account, &stored.kind, cut) };
    let shown = review::look(&app.desk(), &request).await?;
    Ok(Handoff { id: stored.id.clone(), generated_at: stored.generated_at, ..shown })
}

/// The handoff that a document belongs to, where there is one.
pub async fn handoff_of(app: &App, caller: &Caller, id: &str) -> Result<Option<Process>, ApiError> {
    let document = stored(app, caller, id).await?;
    Ok(app.stores.archive.handoff_of(&document.id).await?)
}

/// A version of a document.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Version {
    /// Its identity.
    pub id: Iri,
    /// The time that it speaks of.
    pub as_of: Timestamp,
    /// When it was made.
    pub made_at: Timestamp,
}

/// The latest documents of each type of an account, by name of the type.
pub async fn documents_made(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    most: usize,
) -> Result<Vec<(String, Vec<Version>)>, ApiError> {
    caller.require_account(account)?;
    let mut made = Vec::new();
    for kind in app.definitions.types() {
        let mut found = app.stores.archive.documents_of(account, &kind.name).await?;
        found.truncate(most);
        let found = found.into_iter().map(|(id, as_of, made_at)| Version { id, as_of, made_at });
        made.push((kind.name.clone(), found.collect()));
    }
    Ok(made)
}

/// Every document of the account and type of one, latest first.
pub async fn versions(app: &App, caller: &Caller, id: &str) -> Result<Vec<Version>, ApiError> {
    let one = stored(app, caller, id).await?;
    let found = app.stores.archive.documents_of(&one.account, &one.kind).await?;
    Ok(found.into_iter().map(|(id, as_of, made_at)| Version { id, as_of, made_at }).collect())
}

/// When something is due, as people write it: a day, or words that name a time.
pub fn due(text: Option<&str>) -> Result<Option<Due>, ApiError> {
    let Some(text) = text.map(str::trim) else { return Ok(None) };
    if text.is_empty() {
        return Err(ApiError::Unfit("due is a day (2026-03-01) or words".to_owned()));
    }
    Ok(Some(Due { date: text.parse().ok(), phrase: text.to_owned(), basis: DueBasis::Stated }))
}

/// What differs between two documents of one account.
pub async fn compare(app: &App, caller: &Caller, id: &str, with: &str) -> Result<DocumentDiff, ApiError> {
    let (after, before) = (document(app, caller, id).await?, document(app, caller, with).await?);
    if after.account != before.account {
        return Err(ApiError::Unfit("the documents are of two accounts".to_owned()));
    }
    Ok(diff(&before, &after))
}

/// The handoff of a document, and the caller in their part of it.
pub async fn part_of(app: &App, caller: &Caller, id: &str, part: Option<Role>) -> Result<Found, ApiError> {
    let document = stored(app, caller, id).await?;
    let process = app.stores.archive.handoff_of(&document.id).await?;
    let actor = caller.actor(process.as_ref(), part)?;
    if caller.sight() != Sight::Full {
        return Err(crate::access::Denied::Sight.into());
    }
    Ok(Found { reference: Reference::Document(document.id), actor, account: document.account })
}

/// The document of an identity, which may be given without its prefix.
async fn stored(app: &App, caller: &Caller, id: &str) -> Result<Handoff, ApiError> {
    let iri = Iri::from_text(if id.starts_with("urn:") { id.to_owned() } else { format!("urn:baton:handoff:{id}") });
    let found = app.stores.archive.document(&iri).await?;
    found
        .filter(|document| caller.token.accounts.holds(&document.account))
        .ok_or_else(|| ApiError::not_found("document", id))
}
