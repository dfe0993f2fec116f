//! Shows what other commands wrote into the archive while the service has the graph, and when the service ends.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::extract::Engine;
use crate::ingest::{Stores, project_pending};

/// How often the archive is looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Brings the graph up to the archive again and again, until `stop`.
pub async fn follow(stores: Stores, engine: Arc<dyn Engine>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = project_pending(&stores, engine.version(), Timestamp::now()).await {
            tracing::error!(%error, "the graph cannot be brought up to the archive");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Listens, from now on, to the program being asked to stop. What is returned is ready when it is.
pub fn stopped() -> std::io::Result<impl Future<Output = ()> + Send> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            // Without a handler the system's own way to end the program is left.
            let _ = tokio::signal::ctrl_c().await;
        })
    }
}

/// A name that no other process has.
pub fn worker() -> String {
    format!("{}-{}", std::process::id(), Timestamp::now().as_nanosecond())
}
