//! Planned against actual visits: rows in, a document in JSON out, which `kaigo/_reconcile.py` dresses.

use std::sync::Arc;

use kaigo_core::care::{self, Actuals, MonthlySlip, Prices, Reconciliation, Tolerance};
use kaigo_core::document::{from_json, to_json};
use kaigo_core::exchange::Inbox;
use kaigo_core::record::{Records, ServiceSlip, ServiceSlipAnnex};
use kaigo_core::report::Masking;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyTuple;

use crate::error::OrRaise;
use crate::inbox::objects;
use crate::input::check_options;
use crate::record::Record;
use crate::rows::Held;
use crate::unit::Unit;
use crate::{doorway, lang};

/// Records by the rows that hold them.
pub type Sources = Vec<(Arc<Held>, usize)>;

/// Where records lie.
pub fn sources(records: &[Bound<'_, Record>]) -> Sources {
    records.iter().map(|record| record.get().source()).map(|(held, index)| (held.clone(), index)).collect()
}

/// Those of 第6表.
pub fn slips(sources: &Sources) -> PyResult<Vec<&ServiceSlip<'_>>> {
    let rows: Option<Vec<_>> = sources
        .iter()
        .map(|(held, index)| match held.records() {
            Records::SlipPlan(slips) | Records::SlipActuals(slips) => slips.get(*index),
            _ => None,
        })
        .collect();
    rows.ok_or_else(|| PyTypeError::new_err("visits are records of ServiceSlip"))
}

fn annexes(sources: &Sources) -> PyResult<Vec<&ServiceSlipAnnex<'_>>> {
    let rows: Option<Vec<_>> = sources
        .iter()
        .map(|(held, index)| match held.records() {
            Records::SlipAnnex(rows) => rows.get(*index),
            _ => None,
        })
        .collect();
    rows.ok_or_else(|| PyTypeError::new_err("prices are in records of ServiceSlipAnnex"))
}

/// Holds planned against actual rows; the result is a document ``Reconciliation`` in JSON.
#[pyfunction]
pub fn reconcile_rows(
    py: Python<'_>,
    planned: Vec<Bound<'_, Record>>,
    actual: Vec<Bound<'_, Record>>,
    annex: Vec<Bound<'_, Record>>,
    minutes: u16,
) -> PyResult<Vec<u8>> {
    let (planned, actual, annex) = (sources(&planned), sources(&actual), sources(&annex));
    doorway::run(py, move || {
        let prices = Prices::of_annex(annexes(&annex)?);
        let found =
            care::reconcile_priced(slips(&planned)?, slips(&actual)?, &Tolerance { minutes }, &prices);
        Ok(to_json(&found))
    })
}

/// The text for people of a document ``Reconciliation`` in JSON.
#[pyfunction]
pub fn reconciliation_text(
    py: Python<'_>,
    reconciliation: PyBackedBytes,
    lang: Option<&str>,
    masked: bool,
) -> PyResult<String> {
    let lang = lang::parse(lang)?;
    let masking = if masked { Masking::Masked } else { Masking::Shown };
    doorway::run(py, move || Ok(from_json::<Reconciliation>(&reconciliation).or_raise()?.text(lang, masking)))
}

/// The rows of a document ``MonthlySlip`` or ``Actuals`` in JSON: those of 第6表 and those of 第7表.
#[pyfunction]
pub fn rows_of_month<'py>(
    py: Python<'py>,
    name: &str,
    month: PyBackedBytes,
) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyTuple>)> {
    let (slips, annex) = if name == "Actuals" {
        let month = from_json::<Actuals>(&month).or_raise()?;
        (Records::SlipActuals(Actuals::to_rows([&month])), Vec::new())
    } else {
        let rows = MonthlySlip::to_rows([&from_json::<MonthlySlip>(&month).or_raise()?]);
        (Records::SlipPlan(rows.slips), rows.annex)
    };
    Ok((objects(py, slips)?, objects(py, Records::SlipAnnex(annex))?))
}

/// What is current once units are imported, oldest first: the rows of UPPLAN, of UPSIKYU and of UPJSK.
#[pyfunction]
pub fn months_of_units<'py>(
    py: Python<'py>,
    units: Vec<Bound<'py, Unit>>,
    tolerant: bool,
) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyTuple>, Bound<'py, PyTuple>)> {
    let units: Vec<_> = units.iter().map(|unit| unit.get().0.clone()).collect();
    let (planned, annex, actual) = doorway::run(py, move || {
        let mut inbox = Inbox::default();
        inbox.apply_all(units.iter().map(AsRef::as_ref), &check_options(tolerant, None));
        let planned: Vec<_> = inbox.every_slip().flat_map(|slip| &slip.slips).cloned().collect();
        let annex: Vec<_> = inbox.every_slip().flat_map(|slip| &slip.annex).cloned().collect();
        let actual: Vec<_> = inbox.every_actual().cloned().collect();
        Ok((planned, annex, actual))
    })?;
    Ok((
        objects(py, Records::SlipPlan(planned))?,
        objects(py, Records::SlipAnnex(annex))?,
        objects(py, Records::SlipActuals(actual))?,
    ))
}
