//! The address that the service listens on, and answering on it.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

use crate::http::Peer;

use super::tls::{Tls, TlsListener};

/// Who can reach the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// This machine alone, unless the service speaks TLS.
    Guarded,
    /// Whoever the network lets through: something before the service speaks TLS.
    Told,
}

/// Why an address cannot be listened on.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// Others could read what goes over the wire.
    #[error(
        "{0} can be reached from other machines and there is no TLS: give --tls-cert and --tls-key, or --insecure when \
         something before it speaks TLS"
    )]
    Open(SocketAddr),
    /// The system refuses.
    #[error("cannot listen on {address}")]
    System {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Listens on an address, when nobody else could read what goes over it.
pub async fn bind(address: SocketAddr, has_tls: Option<&Tls>, exposure: Exposure) -> Result<TcpListener, AddressError> {
    if !address.ip().is_loopback() && has_tls.is_none() && exposure == Exposure::Guarded {
        return Err(AddressError::Open(address));
    }
    TcpListener::bind(address).await.map_err(|source| AddressError::System { address, source })
}

/// Answers until `stop` is ready and every request that was begun has its answer, or `grace` has passed.
pub(super) async fn answer(
    listener: TcpListener,
    tls: Option<Tls>,
    routes: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    grace: Duration,
) -> std::io::Result<()> {
    let (told, is_told) = tokio::sync::oneshot::channel();
    let stop = async move {
        stop.await;
        let _ = told.send(());
    };
    let service = routes.into_make_service_with_connect_info::<Peer>();
    let served = async move {
        match tls {
            None => axum::serve(listener, service).with_graceful_shutdown(stop).await,
            Some(tls) => axum::serve(TlsListener::new(listener, tls), service).with_graceful_shutdown(stop).await,
        }
    };
    let too_long = async move {
        // Without a word the service goes on.
        if is_told.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(grace).await;
    };
    tokio::select! {
        ended = served => ended,
        () = too_long => {
            tracing::warn!("connections were cut off: they did not end in time");
            Ok(())
        }
    }
}
