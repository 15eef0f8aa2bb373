//! The JSON Schema of a scenario file, made from the table of keys.

use serde_json::{Map, Value, json};

use super::keys::{Field, Kind, POLICIES, Presence, Scalar, policy_fields, root};

/// JSON Schema (2020-12) of a scenario file, for editors that complete and check while typing.
///
/// Nothing is `required` in it: whatever a file leaves out may stand in the file that it extends.
#[must_use]
pub fn json_schema() -> Value {
    let Value::Object(mut whole) = object(root()) else { return Value::Null };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!("A noaber scenario"));
    schema.append(&mut whole);
    Value::Object(schema)
}

fn object(fields: &[Field]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn property(field: &Field) -> Value {
    let mut schema = match field.kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Number(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Kind::Choice(choices) => json!({ "type": "string", "enum": choices() }),
        Kind::Choices(choices) => json!({ "type": "array", "items": { "enum": choices() } }),
        Kind::Reference(section) => {
            json!({ "type": "string", "$comment": format!("a name under [{}]", section.key()) })
        }
        Kind::Table(fields) | Kind::Shares(fields) => object(fields),
        Kind::Elements(fields) => elements(&object(fields)),
        Kind::Policies => elements(&policy()),
        Kind::Open => json!({ "type": "object" }),
    };
    let needed = match field.presence {
        Presence::Required => " (required, here or in the file this one extends)",
        Presence::ByKind => " (default by kind)",
        Presence::Optional | Presence::Default(_) => "",
    };
    if let Value::Object(map) = &mut schema {
        map.insert("description".to_owned(), json!(format!("{}{needed}", field.meaning)));
        if let Presence::Default(scalar) = field.presence {
            map.insert("default".to_owned(), default(scalar));
        }
    }
    schema
}

fn default(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Text(text) => json!(text),
        Scalar::Whole(number) => json!(number),
        Scalar::Number(number) => json!(number),
        Scalar::Flag(flag) => json!(flag),
    }
}

/// Named tables.
fn elements(element: &Value) -> Value {
    json!({ "type": "object", "propertyNames": { "pattern": "^[A-Za-z0-9_-]+$" }, "additionalProperties": element })
}

/// One policy: the keys of all kinds together, narrowed by `kind` where the file says it.
fn policy() -> Value {
    let mut properties = Map::new();
    let mut narrowings = Vec::new();
    for (kind, meaning, _) in POLICIES {
        let fields = policy_fields(kind).unwrap_or_default();
        let own: Vec<&str> = fields.iter().map(|field| field.name).collect();
        for field in &fields {
            // Kinds that share a name for a key mean the same by it, so the first description serves.
            properties.entry(field.name).or_insert_with(|| property(field));
        }
        narrowings.push(json!({
            "if": { "properties": { "kind": { "const": kind } }, "required": ["kind"] },
            "then": { "propertyNames": { "enum": own }, "description": meaning },
        }));
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false, "allOf": narrowings })
}
