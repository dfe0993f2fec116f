//! Arguments as a model writes them: names of accounts, days, pages.

use jiff::Timestamp;

use crate::api::{ApiError, PageRequest, When, time};
use crate::model::AccountSlug;

/// The account of that key; only the key itself names it.
pub(super) fn account(key: &str) -> Result<AccountSlug, ApiError> {
    let found = AccountSlug::from_name(key).filter(|account| account.as_str() == key);
    found.ok_or_else(|| ApiError::not_found("account", key))
}

/// A date (its end, UTC) or a time.
pub(super) fn end(name: &str, text: Option<&String>) -> Result<Option<Timestamp>, ApiError> {
    read(name, text, time::parse)
}

/// A date (its start, UTC) or a time.
pub(super) fn start(name: &str, text: Option<&String>) -> Result<Option<Timestamp>, ApiError> {
    read(name, text, time::parse_start)
}

fn read(
    name: &str,
    text: Option<&String>,
    parse: fn(&str) -> Result<Timestamp, String>,
) -> Result<Option<Timestamp>, ApiError> {
    text.map(|text| parse(text).map_err(|why| ApiError::Invalid(format!("{name}: {why}")))).transpose()
}

/// The time that an answer is for.
pub(super) fn when(as_of: Option<&String>) -> Result<When, ApiError> {
    Ok(When { as_of: end("as_of", as_of)?, known_at: None })
}

/// A page of a list.
pub(super) fn page(limit: Option<u32>, cursor: Option<String>) -> PageRequest {
    PageRequest { limit, cursor }
}
