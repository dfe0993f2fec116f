//! `add_note` and `propose_correction`: what a caller may add. Nothing here decides about what is there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Caller, Permission};
use crate::api::{self, ApiError, NoteAdded, part_of};
use crate::mcp::tool::{About, Ask, Effect, Told};
use crate::mcp::{Mcp, arguments};
use crate::model::Proposal;
use crate::review::Feedback;

/// A note.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddNote {
    /// Key of the account, from `find_accounts`.
    account: String,
    /// The note, in the words of whoever it comes from.
    text: String,
    /// Id of the handoff document that it is about.
    #[serde(default)]
    handoff: Option<String>,
}

impl Ask for AddNote {
    const ABOUT: About = About {
        name: "add_note",
        title: "Add a note",
        description: "Keeps a note of the caller in an account. It is read like everything else that was said: what it \
                      promises or warns of becomes facts with these words as evidence. Our own side alone sees it. \
                      Note what a person told you, not what you conclude.",
        effect: Effect::AddsOnce,
        permissions: &[Permission::Load, Permission::Review],
    };
    type Answer = NoteAdded;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let account = arguments::account(&self.account)?;
        let answer = api::add_note(&mcp.app, caller, &account, (&self.text, self.handoff.as_deref())).await?;
        let text = format!("The note is {}: {}.", answer.interaction, answer.became);
        Ok(Told { answer, text })
    }
}

/// What a line should say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProposeCorrection {
    /// Id of the document.
    handoff: String,
    /// The line: `section/number` (from 1), or the IRI of its fact.
    line: String,
    /// What it should say.
    #[serde(default)]
    statement: Option<String>,
    /// Who owes it, or whom it belongs to: a name or an address.
    #[serde(default)]
    owner: Option<String>,
    /// When it is due: a day (2026-03-01) or words.
    #[serde(default)]
    due: Option<String>,
    /// Why: what shows that the line is wrong.
    reason: String,
}

/// A proposal that waits for a person.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub(super) struct ProposalKept {
    /// Id of the document.
    handoff: String,
    /// The line.
    line: String,
    /// What it should say.
    proposal: Proposal,
    /// Whose proposal it is.
    by: String,
    /// `waits`: nothing is changed until a person decides.
    status: &'static str,
}

impl Ask for ProposeCorrection {
    const ABOUT: About = About {
        name: "propose_correction",
        title: "Propose a correction",
        description: "Proposes what a line of a handoff document should say. It changes nothing: whoever reviews the \
                      document sees the proposal beside the line and decides.",
        effect: Effect::Adds,
        permissions: &[Permission::Review],
    };
    type Answer = ProposalKept;

    async fn answer(self, mcp: &Mcp, caller: &Caller) -> Result<Told<Self::Answer>, ApiError> {
        let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let proposal = Proposal {
            statement: filled(self.statement),
            owner: filled(self.owner),
            due: filled(self.due),
            reason: self.reason,
        };
        if proposal.statement.is_none() && proposal.owner.is_none() && proposal.due.is_none() {
            return Err(ApiError::Invalid("say what is to be otherwise: statement, owner or due".to_owned()));
        }
        let found = part_of(&mcp.app, caller, &self.handoff, None).await?;
        let feedback = Feedback::Proposal { line: self.line.clone(), proposal: proposal.clone() };
        mcp.app.desk().give_feedback(&found.reference, feedback, &found.actor).await?;
        let by = found.actor.by;
        let answer = ProposalKept { handoff: self.handoff, line: self.line, proposal, by, status: "waits" };
        let text = "The proposal is kept beside the line. Nothing is changed: a person decides about it.".to_owned();
        Ok(Told { answer, text })
    }
}
