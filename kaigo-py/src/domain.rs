//! Documents and rules by name, and the message of online eligibility: bytes in and out, which `kaigo/eligibility.py` and
//! `kaigo/benefit.py` dress.

use kaigo_core::benefit::{self, QUESTIONS};
use kaigo_core::document::{self, ALL, Content, Form, Markup, Occurs, Shape};
use kaigo_core::eligibility::{self, CharacterCode};
use kaigo_core::format::xml::{self, Limits};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::doorway;
use crate::error::OrRaise;

fn markup(name: &str) -> PyResult<Markup> {
    match name {
        "json" => Ok(Markup::Json),
        "xml" => Ok(Markup::Xml),
        _ => Err(PyValueError::new_err("the form is 'json' or 'xml'")),
    }
}

/// The names of the types of documents.
#[pyfunction]
pub fn domain_names() -> Vec<&'static str> {
    ALL.iter().map(|shape| shape.name).collect()
}

/// A member: name in Python, name in JSON, official name, how often (``one``, ``opt``, ``many``), the form of the value or
/// the name of the document there, whether it is about a person, and the codes with their labels.
type Member =
    (String, &'static str, &'static str, &'static str, &'static str, bool, Vec<(&'static str, &'static str)>);

/// Every document, those within others first: name, official name, whether it stands alone, members.
#[pyfunction]
pub fn domain_shapes() -> Vec<(&'static str, &'static str, bool, Vec<Member>)> {
    fn add(shape: &'static Shape, shapes: &mut Vec<&'static Shape>) {
        if shapes.iter().any(|known| known.name == shape.name) {
            return;
        }
        for member in shape.members {
            if let Content::Document(inner) = member.content {
                add(inner, shapes);
            }
        }
        shapes.push(shape);
    }
    let mut shapes = Vec::new();
    ALL.iter().for_each(|shape| add(shape, &mut shapes));
    let alone = |shape: &Shape| ALL.iter().any(|other| other.name == shape.name);
    shapes
        .into_iter()
        .map(|shape| (shape.name, shape.name_ja, alone(shape), shape.members.iter().map(member).collect()))
        .collect()
}

fn member(member: &'static document::Member) -> Member {
    let occurs = match member.occurs {
        Occurs::Once => "one",
        Occurs::Optional => "opt",
        Occurs::Many(_) => "many",
    };
    let (form, personal, codes) = match member.content {
        Content::Document(shape) => (shape.name, false, Vec::new()),
        Content::Leaf(leaf) => {
            let codes = if let Form::Code(codes) = leaf.form { codes.to_vec() } else { Vec::new() };
            (form(leaf.form), leaf.personal, codes)
        }
    };
    // What Python keeps for itself.
    let name = if member.name == "from" { "from_" } else { member.name };
    (name.to_owned(), member.name_json, member.name_ja, occurs, form, personal, codes)
}

const fn form(form: Form) -> &'static str {
    match form {
        Form::Number { .. } => "number",
        Form::Boolean => "boolean",
        Form::Date => "date",
        Form::Month => "month",
        Form::Timestamp => "timestamp",
        Form::Text { .. } | Form::Code(_) | Form::Chars { .. } | Form::Pattern(_) => "text",
    }
}

/// Reads a document of the type of that name, and writes it as it is written.
#[pyfunction]
pub fn rewrite(
    py: Python<'_>,
    name: String,
    content: PyBackedBytes,
    source: &str,
    target: &str,
) -> PyResult<Vec<u8>> {
    let (source, target) = (markup(source)?, markup(target)?);
    doorway::run(py, move || {
        document::rewrite(&name, &content, source, target, &Limits::default()).or_raise()
    })
}

/// The XSD of the documents of that name, or of the records of a kind; ``None`` where there is none.
#[pyfunction]
pub fn domain_schema(name: &str) -> Option<String> {
    xml::schema(name)
}

/// The JSON Schema of the documents of that name; ``None`` where there is none.
#[pyfunction]
pub fn domain_json_schema(name: &str) -> Option<String> {
    document::schema(name)
}

/// The names of the rules, each with the type of the document that it asks for.
#[pyfunction]
pub fn benefit_questions() -> Vec<(&'static str, &'static str)> {
    QUESTIONS.to_vec()
}

/// Asks the rule of that name, in JSON.
#[pyfunction]
#[pyo3(signature = (name, question, tables=None))]
pub fn decide(
    py: Python<'_>,
    name: String,
    question: PyBackedBytes,
    tables: Option<PyBackedBytes>,
) -> PyResult<Vec<u8>> {
    doorway::run(py, move || benefit::decide(&name, &question, tables.as_deref()).or_raise())
}

/// Reads an ``XmlMsg`` as JSON, with the names of elements that were not read.
#[pyfunction]
pub fn read_xml_msg(py: Python<'_>, content: PyBackedBytes) -> PyResult<(Vec<u8>, Vec<String>)> {
    doorway::run(py, move || {
        let (message, unknown) = eligibility::read_xml_msg(&content, &Limits::default()).or_raise()?;
        Ok((document::to_json(&message), unknown))
    })
}

/// Writes an ``XmlMsg`` from JSON.
#[pyfunction]
pub fn write_xml_msg(py: Python<'_>, message: PyBackedBytes, encoding: &str) -> PyResult<Vec<u8>> {
    let code = match encoding {
        "utf-8" => CharacterCode::Utf8,
        "shift_jis" => CharacterCode::ShiftJis,
        _ => return Err(PyValueError::new_err("the encoding is 'utf-8' or 'shift_jis'")),
    };
    doorway::run(py, move || Ok(eligibility::write_xml_msg(&document::from_json(&message).or_raise()?, code)))
}
