//! Actuals in the making.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kaigo_core::calendar::ClockTime;
use kaigo_core::care::{ActualsDraft as CoreDraft, VisitId};
use kaigo_core::exchange::{SequenceStore as CoreStore, Unit as CoreUnit};
use kaigo_core::ident::{OfficeNumber, ServiceCode};
use kaigo_core::record::{Record as _, Records, ServiceSlip};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyTime, PyTimeAccess, PyTuple};

use crate::error::OrRaise;
use crate::record::Record;
use crate::unit::{Party, SequenceStore, Unit};
use crate::value::{Month, core_date};
use crate::{doorway, inbox, reconcile};

/// The actuals of an office for the clients of one care-management office in a month, in the making. It begins with the
/// plan, as if all had been given so; each visit is then moved, cancelled, recounted, or others are added.
#[pyclass(frozen, module = "kaigo")]
pub struct ActualsDraft(Arc<Mutex<CoreDraft>>);

/// One visit of a draft: a service with its add-ons, or one service without times.
#[pyclass(frozen, get_all, module = "kaigo")]
pub struct DraftVisit {
    /// Its number in the draft, which stays the same.
    id: usize,
    /// ``as_planned``, ``changed``, ``cancelled`` or ``added``.
    state: &'static str,
    /// Its rows as they will be sent, each a ``ServiceSlip``; of a cancelled visit, as they were.
    rows: Py<PyTuple>,
}

#[pymethods]
impl DraftVisit {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("id", "state", "rows")
    }

    fn __repr__(&self) -> String {
        format!("<DraftVisit {} {}>", self.id, self.state)
    }
}

/// A visit, or its number.
#[derive(FromPyObject)]
pub enum Which {
    /// Its number.
    Id(usize),
    /// The visit.
    Visit(Py<DraftVisit>),
}

impl From<Which> for VisitId {
    fn from(which: Which) -> Self {
        match which {
            Which::Id(id) => Self(id),
            Which::Visit(visit) => Self(visit.get().id),
        }
    }
}

fn time(time: Option<&Bound<'_, PyTime>>) -> ClockTime {
    time.map_or(ClockTime::NotShown, |time| ClockTime::At {
        hour: time.get_hour(),
        minute: time.get_minute(),
    })
}

fn code(text: &str) -> PyResult<ServiceCode> {
    text.parse::<ServiceCode>().or_raise()
}

/// The rows of 第6表 that records hold.
fn slips(records: &[Bound<'_, Record>]) -> PyResult<Vec<ServiceSlip<'static>>> {
    let sources = reconcile::sources(records);
    Ok(reconcile::slips(&sources)?.into_iter().cloned().map(ServiceSlip::into_owned).collect())
}

fn objects(py: Python<'_>, rows: Vec<ServiceSlip<'static>>) -> PyResult<Py<PyTuple>> {
    Ok(inbox::objects(py, Records::SlipActuals(rows))?.unbind())
}

fn units(units: Vec<CoreUnit>) -> Vec<Unit> {
    units.into_iter().map(|unit| Unit(Arc::new(unit))).collect()
}

impl ActualsDraft {
    fn lock(&self) -> MutexGuard<'_, CoreDraft> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(draft: CoreDraft) -> Self {
        Self(Arc::new(Mutex::new(draft)))
    }

    fn writing<T: Send + 'static>(
        &self,
        py: Python<'_>,
        sequences: &SequenceStore,
        write: impl FnOnce(&CoreDraft, &CoreStore) -> kaigo_core::Result<T> + Send + 'static,
    ) -> PyResult<T> {
        let (draft, store) = (self.lock().clone(), sequences.0.clone());
        doorway::run(py, move || write(&draft, &store).or_raise())
    }
}

#[pymethods]
impl ActualsDraft {
    /// The draft of a plan as it came: for the office that received the unit, to the one that sent it.
    #[new]
    fn new(py: Python<'_>, plan: &Unit, made_on: &Bound<'_, PyDate>) -> PyResult<Self> {
        let (unit, made_on) = (plan.0.clone(), core_date(made_on)?);
        doorway::run(py, move || Ok(Self::of(CoreDraft::of_unit(&unit, made_on).or_raise()?)))
    }

