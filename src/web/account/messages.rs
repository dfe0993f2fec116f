//! What was said in an account, the latest first: by kind and by day, as a point of the chart opens it.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use minijinja::context;
use serde::Deserialize;

use crate::api::{ApiError, MessageFilter, PageRequest, messages};
use crate::http::{Account, Failure, Query};
use crate::model::InteractionKind;
use crate::web::Site;
use crate::web::views::value;
use crate::web::visit::Visit;

/// Messages on a page.
const PAGE: u32 = 50;

/// Which messages, as the address has it; what is empty is not asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    cursor: Option<String>,
}

impl Asked {
    fn filter(&self) -> Result<MessageFilter, ApiError> {
        let day = |text: &str| -> Result<Option<Date>, ApiError> {
            let wrong = |_| ApiError::Invalid(format!("{text:?} is no day"));
            if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(wrong) }
        };
        let kind = match self.kind.as_str() {
            "" => None,
            name => Some(InteractionKind::from_name(name).ok_or_else(|| ApiError::not_found("kind of message", name))?),
        };
        Ok(MessageFilter { kind, from: day(&self.from)?, until: day(&self.until)?, by: None })
    }
}

/// Shows the messages.
pub(crate) async fn list_messages(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let page = PageRequest { limit: Some(PAGE), cursor: asked.cursor.clone() };
    let filter = asked.filter()?;
    let (found, count) = messages(&site.app, &visit.caller, &account, (&filter, visit.when), &page).await?;
    let kinds: Vec<&str> = InteractionKind::ALL.into_iter().map(InteractionKind::as_str).collect();
    let values = context! {
        account => value(&head),
        messages => value(&found.data),
        next => found.next,
        count,
        kinds,
        asked => context! { kind => asked.kind, from => asked.from, until => asked.until },
    };
    site.views.page(&visit, "messages.html", values)
}
