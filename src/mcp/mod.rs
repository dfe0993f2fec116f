//! The Model Context Protocol: tools, resources and prompts over the same answers as the HTTP interface, within the
//! same scopes. Over HTTP ([`service`]) each request has its own caller; on standard input ([`serve_stdio`]) the
//! process has one. Whatever a customer wrote is data here: it is delivered in fields, never as instructions.

mod arguments;
mod audit;
mod caller;
mod error;
mod prompts;
mod resources;
mod schema;
mod server;
mod sparql;
mod tool;
mod tools;
mod transport;

use std::sync::Arc;

pub use caller::Who;
pub use sparql::{InProcess, Pooled, Running, SparqlAnswer, SparqlRunner};
pub use transport::{StdioError, serve_stdio, service};

use crate::api::App;

/// A server of the protocol. Cheap to clone.
#[derive(Clone)]
pub struct Mcp {
    /// What answers are made from.
    app: App,
    /// Who answers queries.
    sparql: Arc<dyn SparqlRunner>,
    /// Whose the questions are.
    who: Who,
    tools: Arc<[tool::Entry]>,
}

impl Mcp {
    /// A server.
    pub fn new(app: App, sparql: Arc<dyn SparqlRunner>, who: Who) -> Self {
        Self { app, sparql, who, tools: tools::all().into() }
    }
}
