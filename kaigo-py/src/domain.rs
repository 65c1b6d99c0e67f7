//! Documents and rules by name, and the message of online eligibility: bytes in and out, which `kaigo/eligibility.py` and
//! `kaigo/benefit.py` dress.

use kaigo_core::benefit::{self, QUESTIONS};
use kaigo_core::document::{self, ALL, Markup};
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
