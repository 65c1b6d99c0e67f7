//! JSON Schemas, from the declarations.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{ALL, Content, Form, Leaf, Occurs, Shape};

/// The JSON Schema (2020-12) of the documents of that name as JSON, as the text of `kaigo-core/schema`; `None` where there
/// is none. Provisional, as the names are.
///
/// It describes the form of each member: what members say together is not in it, and an Individual Number is refused by
/// reading alone.
pub fn schema(name: &str) -> Option<String> {
    let shape = ALL.iter().find(|shape| shape.name == name)?;
    let mut definitions = BTreeMap::new();
    schemas_of(shape, "#/$defs/", &mut definitions);
    for definition in definitions.values_mut() {
        definition["additionalProperties"] = json!(false);
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:kaigo:schema:document:{name}"),
        "title": shape.name_ja,
        "description": "provisional: under names of kaigo's own. Generated from the declarations of kaigo-core.",
        "$ref": format!("#/$defs/{name}"),
        "$defs": definitions,
    });
    serde_json::to_string_pretty(&schema).ok().map(|text| text + "\n")
}

/// The JSON Schemas of a document and of those within it, by name. They refer to one another by `reference` and the name
/// (`#/components/schemas/`), and do not say that there are no other members.
pub fn schemas_of(shape: &'static Shape, reference: &str, schemas: &mut BTreeMap<&'static str, Json>) {
    if schemas.contains_key(shape.name) {
        return;
    }
    schemas.insert(shape.name, Json::Null);
    let mut properties = Map::new();
    for member in shape.members {
        let one = match member.content {
            Content::Document(inner) => {
                schemas_of(inner, reference, schemas);
                json!({ "$ref": format!("{reference}{}", inner.name) })
            }
            Content::Leaf(leaf) => of_leaf(&leaf),
        };
        let value = match member.occurs {
            Occurs::Many(max) => json!({ "type": "array", "maxItems": max, "items": one }),
            Occurs::Once | Occurs::Optional => one,
        };
        properties.insert(member.name_json.to_owned(), value);
    }
    let once = shape.members.iter().filter(|member| member.occurs == Occurs::Once);
    let required: Vec<_> = once.map(|member| member.name_json).collect();
    let schema =
        json!({ "type": "object", "title": shape.name_ja, "required": required, "properties": properties });
    schemas.insert(shape.name, schema);
}

fn of_leaf(leaf: &Leaf) -> Json {
    match leaf.form {
        Form::Text { .. } => json!({ "type": "string", "minLength": 1 }),
        Form::Number { max } => {
            let least = u64::from(!(leaf.accepts)("0"));
            json!({ "type": "integer", "minimum": least, "maximum": max })
        }
        Form::Boolean => json!({ "type": "boolean" }),
        Form::Date => json!({ "type": "string", "format": "date" }),
        Form::Month => json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" }),
        Form::Timestamp => json!({ "type": "string", "format": "date-time" }),
        Form::Code(codes) => {
            let codes: Vec<_> = codes.iter().map(|(code, _)| *code).collect();
            json!({ "type": "string", "enum": codes })
        }
        Form::Chars { class, width } => {
            let width = width.map_or("+".to_owned(), |width| format!("{{{width}}}"));
            json!({ "type": "string", "pattern": format!("^{class}{width}$") })
        }
        Form::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
    }
}
