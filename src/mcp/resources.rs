//! Resources: what a client may put before a model as it is.

use rmcp::model::{Resource, ResourceContents, ResourceTemplate};

use super::audit::{Ended, Subject};
use super::tool::to_text;
use super::{Mcp, arguments};
use crate::access::Caller;
use crate::api::{self, ApiError, PageRequest, When};
use crate::handoff::{Format, render};
use crate::model::Handoff;

const SCHEME: &str = "baton://";
const JSON: &str = "application/json";
const MARKDOWN: &str = "text/markdown";
const TURTLE: &str = "text/turtle";
const SPARQL: &str = "application/sparql-query";

/// The vocabulary of the graph.
const ONTOLOGY: &str = include_str!("../../ontology/baton.ttl");

/// Accounts that the resource of accounts lists at most.
const MOST_ACCOUNTS: u32 = 500;

/// The templates.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    let template = |uri: &str, name: &str, title: &str, about: &str, media: &str| {
        ResourceTemplate::new(format!("{SCHEME}{uri}"), name)
            .with_title(title)
            .with_description(about)
            .with_mime_type(media)
    };
    vec![
        template("accounts/{account}/brief", "brief", "Account on one page", "As get_account_brief answers", JSON),
        template("handoffs/{id}", "handoff", "Handoff document", "A document, as people read it", MARKDOWN),
        template("queries/{name}", "query", "Named query", "A query that Baton brings", SPARQL),
    ]
}

impl Mcp {
    /// A page of the resources: on the first the accounts, the ontology and the queries, on all the briefs of accounts.
    pub(super) async fn resources(
        &self,
        caller: &Caller,
        cursor: Option<String>,
    ) -> Result<(Vec<Resource>, Option<String>), ApiError> {
        let mut all = if cursor.is_none() { self.fixed_resources() } else { Vec::new() };
        let page = api::accounts(&self.app, caller, &arguments::page(None, cursor)).await?;
        all.extend(page.data.into_iter().map(|entry| {
            let title = entry.name.unwrap_or_else(|| entry.account.to_string());
            Resource::new(format!("{SCHEME}accounts/{}/brief", entry.account), format!("brief of {}", entry.account))
                .with_title(title)
                .with_mime_type(JSON)
        }));
        Ok((all, page.next))
    }

    fn fixed_resources(&self) -> Vec<Resource> {
        let mut all = vec![
            Resource::new(format!("{SCHEME}accounts"), "accounts")
                .with_title("Accounts")
                .with_description("The accounts that the caller may see")
                .with_mime_type(JSON),
            Resource::new(format!("{SCHEME}ontology"), "ontology")
                .with_title("Vocabulary of the graph")
                .with_mime_type(TURTLE)
                .with_size(ONTOLOGY.len() as u64),
        ];
        all.extend(api::named_queries(&self.app).into_iter().map(|query| {
            Resource::new(format!("{SCHEME}queries/{}", query.name), query.name)
                .with_description(query.summary)
                .with_mime_type(SPARQL)
        }));
        all
    }

    /// A resource. Reading a document is logged.
    pub(super) async fn resource(&self, caller: &Caller, uri: &str) -> Result<ResourceContents, ApiError> {
        let unknown = || ApiError::not_found("resource", uri);
        let path = uri.strip_prefix(SCHEME).ok_or_else(unknown)?;
        let parts: Vec<&str> = path.split('/').collect();
        let (text, media) = match parts.as_slice() {
            ["accounts"] => {
                let page = PageRequest { limit: Some(MOST_ACCOUNTS), cursor: None };
                (to_text(&api::accounts(&self.app, caller, &page).await?)?, JSON)
            }
            ["accounts", key, "brief"] => (self.brief(caller, key).await?, JSON),
            ["handoffs", id] => {
                let read = self.document(caller, id).await;
                let subject = Subject { account: String::new(), thing: (*id).to_owned() };
                self.log(caller, ("resources/read handoffs", subject), Ended::of(&read)).await?;
                (read?, MARKDOWN)
            }
            ["ontology"] => (ONTOLOGY.to_owned(), TURTLE),
            ["queries", name] => {
                let query = api::named_queries(&self.app).into_iter().find(|query| query.name == **name);
                (query.ok_or_else(unknown)?.sparql, SPARQL)
            }
            _ => return Err(unknown()),
        };
        Ok(ResourceContents::text(text, uri).with_mime_type(media))
    }

    /// An account on one page, as JSON.
    pub(super) async fn brief(&self, caller: &Caller, key: &str) -> Result<String, ApiError> {
        to_text(&api::brief(&self.app, caller, &arguments::account(key)?, When::default()).await?)
    }

    async fn document(&self, caller: &Caller, id: &str) -> Result<String, ApiError> {
        self.markdown(&api::document(&self.app, caller, id).await?).await
    }

    /// A document as people read it.
    pub(super) async fn markdown(&self, document: &Handoff) -> Result<String, ApiError> {
        let (definitions, document) = (std::sync::Arc::clone(&self.app.definitions), document.clone());
        let written = tokio::task::spawn_blocking(move || render(&definitions, &document, Format::Markdown));
        String::from_utf8(written.await??).map_err(|error| ApiError::Internal(error.to_string()))
    }
}
