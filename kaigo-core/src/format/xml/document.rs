//! Documents as XML.

use std::borrow::Cow;

use super::cursor::is_space;
use super::{Cursor, Elements, Limits, NAMESPACE, XmlError, XmlFault, utf8};
use crate::document::{Content, Document, Form, Leaf, Occurs, Shape, Tree};
use crate::error::Result;

/// Reads a document.
///
/// # Errors
/// [`ErrorKind::Xml`](crate::ErrorKind::Xml) for what is no XML of this document or is over a limit,
/// [`ErrorKind::Document`](crate::ErrorKind::Document) with every fault for what does not conform.
pub fn read_document<D: Document>(bytes: &[u8], limits: &Limits) -> Result<D> {
    let mut cursor = Cursor::new(utf8(bytes)?, Some(NAMESPACE), limits)?;
    let root = cursor.root()?;
    if root.name() != D::SHAPE.name {
        return Err(cursor.fault(XmlFault::Shape).into());
    }
    cursor.attributes(&root, [])?;
    let tree = members(&mut cursor, D::SHAPE, &|name| name)?;
    cursor.end()?;
    Ok(D::read(&tree)?)
}

/// So many unknown members are told; whatever a document is full of, no more memory grows with it.
const MAX_UNKNOWN: usize = 100;

/// Reads the members of an element that was opened. `rename` makes a member's name of an element's. What stands too often
/// is kept just often enough to be found.
pub(crate) fn members(
    cursor: &mut Cursor<'_>,
    shape: &'static Shape,
    rename: &dyn Fn(String) -> String,
) -> Result<Tree, XmlError> {
    let mut members: Vec<(Cow<'static, str>, Tree)> = Vec::new();
    while let Some(opened) = cursor.child()? {
        let name = rename(opened.name());
        let Some(member) = shape.member(&name) else {
            cursor.skip()?;
            if members.len() < shape.members.len() * 2 + MAX_UNKNOWN {
                members.push((Cow::Owned(name), Tree::Null));
            }
            continue;
        };
        cursor.attributes(&opened, [])?;
        let value = match member.content {
            Content::Leaf(form) => leaf(cursor, &form)?,
            Content::Document(shape) => self::members(cursor, shape, rename)?,
        };
        let mut listed = members.iter_mut().filter(|(listed, _)| listed == member.name_json);
        match (member.occurs, listed.next(), listed.next()) {
            (Occurs::Many(max), Some((_, Tree::List(items))), _) => {
                if items.len() <= max {
                    items.push(value);
                }
            }
            (Occurs::Many(_), ..) => members.push((member.name_json.into(), Tree::List(vec![value]))),
            (_, _, Some(_)) => {}
            _ => members.push((member.name_json.into(), value)),
        }
    }
    Ok(Tree::Node(members))
}

/// Reads a leaf. What is no value of its form is left to the document, which says where.
fn leaf(cursor: &mut Cursor<'_>, leaf: &Leaf) -> Result<Tree, XmlError> {
    // A value with elements in it is none.
    let Some(text) = cursor.leaf()? else { return Ok(Tree::List(Vec::new())) };
    // Where a schema collapses white space, it is none of the value.
    let plain = text.trim_matches(is_space);
    Ok(match leaf.form {
        Form::Number { .. } => match plain.parse() {
            Ok(number) if !plain.starts_with('+') => Tree::Number(number),
            _ => Tree::Odd,
        },
        Form::Boolean => match plain {
            "true" | "1" => Tree::Boolean(true),
            "false" | "0" => Tree::Boolean(false),
            _ => Tree::Odd,
        },
        Form::Date | Form::Timestamp => Tree::Text(plain.to_owned()),
        _ => Tree::Text(text),
    })
}

/// Writes a document. Texts hold only characters that XML has.
pub fn write_document<D: Document>(document: &D) -> Vec<u8> {
    let mut elements = Elements::new("UTF-8");
    write(&mut elements, D::SHAPE.name, &[("xmlns", NAMESPACE)], &document.to_tree());
    elements.finish()
}

fn write(elements: &mut Elements, name: &str, attributes: &[(&str, &str)], tree: &Tree) {
    match tree {
        Tree::Node(members) => {
            elements.open(name, attributes);
            for (name, member) in members {
                write(elements, name, &[], member);
            }
            elements.close(name);
        }
        Tree::List(items) => {
            for item in items {
                write(elements, name, attributes, item);
            }
        }
        tree => elements.leaf(name, attributes, &leaf_text(tree)),
    }
}

pub(crate) fn leaf_text(tree: &Tree) -> Cow<'_, str> {
    match tree {
        Tree::Text(text) => Cow::Borrowed(text),
        Tree::Number(number) => Cow::Owned(number.to_string()),
        Tree::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        Tree::Null | Tree::Odd | Tree::List(_) | Tree::Node(_) => Cow::Borrowed(""),
    }
}
