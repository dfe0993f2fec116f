//! The rules file: what of each source is archived, what is blotted out, how long it is kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use crate::model::{Interaction, InteractionKind};

use super::redact::{self, Redacted, RedactionKind};
use super::source::{self, Source};

/// Why a rules file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// It cannot be read.
    #[error("cannot read the privacy rules {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line of it is wrong.
    #[error("{path}:{line}: {problem}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
}

/// What is done with what comes in. Without a rules file nothing is excluded, everything is redacted and kept.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    exclude: Vec<Filter>,
    include: Vec<Filter>,
    redaction: Vec<(Source, BTreeSet<RedactionKind>)>,
    retention: Vec<(Source, u32)>,
}

/// Whether something is archived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Kept,
    /// It is not, by the rule of that name.
    Excluded(String),
}

/// A rule with its criteria; an empty list is no criterion.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) name: String,
    pub(super) source: Source,
    pub(super) senders: Vec<Regex>,
    pub(super) domains: Vec<String>,
    pub(super) channels: Vec<Regex>,
    pub(super) labels: Vec<Regex>,
    pub(super) patterns: Vec<Regex>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    exclude: Vec<WrittenFilter>,
    #[serde(default)]
    include: Vec<WrittenFilter>,
    #[serde(default)]
    redaction: Vec<WrittenRedaction>,
    #[serde(default)]
    retention: Vec<WrittenRetention>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFilter {
    name: Option<String>,
    source: Spanned<String>,
    #[serde(default)]
    senders: Vec<Spanned<String>>,
    #[serde(default)]
    domains: Vec<Spanned<String>>,
    #[serde(default)]
    channels: Vec<Spanned<String>>,
    #[serde(default)]
    labels: Vec<Spanned<String>>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRedaction {
    source: Spanned<String>,
    off: BTreeSet<RedactionKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRetention {
    source: Spanned<String>,
    keep_days: u32,
}

/// A fault and where it stands, in bytes.
type Fault = (std::ops::Range<usize>, String);

impl Rules {
    /// Reads a rules file.
    pub fn read(path: &Path) -> Result<Self, RulesError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| RulesError::File { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|(line, problem)| RulesError::Line { path: path.to_owned(), line, problem })
    }

    /// Reads rules; a fault is answered with its line.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        Self::read_text(text).map_err(|(range, problem)| {
            let before = text.get(..range.start.min(text.len())).unwrap_or_default();
            (1 + before.matches('\n').count(), problem)
        })
    }

    fn read_text(text: &str) -> Result<Self, Fault> {
        let written: Written =
            toml::from_str(text).map_err(|error| (error.span().unwrap_or_default(), error.message().to_owned()))?;
        let filters = |written: Vec<WrittenFilter>, what: &str| {
            let number = |(at, filter)| Filter::of(filter, format!("{what} {}", at + 1));
            written.into_iter().enumerate().map(number).collect::<Result<Vec<_>, Fault>>()
        };
        let redaction = written.redaction.into_iter().map(|rule| Ok((source_of(&rule.source)?, rule.off)));
        let retention = written.retention.into_iter().map(|rule| Ok((source_of(&rule.source)?, rule.keep_days)));
        Ok(Self {
            exclude: filters(written.exclude, "exclude")?,
            include: filters(written.include, "include")?,
            redaction: redaction.collect::<Result<_, Fault>>()?,
            retention: retention.collect::<Result<_, Fault>>()?,
        })
    }

    /// Says whether an interaction is archived.
    pub fn verdict(&self, interaction: &Interaction) -> Verdict {
        if let Some(rule) = self.exclude.iter().find(|rule| rule.fits(interaction)) {
            return Verdict::Excluded(rule.name.clone());
        }
        let mut wanted =
            self.include.iter().filter(|rule| rule.source.covers(interaction.kind, &interaction.id)).peekable();
        match wanted.peek().map(|rule| rule.name.clone()) {
            Some(first) if !wanted.any(|rule| rule.fits(interaction)) => Verdict::Excluded(format!("not in {first}")),
            Some(_) | None => Verdict::Kept,
        }
    }

    /// Blots out of an interaction what nobody needs to keep. The text keeps its number of code points.
    pub fn redact(&self, interaction: &mut Interaction) -> Redacted {
        let off: BTreeSet<RedactionKind> = self
            .redaction
            .iter()
            .filter(|(source, _)| source.covers(interaction.kind, &interaction.id))
            .flat_map(|(_, kinds)| kinds.iter().copied())
            .collect();
        redact::redact(interaction, &off)
    }

    /// Says whether anything is kept for a time only.
    pub fn has_retention(&self) -> bool {
        !self.retention.is_empty()
    }

    /// Says whether the time of something is over at `now`.
    pub fn is_expired(&self, (kind, id): (InteractionKind, &str), sent_at: Timestamp, now: Timestamp) -> bool {
        let days = self.retention.iter().filter(|(source, _)| source.covers(kind, id)).map(|(_, days)| *days).min();
        let end = days.and_then(|days| now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).ok());
        end.is_some_and(|end| sent_at < end)
    }
}

fn source_of(written: &Spanned<String>) -> Result<Source, Fault> {
    Source::read(written.get_ref()).map_err(|problem| (written.span(), problem))
}

impl Filter {
    fn of(written: WrittenFilter, number: String) -> Result<Self, Fault> {
        let source = source_of(&written.source)?;
        let globs = |values: &[Spanned<String>]| {
            values
                .iter()
                .map(|value| compiled(value, &source::glob(value.get_ref())))
                .collect::<Result<Vec<_>, Fault>>()
        };
        let filter = Self {
            source,
            senders: globs(&written.senders)?,
            domains: written
                .domains
                .iter()
                .map(|domain| domain.get_ref().trim_start_matches('@').to_lowercase())
                .collect(),
            channels: globs(&written.channels)?,
            labels: globs(&written.labels)?,
            patterns: written
                .patterns
                .iter()
                .map(|value| compiled(value, value.get_ref()))
                .collect::<Result<_, _>>()?,
            name: written.name.unwrap_or(number),
        };
        if filter.is_bare() && filter.source == Source::Any {
            return Err((written.source.span(), "a rule for every source needs a criterion".to_owned()));
        }
        Ok(filter)
    }
}

fn compiled(value: &Spanned<String>, pattern: &str) -> Result<Regex, Fault> {
    Regex::new(pattern).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        (value.span(), format!("not a regular expression: {reason}"))
    })
}
