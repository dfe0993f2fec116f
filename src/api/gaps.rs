//! What nobody has said yet: the fields that documents ask for and no source answers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{ApiError, App, Find, documents};
use crate::access::Caller;
use crate::model::AccountSlug;

/// A field that no source answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OpenField {
    /// Which field.
    pub field: String,
    /// Who could know.
    pub ask: String,
    /// The types of documents that need it.
    pub types: Vec<String>,
}

/// The open fields of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OpenFields {
    /// The account.
    pub account: AccountSlug,
    /// The time that they are open at.
    pub as_of: Timestamp,
    /// The fields, by name.
    pub gaps: Vec<OpenField>,
}

/// The open fields of the documents of one type, or of all types. Nothing is kept.
pub async fn gaps(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (kind, as_of): (Option<&str>, Option<Timestamp>),
) -> Result<OpenFields, ApiError> {
    let kinds: Vec<String> = match kind {
        Some(kind) => vec![kind.to_owned()],
        None => app.definitions.types().map(|kind| kind.name.clone()).collect(),
    };
    let as_of = as_of.unwrap_or_else(|| app.clock.now());
    let mut open: BTreeMap<String, OpenField> = BTreeMap::new();
    for kind in kinds {
        let find = Find { kind: kind.clone(), as_of: Some(as_of), known_at: None, since: None };
        let document = documents::look_at_document(app, caller, account, &find).await?;
        for gap in document.sections.into_iter().flat_map(|section| section.gaps) {
            let field = open.entry(gap.field.clone()).or_insert_with(|| OpenField {
                field: gap.field,
                ask: gap.ask,
                types: Vec::new(),
            });
            if field.types.last() != Some(&kind) {
                field.types.push(kind.clone());
            }
        }
    }
    Ok(OpenFields { account: account.clone(), as_of, gaps: open.into_values().collect() })
}
