//! The Model Context Protocol over both transports, asked by the client of the official SDK.

mod answers;
mod schema;
mod sight;
mod stdio;
mod wire;
mod writing;

use std::num::NonZeroU32;

use baton::http::{Limits, Rate};
use baton::serve::{Settings, serve};
use baton::web::{PageSettings, Transport};
use rmcp::ServiceExt as _;
use rmcp::model::{CallToolRequestParams, CallToolResult, ReadResourceRequestParams, ResourceContents};
use rmcp::service::{RoleClient, RunningService};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::http::Service;

/// A client of the SDK.
pub(crate) type Client = RunningService<RoleClient, ()>;

/// A service on a port of its own, over the accounts and tokens of [`Service`].
pub(crate) struct Live {
    pub(crate) service: Service,
    pub(crate) web: reqwest::Client,
    address: String,
    stop: CancellationToken,
}

impl Live {
    pub(crate) async fn start() -> Self {
        // Another test may have done it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let service = Service::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let rate = Rate { per_second: NonZeroU32::new(10_000).unwrap() };
        let settings = Settings {
            rate,
            limits: Limits::default(),
            tls: None,
            reach: baton::model::Reach::Public,
            hosts: Vec::new(),
            pages: PageSettings { transport: Transport::Plain, folder: None },
        };
        let stop = CancellationToken::new();
        tokio::spawn(serve(service.app.clone(), settings, listener, stop.clone().cancelled_owned()));
        Self { service, web: reqwest::Client::new(), address, stop }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub(crate) fn transport(&self, token: &str) -> StreamableHttpClientTransport<reqwest::Client> {
        let config = StreamableHttpClientTransportConfig::with_uri(self.url("/mcp"));
        StreamableHttpClientTransport::from_config(config.auth_header(self.service.secret(token)))
    }

    /// A client that asks as the bearer of a token.
    pub(crate) async fn client(&self, token: &str) -> Client {
        ().serve(self.transport(token)).await.unwrap()
    }

    /// What the HTTP interface answers.
    pub(crate) async fn get(&self, token: &str, path: &str) -> Value {
        let answer = self.web.get(self.url(path)).bearer_auth(self.service.secret(token)).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Calls a tool.
pub(crate) async fn call(client: &Client, tool: &str, arguments: Value) -> CallToolResult {
    let request = CallToolRequestParams::new(tool.to_owned());
    let request = request.with_arguments(arguments.as_object().unwrap().clone());
    client.call_tool(request).await.unwrap_or_else(|error| panic!("{tool}: {error}"))
}

/// The structure of an answer.
pub(crate) async fn ask(client: &Client, tool: &str, arguments: Value) -> Value {
    let result = call(client, tool, arguments).await;
    assert_ne!(result.is_error, Some(true), "{tool}: {}", sentence(&result));
    result.structured_content.unwrap()
}

/// The sentence of a refusal.
pub(crate) async fn refused(client: &Client, tool: &str, arguments: Value) -> String {
    let result = call(client, tool, arguments).await;
    assert_eq!(result.is_error, Some(true), "{tool}: {:?}", result.structured_content);
    sentence(&result)
}

/// The first text of an answer.
pub(crate) fn sentence(result: &CallToolResult) -> String {
    result.content[0].as_text().unwrap().text.clone()
}

/// The text of a resource.
pub(crate) async fn read(client: &Client, uri: &str) -> Result<String, String> {
    let read = client.read_resource(ReadResourceRequestParams::new(uri)).await.map_err(|error| error.to_string())?;
    let ResourceContents::TextResourceContents { text, .. } = read.contents[0].clone() else {
        panic!("{uri}: no text")
    };
    Ok(text)
}
