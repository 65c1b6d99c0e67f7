//! Documents of one type as CSV: the header has the ways to the leaves, such as `insurer.number` or `rows[0].ratio`; an empty
//! cell stands for nothing. UTF-8, with or without a byte order mark.

use kaigo_core::document::{ALL, Content, Form, Leaf, Occurs, Shape};
use serde_json::{Map, Value};

use crate::error::{ErrorKind, Result};

/// A step on the way to a leaf.
struct Step<'h> {
    name: &'h str,
    index: Option<usize>,
}

/// A column: the way to its leaf.
struct Column<'h> {
    steps: Vec<Step<'h>>,
    leaf: Leaf,
}

/// Reads documents of the type of that name from CSV, in their JSON form. They are not checked yet: who takes them does.
///
/// # Errors
/// When there is no such type, the header names no leaf of it, or the text is no CSV.
pub fn documents_from_csv(name: &str, csv: &[u8]) -> Result<Vec<Value>> {
    let wrong = |what: String| ErrorKind::Config(format!("{name}: {what}"));
    let shape = ALL.iter().find(|shape| shape.name == name);
    let shape = shape.ok_or_else(|| wrong("there is no such type of document".into()))?;
    let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
    let mut reader = csv::Reader::from_reader(csv);
    // The reader's messages tell places and no values.
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let columns = header
        .iter()
        .map(|way| column(shape, way).ok_or_else(|| wrong(format!("the header names no leaf: {way}")).into()))
        .collect::<Result<Vec<_>>>()?;
    let mut documents = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let mut document = Value::Object(Map::new());
        for (column, cell) in columns.iter().zip(&row).filter(|(_, cell)| !cell.is_empty()) {
            put(&mut document, &column.steps, value(&column.leaf, cell));
        }
        documents.push(document);
    }
    Ok(documents)
}

/// The column of a way; `None` where it leads to no leaf.
fn column<'h>(shape: &'static Shape, way: &'h str) -> Option<Column<'h>> {
    let (first, rest) = way.split_once('.').map_or((way, None), |(first, rest)| (first, Some(rest)));
    let (name, index) = match first.strip_suffix(']').and_then(|first| first.split_once('[')) {
        Some((name, index)) => (name, Some(index.parse::<usize>().ok()?)),
        None => (first, None),
    };
    let member = shape.member(name)?;
    match (member.occurs, index) {
        (Occurs::Many(max), Some(index)) if index < max => {}
        (Occurs::Once | Occurs::Optional, None) => {}
        _ => return None,
    }
    let mut steps = vec![Step { name, index }];
    match (member.content, rest) {
        (Content::Leaf(leaf), None) => Some(Column { steps, leaf }),
        (Content::Document(inner), Some(rest)) => {
            let Column { steps: more, leaf } = column(inner, rest)?;
            steps.extend(more);
            Some(Column { steps, leaf })
        }
        _ => None,
    }
}

/// What does not have the leaf's form stays text, which the document then refuses at its place.
fn value(leaf: &Leaf, cell: &str) -> Value {
    let read = match leaf.form {
        Form::Number { .. } => cell.parse::<u64>().ok().map(Value::from),
        Form::Boolean => cell.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    read.unwrap_or_else(|| cell.into())
}

fn put(into: &mut Value, steps: &[Step<'_>], value: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *into = value;
        return;
    };
    if into.is_null() {
        *into = Value::Object(Map::new());
    }
    let Value::Object(members) = into else { return };
    let member = members.entry(step.name).or_insert(Value::Null);
    let place = match step.index {
        None => member,
        Some(index) => {
            if member.is_null() {
                *member = Value::Array(Vec::new());
            }
            let Value::Array(items) = member else { return };
            // An index is below what the member may hold.
            while items.len() <= index {
                items.push(Value::Null);
            }
            &mut items[index]
        }
    };
    put(place, rest, value);
}
