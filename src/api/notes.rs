//! Notes of the caller: kept and read like everything else that was said.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{ApiError, App, Uploaded, document};
use crate::access::{Caller, Permission};
use crate::ingest::{Detail, Options, ingest};
use crate::model::{AccountSlug, Interaction, InteractionKind, Participant, ParticipantRole, Side, Visibility};

/// Most code points of a note.
const LONGEST: usize = 20_000;

/// What became of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NoteAdded {
    /// The account.
    pub account: AccountSlug,
    /// Identity of the interaction that the note is now.
    pub interaction: String,
    /// `new`, or `unchanged` when the caller had said the same before.
    pub became: String,
    /// Who may see it and what follows from it.
    pub visibility: Visibility,
}

/// Keeps a note of the caller and reads it. The same note twice is one. It is seen by our own side alone.
pub async fn add_note(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (text, handoff): (&str, Option<&str>),
) -> Result<NoteAdded, ApiError> {
    caller.require(Permission::Load).or_else(|_| caller.require(Permission::Review))?;
    caller.require_account(account)?;
    app.stores.require(account).await?;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(ApiError::Invalid(format!("a note has 1 to {LONGEST} characters")));
    }
    let mut attributes = BTreeMap::new();
    if let Some(handoff) = handoff {
        let document = document(app, caller, handoff).await?;
        if document.account != *account {
            return Err(ApiError::not_found("document", handoff));
        }
        attributes.insert("handoff".to_owned(), document.id.to_string());
    }
    let note = note(caller, account, text, attributes);
    let mut added = NoteAdded {
        account: account.clone(),
        interaction: note.id.clone(),
        became: "unchanged".to_owned(),
        visibility: note.visibility,
    };
    if app.stores.archive.interaction(account, &note.id).await?.is_none() {
        read(app, account, Interaction { sent_at: Some(app.clock.now()), ..note }).await?;
        "new".clone_into(&mut added.became);
    }
    Ok(added)
}

/// The note without its time. Its identity is who said what about which handoff: a call that is tried again adds
/// nothing.
fn note(caller: &Caller, account: &AccountSlug, text: &str, attributes: BTreeMap<String, String>) -> Interaction {
    let by = &caller.token.name;
    let handoff = attributes.get("handoff").map(String::as_str).unwrap_or_default();
    let hash = blake3::hash([by, handoff, text].join("\0").as_bytes()).to_hex();
    Interaction {
        id: format!("note:{}", &hash.as_str()[..24]),
        account: Some(account.clone()),
        kind: InteractionKind::Note,
        subject: Some(format!("Note by {by}")),
        text: text.to_owned(),
        participants: vec![Participant {
            role: ParticipantRole::Author,
            name: Some(by.clone()),
            side: Some(Side::Vendor),
            ..Participant::default()
        }],
        visibility: Visibility::Internal,
        attributes,
        ..Interaction::default()
    }
}

/// Reads a note as an upload of one line.
async fn read(app: &App, account: &AccountSlug, note: Interaction) -> Result<(), ApiError> {
    let mut upload = Uploaded::begin(app)?;
    let path = upload.next_file("note.jsonl");
    let failed = |source| ApiError::File { what: "keep the note", source };
    let line = serde_json::to_string(&note).map_err(|error| ApiError::Internal(error.to_string()))?;
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    tokio::fs::write(&path, format!("{line}\n")).await.map_err(failed)?;
    let options = Options { paths: vec![path], account: Some(account.clone()), detail: Detail::Counts, hidden: None };
    let report = ingest(&app.stores, &app.engine, &options, app.clock.now(), Arc::new(|_| {})).await?;
    match report.rejected.first() {
        Some(problem) => Err(ApiError::Invalid(format!("the note cannot be read: {}", problem.reason))),
        None => Ok(()),
    }
}
