//! The two ways in: streamable HTTP and standard input and output.

use std::sync::Arc;

use axum::Router;
use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService, stdio};

use super::{Mcp, SparqlRunner, Who};
use crate::api::App;

/// Names that only this machine has.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Most bytes of a message.
const MOST_BYTES: usize = 1 << 20;

/// Why the protocol on standard input ended otherwise than told.
#[derive(Debug, thiserror::Error)]
pub enum StdioError {
    /// The client did not say hello as it must.
    #[error("the client does not speak the protocol: {0}")]
    Hello(#[from] Box<ServerInitializeError>),
    /// The task was lost.
    #[error("the task was lost: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// The route `/mcp`, to stand behind the gate. Every request stands alone: there is no session to keep or to steal.
/// Only requests sent to `hosts` or to this machine by its own name are answered, and browsers only from pages of
/// these: a page that was made to point here by its name gets nothing.
pub fn service(app: &App, sparql: Arc<dyn SparqlRunner>, hosts: &[String]) -> Router {
    let hosts: Vec<String> = LOOPBACK.into_iter().map(str::to_owned).chain(hosts.iter().cloned()).collect();
    let config = StreamableHttpServerConfig::default()
        .with_allowed_origins(origins(&hosts))
        .with_allowed_hosts(hosts)
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(MOST_BYTES);
    let mcp = Mcp::new(app.clone(), sparql, Who::Request);
    let service = StreamableHttpService::new(move || Ok(mcp.clone()), Arc::new(NeverSessionManager::default()), config);
    Router::new().route_service("/mcp", service)
}

/// The origins of pages of these hosts, on any port.
fn origins(hosts: &[String]) -> Vec<String> {
    let bare = |host: &String| {
        let name = host.trim_start_matches('[');
        let name = if name.matches(':').count() > 1 { name.split(']').next() } else { name.split(':').next() };
        name.map(|name| if name.contains(':') { format!("[{name}]") } else { name.to_owned() })
    };
    let of = |host: String| [format!("http://{host}:*"), format!("https://{host}:*")];
    hosts.iter().filter_map(bare).flat_map(of).collect()
}

/// Speaks the protocol on standard input and output until the input ends.
pub async fn serve_stdio(mcp: Mcp) -> Result<(), StdioError> {
    let running = mcp.serve(stdio()).await;
    match running {
        Ok(running) => {
            running.waiting().await?;
            Ok(())
        }
        // A client that went away before it said anything wanted nothing.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(Box::new(error).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_origins() {
        let check = |host: &str, expected: &str| assert_eq!(origins(&[host.to_owned()])[0], expected, "{host}");
        check("localhost", "http://localhost:*");
        check("baton.vendor.example:8443", "http://baton.vendor.example:*");
        check("::1", "http://[::1]:*");
        check("[::1]:8080", "http://[::1]:*");
    }
}
