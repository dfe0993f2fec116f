//! One entry of a day file: a message, a later change of one, or a note of the system.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::directory::{Channel, ChannelKind, Directory, UserKind};
use super::text;
use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole};
use crate::sources::emit::{self, Person};
use crate::sources::{dates, json};

/// Entries that Slack itself writes; they say nothing about the account.
const SYSTEM: [&str; 30] = [
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_archive",
    "channel_unarchive",
    "channel_convert_to_private",
    "channel_convert_to_public",
    "channel_posting_permissions",
    "channel_canvas_updated",
    "group_join",
    "group_leave",
    "group_topic",
    "group_purpose",
    "group_name",
    "group_archive",
    "group_unarchive",
    "pinned_item",
    "unpinned_item",
    "bot_add",
    "bot_remove",
    "bot_enable",
    "bot_disable",
    "reminder_add",
    "tombstone",
    "message_replied",
    "huddle_thread",
    "sh_room_created",
    "joiner_notification_for_inviter",
];

/// What an entry is.
pub(super) enum Entry {
    /// A message, or the new state of one that was edited.
    Message { ts: String, message: Message },
    /// A message was deleted.
    Deleted { ts: String },
    /// The system speaks.
    System,
    /// Not an entry that can be read, and why.
    Unreadable(String),
}

/// A message as the export has it.
pub(super) struct Message {
    value: Value,
    edited_at: Option<String>,
    path: String,
}

/// Reads an entry.
pub(super) fn entry(value: Value) -> Entry {
    if !value.is_object() {
        return Entry::Unreadable("not a message".to_owned());
    }
    let subtype = json::text(&value, "subtype").unwrap_or_default();
    match subtype.as_str() {
        "message_changed" => {
            let at = json::text(&value, "ts");
            match value.get("message").cloned() {
                Some(inner) => new_state(inner, at),
                None => Entry::Unreadable("an edit without the edited message".to_owned()),
            }
        }
        "message_deleted" => {
            let previous = value.get("previous_message").and_then(|message| json::text(message, "ts"));
            match json::text(&value, "deleted_ts").or(previous) {
                Some(ts) => Entry::Deleted { ts },
                None => Entry::Unreadable("a deletion that does not say of what".to_owned()),
            }
        }
        own if SYSTEM.contains(&own) => Entry::System,
        _ => new_state(value, None),
    }
}

fn new_state(value: Value, changed_at: Option<String>) -> Entry {
    let Some(ts) = json::text(&value, "ts") else { return Entry::Unreadable("no ts".to_owned()) };
    if dates::timestamp(&ts).is_none() {
        return Entry::Unreadable(format!("ts is not a time: {ts}"));
    }
    let edited = value.get("edited").map(|edited| json::text(edited, "ts").unwrap_or_else(|| ts.clone()));
    Entry::Message { ts, message: Message { value, edited_at: edited.or(changed_at), path: String::new() } }
}

impl Message {
    /// Remembers the file that the message was read from.
    pub(super) fn read_from(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// When the message was last edited, in Slack's own spelling; `None` sorts first.
    pub(super) fn edited_at(&self) -> Option<&str> {
        self.edited_at.as_deref()
    }

    /// Makes the interaction; `None` when nothing at all was said, which only deleted content leaves.
    pub(super) fn into_interaction(
        self,
        ts: &str,
        directory: &Directory,
        channel: &Channel,
    ) -> Result<Option<Interaction>, (String, String)> {
        let Some(sent_at) = dates::timestamp(ts) else { return Err((self.path, format!("ts is not a time: {ts}"))) };
        let mut mentioned = BTreeSet::new();
        let words = text::words(&self.value, directory, &mut mentioned);
        if words.is_empty() {
            return Err((self.path, "the message has no text".to_owned()));
        }
        let user = json::text(&self.value, "user").or_else(|| json::text(&self.value, "bot_id"));
        let author = self.author(user.as_deref(), directory);
        let thread = json::text(&self.value, "thread_ts").unwrap_or_else(|| ts.to_owned());
        let mut attributes = BTreeMap::from([("slack.channel".to_owned(), channel.name.clone())]);
        if self.is_bot(user.as_deref(), directory) {
            attributes.insert("author.kind".to_owned(), "bot".to_owned());
        }
        if let Some(at) = &self.edited_at {
            let at = dates::timestamp(at).map_or_else(|| "true".to_owned(), |at| at.to_string());
            attributes.insert("edited".to_owned(), at);
        }
        let mut participants = vec![author];
        if channel.kind == ChannelKind::Direct {
            mentioned.extend(channel.members.iter().cloned());
        }
        if let Some(user) = user {
            mentioned.remove(&user);
            attributes.insert("slack.user".to_owned(), user);
        }
        participants.extend(mentioned.iter().map(|id| directory.participant(id, ParticipantRole::To)));
        Ok(Some(Interaction {
            id: format!("slack:{}:{ts}", channel.id),
            kind: InteractionKind::Chat,
            thread: Some(format!("slack:{}:{thread}", channel.id)),
            sent_at: Some(sent_at),
            text: words,
            participants,
            visibility: channel.visibility(),
            attributes,
            ..Interaction::default()
        }))
    }

    fn is_bot(&self, user: Option<&str>, directory: &Directory) -> bool {
        let listed = user.and_then(|id| directory.user(id)).is_some_and(|user| user.kind == UserKind::Bot);
        let marked = json::text(&self.value, "subtype").is_some_and(|subtype| subtype == "bot_message");
        listed || marked || self.value.get("bot_id").is_some_and(|id| !id.is_null())
    }

    /// The author: from the list of users, else from what the message itself says of them.
    fn author(&self, user: Option<&str>, directory: &Directory) -> Participant {
        if let Some(known) = user.and_then(|id| directory.user(id)) {
            return known.person.as_role(ParticipantRole::Speaker);
        }
        let nothing = Value::Null;
        let profile = ["user_profile", "bot_profile"].iter().find_map(|key| self.value.get(*key)).unwrap_or(&nothing);
        let name = json::first_text(profile, &["real_name", "display_name", "name"])
            .or_else(|| json::text(&self.value, "username"))
            .or_else(|| user.map(str::to_owned));
        let address = json::text(profile, "email").and_then(|address| emit::mail_address(&address));
        Person { name, address, ..Person::default() }.as_role(ParticipantRole::Speaker)
    }
}
