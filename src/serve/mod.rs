//! The service: one process that answers over HTTP, does the waiting jobs, keeps the schedules, and shows what other
//! commands wrote. It ends when it is told to: no request is cut off, no job is lost.

mod follow;
mod listen;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use follow::{follow, stopped, worker};
pub use listen::{AddressError, Exposure, bind};
pub use tls::{Tls, TlsError};

use crate::api::{ApiError, App};
use crate::http::{Gate, Limits, Rate, router};
use crate::mcp;
use crate::model::Reach;
use crate::notify;
use crate::schedule;
use crate::upkeep::retain;
use crate::web::{self, PageSettings};

/// How long requests and jobs may take to end once the service is told to.
const GRACE: Duration = Duration::from_secs(30);

/// How often it is looked for what expired.
const DAY: Duration = Duration::from_hours(24);

/// How a service is run.
#[derive(Clone)]
pub struct Settings {
    /// How often a token may be used.
    pub rate: Rate,
    /// Limits of requests.
    pub limits: Limits,
    /// The certificate, where the service speaks TLS itself.
    pub tls: Option<Tls>,
    /// Which addresses webhooks may have.
    pub reach: Reach,
    /// Names under which clients of the Model Context Protocol reach it, besides those of this machine.
    pub hosts: Vec<String>,
    /// How the pages are made.
    pub pages: PageSettings,
}

/// Why a service ended otherwise than told.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// What a process before it left could not be taken up.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The listener failed.
    #[error("the listener failed: {0}")]
    Listener(#[from] std::io::Error),
}

/// Serves until `stop` is ready, then ends in good order.
pub async fn serve(
    app: App,
    settings: Settings,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    app.take_up_jobs().await?;
    app.stores.archive.forget_unfinished_answers().await.map_err(ApiError::from)?;
    let (gate, log) = Gate::new(&app, settings.rate);
    let token = CancellationToken::new();
    let tasks = tokio_util::task::TaskTracker::new();
    tasks.spawn(follow(app.stores.clone(), Arc::clone(&app.engine), token.clone()));
    tasks.spawn(jobs(app.clone(), token.clone()));
    tasks.spawn(schedules(app.clone(), token.clone()));
    tasks.spawn(tell(app.clone(), settings.reach, token.clone()));
    tasks.spawn(keep_no_longer(app.clone(), token.clone()));
    tasks.close();
    let more = Router::new().merge(mcp::service(&app, Arc::new(mcp::Pooled::new(&app)), &settings.hosts));
    let pages = web::router(&app, &gate, &settings.pages);
    let routes = router(&app, &gate, settings.limits, (more, pages));
    drop(gate);
    let told = {
        let token = token.clone();
        async move {
            stop.await;
            tracing::info!("the service ends");
            token.cancel();
        }
    };
    let served = listen::answer(listener, settings.tls, routes, told, GRACE).await;
    token.cancel();
    if tokio::time::timeout(GRACE, tasks.wait()).await.is_err() {
        tracing::warn!("what was under way did not end in time: it is done again at the next start");
    }
    if let Err(error) = app.stores.archive.hand_back_jobs().await {
        tracing::error!(%error, "jobs cannot be handed back");
    }
    app.sparql.pool.stop().await;
    drop(app);
    // The log ends when nobody can write to it any more.
    let _ = tokio::time::timeout(Duration::from_secs(5), log).await;
    Ok(served?)
}

async fn jobs(app: App, stop: CancellationToken) {
    app.run_jobs(stop).await;
}

async fn tell(app: App, reach: Reach, stop: CancellationToken) {
    let told = notify::run(app.stores.clone(), app.engine.version(), app.hub.clone(), stop, reach).await;
    if let Err(error) = told {
        tracing::error!(%error, "nothing can be told to others");
    }
}

/// Erases once a day what the privacy rules keep no longer.
async fn keep_no_longer(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if app.stores.rules().has_retention() {
            let work = retain(&app.stores, &app.engine, app.clock.now());
            let kept = app.sparql.pool.without_copies(work).await.map_err(ApiError::from);
            if let Err(error) = kept.and_then(|done| Ok(done?)) {
                tracing::error!(%error, "what expired cannot be erased");
            }
            app.forget();
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(DAY) => {}
        }
    }
}

async fn schedules(app: App, stop: CancellationToken) {
    let desk = app.desk();
    schedule::serve(&desk, app.clock.as_ref(), &worker(), stop.cancelled()).await;
}
