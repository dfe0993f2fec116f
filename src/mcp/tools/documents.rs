//! `generate_handoff`, `get_handoff` and `list_gaps`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::access::{Caller, Permission};
use crate::api::{self, ApiError, Find, OpenFields};
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, arguments};
use crate::model::Handoff;

/// Which document to make.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GenerateHandoff {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// Type of the document: `sales-to-implementation`, `implementation-to-success`, `success-to-support`,
    /// `account-reassignment`, `renewal`, `monthly-summary`, or one of the user's own.
    #[serde(rename = "type")]
    kind: String,
    /// Make it as if today were this time: a date (2026-01-31) or a time.
    #[serde(default)]
    as_of: Option<String>,
}

impl Ask for GenerateHandoff {
    const ABOUT: About = About {
        name: "generate_handoff",
        title: "Make a handoff document",
        description: "Makes a handoff document of an account from what was said, and keeps it as a draft that people \
                      go through. Open fields are listed in `gaps`: leave them open rather than guess.",
        effect: Effect::Adds,
        permissions: &[Permission::Review],
    };
    type Answer = Handoff;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let account = arguments::account(&self.account)?;
        let as_of = arguments::end("as_of", self.as_of.as_ref())?;
        let find = Find { kind: self.kind, as_of, known_at: None, since: None };
        let answer = api::make_document(&mcp.app, caller, &account, &find).await?;
        let lines: usize = answer.sections.iter().map(|section| section.items.len()).sum();
        let gaps: usize = answer.sections.iter().map(|section| section.gaps.len()).sum();
        let text = format!("{}: lines: {lines}, open fields: {gaps}.", answer.id);
        Ok(Told { answer, text })
    }
}

/// A form of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Form {
    /// As people read it.
    #[default]
    Markdown,
    /// As structure alone.
    Json,
}

/// Which document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetHandoff {
    /// Id of the document, with or without its prefix.
    handoff: String,
    /// Form of the text beside the structure: Markdown when not given.
    #[serde(default)]
    format: Form,
}

impl Ask for GetHandoff {
    const ABOUT: About = About {
        name: "get_handoff",
        title: "Read a handoff document",
        description: "Shows a handoff document: sections, lines with the words behind each, open fields, changes. It \
                      is logged who read it.",
        effect: Effect::ReadsWords,
        permissions: &[Permission::Read],
    };
    type Answer = Handoff;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let answer = api::document(&mcp.app, caller, &self.handoff).await?;
        let text = match self.format {
            Form::Markdown => mcp.markdown(&answer).await?,
            Form::Json => format!("{}, {} of {}.", answer.kind, answer.status, answer.account_name),
        };
        Ok(Told { answer, text })
    }
}

/// Whose open fields.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListGaps {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// Only what documents of this type need, such as `sales-to-implementation`; of all types when not given.
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

impl Ask for ListGaps {
    const ABOUT: About = About {
        name: "list_gaps",
        title: "What nobody has said yet",
        description: "Lists the fields that handoff documents need and no source answers, each with who could know. \
                      These are questions for people, not for guesses.",
        effect: Effect::Reads,
        permissions: &[Permission::Read],
    };
    type Answer = OpenFields;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let account = arguments::account(&self.account)?;
        let answer = api::gaps(&mcp.app, caller, &account, (self.kind.as_deref(), None)).await?;
        let text = format!("Open fields: {}.", answer.gaps.len());
        Ok(Told { answer, text })
    }
}
