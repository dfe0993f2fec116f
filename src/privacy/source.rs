//! Which interactions a rule is for, and whether one fits its criteria.

use regex::Regex;

use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole};

use super::rules::Filter;

/// What a rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Everything.
    Any,
    /// A kind of interaction.
    Kind(InteractionKind),
    /// What an identity begins with, up to the colon.
    Form(String),
}

impl Source {
    pub(super) fn read(name: &str) -> Result<Self, String> {
        let name = name.trim().to_lowercase();
        if name == "*" {
            return Ok(Self::Any);
        }
        if let Some(kind) = InteractionKind::from_name(&name) {
            return Ok(Self::Kind(kind));
        }
        let is_form = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if is_form { Ok(Self::Form(name)) } else { Err(format!("not a kind, a form or *: {name:?}")) }
    }

    pub(super) fn covers(&self, kind: InteractionKind, id: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Kind(own) => *own == kind,
            Self::Form(form) => id.split_once(':').is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case(form)),
        }
    }
}

/// A value in which `*` stands for any text, as a regular expression.
pub(super) fn glob(value: &str) -> String {
    let parts: Vec<String> = value.trim().split('*').map(regex::escape).collect();
    format!("(?is)^{}$", parts.join(".*"))
}

/// Attributes that name a channel, folder or queue.
const CHANNELS: [&str; 5] = ["slack.channel", "channel", "folder", "ticket.group", "ticket.queue"];
/// Attributes that list labels or tags.
const LABELS: [&str; 6] = ["ticket.tags", "tags", "labels", "label", "header.x-gmail-labels", "header.keywords"];

impl Filter {
    pub(super) fn is_bare(&self) -> bool {
        self.senders.is_empty()
            && self.domains.is_empty()
            && self.channels.is_empty()
            && self.labels.is_empty()
            && self.patterns.is_empty()
    }

    /// Says whether an interaction is one that the rule is for and fits all of its criteria.
    pub(super) fn fits(&self, interaction: &Interaction) -> bool {
        self.source.covers(interaction.kind, &interaction.id)
            && (self.senders.is_empty() || senders(interaction).any(|person| self.is_sender(person)))
            && (self.domains.is_empty() || senders(interaction).any(|person| self.is_in_domain(person)))
            && (self.channels.is_empty() || listed(interaction, &CHANNELS).any(|value| any_fits(&self.channels, value)))
            && (self.labels.is_empty() || listed(interaction, &LABELS).any(|value| any_fits(&self.labels, value)))
            && (self.patterns.is_empty() || self.has_pattern(interaction))
    }

    fn is_sender(&self, person: &Participant) -> bool {
        person.address.iter().chain(&person.name).chain(&person.id).any(|value| any_fits(&self.senders, value))
    }

    fn is_in_domain(&self, person: &Participant) -> bool {
        let domain = person.address.as_deref().and_then(|address| Some(address.rsplit_once('@')?.1.to_lowercase()));
        let is_below = |domain: &str, own: &String| {
            domain == own || domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.'))
        };
        domain.is_some_and(|domain| self.domains.iter().any(|own| is_below(&domain, own)))
    }

    fn has_pattern(&self, interaction: &Interaction) -> bool {
        let texts = || interaction.subject.iter().chain([&interaction.text]);
        self.patterns.iter().any(|pattern| texts().any(|text| pattern.is_match(text)))
    }
}

fn any_fits(globs: &[Regex], value: &str) -> bool {
    globs.iter().any(|glob| glob.is_match(value.trim()))
}

/// Who wrote it or said it.
fn senders(interaction: &Interaction) -> impl Iterator<Item = &Participant> {
    interaction.participants.iter().filter(|person| match person.role {
        ParticipantRole::From
        | ParticipantRole::Speaker
        | ParticipantRole::Author
        | ParticipantRole::Organizer
        | ParticipantRole::Subject => true,
        ParticipantRole::To
        | ParticipantRole::Cc
        | ParticipantRole::Bcc
        | ParticipantRole::ReplyTo
        | ParticipantRole::Attendee
        | ParticipantRole::Requester
        | ParticipantRole::Assignee
        | ParticipantRole::Owner
        | ParticipantRole::Other => false,
    })
}

/// The values of the attributes of these names, which may be lists.
fn listed<'i>(interaction: &'i Interaction, names: &'static [&'static str]) -> impl Iterator<Item = &'i str> {
    names.iter().filter_map(|name| interaction.attribute(name)).flat_map(|value| value.split([',', ';', '\n']))
}

#[cfg(test)]
mod tests {
    use super::super::rules::{Rules, Verdict};
    use crate::model::Interaction;

    fn excluded(rules: &str, interaction: &str) -> Option<String> {
        let interaction: Interaction = serde_json::from_str(interaction).unwrap();
        match Rules::parse(rules).unwrap().verdict(&interaction) {
            Verdict::Kept => None,
            Verdict::Excluded(rule) => Some(rule),
        }
    }

