//! What was read from the graphs, kept until they change. Reading an account costs milliseconds, and most requests ask
//! for what was asked for before.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use serde::Deserialize;

use super::{AccountDetail, ApiError, App};
use crate::access::Caller;
use crate::archive::Cut;
use crate::graph::{AccountGraph, GraphError};
use crate::ingest::{self, View, view};
use crate::map::Parts;
use crate::model::{AccountSlug, Change, Evidence, Fact, FactKind, InteractionNode, Sight, Stakeholder, UsagePoint};
use crate::search::{Hit, Meanings, Query, Searchable};

/// Accounts kept at a time, and how long one is kept that nobody asks for.
const MOST: u64 = 256;
const IDLE: Duration = Duration::from_mins(10);

/// How far back changes are told.
const NEWS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Which time an answer is for.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct When {
    /// Answer as if today were this time: a date (its end, UTC) or a time.
    #[serde(default, deserialize_with = "super::time::some_end")]
    #[param(value_type = Option<crate::api::time::DateOrTime>, inline)]
    pub as_of: Option<Timestamp>,
    /// Only what Baton had recorded by this time.
    #[serde(default, deserialize_with = "super::time::some_end")]
    #[param(value_type = Option<crate::api::time::DateOrTime>, inline)]
    pub known_at: Option<Timestamp>,
}

/// What was read of which account: for whom, at which writing of its graph, for which time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    account: AccountSlug,
    sight: Sight,
    generation: u64,
    pub(super) as_of: Option<Timestamp>,
    known_at: Option<Timestamp>,
}

impl Key {
    /// What a caller may see of an account now, for a time.
    pub(super) fn of(app: &App, caller: &Caller, account: &AccountSlug, when: When) -> Self {
        Self {
            account: account.clone(),
            sight: caller.sight(),
            generation: app.stores.generation(account),
            as_of: when.as_of,
            known_at: when.known_at,
        }
    }
}

/// What is known of an account at a time, as far as a caller may see it.
pub struct Known {
    /// The time that it is judged at.
    pub as_of: Timestamp,
    account: AccountSlug,
    cut: Cut,
    /// Whether a time was asked for; else it is now, whenever that is.
    is_past: bool,
    view: View,
    last_said: Option<Timestamp>,
    detail: OnceLock<AccountDetail>,
    facts: OnceLock<Vec<Fact>>,
    searchable: OnceLock<Arc<Searchable>>,
    people: OnceLock<Vec<Stakeholder>>,
    people_in_brief: OnceLock<Vec<Stakeholder>>,
    interactions: OnceLock<Vec<InteractionNode>>,
    usage: OnceLock<Vec<(UsagePoint, Evidence)>>,
    /// What changed of late, with the hour in which that was found.
    changes: tokio::sync::Mutex<Option<(i64, Arc<Vec<Change>>)>>,
}

/// What was read from the graphs.
#[derive(Clone)]
pub struct KnownAccounts {
    kept: Cache<Key, Arc<Known>>,
}

impl Default for KnownAccounts {
    fn default() -> Self {
        Self { kept: Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build() }
    }
}

impl KnownAccounts {
    /// Forgets everything, as an erasure wants it.
    pub fn forget(&self) {
        self.kept.invalidate_all();
    }
}

impl App {
    /// What is known of an account, within the caller's scope and sight.
    pub async fn known(&self, caller: &Caller, account: &AccountSlug, when: When) -> Result<Arc<Known>, ApiError> {
        caller.require_account(account)?;
        let now = self.clock.now();
        let mut key = Key::of(self, caller, account, when);
        if let Some(known) = self.known.kept.get(&key)
            && (when.as_of.is_some() || known.last_said.is_none_or(|last| last <= now))
        {
            return Ok(known);
        }
        let last_said = self.stores.archive.last_said(account).await?;
        let lies_ahead = when.as_of.is_none() && last_said.is_some_and(|last| last > now);
        if lies_ahead {
            // Something is said at a time to come, such as in a calendar: the answer holds for this minute.
            key.as_of = Some(minute(now));
            if let Some(known) = self.known.kept.get(&key) {
                return Ok(known);
            }
        }
        let as_of = when.as_of.or(key.as_of).unwrap_or(now);
        let cut = Cut { as_of: Some(as_of), known_at: when.known_at, sight: caller.sight() };
        let view = view(&self.stores, account, self.engine.version(), cut).await?;
        let known = Arc::new(Known {
            as_of,
            account: account.clone(),
            cut,
            is_past: when.as_of.is_some(),
            view,
            last_said,
            detail: OnceLock::new(),
            facts: OnceLock::new(),
            searchable: OnceLock::new(),
            people: OnceLock::new(),
            people_in_brief: OnceLock::new(),
            interactions: OnceLock::new(),
            usage: OnceLock::new(),
            changes: tokio::sync::Mutex::default(),
        });
        self.known.kept.insert(key, Arc::clone(&known));
        Ok(known)
    }

    /// The time that answers are judged at.
    pub fn judged_at(&self, when: When) -> Timestamp {
        when.as_of.unwrap_or_else(|| self.clock.now())
    }
}

/// The beginning of the minute after a time, which has everything that was said by it.
fn minute(now: Timestamp) -> Timestamp {
    let into = now.as_second().rem_euclid(60);
    now.checked_add(SignedDuration::from_secs(60 - into)).unwrap_or(now)
}

impl Known {
    /// The account.
    pub fn account(&self) -> &AccountSlug {
        &self.account
    }

    /// The graph it is read from.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What structured sources say of it and how much was read; read once.
    pub async fn detail(self: &Arc<Self>) -> Result<&AccountDetail, ApiError> {
        if self.detail.get().is_none() {
            let read = self.read(AccountDetail::read).await?;
            let _ = self.detail.set(read);
        }
        self.detail.get().ok_or_else(|| ApiError::Internal("an account was read and is not there".to_owned()))
    }

