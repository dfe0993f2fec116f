//! The JSON Schema of an answer: the one that the HTTP interface is described by, self-contained.

use std::sync::Arc;

use rmcp::model::JsonObject;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Where the description of the HTTP interface keeps schemas, and where a schema of its own does.
const COMPONENTS: &str = "#/components/schemas/";
const DEFS: &str = "#/$defs/";

/// The schema of a type. Its root says `object`: clients of before 2026 want it there.
pub(super) fn of<T: ToSchema>() -> Arc<JsonObject> {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    let mut root = moved(serde_json::to_value(T::schema()).unwrap_or_default());
    let defs: JsonObject =
        parts.into_iter().map(|(name, part)| (name, moved(serde_json::to_value(part).unwrap_or_default()))).collect();
    if let Some(root) = root.as_object_mut() {
        root.insert("type".to_owned(), json!("object"));
        if !defs.is_empty() {
            root.insert("$defs".to_owned(), Value::Object(defs));
        }
    }
    match root {
        Value::Object(root) => Arc::new(root),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Arc::default(),
    }
}

/// The schema with its references pointing within itself.
fn moved(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| match value {
                    Value::String(target) if name == "$ref" => (name, json!(target.replacen(COMPONENTS, DEFS, 1))),
                    value => (name, moved(value)),
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(moved).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{AccountBrief, Page};
    use crate::model::Fact;

    #[test]
    fn every_reference_is_within() {
        let check = |schema: Arc<JsonObject>| {
            let text = serde_json::to_string(&schema).unwrap();
            assert!(!text.contains(COMPONENTS), "{text}");
            for target in text.split(DEFS).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(schema["$defs"].get(target).is_some(), "{target} is not there: {text}");
            }
        };
        check(of::<Page<Fact>>());
        check(of::<AccountBrief>());
        check(of::<crate::map::RelationshipMap>());
    }
}