    const MAIL: &str = r#"{"id":"mail:1","kind":"email","subject":"Offer","text":"Private and confidential",
        "participants":[{"role":"from","name":"Ana Ruiz","address":"ana@mail.Lawfirm.example"},{"address":"hr@vendor.example"}]}"#;
    const CHAT: &str = r#"{"id":"slack:C1:1","kind":"chat","text":"lunch?","attributes":{"slack.channel":"random"}}"#;
    const TICKET: &str =
        r#"{"id":"zendesk:1#2","kind":"ticket","text":"down","attributes":{"ticket.tags":"vip, Legal"}}"#;

    #[test]
    fn rules_exclude_what_fits() {
        let check = |rules: &str, interaction: &str, expected: Option<&str>| {
            assert_eq!(excluded(rules, interaction).as_deref(), expected, "{rules}\n{interaction}");
        };
        let exclude = |rest: &str| format!("[[exclude]]\nname = \"x\"\n{rest}");
        check("", MAIL, None);
        check(&exclude("source = \"email\"\nsenders = [\"ana@*\"]"), MAIL, Some("x"));
        check(&exclude("source = \"email\"\nsenders = [\"ana ruiz\"]"), MAIL, Some("x"));
        check(&exclude("source = \"chat\"\nsenders = [\"ana@*\"]"), MAIL, None);
        // Who is only written to is no sender.
        check(&exclude("source = \"*\"\nsenders = [\"hr@vendor.example\"]"), MAIL, None);
        check(&exclude("source = \"mail\"\ndomains = [\"lawfirm.example\"]"), MAIL, Some("x"));
        check(&exclude("source = \"mail\"\ndomains = [\"firm.example\"]"), MAIL, None);
        check(&exclude("source = \"*\"\npatterns = ['(?i)confidential']"), MAIL, Some("x"));
        check(&exclude("source = \"*\"\npatterns = ['confidential']\nsenders = [\"bob\"]"), MAIL, None);
        check(&exclude("source = \"slack\"\nchannels = [\"rand*\"]"), CHAT, Some("x"));
        check(&exclude("source = \"slack\""), CHAT, Some("x"));
        check(&exclude("source = \"slack\"\nchannels = [\"acct-*\"]"), CHAT, None);
        check(&exclude("source = \"zendesk\"\nlabels = [\"legal\"]"), TICKET, Some("x"));
        check(&exclude("source = \"ticket\"\nlabels = [\"leg\"]"), TICKET, None);
        let include = "[[include]]\nname = \"accounts\"\nsource = \"slack\"\nchannels = [\"acct-*\"]";
        check(include, CHAT, Some("not in accounts"));
        check(include, MAIL, None);
    }

    #[test]
    fn slips_are_told_with_their_line() {
        let check = |rules: &str, line: usize, problem: &str| {
            let (found_line, found) = Rules::parse(rules).unwrap_err();
            assert_eq!(found_line, line, "{rules}: {found}");
            assert!(found.contains(problem), "{rules}: {found}");
        };
        check("[[exclude]]\nsource = \"*\"\npatterns = ['a', '(b']", 3, "not a regular expression: unclosed group");
        check("[[exclude]]\nsource = \"*\"\nsender = [\"a\"]", 3, "unknown field");
        check("[[exclude]]\nsource = \"*\"", 2, "needs a criterion");
        check("[[exclude]]\nsource = \"a b\"\nsenders=[\"x\"]", 2, "not a kind, a form or *");
        check("\n\n[[exclude]]\nsenders=[\"x\"]", 3, "missing field");
        check("[[redaction]]\nsource = \"*\"\noff = [\"cards\"]", 3, "unknown variant");
        check("[[retention]]\nsource = \"*\"\nkeep_days = \"x\"", 3, "invalid type");
        check("exclude = ", 1, "");
    }

    #[test]
    fn the_example_is_read() {
        let rules = Rules::parse(super::super::EXAMPLE).unwrap();
        assert!(rules.has_retention());
        let at = |text: &str| text.parse().unwrap();
        let chat: Interaction = serde_json::from_str(CHAT).unwrap();
        assert_eq!(rules.verdict(&chat), Verdict::Excluded("small talk".to_owned()));
        let check = |id: &str, sent_at: &str, expected: bool| {
            assert_eq!(
                rules.is_expired((chat.kind, id), at(sent_at), at("2026-06-01T00:00:00Z")),
                expected,
                "{id} {sent_at}"
            );
        };
        check("slack:C1:1", "2024-05-30T00:00:00Z", true);
        check("slack:C1:1", "2024-06-02T00:00:00Z", false);
        check("teams:C1:1", "2020-01-01T00:00:00Z", false);
    }
}
