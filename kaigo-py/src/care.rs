//! care-json: what units or an inbox hold as one document, and back to units.

use std::sync::Arc;

use kaigo_core::care::{CareDocument, Repeats};
use kaigo_core::document;
use kaigo_core::format::csv::WriteOptions;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::doorway;
use crate::error::{self, OrRaise};
use crate::finding::{self, Finding};
use crate::inbox::Inbox;
use crate::input::{check_options, gaiji};
use crate::unit::Unit;

/// What units hold, as the JSON of a ``CareDocument``, with what was found.
#[pyfunction]
#[pyo3(signature = (units, *, tolerant=false))]
pub fn care_of_units(py: Python<'_>, units: Vec<Unit>, tolerant: bool) -> PyResult<(Vec<u8>, Vec<Finding>)> {
    doorway::run(py, move || {
        let units = units.iter().map(|unit| &*unit.0);
        let (found, report) = CareDocument::from_units(units, &check_options(tolerant, None));
        Ok((document::to_json(&found), finding::list(report.findings())))
    })
}

/// What is current in an inbox, as the JSON of a ``CareDocument``, with what was found.
#[pyfunction]
pub fn care_of_inbox(py: Python<'_>, inbox: &Inbox) -> PyResult<(Vec<u8>, Vec<Finding>)> {
    let inbox = inbox.snapshot();
    doorway::run(py, move || {
        let (found, report) = CareDocument::from_inbox(&inbox);
        Ok((document::to_json(&found), finding::list(report.findings())))
    })
}

/// The units that carry the JSON of a ``CareDocument``, with every character that was not written as itself.
#[pyfunction]
pub fn care_units(
    py: Python<'_>,
    content: PyBackedBytes,
    follow_up_rows: &str,
    gaiji_policy: &str,
) -> PyResult<(Vec<Unit>, Vec<Finding>)> {
    let repeats = match follow_up_rows {
        "as_read" => Repeats::AsRead,
        "blank" => Repeats::Blank,
        "repeated" => Repeats::Repeated,
        _ => return Err(error::value("follow_up_rows is 'as_read', 'blank' or 'repeated'")),
    };
    let options = WriteOptions { gaiji: gaiji(gaiji_policy)?, ..WriteOptions::default() };
    doorway::run(py, move || {
        let document: CareDocument = document::from_json(&content).or_raise()?;
        let (units, report) = document.to_units(repeats, &options).or_raise()?;
        let units = units.into_iter().map(|unit| Unit(Arc::new(unit))).collect();
        Ok((units, finding::list(report.findings())))
    })
}
