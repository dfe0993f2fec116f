//! The sheet of a handoff. What its document would say now is kept until its account changes: composing it anew for every
//! look costs a second where an account is large.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;

use super::{ApiError, App};
use crate::model::{Handoff, HandoffState, Iri};
use crate::review::{Reference, Sheet, known, reread, written};

/// Documents kept at a time, and how long one is kept that nobody asks for.
const MOST: u64 = 256;
const IDLE: Duration = Duration::from_mins(10);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    document: Iri,
    state: HandoffState,
    /// How often the graph of its account was written.
    generation: u64,
}

/// What documents would say now. Cheap to clone.
#[derive(Clone)]
pub struct Rereadings {
    kept: Cache<Key, Arc<Handoff>>,
}

impl Default for Rereadings {
    fn default() -> Self {
        Self { kept: Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build() }
    }
}

impl Rereadings {
    /// Forgets everything, as an erasure wants it.
    pub(super) fn forget(&self) {
        self.kept.invalidate_all();
    }
}

/// The sheet of the handoff of a document, for a caller who may see all of it.
pub async fn sheet(app: &App, document: &Iri) -> Result<Sheet, ApiError> {
    let desk = app.desk();
    let (process, stored) = known(&desk, &Reference::Document(document.clone())).await?;
    let generation = app.stores.generation(&process.account);
    let key = Key { document: stored.id.clone(), state: process.state, generation };
    let kept = app.rereadings.kept.get(&key);
    let now = if let Some(kept) = kept {
        kept
    } else {
        let now = Arc::new(reread(&desk, &process, &stored).await?);
        app.rereadings.kept.insert(key, Arc::clone(&now));
        now
    };
    Ok(written(&desk, process, (&stored, &now)).await?)
}
