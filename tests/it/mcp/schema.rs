//! Holds a value against the JSON Schema of a tool: the keywords that our schemas use.

use rmcp::model::Tool;
use serde_json::Value;

/// Fails with the path of the first value that the output schema of the tool does not allow.
pub(crate) fn assert_described(tool: &Tool, answer: &Value) {
    let schema = Value::Object(tool.output_schema.as_ref().unwrap().as_ref().clone());
    if let Err(error) = check(&schema, &schema, answer, "$") {
        panic!("{}: {error}", tool.name);
    }
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(target) = schema["$ref"].as_str() {
        let name = target.strip_prefix("#/$defs/").ok_or_else(|| format!("{target} leads outside"))?;
        let found = root["$defs"].get(name).ok_or_else(|| format!("{target} is not there"))?;
        check(root, found, value, at)?;
    }
    types(schema, value, at)?;
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        return Err(format!("{at} is {value}, not one of {allowed:?}"));
    }
    let list = |name: &str| schema[name].as_array().cloned().unwrap_or_default();
    list("allOf").iter().try_for_each(|part| check(root, part, value, at))?;
    for choice in ["anyOf", "oneOf"] {
        let choices = list(choice);
        let fits = |part: &Value| check(root, part, value, at).is_ok();
        if !choices.is_empty() && !choices.iter().any(fits) {
            return Err(format!("{at} fits none of {choice}: {value}"));
        }
    }
    fields(root, schema, value, at)?;
    let items = value.as_array().filter(|_| schema["items"].is_object()).into_iter().flatten().enumerate();
    items.into_iter().try_for_each(|(place, item)| check(root, &schema["items"], item, &format!("{at}[{place}]")))
}

fn types(schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let is = |name: &Value| match name.as_str().unwrap() {
        "null" => value.is_null(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("{at}: what is {other}?"),
    };
    let fits = match &schema["type"] {
        Value::Null => true,
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    };
    if fits { Ok(()) } else { Err(format!("{at} is no {}: {value}", schema["type"])) }
}

fn fields(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(fields) = value.as_object() else { return Ok(()) };
    for name in schema["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(name.as_str().unwrap()) {
            return Err(format!("{at} has no {name}"));
        }
    }
    let others = &schema["additionalProperties"];
    fields.iter().try_for_each(|(name, field)| match schema["properties"].get(name) {
        Some(part) => check(root, part, field, &format!("{at}.{name}")),
        None if others.is_object() => check(root, others, field, &format!("{at}.{name}")),
        None => Ok(()),
    })
}

#[test]
fn what_does_not_fit_is_found() {
    let schema = serde_json::json!({
        "type": "object", "required": ["name"], "$defs": { "Word": { "type": "string" } },
        "properties": { "name": { "$ref": "#/$defs/Word" }, "many": { "type": ["array", "null"], "items": { "type": "integer" } } },
    });
    let fits = |value: Value| check(&schema, &schema, &value, "$").is_ok();
    assert!(fits(serde_json::json!({ "name": "a", "many": [1, 2] })));
    assert!(fits(serde_json::json!({ "name": "a", "many": null })));
    assert!(!fits(serde_json::json!({ "name": 1 })));
    assert!(!fits(serde_json::json!({ "many": [] })));
    assert!(!fits(serde_json::json!({ "name": "a", "many": ["b"] })));
    assert!(!fits(serde_json::json!(["a"])));
}
