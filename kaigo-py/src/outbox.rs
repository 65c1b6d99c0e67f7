//! Units that are queued once and sent exactly once.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use kaigo_core::outbox::{Entry as CoreEntry, Outbox as CoreOutbox, Reason as CoreReason, Run, UnitId};
use kaigo_core::platform::{Package, Sent, Session as CoreSession, TransferError};
use kaigo_core::report::Lang;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::error::{self, OrRaise};
use crate::session::Session;
use crate::unit::{Party, Unit};
use crate::{doorway, lang};

/// Why an attempt to send failed. Nothing in it is about a person.
#[pyclass(frozen, eq, module = "kaigo")]
#[derive(PartialEq)]
pub struct OutboxReason(CoreReason);

#[pymethods]
impl OutboxReason {
    /// The stable code, such as ``transfer.unknown-office``.
    #[getter]
    fn code(&self) -> &str {
        &self.0.code
    }

    /// What happened and what to do next, in the language of ``set_language``.
    #[getter]
    fn message(&self) -> &str {
        match lang::current() {
            Lang::Japanese => self.message_ja(),
            Lang::English => self.message_en(),
        }
    }

    /// The message in Japanese.
    #[getter]
    fn message_ja(&self) -> &str {
        &self.0.message_ja
    }

    /// The message in English.
    #[getter]
    fn message_en(&self) -> &str {
        &self.0.message_en
    }

    fn __repr__(&self) -> String {
        format!("<OutboxReason {}>", self.0.code)
    }
}

/// A unit in an outbox, without its content.
#[pyclass(frozen, eq, module = "kaigo")]
#[derive(PartialEq)]
pub struct OutboxEntry(CoreEntry);

#[pymethods]
impl OutboxEntry {
    /// Its number in the outbox; never given twice.
    #[getter]
    fn id(&self) -> u64 {
        self.0.id.number()
    }

    /// What has become of it: ``queued``, ``sending``, ``sent``, ``refused``, ``unknown`` or ``given-up``.
    #[getter]
    fn state(&self) -> &'static str {
        self.0.state.name()
    }

    /// Who is to receive it.
    #[getter]
    fn receiver(&self) -> Party {
        Party(kaigo_core::exchange::Party {
            office: self.0.receiver_office,
            service_type: Some(self.0.receiver_type),
        })
    }

    /// The names of the files.
    #[getter]
    fn file_names(&self) -> Vec<&str> {
        self.0.file_names.iter().map(String::as_str).collect()
    }

    /// The sum of the files' lengths in bytes.
    #[getter]
    fn size(&self) -> u64 {
        self.0.bytes
    }

    /// The key that it travels under.
    #[getter]
    fn key(&self) -> &str {
        self.0.key.as_str()
    }

    /// How often it was tried.
    #[getter]
    fn attempts(&self) -> u64 {
        self.0.attempts
    }

    /// When it was queued, in UTC.
    #[getter]
    fn queued_at(&self) -> Timestamp {
        self.0.queued_at
    }

    /// When it was tried last, in UTC.
    #[getter]
    fn tried_at(&self) -> Option<Timestamp> {
        self.0.tried_at
    }

    /// The platform's name for the transfer, once it is sent.
    #[getter]
    fn transfer(&self) -> Option<&str> {
        self.0.transfer.as_ref().map(|transfer| transfer.as_str())
    }

    /// When the platform accepted it, in UTC, once it is sent.
    #[getter]
    fn accepted_at(&self) -> Option<Timestamp> {
        self.0.accepted_at
    }

    /// What the last attempt said that failed; ``None`` when there was no such attempt, or one after it succeeded.
    #[getter]
    fn reason(&self) -> Option<OutboxReason> {
        self.0.reason.clone().map(OutboxReason)
    }

    fn __repr__(&self) -> String {
        format!("<OutboxEntry {} {}>", self.id(), self.state())
    }
}

/// What sending did.
#[pyclass(frozen, eq, module = "kaigo")]
#[derive(PartialEq)]
pub struct OutboxRun(Run);

#[pymethods]
impl OutboxRun {
    /// How many units the platform took.
    #[getter]
    fn sent(&self) -> u64 {
        self.0.sent
    }

    /// How many it refused.
    #[getter]
    fn refused(&self) -> u64 {
        self.0.refused
    }

    /// How many are tried again the next time.
    #[getter]
    fn again(&self) -> u64 {
        self.0.again
    }

    fn __repr__(&self) -> String {
        format!("<OutboxRun {} sent, {} refused, {} again>", self.sent(), self.refused(), self.again())
    }
}

/// Where a session comes from: it lives already, or a function logs in.
pub enum Login {
    /// It lives already.
    Session(Arc<CoreSession>),
    /// Gives one when it is called.
    Function(Py<PyAny>),
}

impl<'py> FromPyObject<'_, 'py> for Login {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(session) = object.cast::<Session>() {
            return Ok(Self::Session(session.get().open()?));
        }
        if object.is_callable() {
            return Ok(Self::Function(object.to_owned().unbind()));
        }
        Err(PyTypeError::new_err("a Session, or a function that gives one"))
    }
}

