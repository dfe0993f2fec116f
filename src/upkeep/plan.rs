//! What an erasure does to interactions: which go, which are masked, and what is found in those that are.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::archive::{Archive, ArchiveError, Rewritten};
use crate::extract::Engine;
use crate::ingest::{StoreError, Stores, read_all};
use crate::model::{AccountSlug, Interaction};
use crate::privacy::{Erased, Fate, Mark, Marker, Rules};

/// Interactions looked at in one go.
const BATCH: u32 = 2_000;

/// Which interactions go whoever wrote them.
#[derive(Clone)]
pub(super) enum Going {
    /// Only those that bear a mark.
    Marked,
    /// All of an account.
    Account(AccountSlug),
    /// Those whose time is over.
    Expired(Arc<Rules>, Timestamp),
}

impl Going {
    fn takes(&self, interaction: &Interaction) -> bool {
        match self {
            Self::Marked => false,
            Self::Account(account) => interaction.account.as_ref() == Some(account),
            Self::Expired(rules, now) => interaction
                .sent_at
                .is_some_and(|sent_at| rules.is_expired((interaction.kind, &interaction.id), sent_at, *now)),
        }
    }
}

/// What an erasure does to interactions.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) gone: Vec<i64>,
    pub(super) rewritten: Vec<Rewritten>,
    /// Marks that keep away what goes.
    pub(super) marks: Vec<Mark>,
    /// Accounts of which anything goes or is masked.
    pub(super) accounts: BTreeSet<AccountSlug>,
    /// Accounts of which anything stays.
    pub(super) kept: BTreeSet<AccountSlug>,
}

/// What becomes of one interaction.
enum Planned {
    Stays(Option<AccountSlug>),
    Goes(i64, Option<AccountSlug>, Vec<Mark>),
    Masked(i64, Box<Interaction>, [u8; 32]),
}

/// Looks at every interaction of the archive, every version of it.
pub(super) async fn plan(
    stores: &Stores,
    engine: &Arc<dyn Engine>,
    (going, erased, marker): (Going, Erased, Marker),
) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    let mut after = 0;
    loop {
        let batch = stores.archive.stored_after(after, BATCH).await?;
        let Some((last, _)) = batch.last() else { break };
        after = *last;
        let (engine, going, erased, marker) = (Arc::clone(engine), going.clone(), erased.clone(), marker.clone());
        let work = move || {
            let decide = |(row, interaction)| planned(row, interaction, (&going, &erased, &marker));
            let planned: Vec<Planned> = batch.into_par_iter().map(decide).collect::<Result<_, _>>()?;
            Ok::<_, ArchiveError>(Plan::of(planned, engine.as_ref()))
        };
        let part = tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Task(error.to_string()))??;
        plan.add(part);
    }
    Ok(plan)
}

fn planned(
    row: i64,
    mut interaction: Interaction,
    (going, erased, marker): (&Going, &Erased, &Marker),
) -> Result<Planned, ArchiveError> {
    let account = interaction.account.clone();
    let name = account.as_ref().map_or("", AccountSlug::as_str);
    let id = interaction.id.clone();
    let fate = if going.takes(&interaction) { Fate::Gone } else { erased.censor(name, &mut interaction) };
    Ok(match fate {
        Fate::Untouched => Planned::Stays(account),
        // Also while it has no account: the keys that told which one it is may be gone with it.
        Fate::Gone => {
            let marks = vec![marker.interaction(name, &id), marker.interaction("", &id)];
            Planned::Goes(row, account, marks)
        }
        Fate::Masked => {
            let hash = Archive::content_hash(&interaction)?;
            Planned::Masked(row, Box::new(interaction), hash)
        }
    })
}

impl Plan {
    fn of(planned: Vec<Planned>, engine: &dyn Engine) -> Self {
        let mut plan = Self::default();
        let (mut places, mut masked) = (Vec::new(), Vec::new());
        for one in planned {
            match one {
                Planned::Stays(account) => plan.kept.extend(account),
                Planned::Goes(row, account, marks) => {
                    plan.gone.push(row);
                    plan.marks.extend(marks);
                    plan.accounts.extend(account);
                }
                Planned::Masked(row, interaction, hash) => {
                    plan.accounts.extend(interaction.account.clone());
                    plan.kept.extend(interaction.account.clone());
                    places.push((row, hash));
                    masked.push(*interaction);
                }
            }
        }
        let findings = read_all(engine, &masked);
        let rewritten =
            places.into_iter().zip(masked).zip(findings).map(|(((row, content_hash), interaction), findings)| {
                Rewritten { row, interaction, content_hash, findings: findings.unwrap_or_default() }
            });
        plan.rewritten = rewritten.collect();
        plan
    }

    fn add(&mut self, part: Self) {
        self.gone.extend(part.gone);
        self.rewritten.extend(part.rewritten);
        self.marks.extend(part.marks);
        self.accounts.extend(part.accounts);
        self.kept.extend(part.kept);
    }
}
