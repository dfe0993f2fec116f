//! Style and scripts: our own, embedded as they are, and those of others, embedded where `scripts/setup-pages` set them
//! up. Nothing is loaded from elsewhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path as FilePath;
use std::sync::LazyLock;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::Site;
use crate::api::ApiError;
use crate::http::{Failure, Path, Query};

#[derive(RustEmbed)]
#[folder = "src/web/assets/"]
#[exclude = "*.d.ts"]
struct Own;

/// The scripts of others with their licences, copied by the build script; empty where they were not set up.
const OTHERS: [(&str, &[u8]); 5] = [
    ("licences.txt", include_bytes!(concat!(env!("OUT_DIR"), "/licences.txt"))),
    ("htmx.min.js", include_bytes!(concat!(env!("OUT_DIR"), "/htmx.min.js"))),
    ("cytoscape.min.js", include_bytes!(concat!(env!("OUT_DIR"), "/cytoscape.min.js"))),
    ("uPlot.iife.min.js", include_bytes!(concat!(env!("OUT_DIR"), "/uPlot.iife.min.js"))),
    ("uPlot.min.css", include_bytes!(concat!(env!("OUT_DIR"), "/uPlot.min.css"))),
];

/// The beginning of the hash of every asset, by name.
static TAGS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let own = Own::iter().filter_map(|name| Some((name.to_string(), Own::get(&name)?.data)));
    let others = OTHERS.iter().map(|(name, data)| ((*name).to_owned(), Cow::Borrowed(*data)));
    own.chain(others).map(|(name, data)| (name, blake3::hash(&data).to_hex()[..16].to_owned())).collect()
});

/// The address of an asset; it changes with the content.
pub(super) fn address(name: &str) -> String {
    let tag = TAGS.get(name).map_or("", String::as_str);
    format!("/assets/{name}?v={tag}")
}

/// Says whether an asset was there when the program was built.
pub(super) fn is_there(name: &str) -> bool {
    content(name).is_some_and(|data| !data.is_empty())
}

#[derive(Deserialize)]
pub(super) struct Named {
    name: String,
}

#[derive(Deserialize)]
pub(super) struct Version {
    v: Option<String>,
}

/// Answers an asset. One that is asked for with the tag of its content never changes.
pub(super) async fn get_asset(
    State(site): State<Site>,
    Path(Named { name }): Path<Named>,
    Query(Version { v }): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let unknown = || ApiError::not_found("asset", &name);
    let replaced = site.views.folder().map(|folder| folder.join("assets").join(&name)).filter(|_| is_plain(&name));
    let replaced = replaced.and_then(|path| std::fs::read(path).ok());
    let is_replaced = replaced.is_some();
    let data = match replaced {
        Some(data) => Cow::Owned(data),
        None => content(&name).ok_or_else(unknown)?,
    };
    let tag = TAGS.get(&name).cloned().unwrap_or_default();
    let etag = format!("\"{tag}\"");
    let keep = match v {
        Some(version) if version == tag && !is_replaced => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    if !is_replaced && headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let mut answer =
        ([(header::CONTENT_TYPE, media(&name)), (header::CACHE_CONTROL, keep)], data.into_owned()).into_response();
    if let Ok(etag) = etag.parse() {
        answer.headers_mut().insert(header::ETAG, etag);
    }
    Ok(answer)
}

fn content(name: &str) -> Option<Cow<'static, [u8]>> {
    let other = OTHERS.iter().find(|(known, _)| *known == name).map(|(_, data)| Cow::Borrowed(*data));
    other.or_else(|| Own::get(name).map(|file| file.data))
}

fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\\']) && !name.starts_with('.')
}

fn media(name: &str) -> &'static str {
    match FilePath::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// Bytes of our own scripts once they are compressed.
    const MOST: usize = 60_000;

    #[test]
    fn our_own_scripts_are_small() {
        let mut size = 0;
        for name in Own::iter().filter(|name| name.ends_with(".js")) {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            zip.start_file("script", zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&Own::get(&name).unwrap().data).unwrap();
            size += zip.finish().unwrap().into_inner().len();
        }
        assert!(size > 0 && size < MOST, "{size} bytes");
    }

    #[test]
    fn an_address_has_the_tag_of_its_content() {
        assert!(address("baton.css").starts_with("/assets/baton.css?v="));
        assert!(address("baton.css").len() > "/assets/baton.css?v=".len() + 10);
    }
}
