//! Forms of answers: what the caller accepts, entity tags, downloads.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::Failure;

/// The first of `offered` media types that the caller likes best (RFC 9110, 12.5.1).
pub(super) fn negotiate(headers: &HeaderMap, offered: &'static [&'static str]) -> Result<usize, Failure> {
    let accepted: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<(&str, f32)> = accepted.iter().flat_map(|value| value.split(',')).filter_map(range).collect();
    if ranges.is_empty() {
        return Ok(0);
    }
    let mut best = (None, 0.0);
    for (place, media) in offered.iter().enumerate() {
        // The most specific range decides about a type.
        let fits = ranges.iter().filter(|(range, _)| covers(range, media));
        let liking = fits.max_by_key(|(range, _)| specificity(range)).map_or(0.0, |(_, q)| *q);
        if liking > best.1 {
            best = (Some(place), liking);
        }
    }
    best.0.ok_or(Failure::NotAcceptable(offered))
}

fn range(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let media = parts.next().filter(|media| !media.is_empty())?;
    let q = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok())?;
    Some((media, q))
}

fn covers(range: &str, media: &str) -> bool {
    let bare = media.split(';').next().unwrap_or(media);
    range == "*/*"
        || range.eq_ignore_ascii_case(bare)
        || range
            .strip_suffix("/*")
            .is_some_and(|kind| bare.split('/').next().is_some_and(|it| it.eq_ignore_ascii_case(kind)))
}

fn specificity(range: &str) -> u8 {
    if range == "*/*" {
        0
    } else if range.ends_with("/*") {
        1
    } else {
        2
    }
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
