//! The JSON Schema of an answer: the one that the HTTP interface is described by, self-contained.

use std::sync::Arc;

use rmcp::model::JsonObject;
use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema as _, ToSchema};

use crate::api::Page;

/// Where the description of the HTTP interface keeps schemas, and where a schema of its own does.
const COMPONENTS: &str = "#/components/schemas/";
const DEFS: &str = "#/$defs/";

/// The schema of a type.
pub(super) fn of<T: ToSchema>() -> Arc<JsonObject> {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    whole(&T::schema(), &parts)
}

/// The schema of a page of items: of itself a page does not say what its items are.
pub(super) fn page_of<T: ToSchema>() -> Arc<JsonObject> {
    let mut parts = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut parts);
    whole(&Page::<T>::schema(), &parts)
}

/// One schema with its parts in it. Its root says `object`: clients of before 2026 want it there.
fn whole(root: &RefOr<Schema>, parts: &[(String, RefOr<Schema>)]) -> Arc<JsonObject> {
    let written = |schema: &RefOr<Schema>| moved(serde_json::to_value(schema).unwrap_or_default());
    let Value::Object(mut root) = written(root) else { return Arc::default() };
    let defs: JsonObject = parts.iter().map(|(name, part)| (name.clone(), written(part))).collect();
    root.insert("type".to_owned(), json!("object"));
    if !defs.is_empty() {
        root.insert("$defs".to_owned(), Value::Object(defs));
    }
    Arc::new(root)
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
    use crate::api::AccountBrief;
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
        check(page_of::<Fact>());
        check(of::<AccountBrief>());
        check(of::<crate::map::RelationshipMap>());
    }
}
