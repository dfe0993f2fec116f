//! What was said: interactions, and the words behind a line in their context.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ApiError, App, Page, PageRequest, When};
use crate::access::Caller;
use crate::model::{AccountSlug, Interaction, InteractionKind, InteractionNode, Iri, Span, TextIndex, Visibility};

/// Code points shown before and after the words.
const CONTEXT: u32 = 400;

/// Which interactions.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InteractionFilter {
    /// Only of this kind.
    pub kind: Option<InteractionKind>,
    /// Only from then on: a date or a time.
    #[serde(default, deserialize_with = "super::time::some_start")]
    #[param(value_type = Option<crate::api::time::DateOrTime>, inline)]
    pub since: Option<Timestamp>,
}

/// An interaction in a list: who said something to whom, when; not its text.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct InteractionEntry {
    /// The source's own identity.
    pub id: String,
    /// IRI in the graph.
    pub iri: Iri,
    /// Its kind.
    pub kind: InteractionKind,
    /// When it was said.
    pub at: Timestamp,
    /// Its conversation.
    pub thread: Option<String>,
    /// The stakeholder who said it.
    pub author: Option<Iri>,
    /// The stakeholders it was addressed to.
    pub recipients: Vec<Iri>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whether a program wrote it.
    pub automatic: bool,
    /// -1..1 toward us.
    pub sentiment: Option<f32>,
}

impl From<&InteractionNode> for InteractionEntry {
    fn from(node: &InteractionNode) -> Self {
        Self {
            id: node.id.clone(),
            iri: node.iri.clone(),
            kind: node.kind,
            at: node.at,
            thread: node.thread.clone(),
            author: node.author.clone(),
            recipients: node.recipients.clone(),
            visibility: node.visibility,
            automatic: node.automatic,
            sentiment: node.sentiment,
        }
    }
}

/// Words in their context.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct EvidenceInContext {
    /// Its identity: the interaction's, `#`, and the span.
    pub id: String,
    /// The account.
    pub account: AccountSlug,
    /// Identity of the interaction.
    pub interaction: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// When it was said.
    pub at: Option<Timestamp>,
    /// Subject line or title.
    pub subject: Option<String>,
    /// First code point of the words in the interaction's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub quote: String,
    /// What stands before them.
    pub before: String,
    /// What stands after them.
    pub after: String,
}

/// A page of the interactions of an account, by time.
pub async fn interactions(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (filter, when): (InteractionFilter, When),
    page: &PageRequest,
) -> Result<Page<InteractionEntry>, ApiError> {
    let known = app.known(caller, account, when).await?;
    let takes = |node: &&InteractionNode| {
        filter.kind.is_none_or(|kind| node.kind == kind) && filter.since.is_none_or(|since| node.at >= since)
    };
    let chosen: Vec<&InteractionNode> = known.interactions().await?.iter().filter(takes).collect();
    let (range, next) =
        page.of(&chosen, |node| format!("{:020}{}", i128::from(node.at.as_microsecond()) + (1 << 62), node.iri))?;
    Ok(Page { data: chosen[range].iter().map(|node| InteractionEntry::from(*node)).collect(), next })
}

/// One interaction with its text.
pub async fn interaction(app: &App, caller: &Caller, account: &AccountSlug, id: &str) -> Result<Interaction, ApiError> {
    caller.require_account(account)?;
    let found = app.stores.archive.interaction(account, id).await?;
    found
        .filter(|interaction| caller.sight().sees(interaction.visibility))
        .ok_or_else(|| ApiError::not_found("interaction", id))
}

/// The words of an evidence, `<interaction>#<start>-<end>`, in the text around them.
pub async fn evidence(app: &App, caller: &Caller, id: &str) -> Result<EvidenceInContext, ApiError> {
    let unknown = || ApiError::not_found("evidence", id);
    let (interaction, start, end) = parts(id).ok_or_else(unknown)?;
    for account in app.stores.archive.accounts_of(interaction).await? {
        if !caller.token.accounts.holds(&account) {
            continue;
        }
        let Some(found) = app.stores.archive.interaction(&account, interaction).await? else { continue };
        if caller.sight().sees(found.visibility) {
            return in_context(id, account, &found, (start, end)).ok_or_else(unknown);
        }
    }
    Err(unknown())
}

/// The parts of an identity.
fn parts(id: &str) -> Option<(&str, u32, u32)> {
    let (interaction, span) = id.rsplit_once('#')?;
    let (start, end) = span.split_once('-')?;
    Some((interaction, start.parse().ok()?, end.parse().ok()?))
}

fn in_context(
    id: &str,
    account: AccountSlug,
    found: &Interaction,
    (start, end): (u32, u32),
) -> Option<EvidenceInContext> {
    let index = TextIndex::new(&found.text);
    let length = found.text.chars().count() as u32;
    if start > end || end > length {
        return None;
    }
    let cut = |from: u32, until: u32| index.slice(Span::new(from, until)).map(str::to_owned);
    Some(EvidenceInContext {
        id: id.to_owned(),
        account,
        interaction: found.id.clone(),
        kind: found.kind,
        at: found.sent_at,
        subject: found.subject.clone(),
        start,
        end,
        quote: cut(start, end)?,
        before: cut(start.saturating_sub(CONTEXT), start)?,
        after: cut(end, length.min(end.saturating_add(CONTEXT)))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_have_three_parts() {
        let check = |id: &str, expected| assert_eq!(parts(id), expected, "{id}");
        check("mail:<1@northwind.example>#31-74", Some(("mail:<1@northwind.example>", 31, 74)));
        check("slack:C1#2#0-4", Some(("slack:C1#2", 0, 4)));
        check("mail:1", None);
        check("mail:1#4", None);
        check("mail:1#-4-7", None);
    }
}
