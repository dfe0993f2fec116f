//! Slack exports, as a folder or an archive: one interaction a message.
//! Edits and deletions are followed; joins, topics and the like are no content and are left out by a fixed list.

mod directory;
mod message;
mod text;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value;

use super::{Bundle, Sink, emit, json};
use directory::{Channel, Directory};
use message::{Entry, Message};

/// Says whether a set of files is a Slack export: a list of users beside a list of conversations.
pub fn sniff(names: &[String]) -> bool {
    root(names).is_some()
}

/// The folder of the export within the bundle, with its `/`; empty when the export lies at the top.
fn root(names: &[String]) -> Option<String> {
    let indexes = ["channels.json", "groups.json", "dms.json", "mpims.json"];
    names.iter().filter_map(|name| name.strip_suffix("users.json")).find_map(|root| {
        let is_export = (root.is_empty() || root.ends_with('/'))
            && names.iter().filter_map(|name| name.strip_prefix(root)).any(|name| indexes.contains(&name));
        is_export.then(|| root.to_owned())
    })
}

/// Reads an export, channel by channel, each in the order of its messages.
pub fn read(label: &str, bundle: &mut dyn Bundle, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let Some(root) = root(bundle.names()) else {
        return emit::reject(sink, label, "", "no users.json beside channels.json, groups.json or dms.json");
    };
    let directory = Directory::read(label, bundle, &root, sink)?;
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in bundle.names() {
        let Some(inner) = name.strip_prefix(&root) else { continue };
        match inner.split_once('/') {
            Some((folder, day)) if is_day_file(day) => folders.entry(folder.to_owned()).or_default().push(name.clone()),
            Some((folder, _)) if directory::is_attachment_folder(folder) => {}
            Some(_) => emit::reject(sink, &member(label, name), "", "not a day file of a channel")?,
            None => {}
        }
    }
    for (folder, files) in folders {
        let listed = directory.channel(&folder).cloned();
        if listed.is_none() {
            let reason = "the channel is in no list of the export; its messages are taken as private";
            emit::reject(sink, &member(label, &format!("{root}{folder}")), "", reason)?;
        }
        let channel = listed.unwrap_or_else(|| Channel::unlisted(&folder));
        read_channel(label, bundle, &files, &Reading { directory: &directory, channel: &channel }, sink)?;
    }
    ControlFlow::Continue(())
}

/// What is known while a channel is read.
struct Reading<'a> {
    directory: &'a Directory,
    channel: &'a Channel,
}

fn read_channel(
    label: &str,
    bundle: &mut dyn Bundle,
    files: &[String],
    reading: &Reading<'_>,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut messages: BTreeMap<String, Message> = BTreeMap::new();
    for name in files {
        let path = member(label, name);
        let Some(text) = read_member(&path, bundle, name, sink)? else { continue };
        for element in json::Document::parse(&text).take(&["messages"]) {
            match element.value {
                Ok(value) => collect(&mut messages, &path, &element.place, value, sink)?,
                Err(reason) => emit::reject(sink, &path, element.place, reason)?,
            }
        }
    }
    for (ts, message) in messages {
        match message.into_interaction(&ts, reading.directory, reading.channel) {
            Ok(Some(interaction)) => emit::give(sink, interaction)?,
            Ok(None) => {}
            Err((path, reason)) => emit::reject(sink, &path, format!("message {ts}"), reason)?,
        }
    }
    ControlFlow::Continue(())
}

/// Takes one entry of a day file into the messages of its channel.
fn collect(
    messages: &mut BTreeMap<String, Message>,
    path: &str,
    place: &str,
    value: Value,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    match message::entry(value) {
        Entry::Message { ts, message } => {
            let newer = messages.get(&ts).is_none_or(|known| known.edited_at() <= message.edited_at());
            if newer {
                messages.insert(ts, message.read_from(path));
            }
        }
        Entry::Deleted { ts } => {
            messages.remove(&ts);
        }
        Entry::System => {}
        Entry::Unreadable(reason) => emit::reject(sink, path, place, reason)?,
    }
    ControlFlow::Continue(())
}

/// The text of a file of the export; a file that cannot be read becomes a problem.
fn read_member(
    path: &str,
    bundle: &mut dyn Bundle,
    name: &str,
    sink: &mut Sink<'_>,
) -> ControlFlow<(), Option<String>> {
    let mut bytes = Vec::new();
    let read = bundle.open(name).and_then(|mut file| file.read_to_end(&mut bytes));
    if let Err(error) = read {
        emit::reject(sink, path, "", format!("cannot be read: {error}"))?;
        return ControlFlow::Continue(None);
    }
    // Slack writes UTF-8; a damaged byte must not cost the file.
    ControlFlow::Continue(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The path of a file of the export, as problems tell it: after `!` in an archive, after `/` in a folder.
fn member(label: &str, name: &str) -> String {
    let mark = if label.to_lowercase().ends_with(".zip") { '!' } else { '/' };
    format!("{label}{mark}{name}")
}

/// Says whether a file is named for a day: `2026-01-12.json`.
fn is_day_file(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|day| day.len() == 10 && super::dates::date(day).is_some())
}