    /// The draft of rows of 第6表: those of the office and month.
    #[staticmethod]
    #[pyo3(signature = (plan, *, office, care_office, month, made_on))]
    fn of_plan(
        plan: Vec<Bound<'_, Record>>,
        office: &str,
        care_office: Party,
        month: Month,
        made_on: &Bound<'_, PyDate>,
    ) -> PyResult<Self> {
        let office = office.parse::<OfficeNumber>().or_raise()?;
        let plan = slips(&plan)?;
        Ok(Self::of(CoreDraft::of_plan(&plan, office, care_office.0, month.0, core_date(made_on)?)))
    }

    /// The visits, in the order of the plan, those that were added behind.
    #[getter]
    fn visits(&self, py: Python<'_>) -> PyResult<Vec<DraftVisit>> {
        let visits: Vec<_> = {
            let draft = self.lock();
            draft.visits().map(|(id, visit)| (id.0, visit.state().name(), visit.rows().to_vec())).collect()
        };
        let visit = |(id, state, rows)| Ok(DraftVisit { id, state, rows: objects(py, rows)? });
        visits.into_iter().map(visit).collect()
    }

    /// What will be sent: the rows of all visits but the cancelled ones, each a ``ServiceSlip``.
    #[getter]
    fn rows(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let rows = self.lock().rows().cloned().collect();
        objects(py, rows)
    }

    /// The visit was not given.
    fn cancel(&self, visit: Which) -> PyResult<()> {
        self.lock().cancel(visit.into()).or_raise()
    }

    /// The visit was given after all, as its rows stand.
    fn restore(&self, visit: Which) -> PyResult<()> {
        self.lock().restore(visit.into()).or_raise()
    }

    /// The visit was given on that day at those times, its add-ons with it. Without times: a service that shows none.
    #[pyo3(signature = (visit, day, start=None, end=None))]
    fn move_to(
        &self,
        visit: Which,
        day: &Bound<'_, PyDate>,
        start: Option<&Bound<'_, PyTime>>,
        end: Option<&Bound<'_, PyTime>>,
    ) -> PyResult<()> {
        self.lock().move_to(visit.into(), core_date(day)?, time(start), time(end)).or_raise()
    }

    /// A service of the visit was given so many times, 1 to 99.
    fn recount(&self, visit: Which, service_code: &str, count: i32) -> PyResult<()> {
        self.lock().recount(visit.into(), code(service_code)?, count).or_raise()
    }

    /// Another service was given in place of one, at so many units a time after discount.
    fn recode(&self, visit: Which, service_code: &str, given: &str, units: i32) -> PyResult<()> {
        self.lock().recode(visit.into(), code(service_code)?, code(given)?, units).or_raise()
    }

    /// A visit that was not planned, like another one, on that day at those times; gives its number.
    #[pyo3(signature = (visit, day, start=None, end=None))]
    fn add_like(
        &self,
        visit: Which,
        day: &Bound<'_, PyDate>,
        start: Option<&Bound<'_, PyTime>>,
        end: Option<&Bound<'_, PyTime>>,
    ) -> PyResult<usize> {
        Ok(self.lock().add_like(visit.into(), core_date(day)?, time(start), time(end)).or_raise()?.0)
    }

    /// A visit that was not planned: one ``ServiceSlip`` of this office and month; gives its number.
    fn add(&self, row: Bound<'_, Record>) -> PyResult<usize> {
        let row = slips(std::slice::from_ref(&row))?.pop().unwrap_or_default();
        Ok(self.lock().add(row).or_raise()?.0)
    }

    /// All of it, as sending units: one for each service type, each with a sequence number of its own.
    fn units(&self, py: Python<'_>, sequences: &SequenceStore) -> PyResult<Vec<Unit>> {
        self.writing(py, sequences, |draft, store| draft.to_units(&mut || store.next())).map(units)
    }

    /// What must be sent so that a receiver of the ``sent`` rows holds this draft: units of actuals, for each client and
    /// service type with a change everything of it; and units of deletions, where nothing of it is left.
    fn corrections(
        &self,
        py: Python<'_>,
        sent: Vec<Bound<'_, Record>>,
        sequences: &SequenceStore,
    ) -> PyResult<(Vec<Unit>, Vec<Unit>)> {
        let sent = slips(&sent)?;
        let found =
            self.writing(py, sequences, move |draft, store| draft.corrections(&sent, &mut || store.next()))?;
        Ok((units(found.actuals), units(found.deletions)))
    }

    fn __repr__(&self) -> String {
        format!("<ActualsDraft, {} visits>", self.lock().visits().count())
    }
}
