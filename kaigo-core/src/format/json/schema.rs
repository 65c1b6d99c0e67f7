//! The JSON Schema of a kind, from its declaration.

use serde::ser::{Serialize, Serializer};
use serde_json::Value as Json;

use super::{Look, STANDARD, look};
use crate::record::{FieldSpec, FileKind, Length, Record, RecordVisitor, Records, Required, Value};
use crate::text::Text;

/// The JSON Schema (2020-12) of the documents of a kind that conform, as the text of `kaigo-core/schema`; `None`
/// for the image. Provisional, like the form itself.
///
/// It describes the form of each field: what the checks say beyond that is not in it, and `{"raw":…}` and
/// `{"bytes":…}` are not, for they do not conform. `x-no` is the official No. Only fields marked 必須 are
/// required, and a length that is hard to read is the longest that the checks accept.
pub fn schema(kind: FileKind) -> Option<String> {
    let layout = kind.layout()?;
    let required = layout.fields.iter().filter(|field| field.required == Required::Yes);
    let record = Object(vec![
        ("type", "object".into()),
        (
            "properties",
            Object(layout.fields.iter().map(|field| (field.name_json, property(kind, field))).collect())
                .into(),
        ),
        ("required", Json::from_iter(required.map(|field| field.name_json)).into()),
        ("additionalProperties", Node::Json(false.into())),
    ]);
    let members = Object(vec![
        ("standard", constant(STANDARD)),
        ("kind", constant(kind.name())),
        ("records", Object(vec![("type", "array".into()), ("items", record.into())]).into()),
    ]);
    let schema = Object(vec![
        ("$schema", "https://json-schema.org/draft/2020-12/schema".into()),
        ("$id", format!("urn:kaigo:schema:{STANDARD}:{}", kind.name()).into()),
        ("title", kind.name_ja().into()),
        ("description", DESCRIPTION.into()),
        ("type", "object".into()),
        ("properties", members.into()),
        ("required", Json::from_iter(["standard", "kind", "records"]).into()),
        ("additionalProperties", Node::Json(false.into())),
    ]);
    serde_json::to_string_pretty(&schema).ok().map(|text| text + "\n")
}

const DESCRIPTION: &str = "provisional: the records of ケアプランデータ連携標準仕様 4.1 as JSON, under names of \
     kaigo's own; the names of standard 5.0 are not public. Generated from kaigo-core/src/record.";

fn property(kind: FileKind, field: &'static FieldSpec) -> Node {
    let mut property = Object(vec![("title", field.name_ja.into()), ("x-no", Node::Json(field.no.into()))]);
    let (least, most) = match field.length {
        Length::Fixed(length) => (length, Some(length)),
        Length::Max(max) | Length::MaxDoubted { accepted: max, .. } => (1, Some(max)),
        Length::Free => (1, None),
    };
    if !field.codes.is_empty() {
        let labels: Vec<String> = field.codes.iter().map(|(code, label)| format!("{code} {label}")).collect();
        property.add("description", labels.join(", "));
        property.add("enum", Json::from_iter(field.codes.iter().map(|(code, _)| *code)));
        return property.into();
    }
    match look(field.ty) {
        Look::Number => {
            property.add("type", "integer");
            property.add("minimum", Json::from(if least > 1 { power_of_ten(least - 1) } else { 0 }));
            property
                .add("maximum", Json::from(most.map_or(i64::from(i32::MAX), |most| power_of_ten(most) - 1)));
        }
        Look::Signs { bare, pattern, format, .. } => {
            property.add("type", "string");
            let mut signs = Object(vec![("pattern", pattern.into())]);
            if let Some(format) = format {
                signs.add("format", format);
            }
            if accepts(kind, field, bare) {
                property.add("anyOf", Node::List(vec![signs.into(), constant(bare)]));
            } else {
                property.0.append(&mut signs.0);
            }
        }
        Look::Chars(class) => {
            let count = match most {
                Some(most) if most == least => format!("{{{most}}}"),
                Some(most) => format!("{{{least},{most}}}"),
                None => "+".to_owned(),
            };
            property.add("type", "string");
            property.add("pattern", format!("^{class}{count}$"));
        }
        Look::Form(pattern) => {
            property.add("type", "string");
            property.add("pattern", pattern);
        }
        Look::Text => {
            property.add("type", "string");
            property.add("minLength", Json::from(least));
            if let Some(most) = most {
                property.add("maxLength", Json::from(most));
            }
        }
    }
    property.into()
}

fn power_of_ten(exponent: u16) -> i64 {
    10_i64.saturating_pow(exponent.into())
}

/// Whether a text in the CSV form is a value of the field.
pub(in crate::format) fn accepts(kind: FileKind, field: &FieldSpec, text: &'static str) -> bool {
    struct Probe(usize, &'static str);

    impl RecordVisitor<'static> for Probe {
        type Output = bool;

        fn visit<R: Record<'static>>(self, _wrap: fn(Vec<R>) -> Records<'static>) -> bool {
            let mut record = R::default();
            record.set(self.0, Text::from(self.1))
                && !matches!(record.value(self.0), Some(Value::Nonconforming(_)))
        }
    }

    kind.visit(Probe(field.no.into(), text)).unwrap_or(false)
}

fn constant(value: &'static str) -> Node {
    Object(vec![("const", value.into())]).into()
}

/// An object that keeps the order of its members, which serde_json's own does not.
struct Object(Vec<(&'static str, Node)>);

#[derive(serde::Serialize)]
#[serde(untagged)]
enum Node {
    Json(Json),
    List(Vec<Node>),
    Object(Object),
}

impl Object {
    fn add(&mut self, name: &'static str, value: impl Into<Node>) {
        self.0.push((name, value.into()));
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Json(text.into())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Json(text.into())
    }
}

impl From<Json> for Node {
    fn from(value: Json) -> Self {
        Self::Json(value)
    }
}

impl From<Object> for Node {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}
