//! Prompts: how a person starts a task, with the account's brief beside the words.

use rmcp::model::{ContentBlock, GetPromptResult, Prompt, PromptArgument, PromptMessage, ResourceContents, Role};

use super::Mcp;
use crate::access::Caller;
use crate::api::ApiError;

/// A prompt: its name, what it is for, and what it asks for; `ACCOUNT` stands for the account.
struct Template {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    text: &'static str,
}

const TEMPLATES: [Template; 3] = [
    Template {
        name: "prepare_handoff_meeting",
        title: "Prepare a handoff meeting",
        description: "Agenda, open questions and sore points for the meeting in which an account is handed over",
        text: "Prepare the handoff meeting of the account ACCOUNT. The brief is below. Use list_commitments (open and \
               overdue), list_risks, list_stakeholders and list_gaps; look up doubtful lines with get_evidence. Write: \
               1. an agenda of at most 30 minutes, 2. the promises that the new owner takes over, each with who owes \
               it, when it is due and its evidence, 3. the risks and how each person likes to be approached, 4. the \
               questions that only the old owner can answer (the gaps). Say where nothing is known rather than guess.",
    },
    Template {
        name: "inherit_account",
        title: "Take over an account",
        description: "What a new owner needs to know in the first week",
        text: "I take over the account ACCOUNT. The brief is below. Use get_relationship_map, list_stakeholders, \
               list_commitments and get_changes_since (the last 90 days). Tell me: 1. why they bought and what success \
               means to them, 2. who decides, who is for us, who is against us, whom I should meet first and who can \
               introduce me, 3. what we owe them and what is overdue, 4. what went wrong lately, 5. what nobody knows \
               yet and whom to ask. Name the evidence of each line.",
    },
    Template {
        name: "renewal_review",
        title: "Review a renewal",
        description: "Where an account stands before its renewal",
        text: "Review the renewal of the account ACCOUNT. The brief is below. Use list_risks, list_commitments, \
               get_changes_since (the last 180 days), get_relationship_map and sparql_query where you need figures. \
               Tell me: 1. when the renewal is and who decides, 2. what speaks for it and what against it, each with \
               evidence, 3. promises of ours that are open or late, 4. people who went silent or left, 5. the next \
               three steps. Keep what is known apart from what you conclude.",
    },
];

/// Every prompt.
pub(super) fn all() -> Vec<Prompt> {
    let prompt = |template: &Template| {
        let account = PromptArgument::new("account")
            .with_description("Key of the account, from find_accounts")
            .with_required(true);
        Prompt::new(template.name, Some(template.description), Some(vec![account])).with_title(template.title)
    };
    TEMPLATES.iter().map(prompt).collect()
}

impl Mcp {
    /// A prompt about an account, with its brief.
    pub(super) async fn prompt(&self, caller: &Caller, name: &str, account: &str) -> Result<GetPromptResult, ApiError> {
        let template = TEMPLATES.iter().find(|template| template.name == name);
        let template = template.ok_or_else(|| ApiError::not_found("prompt", name))?;
        let brief = self.brief(caller, account).await?;
        let brief = ResourceContents::text(brief, format!("baton://accounts/{account}/brief"));
        let messages = vec![
            PromptMessage::new_text(Role::User, template.text.replace("ACCOUNT", account)),
            PromptMessage::new(Role::User, ContentBlock::resource(brief.with_mime_type("application/json"))),
        ];
        Ok(GetPromptResult::new(messages).with_description(template.description))
    }
}
