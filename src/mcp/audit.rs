//! The log of what was read and written over the protocol, beside that of the HTTP interface.

use rmcp::model::JsonObject;
use serde_json::Value;

use super::Mcp;
use crate::access::Caller;
use crate::api::ApiError;
use crate::archive::AuditEntry;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// With an answer.
    Answered,
    /// With a refusal.
    Refused,
}

impl Ended {
    pub(super) fn of<T, E>(outcome: &Result<T, E>) -> Self {
        if outcome.is_ok() { Self::Answered } else { Self::Refused }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
        }
    }
}

/// What a request was about: an account and a thing, never any words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) account: String,
    pub(super) thing: String,
}

impl Subject {
    /// What the arguments of a tool name.
    pub(super) fn of(arguments: &JsonObject) -> Self {
        let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let thing = ["evidence", "handoff", "type"].into_iter().map(text).find(|text| !text.is_empty());
        Self { account: text("account"), thing: thing.unwrap_or_default() }
    }
}

impl Mcp {
    /// Logs a request, and returns when that is on disk.
    pub(super) async fn log(
        &self,
        caller: &Caller,
        (action, subject): (&str, Subject),
        ended: Ended,
    ) -> Result<(), ApiError> {
        let entry = AuditEntry {
            row: 0,
            at: self.app.clock.now(),
            token: caller.token.id.clone(),
            by: caller.token.name.clone(),
            action: format!("MCP {action} {}", ended.as_str()),
            account: subject.account,
            subject: subject.thing,
        };
        Ok(self.app.stores.archive.add_audit(&[entry]).await?)
    }
}
