//! What a receiver holds after importing units.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kaigo_core::exchange::{
    CarePlanRecords as CorePlan, Client as CoreClient, Inbox as CoreInbox, MonthlySlipRecords as CoreSlip,
};
use kaigo_core::ident::{InsuredNumber, InsurerNumber};
use kaigo_core::record::Records;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyTuple};

use crate::doorway;
use crate::error::OrRaise;
use crate::finding::{self, Finding};
use crate::input::check_options;
use crate::record;
use crate::rows::{Held, Rows};
use crate::unit::Unit;
use crate::value::{self, Month};

/// A person as the exchange names one.
#[pyclass(frozen, eq, ord, hash, from_py_object, module = "kaigo")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Client(CoreClient);

#[pymethods]
impl Client {
    #[new]
    fn new(insurer: &str, insured: &str) -> PyResult<Self> {
        let insurer = insurer.parse::<InsurerNumber>().or_raise()?;
        let insured = insured.parse::<InsuredNumber>().or_raise()?;
        Ok(Self(CoreClient { insurer, insured }))
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("insurer", "insured")
    }

    /// The insurer's number, 6 digits.
    #[getter]
    fn insurer(&self) -> &str {
        self.0.insurer.as_str()
    }

    /// The insured person's number, 10 characters.
    #[getter]
    fn insured(&self) -> &str {
        self.0.insured.as_str()
    }

    fn __repr__(&self) -> String {
        format!("Client('{}', <masked>)", self.insurer())
    }
}

/// A care plan of one client.
#[pyclass(frozen, get_all, module = "kaigo")]
pub struct CarePlanRecords {
    /// Sheet 1, a ``CarePlanSheet1``.
    sheet1: Py<PyAny>,
    /// The rows of sheet 2, in the order of the file.
    sheet2: Py<PyTuple>,
    /// The rows of sheet 3, in the order of the file.
    sheet3: Py<PyTuple>,
    /// The supplementary information, a ``ClientSupplement``, where there is one.
    supplement: Option<Py<PyAny>>,
}

/// The planned month of one client.
#[pyclass(frozen, get_all, module = "kaigo")]
pub struct MonthlySlipRecords {
    /// The rows of sheet 6, in the order of the file.
    slips: Py<PyTuple>,
    /// The rows of sheet 7, in the order of the file.
    annex: Py<PyTuple>,
    /// The supplementary information, a ``ClientSupplement``, where there is one.
    supplement: Option<Py<PyAny>>,
}

/// Basic information of one client with its annexes.
#[pyclass(frozen, get_all, module = "kaigo")]
pub struct BasicInformationRecords {
    /// The basic information, a ``BasicInformation``.
    basic: Py<PyAny>,
    /// The rows of the daily schedule.
    schedules: Py<PyTuple>,
    /// The rows of the medical history.
    histories: Py<PyTuple>,
}

/// A prevention plan of one client with its annex.
#[pyclass(frozen, get_all, module = "kaigo")]
pub struct PreventionPlanRecords {
    /// The plan, a ``PreventionPlan``.
    plan: Py<PyAny>,
    /// The rows of its annex.
    supports: Py<PyTuple>,
}

/// Records as objects of their class.
pub fn objects<'py>(py: Python<'py>, records: Records<'static>) -> PyResult<Bound<'py, PyTuple>> {
    let count = records.len();
    let rows = Bound::new(py, Rows(Held::owned(records)))?;
    let objects = (0..count).map(|index| record::make(py, &rows, index)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, objects)
}

fn one<'py>(py: Python<'py>, records: Records<'static>) -> PyResult<Option<Py<PyAny>>> {
    objects(py, records)?.iter().next().map(|object| Ok(object.unbind())).transpose()
}

fn plan(py: Python<'_>, plan: &CorePlan) -> PyResult<CarePlanRecords> {
    Ok(CarePlanRecords {
        sheet1: one(py, Records::CarePlan1(vec![plan.sheet1.clone()]))?.unwrap_or_else(|| py.None()),
        sheet2: objects(py, Records::CarePlan2(plan.sheet2.clone()))?.unbind(),
        sheet3: objects(py, Records::CarePlan3(plan.sheet3.clone()))?.unbind(),
        supplement: one(py, Records::Supplement(plan.supplement.iter().cloned().collect()))?,
    })
}

fn slip(py: Python<'_>, slip: &CoreSlip) -> PyResult<MonthlySlipRecords> {
    Ok(MonthlySlipRecords {
        slips: objects(py, Records::SlipPlan(slip.slips.clone()))?.unbind(),
        annex: objects(py, Records::SlipAnnex(slip.annex.clone()))?.unbind(),
        supplement: one(py, Records::Supplement(slip.supplement.iter().cloned().collect()))?,
    })
}

