//! What the calls of the WEB service take from Python and give to it: documents, objects of the classes of
//! `kaigo.documents`.

use kaigo_core::document::{Document, from_json};
use kaigo_core::ident::{InsuredNumber, InsurerNumber};
use kaigo_core::platform::{NamedFile, PersonId};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::error::OrRaise;

/// Files as pairs of name and content.
pub type NamedBytes<'py> = Vec<(String, Bound<'py, PyBytes>)>;

/// The person of these numbers.
pub fn person(insurer: &str, insured: &str) -> PyResult<PersonId> {
    Ok(PersonId {
        insurer: insurer.parse::<InsurerNumber>().or_raise()?,
        insured: insured.parse::<InsuredNumber>().or_raise()?,
    })
}

/// Files from pairs of name and content.
pub fn files(files: Vec<(String, PyBackedBytes)>) -> PyResult<Vec<NamedFile>> {
    files.into_iter().map(|(name, content)| NamedFile::new(name, content.to_vec()).or_raise()).collect()
}

/// An object of the class of that name, from its JSON form.
pub fn document(py: Python<'_>, name: &str, json: &[u8]) -> PyResult<Py<PyAny>> {
    let class = py.import("kaigo.documents")?.getattr(name)?;
    Ok(class.call_method1("from_json", (PyBytes::new(py, json),))?.unbind())
}

/// Reads a document from one of `kaigo.documents`, or a mapping of what JSON has; days and times may be Python's.
pub fn read<D: Document>(mapping: &Bound<'_, PyAny>) -> PyResult<D> {
    let encoded = mapping.py().import("kaigo._document")?.call_method1("encode", (mapping,))?;
    from_json(encoded.extract::<PyBackedBytes>()?.as_ref()).or_raise()
}
