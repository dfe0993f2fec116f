//! Who is who and which conversation is which, from the lists at the top of an export.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value;

use super::{Bundle, Sink, member, read_member};
use crate::model::{Participant, ParticipantRole, Visibility};
use crate::sources::emit::{self, Person};
use crate::sources::json;

/// The people and conversations of an export.
#[derive(Default)]
pub(super) struct Directory {
    users: BTreeMap<String, User>,
    /// By the name of their folder.
    channels: BTreeMap<String, Channel>,
}

/// A member of the workspace.
pub(super) struct User {
    pub(super) person: Person,
    pub(super) kind: UserKind,
}

/// What stands behind an account of the workspace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UserKind {
    Human,
    Bot,
}

/// A conversation.
#[derive(Clone)]
pub(super) struct Channel {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: ChannelKind,
    pub(super) members: Vec<String>,
}

/// Who can read a conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ChannelKind {
    Public,
    Private,
    /// Between two people or a few.
    Direct,
}

impl Channel {
    /// A channel that no list of the export names.
    pub(super) fn unlisted(folder: &str) -> Self {
        Self { id: folder.to_owned(), name: folder.to_owned(), kind: ChannelKind::Private, members: Vec::new() }
    }

    pub(super) fn visibility(&self) -> Visibility {
        match self.kind {
            ChannelKind::Public => Visibility::Account,
            ChannelKind::Private | ChannelKind::Direct => Visibility::Private,
        }
    }
}

const LISTS: [(&str, ChannelKind); 4] = [
    ("channels.json", ChannelKind::Public),
    ("groups.json", ChannelKind::Private),
    ("dms.json", ChannelKind::Direct),
    ("mpims.json", ChannelKind::Direct),
];

impl Directory {
    /// Reads the lists; an entry that cannot be read becomes a problem.
    pub(super) fn read(label: &str, bundle: &mut dyn Bundle, root: &str, sink: &mut Sink<'_>) -> ControlFlow<(), Self> {
        let mut directory = Self::default();
        for value in entries(label, bundle, &format!("{root}users.json"), sink)? {
            if let Some(id) = json::text(&value, "id") {
                directory.users.insert(id, user(&value));
            }
        }
        for (file, kind) in LISTS {
            let name = format!("{root}{file}");
            if !bundle.names().contains(&name) {
                continue;
            }
            for value in entries(label, bundle, &name, sink)? {
                let Some(id) = json::text(&value, "id") else { continue };
                let members = json::list(&value, "members").iter().filter_map(json::scalar).collect();
                let name = json::text(&value, "name").unwrap_or_else(|| id.clone());
                let channel = Channel { id: id.clone(), name: name.clone(), kind, members };
                directory.channels.insert(id, channel.clone());
                directory.channels.insert(name, channel);
            }
        }
        ControlFlow::Continue(directory)
    }

    /// The conversation whose messages lie in `folder`.
    pub(super) fn channel(&self, folder: &str) -> Option<&Channel> {
        self.channels.get(folder)
    }

    pub(super) fn user(&self, id: &str) -> Option<&User> {
        self.users.get(id)
    }

    /// The name shown for a user.
    pub(super) fn display_name(&self, id: &str) -> Option<&str> {
        self.users.get(id)?.person.name.as_deref()
    }

    /// A member taking part in `role`; their id stands for the name when nothing is known.
    pub(super) fn participant(&self, id: &str, role: ParticipantRole) -> Participant {
        match self.user(id) {
            Some(user) => user.person.as_role(role),
            None => Participant {
                role,
                name: Some(id.to_owned()),
                id: Some(format!("slack:{id}")),
                ..Participant::default()
            },
        }
    }
}

fn entries(label: &str, bundle: &mut dyn Bundle, name: &str, sink: &mut Sink<'_>) -> ControlFlow<(), Vec<Value>> {
    let path = member(label, name);
    let Some(text) = read_member(&path, bundle, name, sink)? else { return ControlFlow::Continue(Vec::new()) };
    let mut values = Vec::new();
    for element in json::Document::parse(&text).take(&["users", "members", "channels"]) {
        match element.value {
            Ok(value) => values.push(value),
            Err(reason) => emit::reject(sink, &path, element.place, reason)?,
        }
    }
    ControlFlow::Continue(values)
}

fn user(value: &Value) -> User {
    let profile = value.get("profile").unwrap_or(&Value::Null);
    let name = json::first_text(profile, &["real_name", "display_name"])
        .or_else(|| json::first_text(value, &["real_name", "name"]));
    let is_bot = value.get("is_bot").and_then(Value::as_bool).unwrap_or(false)
        || json::text(value, "id").as_deref() == Some("USLACKBOT");
    let address = json::text(profile, "email").and_then(|address| emit::mail_address(&address));
    let id = json::text(value, "id").map(|id| format!("slack:{id}"));
    User {
        person: Person { name, address, side: None, id },
        kind: if is_bot { UserKind::Bot } else { UserKind::Human },
    }
}

/// Says whether a folder holds uploads and canvases rather than messages.
pub(super) fn is_attachment_folder(folder: &str) -> bool {
    folder == "__uploads" || folder.ends_with("canvases") || folder.starts_with("FC:") || folder == "__MACOSX"
}