/// Imports units and answers what is current. Units take effect by their sequence number, whatever the order in which
/// they arrive.
#[pyclass(frozen, module = "kaigo")]
#[derive(Default)]
pub struct Inbox(Arc<Mutex<CoreInbox>>);

impl Inbox {
    fn lock(&self) -> MutexGuard<'_, CoreInbox> {
        lock(&self.0)
    }

    /// What it holds now.
    pub fn snapshot(&self) -> CoreInbox {
        self.lock().clone()
    }
}

fn lock(inbox: &Mutex<CoreInbox>) -> MutexGuard<'_, CoreInbox> {
    inbox.lock().unwrap_or_else(PoisonError::into_inner)
}

#[pymethods]
impl Inbox {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Imports a unit; gives what its check found, and what importing it did.
    #[pyo3(signature = (unit, *, tolerant=false))]
    fn apply(&self, py: Python<'_>, unit: Unit, tolerant: bool) -> PyResult<Vec<Finding>> {
        self.apply_all(py, vec![unit], tolerant)
    }

    /// Imports units, oldest first.
    #[pyo3(signature = (units, *, tolerant=false))]
    fn apply_all(&self, py: Python<'_>, units: Vec<Unit>, tolerant: bool) -> PyResult<Vec<Finding>> {
        let inbox = self.0.clone();
        doorway::run(py, move || {
            let units = units.iter().map(|unit| &*unit.0);
            Ok(finding::list(lock(&inbox).apply_all(units, &check_options(tolerant, None)).findings()))
        })
    }

    /// Everybody of whom there is something.
    fn clients(&self) -> Vec<Client> {
        self.lock().clients().into_iter().map(Client).collect()
    }

    /// The client's current care plan: the one of the latest plan date.
    fn current_plan(&self, py: Python<'_>, client: Client) -> PyResult<Option<CarePlanRecords>> {
        let found = self.lock().current_plan(client.0).cloned();
        found.map(|found| plan(py, &found)).transpose()
    }

    /// The client's care plan of that date.
    fn plan(
        &self,
        py: Python<'_>,
        client: Client,
        date: &Bound<'_, PyDate>,
    ) -> PyResult<Option<CarePlanRecords>> {
        let found = self.lock().plan(client.0, value::core_date(date)?).cloned();
        found.map(|found| plan(py, &found)).transpose()
    }

    /// The client's planned slips of that month, by the care-management office that sent them.
    fn slips(
        &self,
        py: Python<'_>,
        client: Client,
        month: Month,
    ) -> PyResult<HashMap<String, MonthlySlipRecords>> {
        let found: Vec<_> = self
            .lock()
            .slips(client.0, month.0)
            .map(|(office, slip)| (office.as_str().to_owned(), slip.clone()))
            .collect();
        found.into_iter().map(|(office, found)| Ok((office, slip(py, &found)?))).collect()
    }

    /// The client's current planned slip: of the latest month.
    fn current_slip(&self, py: Python<'_>, client: Client) -> PyResult<Option<MonthlySlipRecords>> {
        let found = self.lock().current_slip(client.0).cloned();
        found.map(|found| slip(py, &found)).transpose()
    }

    /// The client's actuals of that month, from all offices and service types.
    fn actuals<'py>(&self, py: Python<'py>, client: Client, month: Month) -> PyResult<Bound<'py, PyTuple>> {
        let found: Vec<_> = self.lock().actuals(client.0, month.0).cloned().collect();
        objects(py, Records::SlipActuals(found))
    }

    /// The client's current basic information with its annexes: of the latest consultation.
    fn current_basic_information(
        &self,
        py: Python<'_>,
        client: Client,
    ) -> PyResult<Option<BasicInformationRecords>> {
        let Some(found) = self.lock().current_basic_information(client.0).cloned() else { return Ok(None) };
        Ok(Some(BasicInformationRecords {
            basic: one(py, Records::BasicInformation(vec![found.basic]))?.unwrap_or_else(|| py.None()),
            schedules: objects(py, Records::DailySchedule(found.schedules))?.unbind(),
            histories: objects(py, Records::MedicalHistory(found.histories))?.unbind(),
        }))
    }

    /// The client's current prevention plan: the one of the latest plan date.
    fn current_prevention_plan(
        &self,
        py: Python<'_>,
        client: Client,
    ) -> PyResult<Option<PreventionPlanRecords>> {
        let Some(found) = self.lock().current_prevention_plan(client.0).cloned() else { return Ok(None) };
        Ok(Some(PreventionPlanRecords {
            plan: one(py, Records::PreventionPlan(vec![found.plan]))?.unwrap_or_else(|| py.None()),
            supports: objects(py, Records::PreventionSupport(found.supports))?.unbind(),
        }))
    }
}
