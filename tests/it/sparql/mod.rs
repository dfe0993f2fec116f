//! The SPARQL endpoint over HTTP: its protocol, what nobody sees through it, and what no query can do to it.

mod formats;
mod fresh;
mod hostile;
mod manifest;
mod scope;
mod server;
mod w3c;