impl Login {
    fn session(&self) -> PyResult<Arc<CoreSession>> {
        match self {
            Self::Session(session) => Ok(session.clone()),
            Self::Function(function) => Python::attach(|py| {
                let given = function.bind(py).call0()?;
                let session = given.cast::<Session>().map_err(|_| {
                    PyTypeError::new_err("the function that logs in gives something else than a Session")
                })?;
                session.get().open()
            }),
        }
    }
}

/// A durable outbox (送信箱) in a file: units of one office that are queued once, survive crash and power cut, and are sent
/// exactly once as far as the receiver can see, in order for each receiving office and service type.
///
/// Threads may share it, and several programs may open one file of a local disk; one at a time sends. The files of a unit lie
/// in it, not encrypted, until it is sent or given up. Errors of the outbox itself are ``OutboxError``. That the platform
/// remembers keys for as long as a unit is unknown is provisional.
#[pyclass(frozen, module = "kaigo")]
pub struct Outbox(Mutex<Option<Arc<CoreOutbox>>>);

impl Outbox {
    fn open(&self) -> PyResult<Arc<CoreOutbox>> {
        let outbox = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        outbox.clone().ok_or_else(|| error::value("the outbox is closed"))
    }

    fn run<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&CoreOutbox) -> kaigo_core::Result<T> + Send + 'static,
    ) -> PyResult<T> {
        let outbox = self.open()?;
        doorway::run(py, move || work(&outbox).or_raise())
    }
}

#[pymethods]
impl Outbox {
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let outbox = doorway::run(py, move || CoreOutbox::open(&path).or_raise())?;
        Ok(Self(Mutex::new(Some(Arc::new(outbox)))))
    }

    /// Queues a unit behind all others to the same destination, and gives its number. When this returns it is stored.
    fn enqueue(&self, py: Python<'_>, unit: Unit) -> PyResult<u64> {
        let outbox = self.open()?;
        doorway::run(py, move || {
            let package = Package::try_from(&*unit.0).or_raise()?;
            Ok(outbox.enqueue(&package).or_raise()?.number())
        })
    }

    /// Sends all that is due. What fails is tried again by the next call; call it every few minutes.
    ///
    /// ``login`` is a ``Session``, or a function that gives one: it is called when there is something to send, and again when
    /// the session it gave has ended. What it raises ends the call, and nothing is tried again by itself: repeated failures
    /// lock an account. Sessions are not logged out here. At Ctrl-C the unit on its way is broken off and ``unknown``, until it is sent again.
    fn send_due(&self, py: Python<'_>, login: Login) -> PyResult<OutboxRun> {
        let outbox = self.open()?;
        doorway::run(py, move || {
            let mut raised = None;
            let log_in = || {
                login.session().map_err(|error| {
                    raised = Some(error);
                    TransferError::Cancelled { sent: Sent::No }
                })
            };
            let run = outbox.send_due(log_in, &doorway::watch());
            match raised {
                Some(error) => Err(error),
                None => run.or_raise().map(OutboxRun),
            }
        })
    }

    /// Every unit in it, in the order in which they were queued.
    fn entries(&self, py: Python<'_>) -> PyResult<Vec<OutboxEntry>> {
        self.run(py, |outbox| Ok(outbox.entries()?.into_iter().map(OutboxEntry).collect()))
    }

    /// One unit.
    fn entry(&self, py: Python<'_>, id: u64) -> PyResult<OutboxEntry> {
        self.run(py, move |outbox| outbox.entry(UnitId::new(id)).map(OutboxEntry))
    }

    /// Says that a unit is not to be sent, be it queued, refused or unknown, and wipes its files. One that is unknown may have
    /// arrived.
    fn give_up(&self, py: Python<'_>, id: u64) -> PyResult<()> {
        self.run(py, move |outbox| outbox.give_up(UnitId::new(id)))
    }

    /// Queues a refused unit again, as it is and in its old place, under a new key.
    fn requeue(&self, py: Python<'_>, id: u64) -> PyResult<()> {
        self.run(py, move |outbox| outbox.requeue(UnitId::new(id)))
    }

    /// Takes a unit that was sent or given up off the list.
    fn forget(&self, py: Python<'_>, id: u64) -> PyResult<()> {
        self.run(py, move |outbox| outbox.forget(UnitId::new(id)))
    }

    /// Closes it; what another thread is doing with it is finished first. Closing it twice does nothing.
    fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (_error_type=None, _error=None, _traceback=None))]
    fn __exit__(
        &self,
        _error_type: Option<&Bound<'_, PyAny>>,
        _error: Option<&Bound<'_, PyAny>>,
        _traceback: Option<&Bound<'_, PyAny>>,
    ) {
        self.close();
    }

    fn __repr__(&self) -> String {
        match self.open() {
            Ok(outbox) => format!("<Outbox {}>", outbox.path().display()),
            Err(_) => "<Outbox, closed>".to_owned(),
        }
    }
}
