//! What a tool is: typed arguments, one call, a typed answer. [`Entry`] is one in the list.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use rmcp::ErrorData;
use rmcp::handler::server::common::schema_for_input;
use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use super::audit::{Ended, Subject};
use super::{Mcp, error, schema};
use crate::access::{Caller, Permission};
use crate::api::ApiError;

/// What a tool does to what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Reads what is known.
    Reads,
    /// Reads what was said, beyond the quotes of facts: it is logged who did.
    ReadsWords,
    /// Adds something; the same again adds nothing.
    AddsOnce,
    /// Adds something each time.
    Adds,
}

/// What a tool is called and what it is for.
pub(super) struct About {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) effect: Effect,
    /// Who has any of these may use it.
    pub(super) permissions: &'static [Permission],
}

/// An answer, and the same in a sentence or as a document.
pub(super) struct Told<T> {
    pub(super) answer: T,
    pub(super) text: String,
}

/// A tool: its arguments, and what it does with them.
pub(super) trait Ask: DeserializeOwned + JsonSchema + Send + 'static {
    /// What it is.
    const ABOUT: About;
    /// What it answers.
    type Answer: Serialize + ToSchema + Send;

    /// The JSON Schema of the answer.
    fn described() -> Arc<JsonObject> {
        schema::of::<Self::Answer>()
    }

    /// Answers.
    fn answer(self, mcp: &Mcp, caller: &Caller) -> impl Future<Output = Result<Told<Self::Answer>, ApiError>> + Send;
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<CallToolResult, ErrorData>> + Send + 'a>>;

/// A tool in the list.
pub(super) struct Entry {
    /// As it is described to clients.
    pub(super) tool: Tool,
    pub(super) about: About,
    call: for<'a> fn(&'a Mcp, &'a Caller, JsonObject) -> Answering<'a>,
}

impl Entry {
    /// The entry of a tool.
    pub(super) fn of<T: Ask>() -> Self {
        let about = T::ABOUT;
        let reads = matches!(about.effect, Effect::Reads | Effect::ReadsWords);
        let annotations = ToolAnnotations::with_title(about.title)
            .read_only(reads)
            .destructive(false)
            .idempotent(about.effect != Effect::Adds)
            .open_world(false);
        // A structure is always described as an object.
        let input = schema_for_input::<T>().unwrap_or_default();
        let tool = Tool::new(about.name, about.description, input)
            .with_title(about.title)
            .with_raw_output_schema(T::described())
            .with_annotations(annotations);
        Self { tool, about, call: |mcp, caller, arguments| Box::pin(call::<T>(mcp, caller, arguments)) }
    }

    /// Says whether a caller may use it.
    pub(super) fn is_for(&self, caller: &Caller) -> bool {
        self.about.permissions.iter().any(|permission| caller.require(*permission).is_ok())
    }

    /// Answers a call.
    #[tracing::instrument(skip_all, fields(tool = self.about.name))]
    pub(super) async fn call(
        &self,
        mcp: &Mcp,
        caller: &Caller,
        arguments: JsonObject,
    ) -> Result<CallToolResult, ErrorData> {
        self.refuse_strays(&arguments)?;
        let subject = Subject::of(&arguments);
        let answered = if self.is_for(caller) {
            (self.call)(mcp, caller, arguments).await
        } else {
            Ok(refused(&format!("a token with the role {} may not do this", caller.token.role.as_str())))
        };
        let went_well = answered.as_ref().is_ok_and(|result| result.is_error != Some(true));
        let ended = if went_well { Ended::Answered } else { Ended::Refused };
        metrics::counter!("baton_mcp_calls_total", "tool" => self.about.name, "outcome" => ended.as_str()).increment(1);
        if self.about.effect != Effect::Reads
            && let Err(failed) = mcp.log(caller, (self.about.name, subject), ended).await
        {
            return Ok(refused(&error::told(&failed)));
        }
        answered
    }

    /// Refuses arguments that the tool does not take.
    fn refuse_strays(&self, arguments: &JsonObject) -> Result<(), ErrorData> {
        let known = self.tool.input_schema.get("properties").and_then(Value::as_object);
        let is_known = |name: &String| known.is_some_and(|known| known.contains_key(name));
        match arguments.keys().find(|name| !is_known(name)) {
            None => Ok(()),
            Some(stray) => {
                let names: Vec<&str> = known.into_iter().flat_map(|known| known.keys().map(String::as_str)).collect();
                let takes = names.join(", ");
                Err(ErrorData::invalid_params(format!("{} takes no {stray}: it takes {takes}", self.about.name), None))
            }
        }
    }
}

/// Reads the arguments, answers, and writes the answer down. What cannot be done is told in a sentence, so that a model
/// can do better.
async fn call<T: Ask>(mcp: &Mcp, caller: &Caller, arguments: JsonObject) -> Result<CallToolResult, ErrorData> {
    let asked: T = match serde_json::from_value(Value::Object(arguments)) {
        Ok(asked) => asked,
        Err(why) => return Ok(refused(&format!("the arguments cannot be used: {why}"))),
    };
    match asked.answer(mcp, caller).await {
        Ok(told) => written(&told).map_err(|failed| ErrorData::internal_error(error::told(&failed), None)),
        Err(why) => Ok(refused(&error::told(&why))),
    }
}

/// The answer as structure, as a sentence, and once more as text for clients that know no structure.
fn written<T: Serialize>(told: &Told<T>) -> Result<CallToolResult, ApiError> {
    // By way of text: the digits of a number are those of the HTTP interface.
    let text = to_text(&told.answer)?;
    let value = serde_json::from_str(&text).map_err(|error| ApiError::Internal(error.to_string()))?;
    let mut result = CallToolResult::structured(value);
    result.content = vec![ContentBlock::text(told.text.clone()), ContentBlock::text(text)];
    Ok(result)
}

/// An answer as JSON.
pub(super) fn to_text<T: Serialize>(answer: &T) -> Result<String, ApiError> {
    serde_json::to_string(answer).map_err(|error| ApiError::Internal(error.to_string()))
}

fn refused(sentence: &str) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(sentence)])
}
