//! Makes the graph anew beside the old one and swaps the two: nothing of the old one is left on disk.

use std::time::Duration;

use jiff::Timestamp;

use crate::archive::ProjectionState;
use crate::graph::GraphStore;

use super::project::{blocking, project};
use super::sweep::{old_graphs, sweep};
use super::{StoreError, Stores};

/// How long readers of the old graph are waited for before its files go; on Linux they read on from what is gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes the graph of every account in the folder that the archive names, puts it in the place of the old one for all
/// handles, takes the old one off the disk, and scrubs the archive. Who reads meanwhile reads the old one to the end.
#[tracing::instrument(skip_all)]
pub async fn renew(stores: &Stores, engine: &str, now: Timestamp) -> Result<(), StoreError> {
    if stores.is_beside() {
        return Err(StoreError::Beside);
    }
    let _one_at_a_time = stores.projecting.lock().await;
    let folder = stores.archive.graph_folder().await?;
    let path = stores.home().map(|home| home.join(&folder));
    let fresh = blocking(move || path.map_or_else(GraphStore::in_memory, |path| GraphStore::open(&path))).await??;
    let mut anew = stores.clone();
    anew.graph = fresh.clone();
    for (account, _) in stores.archive.accounts().await? {
        project(&anew, &account, engine, (ProjectionState::Projecting, now)).await?;
    }
    let mut changed = stores.graph.accounts()?;
    changed.extend(fresh.accounts()?);
    let graph = stores.graph.clone();
    let is_closed = blocking(move || graph.replace(&fresh, PATIENCE)).await?;
    if !is_closed {
        tracing::warn!("the old graph is still read; its files go all the same");
    }
    for account in &changed {
        stores.changed(account);
    }
    if let Some(home) = stores.home() {
        old_graphs(home, &folder)?;
        sweep(&stores.archive, home).await?;
    } else {
        stores.archive.scrub().await?;
    }
    Ok(())
}