    /// The facts, by time of first evidence, then by identity; read once.
    pub async fn facts(self: &Arc<Self>) -> Result<&[Fact], ApiError> {
        if self.facts.get().is_none() {
            let known = Arc::clone(self);
            let read = tokio::task::spawn_blocking(move || {
                let records = known.view.account()?.facts(None)?;
                let mut facts: Vec<Fact> = records.into_iter().map(|record| record.fact).collect();
                facts.sort_by_cached_key(super::facts::key);
                Ok::<_, ApiError>(facts)
            });
            let _ = self.facts.set(read.await??);
        }
        Ok(self.facts.get().map_or(&[], Vec::as_slice))
    }

    /// What searching its facts needs; made once.
    pub(super) async fn searchable(self: &Arc<Self>, app: &App) -> Result<Arc<Searchable>, ApiError> {
        if let Some(made) = self.searchable.get() {
            return Ok(Arc::clone(made));
        }
        self.facts().await?;
        let stored = if app.meanings.is_there() {
            ingest::meanings(&app.stores, &self.account, app.engine.version(), self.cut).await?
        } else {
            HashMap::new()
        };
        let known = Arc::clone(self);
        let index = move || Searchable::of(known.facts.get().map_or(&[], Vec::as_slice), &stored);
        let made = Arc::new(tokio::task::spawn_blocking(index).await?);
        Ok(Arc::clone(self.searchable.get_or_init(|| made)))
    }

    /// The facts that match, best first. It blocks.
    pub(super) fn search(&self, searchable: &Searchable, query: Query<'_>, model: &Meanings) -> Vec<Hit> {
        searchable.search(self.facts.get().map_or(&[], Vec::as_slice), query, model)
    }

    /// The people, most influential first; read once.
    pub async fn people(self: &Arc<Self>) -> Result<&[Stakeholder], ApiError> {
        if self.people.get().is_none() {
            let known = Arc::clone(self);
            let read = tokio::task::spawn_blocking(move || {
                let mut people = known.view.account()?.stakeholders()?;
                people.sort_by_cached_key(super::people::key);
                Ok::<_, ApiError>(people)
            });
            let _ = self.people.set(read.await??);
        }
        Ok(self.people.get().map_or(&[], Vec::as_slice))
    }

    /// The people without history, grounds and words, most influential first; read once.
    pub async fn people_in_brief(self: &Arc<Self>) -> Result<&[Stakeholder], ApiError> {
        if let Some(whole) = self.people.get() {
            return Ok(whole);
        }
        if self.people_in_brief.get().is_none() {
            let read = self.read(|graph| {
                let mut people = graph.stakeholders_in_brief()?;
                people.sort_by_cached_key(super::people::key);
                Ok(people)
            });
            let _ = self.people_in_brief.set(read.await?);
        }
        Ok(self.people_in_brief.get().map_or(&[], Vec::as_slice))
    }

    /// What a map is made from; only what was not read before is read.
    pub(super) async fn map_parts(self: &Arc<Self>) -> Result<Parts, ApiError> {
        let commitments = self.read(|graph| graph.facts(Some(FactKind::Commitment)));
        let (people, interactions, commitments) =
            tokio::try_join!(self.people_in_brief(), self.interactions(), commitments)?;
        let (people, interactions) = (people.to_vec(), interactions.to_vec());
        Ok(Parts { account: self.account.clone(), people, interactions, commitments })
    }

    /// The interactions, by time; read once.
    pub async fn interactions(self: &Arc<Self>) -> Result<&[InteractionNode], ApiError> {
        if self.interactions.get().is_none() {
            let known = Arc::clone(self);
            let read = tokio::task::spawn_blocking(move || Ok::<_, ApiError>(known.view.account()?.interactions()?));
            let _ = self.interactions.set(read.await??);
        }
        Ok(self.interactions.get().map_or(&[], Vec::as_slice))
    }

    /// The usage figures, by metric and date; read once.
    pub async fn usage(self: &Arc<Self>) -> Result<&[(UsagePoint, Evidence)], ApiError> {
        if self.usage.get().is_none() {
            let known = Arc::clone(self);
            let read = tokio::task::spawn_blocking(move || Ok::<_, ApiError>(known.view.account()?.usage()?));
            let _ = self.usage.set(read.await??);
        }
        Ok(self.usage.get().map_or(&[], Vec::as_slice))
    }

    /// What changed in the 30 days before, the most severe first. It is found anew every hour: promises fall due and
    /// people fall silent while nothing is said.
    pub async fn changes(&self, app: &App) -> Result<Arc<Vec<Change>>, ApiError> {
        let until = self.cut.as_of.filter(|_| self.is_past).unwrap_or_else(|| app.clock.now());
        let hour = until.as_second() / 3_600;
        let mut found = self.changes.lock().await;
        if let Some((of, changes)) = found.as_ref()
            && *of == hour
        {
            return Ok(Arc::clone(changes));
        }
        let (engine, known) = (app.engine.version(), (self.cut.known_at, self.cut.sight));
        let mut changes = ingest::changes(&app.stores, &self.account, engine, (until - NEWS, until), known).await?;
        changes.sort_by(|a, b| b.severity.cmp(&a.severity).then(b.at.cmp(&a.at)));
        let changes = Arc::new(changes);
        *found = Some((hour, Arc::clone(&changes)));
        Ok(changes)
    }

    /// Reads something else of the graph.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&AccountGraph<'_>) -> Result<T, GraphError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let known = Arc::clone(self);
        tokio::task::spawn_blocking(move || Ok(read(&known.view.account()?)?)).await?
    }
}
