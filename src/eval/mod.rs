//! Scores the engine on labelled sets: each set that is present gives rows of one table. The sets are never shipped;
//! a missing one is named as absent. One file a set; entry point: [`run`].

mod accounts;
mod changes;
mod corpus;
mod dates;
mod folded;
mod identity;
mod labelled;
mod meaning;
mod merging;
mod moods;
mod people;
mod reliability;
mod replies;
mod requests;
mod roles;
mod score;
mod sentence;
mod sequences;
mod speed;
mod zones;

use std::path::Path;

use crate::extract::Engine;

pub use score::{Row, Scored};

/// A scored set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Set {
    /// Reply and signature cases of two mail parsers.
    ReplyParserCases,
    /// Zones of invented mails: body against the rest.
    Zones,
    /// Date and time expressions with span and value.
    RecognizersTextSpecs,
    /// Requests among single sentences of mail.
    EmailIntentParakweet,
    /// Mood of work messages.
    Premo,
    /// Mood of sentences out of product reviews.
    VaderAmazon,
    /// Person names in mail threads.
    Emailcoref,
    /// Person names in tweets, forums and an encyclopedia.
    Ner,
    /// Telephone numbers and mail addresses.
    Sequences,
    /// Our own labels: acts, topics, mood; the part that training never sees.
    Labelled,
    /// Invented accounts read whole: facts, owners, due dates.
    Accounts,
    /// Promises in other words, and the answers that keep them: by words, and by words and meaning.
    Meaning,
    /// Names in mail threads to the owners of addresses.
    Merging,
    /// Invented accounts folded whole: who is who.
    Identity,
    /// Whole accounts folded: buying roles, titles, reporting lines, who has left.
    Roles,
    /// Invented account-years with planted changes: what is told, when, and what is told falsely.
    Changes,
    /// Sentences a second on one core.
    Speed,
}

impl Set {
    /// Every set, in the order of the table.
    pub const ALL: [Self; 17] = [
        Self::ReplyParserCases,
        Self::Zones,
        Self::RecognizersTextSpecs,
        Self::EmailIntentParakweet,
        Self::Labelled,
        Self::Accounts,
        Self::Roles,
        Self::Premo,
        Self::VaderAmazon,
        Self::Emailcoref,
        Self::Ner,
        Self::Sequences,
        Self::Meaning,
        Self::Merging,
        Self::Identity,
        Self::Changes,
        Self::Speed,
    ];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReplyParserCases => "reply_parser_cases",
            Self::Zones => "zones",
            Self::RecognizersTextSpecs => "recognizers_text_specs",
            Self::EmailIntentParakweet => "email_intent_parakweet",
            Self::Premo => "premo",
            Self::VaderAmazon => "vader_amazon",
            Self::Emailcoref => "emailcoref",
            Self::Ner => "ner",
            Self::Sequences => "sequences",
            Self::Labelled => "labelled",
            Self::Accounts => "accounts",
            Self::Meaning => "meaning",
            Self::Merging => "merging",
            Self::Identity => "identity",
            Self::Roles => "roles",
            Self::Changes => "changes",
            Self::Speed => "speed",
        }
    }
}

/// Where the sets lie, and what is scored.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    /// The folder of the public sets.
    pub data: &'a Path,
    /// The folder of our own labels, `models/data`.
    pub labels: &'a Path,
    /// The engine that is scored.
    pub engine: &'a dyn Engine,
    /// The folder of the base model, for the sets that need it.
    pub encoder: Option<&'a Path>,
}

/// Scores one set; without its files there are no rows.
pub fn run(set: Set, trial: Trial<'_>) -> Scored {
    match set {
        Set::ReplyParserCases => replies::score(trial.data),
        Set::Zones => zones::score(trial.labels),
        Set::RecognizersTextSpecs => dates::score(trial.data),
        Set::EmailIntentParakweet => requests::score(trial.data, trial.engine),
        Set::Premo => moods::premo(trial.data, trial.engine),
        Set::VaderAmazon => moods::amazon(trial.data, trial.engine),
        Set::Emailcoref => people::mail(trial.data, trial.engine),
        Set::Ner => people::ner(trial.data, trial.engine),
        Set::Sequences => sequences::score(trial.data),
        Set::Labelled => labelled::score(trial),
        Set::Accounts => accounts::score(trial.labels, trial.engine),
        Set::Meaning => meaning::score(trial),
        Set::Merging => merging::score(trial.data),
        Set::Identity => identity::score(trial.labels, trial.engine),
        Set::Roles => roles::score(trial.labels, trial.engine),
        Set::Changes => changes::score(trial.labels, trial.engine),
        Set::Speed => speed::score(trial.data, trial.engine),
    }
}
