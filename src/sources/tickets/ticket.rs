//! A ticket as any help desk has it, and the interactions that it becomes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole, Visibility};
use crate::sources::Sink;
use crate::sources::dates::Moment;
use crate::sources::emit::{self, Person};

/// A ticket as it was read.
#[derive(Debug, Default)]
pub(super) struct Ticket {
    /// `zendesk`, `jira`, `intercom`.
    pub(super) system: &'static str,
    pub(super) id: String,
    pub(super) title: Option<String>,
    /// The status that every ticket starts with in this system.
    pub(super) first_status: &'static str,
    pub(super) status: Option<String>,
    pub(super) priority: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) updated: Option<Moment>,
    pub(super) resolved: Option<Moment>,
    pub(super) requester: Option<Person>,
    pub(super) assignee: Option<Person>,
    /// Further attributes: tags, organisation.
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) messages: Vec<Message>,
    pub(super) changes: Vec<Change>,
}

/// A comment; the first one is the description.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) id: String,
    pub(super) author: Option<Person>,
    pub(super) at: Option<Moment>,
    pub(super) text: String,
    pub(super) visibility: Visibility,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    Status,
    Priority,
    /// Handed to a higher level.
    Escalated,
    /// The customer rated the help.
    Satisfaction,
}

/// A dated change of a ticket.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) id: String,
    pub(super) what: Changed,
    pub(super) from: Option<String>,
    pub(super) to: String,
    pub(super) at: Option<Moment>,
    pub(super) author: Option<Person>,
}

/// Says whether a tag, team or label speaks of a higher level of support.
pub(super) fn is_escalation(word: &str) -> bool {
    let word = word.to_lowercase();
    word.contains("escalat")
        || ["tier 2", "tier 3", "tier2", "tier3", "tier_2", "tier_3", "level 2", "level 3"]
            .iter()
            .any(|level| word.contains(level))
}

impl Ticket {
    /// Hands over the interactions of the ticket in time order; an undated comment is a problem.
    pub(super) fn finish(mut self, label: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
        self.add_final_status();
        self.changes.sort_by_key(|change| change.at);
        let messages = std::mem::take(&mut self.messages);
        if messages.is_empty() {
            emit::reject(sink, label, format!("ticket {}", self.id), "no description and no comments")?;
        }
        for (index, message) in messages.into_iter().enumerate() {
            let place = || format!("ticket {} comment {}", self.id, message.id);
            if message.at.is_none() {
                emit::reject(sink, label, place(), "no date")?;
                continue;
            }
            if message.text.trim().is_empty() && (index > 0 || self.title.is_none()) {
                emit::reject(sink, label, place(), "no text")?;
                continue;
            }
            let interaction = self.comment(index, &message);
            emit::give(sink, interaction)?;
        }
        for change in &self.changes {
            match change.at {
                Some(at) => emit::give(sink, self.change(change, at))?,
                None => emit::reject(sink, label, format!("ticket {} change {}", self.id, change.id), "no date")?,
            }
        }
        ControlFlow::Continue(())
    }

    /// Where the source tells no history, its last status stands for it.
    fn add_final_status(&mut self) {
        let Some(status) = self.status.clone() else { return };
        let told = self.changes.iter().any(|change| change.what == Changed::Status);
        if told || status.eq_ignore_ascii_case(self.first_status) {
            return;
        }
        if let Some(at) = self.resolved.or(self.updated) {
            let id = format!("status:{}", status.to_lowercase().replace(' ', "-"));
            self.changes.push(Change { id, what: Changed::Status, from: None, to: status, at: Some(at), author: None });
        }
    }

    fn comment(&self, index: usize, message: &Message) -> Interaction {
        let mut interaction = self.base(&message.id, message.at);
        interaction.visibility = message.visibility;
        let title = self.title.as_deref().filter(|_| index == 0);
        interaction.text = match title {
            Some(title) if message.text.trim().is_empty() => title.to_owned(),
            Some(title) => format!("{title}\n\n{}", message.text.trim()),
            None => message.text.trim().to_owned(),
        };
        interaction.participants = self.participants(message.author.as_ref());
        if let Some(status) = self.known_at(Changed::Status, message.at) {
            interaction.attributes.insert("ticket.status".to_owned(), status);
        } else if index == 0 {
            // A last status without a date can only be told here.
            let undated = self.status.as_deref().filter(|_| self.resolved.or(self.updated).is_none());
            interaction.attributes.insert("ticket.status".to_owned(), undated.unwrap_or(self.first_status).to_owned());
        }
        let priority = self.known_at(Changed::Priority, message.at).or_else(|| self.first_priority());
        if let Some(priority) = priority {
            interaction.attributes.insert("ticket.priority".to_owned(), priority);
        }
        interaction
    }

    /// What the last dated change before a time says.
    fn known_at(&self, what: Changed, at: Option<Moment>) -> Option<String> {
        let of_kind = || self.changes.iter().filter(|change| change.what == what && change.at.is_some());
        let before = of_kind().rfind(|change| change.at <= at).map(|change| change.to.clone());
        before.or_else(|| of_kind().next().and_then(|change| change.from.clone()))
    }

    /// The present priority, where no history says otherwise.
    fn first_priority(&self) -> Option<String> {
        let told = self.changes.iter().any(|change| change.what == Changed::Priority);
        if told { None } else { self.priority.clone() }
    }

    fn change(&self, change: &Change, at: Moment) -> Interaction {
        let mut interaction = self.base(&change.id, Some(at));
        let (word, attribute) = match change.what {
            Changed::Status => ("Status", "ticket.status"),
            Changed::Priority => ("Priority", "ticket.priority"),
            Changed::Escalated => ("Escalated", "ticket.escalated"),
            Changed::Satisfaction => ("Satisfaction", "ticket.satisfaction"),
        };
        interaction.text = match &change.from {
            Some(from) => format!("{word}: {from} → {}", change.to),
            None => format!("{word}: {}", change.to),
        };
        let value = match change.what {
            Changed::Escalated => "true",
            Changed::Satisfaction => change.to.lines().next().unwrap_or_default(),
            Changed::Status | Changed::Priority => change.to.as_str(),
        };
        interaction.attributes.insert(attribute.to_owned(), value.to_owned());
        interaction.participants = self.participants(change.author.as_ref());
        interaction
    }

    fn base(&self, part: &str, at: Option<Moment>) -> Interaction {
        let mut attributes = self.attributes.clone();
        attributes.insert("ticket.id".to_owned(), self.id.clone());
        if let Some(kind) = &self.kind {
            attributes.insert("ticket.type".to_owned(), kind.clone());
        }
        let thread = format!("{}:{}", self.system, self.id);
        Interaction {
            id: format!("{thread}#{part}"),
            kind: InteractionKind::Ticket,
            thread: Some(thread),
            sent_at: at.map(|at| at.at),
            utc_offset_minutes: at.and_then(|at| at.utc_offset_minutes),
            subject: self.title.clone(),
            attributes,
            ..Interaction::default()
        }
    }

    fn participants(&self, author: Option<&Person>) -> Vec<Participant> {
        let roles = [
            (author, ParticipantRole::From),
            (self.requester.as_ref(), ParticipantRole::Requester),
            (self.assignee.as_ref(), ParticipantRole::Assignee),
        ];
        roles.into_iter().filter_map(|(person, role)| Some(person?.as_role(role))).collect()
    }
}
