//! Forms of answers: what the caller accepts, entity tags, downloads.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::Failure;
use crate::sparql::MediaRanges;

/// The first of `offered` media types that the caller wants most.
pub(super) fn negotiate(headers: &HeaderMap, offered: &'static [&'static str]) -> Result<usize, Failure> {
    let accepted: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges = MediaRanges::read(Some(&accepted.join(",")));
    let wanted = |media: &str| ranges.quality(media.split(';').next().unwrap_or(media));
    let most = offered.iter().map(|media| wanted(media)).max().filter(|most| *most > 0);
    let best = most.and_then(|most| offered.iter().position(|media| wanted(media) == most));
    best.ok_or(Failure::NotAcceptable(offered))
}

/// Bytes of a media type, with an entity tag where there is one: a caller who has them already gets 304.
pub(super) fn bytes(
    headers: &HeaderMap,
    (media, body): (&'static str, Vec<u8>),
    tag: Option<&str>,
) -> Result<Response, Failure> {
    let Some(tag) = tag else {
        return Ok(([(header::CONTENT_TYPE, media)], body).into_response());
    };
    let etag = format!("\"{tag}\"");
    let has_it = |value: &HeaderValue| {
        value.to_str().is_ok_and(|list| {
            list.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
        })
    };
    if headers.get(header::IF_NONE_MATCH).is_some_and(has_it) {
        return Err(Failure::NotModified(etag));
    }
    let answer = [(header::CONTENT_TYPE, media.to_owned()), (header::ETAG, etag), (header::VARY, "Accept".to_owned())];
    Ok((StatusCode::OK, answer, body).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_liked_best_is_given() {
        const OFFERED: &[&str] = &["application/json", "text/html; charset=utf-8", "application/pdf"];
        let check = |accept: &str, expected: Option<usize>| {
            let mut headers = HeaderMap::new();
            if !accept.is_empty() {
                headers.insert(header::ACCEPT, accept.parse().unwrap());
            }
            assert_eq!(negotiate(&headers, OFFERED).ok(), expected, "{accept}");
        };
        check("", Some(0));
        check("*/*", Some(0));
        check("application/pdf", Some(2));
        check("text/*", Some(1));
        check("text/html, application/json;q=0.9", Some(1));
        check("application/json;q=0.1, application/pdf;q=0.5", Some(2));
        check("application/json;q=0, */*;q=0.1", Some(1));
        check("image/png", None);
        check("application/pdf;q=0", None);
    }
}
