//! The words of a message as people see them: mentions by name, links by their label, entities decoded.

use std::collections::BTreeSet;

use serde_json::Value;

use super::directory::Directory;
use crate::sources::{json, markup};

/// The text of a message with its attachments and the names of its files; the ids of those mentioned are added to
/// `mentioned`.
pub(super) fn words(message: &Value, directory: &Directory, mentioned: &mut BTreeSet<String>) -> String {
    let mut lines = Vec::new();
    if let Some(text) = json::text(message, "text") {
        lines.push(resolve(&text, directory, mentioned));
    }
    for attachment in json::list(message, "attachments") {
        let parts = ["pretext", "title", "text"].iter().filter_map(|key| json::text(attachment, key));
        let shown: Vec<String> = parts.map(|part| resolve(&part, directory, mentioned)).collect();
        let is_preview = attachment.get("from_url").is_some() || attachment.get("is_msg_unfurl").is_some();
        // A preview of a linked page is not what the author said.
        if is_preview {
            continue;
        }
        match json::text(attachment, "fallback") {
            Some(fallback) if shown.is_empty() && lines.is_empty() => {
                lines.push(resolve(&fallback, directory, mentioned));
            }
            Some(_) | None => lines.extend(shown),
        }
    }
    for file in json::list(message, "files") {
        let name = json::first_text(file, &["title", "name", "id"]).unwrap_or_else(|| "without a name".to_owned());
        lines.push(format!("[file: {name}]"));
    }
    lines.join("\n")
}

/// Replaces Slack's `<…>` marks by what a reader sees.
fn resolve(text: &str, directory: &Directory, mentioned: &mut BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&markup::decode_entities(&rest[..open]));
        let tail = &rest[open + 1..];
        // A real `<` is written `&lt;`, so a mark always closes, unless the text was cut.
        if let Some(close) = tail.find(['>', '<', '\n']).filter(|close| tail[*close..].starts_with('>')) {
            out.push_str(&mark(&tail[..close], directory, mentioned));
            rest = &tail[close + 1..];
        } else {
            out.push('<');
            rest = tail;
        }
    }
    out.push_str(&markup::decode_entities(rest));
    out
}

fn mark(inside: &str, directory: &Directory, mentioned: &mut BTreeSet<String>) -> String {
    let (target, label) = inside.split_once('|').map_or((inside, None), |(target, label)| (target, Some(label)));
    let label = label.filter(|label| !label.is_empty()).map(markup::decode_entities);
    if let Some(id) = target.strip_prefix('@') {
        mentioned.insert(id.to_owned());
        let name = directory.display_name(id).map(str::to_owned).or(label).unwrap_or_else(|| id.to_owned());
        return format!("@{name}");
    }
    if let Some(id) = target.strip_prefix('#') {
        let known = || directory.channel(id).map(|channel| channel.name.clone());
        return format!("#{}", label.or_else(known).unwrap_or_else(|| id.to_owned()));
    }
    if let Some(command) = target.strip_prefix('!') {
        let word = command.split('^').next().unwrap_or(command);
        return label.unwrap_or_else(|| format!("@{word}"));
    }
    match label {
        Some(label) => label,
        None => markup::decode_entities(target.strip_prefix("mailto:").unwrap_or(target)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_marks() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, &Directory::default(), &mut BTreeSet::new()), expected, "{text}");
        };
        check("<@U1|dana> see <#C2|ops> &amp; <https://a.example/x?a=1&amp;b=2|the page>", "@dana see #ops & the page");
        check("<https://a.example/>", "https://a.example/");
        check("<!here> <!subteam^S1|@cs-team> a &lt; b <cut", "@here @cs-team a < b <cut");
        check("<mailto:a@b.example|a@b.example>", "a@b.example");
    }
}
