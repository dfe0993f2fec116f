//! The relationship map of an account: what it is made from is read once, and the map is made once for a time, until the
//! account changes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use super::known::Key;
use super::{ApiError, App, When};
use crate::access::Caller;
use crate::archive::Cut;
use crate::ingest;
use crate::map::{self, Asked, Parts, RelationshipMap, difference};
use crate::model::AccountSlug;

/// Maps kept at a time, and how long one is kept that nobody asks for.
const MOST: u64 = 128;
const IDLE: Duration = Duration::from_mins(10);

/// A map holds for so long: what fades meanwhile nobody sees.
const HOLDS: SignedDuration = SignedDuration::from_mins(10);

/// What a map is made from, and the last one that was made of it.
struct Kept {
    parts: Arc<Parts>,
    made: Mutex<Option<Arc<RelationshipMap>>>,
}

/// The maps that were made.
#[derive(Clone)]
pub struct Maps {
    kept: Cache<Key, Arc<Kept>>,
}

impl Default for Maps {
    fn default() -> Self {
        Self { kept: Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build() }
    }
}

impl Maps {
    /// Forgets everything, as an erasure wants it.
    pub fn forget(&self) {
        self.kept.invalidate_all();
    }
}

impl Kept {
    /// The map at a time, made anew where the last one is of another.
    async fn at(&self, as_of: Timestamp) -> Result<Arc<RelationshipMap>, ApiError> {
        let held = self.made.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(held) = held.filter(|held| held.as_of <= as_of && as_of.duration_since(held.as_of) < HOLDS) {
            return Ok(held);
        }
        let made = Arc::new(self.asked(as_of, None).await?);
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
        Ok(made)
    }

    async fn asked(&self, as_of: Timestamp, path_to: Option<String>) -> Result<RelationshipMap, ApiError> {
        let parts = Arc::clone(&self.parts);
        let build = move || map::build_asked(&parts, Asked { as_of, path_to: path_to.as_deref() });
        Ok(tokio::task::spawn_blocking(build).await?)
    }
}

/// The relationship map of an account; with `since`, also what is different from the map of that time.
pub async fn map(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (when, since): (When, Option<Timestamp>),
    path_to: Option<String>,
) -> Result<RelationshipMap, ApiError> {
    caller.require_account(account)?;
    let as_of = app.judged_at(when);
    if since.is_some_and(|since| since > as_of) {
        return Err(ApiError::Unfit("since lies after as_of".to_owned()));
    }
    let kept = kept(app, caller, account, when).await?;
    let mut made = match path_to {
        None if when.as_of.is_some() => RelationshipMap::clone(&*kept.at(as_of).await?),
        // Of now: to the second.
        path_to => kept.asked(as_of, path_to).await?,
    };
    if let Some(since) = since {
        let before = When { as_of: Some(since), ..when };
        let before = self::kept(app, caller, account, before).await?.at(since).await?;
        made.changes = Some(difference(&before, &made));
    }
    Ok(made)
}

/// The relationship map of an account as it is kept, for those who only read it.
pub async fn kept_map(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    when: When,
) -> Result<Arc<RelationshipMap>, ApiError> {
    kept(app, caller, account, when).await?.at(app.judged_at(when)).await
}

/// What maps are made from, within the caller's scope and sight.
async fn kept(app: &App, caller: &Caller, account: &AccountSlug, when: When) -> Result<Arc<Kept>, ApiError> {
    caller.require_account(account)?;
    let mut key = Key::of(app, caller, account, when);
    let parts = if when.as_of.is_some() {
        if let Some(kept) = app.maps.kept.get(&key) {
            return Ok(kept);
        }
        // Nothing else of that time is kept: a walk through the months of a large account would fill the memory.
        let cut = Cut { as_of: when.as_of, known_at: when.known_at, sight: caller.sight() };
        let view = ingest::view(&app.stores, account, app.engine.version(), cut).await?;
        tokio::task::spawn_blocking(move || Ok::<_, ApiError>(map::read(&view.account()?)?)).await??
    } else {
        let known = app.known(caller, account, when).await?;
        // Which readings hold for now is known best there: it is made anew where something lies ahead.
        key.as_of = Some(known.as_of);
        if let Some(kept) = app.maps.kept.get(&key) {
            return Ok(kept);
        }
        known.map_parts().await?
    };
    let kept = Arc::new(Kept { parts: Arc::new(parts), made: Mutex::default() });
    app.maps.kept.insert(key, Arc::clone(&kept));
    Ok(kept)
}
