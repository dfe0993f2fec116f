//! Units gathered into batches, and one unit parsed: what goes between the stages of an ingest.

use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::Timestamp;
use rustc_hash::FxHasher;
use tokio::sync::mpsc;

use crate::archive::{Archive, ArchiveError, Assignment, Versions};
use crate::model::{AccountSlug, Interaction, Problem};
use crate::privacy::{Erased, Fate, Redacted, Rules, Verdict};
use crate::sources::Item;

use super::walk::{Progress, Unit, Visitor};

/// A batch is full with so many units,
const FULL_UNITS: usize = 1_000;
/// or with so many bytes.
const FULL_BYTES: usize = 5 << 20;

/// Gathers units into batches and sends them on.
pub(super) struct Batcher {
    units: Vec<Unit>,
    bytes: usize,
    batches: mpsc::Sender<Vec<Unit>>,
    progress: Arc<dyn Fn(Progress) + Send + Sync>,
}

impl Batcher {
    pub(super) fn new(batches: mpsc::Sender<Vec<Unit>>, progress: Arc<dyn Fn(Progress) + Send + Sync>) -> Self {
        Self { units: Vec::new(), bytes: 0, batches, progress }
    }

    /// Sends what is left.
    pub(super) fn finish(mut self) {
        // Nobody listens any more only after an error, which the listener reports.
        let _ = self.send();
    }

    fn send(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.batches.blocking_send(std::mem::take(&mut self.units)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

impl Visitor for Batcher {
    fn unit(&mut self, unit: Unit) -> ControlFlow<()> {
        self.bytes += unit.weight();
        self.units.push(unit);
        if self.units.len() >= FULL_UNITS || self.bytes >= FULL_BYTES { self.send() } else { ControlFlow::Continue(()) }
    }

    fn progress(&mut self, progress: Progress) {
        (self.progress)(progress);
    }
}

/// An interaction that was offered, with the hash of its content.
pub(super) struct Offered {
    /// The file it came from.
    pub path: Arc<str>,
    /// The interaction.
    pub interaction: Interaction,
    /// What other contents of its identity are to it.
    pub versions: Versions,
    /// Who decides its account.
    pub assignment: Assignment,
    /// Hash of its content.
    pub content_hash: [u8; 32],
}

impl Offered {
    /// It without who was erased; `None` when nothing may come back of it. Once somebody is masked its account is for
    /// good: who told it may be gone.
    pub(super) fn without(mut self, erased: &Erased) -> Result<Option<Self>, ArchiveError> {
        let account = self.interaction.account.clone();
        match erased.censor(account.as_ref().map_or("", AccountSlug::as_str), &mut self.interaction) {
            Fate::Gone => Ok(None),
            Fate::Untouched => Ok(Some(self)),
            Fate::Masked => {
                self.content_hash = Archive::content_hash(&self.interaction)?;
                if account.is_some() {
                    self.assignment = Assignment::Stated;
                }
                Ok(Some(self))
            }
        }
    }

    /// A short hash of account and identity.
    pub(super) fn identity(&self) -> u64 {
        let mut hasher = FxHasher::default();
        (&self.interaction.account, &self.interaction.id).hash(&mut hasher);
        hasher.finish()
    }

    /// A short hash of the content.
    pub(super) fn short_hash(&self) -> u64 {
        self.content_hash.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
    }
}

/// A unit after parsing.
pub(super) struct Parsed {
    /// The interaction, if one could be read.
    pub offered: Option<Offered>,
    /// What could not.
    pub problems: Vec<Problem>,
    /// The rule that keeps it out.
    pub excluded: Option<String>,
    /// What was blotted out of it.
    pub redacted: Redacted,
}

impl Parsed {
    fn nothing(problems: Vec<Problem>) -> Self {
        Self { offered: None, problems, excluded: None, redacted: Redacted::new() }
    }

    /// Parses a unit. `account`, when given, is where everything belongs.
    pub(super) fn of(unit: Unit, account: Option<&AccountSlug>, (rules, now): (&Rules, Timestamp)) -> Self {
        let copies = matches!(unit, Unit::Mail(_));
        let (path, item, interaction, mut problems) = match unit {
            Unit::Mail(mail) => {
                let (interaction, problems) = mail.parse();
                (Arc::clone(&mail.path), mail.item(), interaction, problems)
            }
            Unit::Item { path, item: Item::Interaction(interaction) } => {
                (path, interaction.id.clone(), Some(*interaction), Vec::new())
            }
            Unit::Item { path, item: Item::Problem(problem) } => (path, String::new(), None, vec![problem]),
        };
        let Some(mut interaction) = interaction else { return Self::nothing(problems) };
        let Some(sent_at) = interaction.sent_at else {
            problems.push(Problem::new(&*path, item, "has no time (sent_at)"));
            return Self::nothing(problems);
        };
        if rules.is_expired((interaction.kind, &interaction.id), sent_at, now) {
            return Self { excluded: Some("retention".to_owned()), ..Self::nothing(problems) };
        }
        if let Verdict::Excluded(rule) = rules.verdict(&interaction) {
            return Self { excluded: Some(rule), ..Self::nothing(problems) };
        }
        let redacted = rules.redact(&mut interaction);
        if let Some(account) = account {
            interaction.account = Some(account.clone());
        }
        let versions = if copies { Versions::Copies } else { Versions::of(interaction.kind) };
        match Archive::content_hash(&interaction) {
            Ok(content_hash) => Self {
                offered: Some(Offered { path, interaction, versions, assignment: Assignment::Found, content_hash }),
                problems,
                excluded: None,
                redacted,
            },
            Err(error) => {
                problems.push(Problem::new(&*path, item, error.to_string()));
                Self::nothing(problems)
            }
        }
    }
}
