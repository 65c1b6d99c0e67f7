//! What the calls of the WEB service take from Python and give to it: documents, objects of the classes of
//! `kaigo.documents`.

use kaigo_core::document::{Document, from_json};
use kaigo_core::ident::{InsuredNumber, InsurerNumber};
use kaigo_core::platform::{NamedFile, PersonId};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{IntoPyDict as _, PyBytes};

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
    let py = mapping.py();
    if let Ok(to_json) = mapping.getattr("to_json") {
        return from_json(to_json.call0()?.extract::<PyBackedBytes>()?.as_ref()).or_raise();
    }
    let as_text = py.import("builtins")?.getattr("str")?;
    let options = [("ensure_ascii", false.into_pyobject(py)?.to_owned().into_any()), ("default", as_text)];
    let json = py.import("json")?.call_method("dumps", (mapping,), Some(&options.into_py_dict(py)?))?;
    from_json(json.extract::<String>()?.as_bytes()).or_raise()
}
