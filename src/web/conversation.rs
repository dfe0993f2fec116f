//! A message in its conversation, with the words that matter marked: a page of its own, and a part of others.

use axum::extract::State;
use axum::response::Response;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};

use super::Site;
use super::views::value;
use super::visit::Visit;
use crate::api::{Conversation, Excerpt, Message, conversation, excerpt};
use crate::http::{Account, Failure, Path, Query};
use crate::model::{AccountSlug, Span};

/// Which words are marked.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Words {
    start: Option<u32>,
    end: Option<u32>,
}

impl Words {
    /// Those of a span.
    pub(super) fn of(start: u32, end: u32) -> Self {
        Self { start: Some(start), end: Some(end) }
    }

    fn span(self) -> Option<Span> {
        Some(Span { start: self.start?, end: self.end? })
    }
}

/// The message of the path.
#[derive(Debug, Deserialize)]
pub(super) struct MessagePath {
    interaction: String,
}

/// A message as the template `_conversation.html` shows it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    message: Message,
    words: Excerpt,
    /// Whether it is the one that was asked for.
    asked: bool,
}

/// A conversation as the template `_conversation.html` takes it.
pub(super) fn shown(account: &AccountSlug, found: Conversation, words: Words) -> Value {
    let place = found.place;
    let show = |(at, message): (usize, Message)| {
        let asked = at == place;
        let words = excerpt(&message.text, message.kind, words.span().filter(|_| asked));
        Shown { message, words, asked }
    };
    let messages: Vec<Shown> = found.messages.into_iter().enumerate().map(show).collect();
    context! { account => account.as_str(), messages => value(&messages), earlier => found.earlier, later => found.later }
}

/// Shows one message in its conversation.
pub(super) async fn get_message(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    path: Path<MessagePath>,
    Query(words): Query<Words>,
) -> Result<Response, Failure> {
    let Path(MessagePath { interaction }) = path;
    let found = conversation(&site.app, &visit.caller, &account, &interaction, visit.when).await?;
    let head = site.head(&visit, &account).await?;
    let asked = found.messages.get(found.place);
    let subject = asked.and_then(|message| message.subject.clone());
    let kind = asked.map(|message| message.kind.as_str());
    let conversation = shown(&account, found, words);
    site.views.page(&visit, "message.html", context! { account => value(&head), subject, kind, conversation })
}
