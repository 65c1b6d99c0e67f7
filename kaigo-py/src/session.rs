//! The transfer client.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use kaigo_core::ident::{InsuredNumber, InsurerNumber};
use kaigo_core::platform::{
    Cursor, IdempotencyKey, IdentityChallenge as CoreChallenge, IdentityConfirmation as CoreConfirmation,
    Package, Platform, Received as CoreReceived, ReceivedFilter, Retry, Session as CoreSession, TerminalId,
    Transfer as CoreTransfer, TransferError, TransferId, VisualStatement,
};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use zeroize::Zeroizing;

use crate::card::ChallengeSignature;
use crate::credential::{Certificate, Credential};
use crate::doorway;
use crate::error::{self, OrRaise};
use crate::unit::{Party, Unit};

/// One transfer, without its content.
#[pyclass(frozen, eq, module = "kaigo")]
#[derive(PartialEq)]
pub struct Transfer(CoreTransfer);

#[pymethods]
impl Transfer {
    /// The platform's name for it.
    #[getter]
    fn id(&self) -> &str {
        self.0.id.as_str()
    }

    /// Who sent it.
    #[getter]
    fn sender(&self) -> PyResult<Party> {
        Ok(Party(kaigo_core::exchange::Party {
            office: self.0.sender_office,
            service_type: Some(self.0.sender_type),
        }))
    }

    /// Who receives it.
    #[getter]
    fn receiver(&self) -> PyResult<Party> {
        Ok(Party(kaigo_core::exchange::Party {
            office: self.0.receiver_office,
            service_type: Some(self.0.receiver_type),
        }))
    }

    /// The sequence number of the unit, 14 digits.
    #[getter]
    fn sequence(&self) -> &str {
        &self.0.sequence
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

    /// When the platform accepted it, in UTC.
    #[getter]
    fn accepted_at(&self) -> Timestamp {
        self.0.accepted_at
    }

    /// When the receiver marked it imported, in UTC.
    #[getter]
    fn imported_at(&self) -> Option<Timestamp> {
        self.0.imported_at
    }

    fn __repr__(&self) -> String {
        format!("<Transfer {} {}>", self.id(), self.sequence())
    }
}

/// One received transfer with its files, each of them checked against its SHA-256.
#[pyclass(frozen, module = "kaigo")]
pub struct Received(CoreReceived);

#[pymethods]
impl Received {
    /// What it is.
    #[getter]
    fn transfer(&self) -> Transfer {
        Transfer(self.0.transfer.clone())
    }

    /// Its files: pairs of name and content.
    #[getter]
    fn files<'py>(&self, py: Python<'py>) -> Vec<(String, Bound<'py, PyBytes>)> {
        let files = self.0.files.iter();
        files.map(|file| (file.name().to_owned(), PyBytes::new(py, file.bytes()))).collect()
    }

    /// The files as a sending unit; ``None`` when a name is not in the form of the standard.
    #[getter]
    fn unit(&self) -> Option<Unit> {
        self.0.unit().map(|unit| Unit(Arc::new(unit)))
    }

    fn __repr__(&self) -> String {
        format!("<Received {}, {} files>", self.0.transfer.id, self.0.files.len())
    }
}

/// What a person's card is to sign, for one confirmation at one terminal of this office. Provisional.
#[pyclass(frozen, module = "kaigo")]
pub struct IdentityChallenge(CoreChallenge);

#[pymethods]
impl IdentityChallenge {
    /// What ``kaigo.card.Card.sign`` is given. It names office and terminal; the platform chooses the random part only.
    #[getter]
    fn message<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.message())
    }

    /// How many seconds from its answer on the platform takes it.
    #[getter]
    fn expires_in(&self) -> u64 {
        self.0.expires_in().as_secs()
    }

    fn __repr__(&self) -> &'static str {
        "<IdentityChallenge>"
    }
}

/// A person's identity, confirmed for an office (本人確認): personal data. Provisional.
#[pyclass(frozen, eq, module = "kaigo")]
#[derive(PartialEq)]
pub struct IdentityConfirmation(CoreConfirmation);

#[pymethods]
impl IdentityConfirmation {
    /// The platform's name for it.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// The office that it was confirmed for.
    #[getter]
    fn office(&self) -> &str {
        self.0.office.as_str()
    }

    /// The person's insurer (保険者番号).
    #[getter]
    fn insurer(&self) -> &str {
        self.0.insurer.as_str()
    }

    /// The person's number at the insurer (被保険者番号).
    #[getter]
    fn insured(&self) -> &str {
        self.0.insured.as_str()
    }

    /// How it was confirmed: ``"card"`` or ``"visual"``.
    #[getter]
    fn route(&self) -> &'static str {
        self.0.route.name()
    }

    /// The terminal.
    #[getter]
    fn terminal(&self) -> &str {
        self.0.terminal.as_str()
    }

    /// When, in UTC.
    #[getter]
    fn confirmed_at(&self) -> Timestamp {
        self.0.confirmed_at
    }

    fn __repr__(&self) -> String {
        format!("<IdentityConfirmation {} {}>", self.route(), self.0.confirmed_at)
    }
}

/// A login at the platform with the office's certificate, over TLS 1.3. It renews itself, and threads may share it.
///
/// Used with ``with``, it logs out at the end. ``roots`` are the certificates of the authorities that the platform's
/// own may come from; no others are trusted. Times are in seconds. The wire profile is provisional.
#[pyclass(frozen, module = "kaigo")]
pub struct Session(Mutex<Option<Arc<CoreSession>>>);

impl Session {
    /// The session, where it is not logged out.
    pub fn open(&self) -> PyResult<Arc<CoreSession>> {
        let session = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        session.clone().ok_or_else(|| error::transfer(&TransferError::SessionExpired))
    }
}

#[pymethods]
impl Session {
    #[new]
    #[pyo3(signature = (
        url, credential, user_id, password, *, roots, connect_timeout=10.0, call_timeout=60.0, attempts=4,
        max_response_bytes=67_108_864
    ))]
    #[allow(clippy::too_many_arguments, reason = "Python names them")]
    fn new(
        py: Python<'_>,
        url: String,
        credential: &Credential,
        user_id: String,
        password: String,
        roots: Vec<Certificate>,
        connect_timeout: f64,
        call_timeout: f64,
        attempts: u32,
        max_response_bytes: u64,
    ) -> PyResult<Self> {
        let seconds = |seconds: f64| {
            Duration::try_from_secs_f64(seconds).map_err(|_| error::value("a timeout is a number of seconds"))
        };
        let builder = Platform::builder(&url, credential.0.clone())
            .roots(roots.into_iter().map(|root| root.0))
            .connect_timeout(seconds(connect_timeout)?)
            .call_timeout(seconds(call_timeout)?)
            .max_response_bytes(max_response_bytes)
            .retry(Retry { attempts, ..Retry::default() });
        let password = Zeroizing::new(password);
        let session =
            doorway::run(py, move || builder.build().or_raise()?.login(&user_id, &password).or_raise())?;
        Ok(Self(Mutex::new(Some(Arc::new(session)))))
    }

    /// The office that the account belongs to.
    #[getter]
    fn office(&self) -> PyResult<String> {
        Ok(self.open()?.office().as_str().to_owned())
    }

    /// Sends a unit to the office that its file names tell. Under a ``key`` of your own (``idempotency_key()``), kept
    /// with the unit, the platform carries it out once however often it is sent.
    #[pyo3(signature = (unit, *, key=None))]
    fn send(&self, py: Python<'_>, unit: Unit, key: Option<&str>) -> PyResult<Transfer> {
        let session = self.open()?;
        let key = key.map(str::parse::<IdempotencyKey>).transpose().or_raise()?;
        doorway::run(py, move || {
            let package = Package::try_from(&*unit.0).or_raise()?;
            let sent = match key {
                Some(key) => session.send_with_key(&package, &key),
                None => session.send(&package),
            };
            Ok(Transfer(sent.or_raise()?))
        })
    }

    /// All that this office sent, oldest first, asking for page after page as it goes.
    fn sent(&self) -> PyResult<TransferIterator> {
        Ok(TransferIterator::new(self.open()?, None))
    }

    /// All that this office received, oldest first; with ``imported`` only what was, or was not, marked imported.
    /// Take the whole list (``list(…)``) before marking: what is marked leaves the list.
    #[pyo3(signature = (*, imported=None))]
    fn received(&self, imported: Option<bool>) -> PyResult<TransferIterator> {
        let filter = match imported {
            None => ReceivedFilter::All,
            Some(true) => ReceivedFilter::Imported,
            Some(false) => ReceivedFilter::NotImported,
        };
        Ok(TransferIterator::new(self.open()?, Some(filter)))
    }

    /// One received transfer with its files, by its id or as it was listed.
    fn fetch(&self, py: Python<'_>, transfer: Named) -> PyResult<Received> {
        let (session, id) = (self.open()?, transfer.id().or_raise()?);
        doorway::run(py, move || session.fetch(&id).or_raise().map(Received))
    }

    /// Marks a received transfer imported (取込済). Repeating it changes nothing.
    fn mark_imported(&self, py: Python<'_>, transfer: Named) -> PyResult<Transfer> {
        let (session, id) = (self.open()?, transfer.id().or_raise()?);
        doorway::run(py, move || session.mark_imported(&id).or_raise().map(Transfer))
    }

    /// Registers a terminal of this office (端末ID): 1 to 64 letters, digits, ``-`` or ``_``. Repeating it changes nothing.
    /// Confirming identities is provisional.
    fn register_terminal(&self, py: Python<'_>, terminal: &str) -> PyResult<()> {
        let (session, terminal) = (self.open()?, terminal.parse::<TerminalId>().or_raise()?);
        doorway::run(py, move || session.register_terminal(&terminal).or_raise())
    }

    /// Asks for what a person's card is to sign at a terminal.
    fn identity_challenge(&self, py: Python<'_>, terminal: &str) -> PyResult<IdentityChallenge> {
        let (session, terminal) = (self.open()?, terminal.parse::<TerminalId>().or_raise()?);
        doorway::run(py, move || session.identity_challenge(&terminal).or_raise().map(IdentityChallenge))
    }

    /// Confirms the identity of the person whose card signed the challenge. The challenge is spent by it, whatever comes of
    /// it; with another one it may be done anew.
    fn confirm_by_card(
        &self,
        py: Python<'_>,
        challenge: &IdentityChallenge,
        signed: &ChallengeSignature,
    ) -> PyResult<IdentityConfirmation> {
        let (session, challenge, signed) = (self.open()?, challenge.0.clone(), signed.0.clone());
        doorway::run(py, move || {
            let confirmed = session.confirm_by_card(challenge, &signed.signature, &signed.certificate);
            confirmed.or_raise().map(IdentityConfirmation)
        })
    }

    /// States that a member of staff (``compared_by``) compared the card with the person.
    #[pyo3(signature = (terminal, *, insurer, insured, compared_by))]
    fn confirm_visually(
        &self,
        py: Python<'_>,
        terminal: &str,
        insurer: &str,
        insured: &str,
        compared_by: String,
    ) -> PyResult<IdentityConfirmation> {
        let session = self.open()?;
        let statement = VisualStatement {
            terminal: terminal.parse::<TerminalId>().or_raise()?,
            insurer: insurer.parse::<InsurerNumber>().or_raise()?,
            insured: insured.parse::<InsuredNumber>().or_raise()?,
            compared_by,
        };
        doorway::run(py, move || session.confirm_visually(&statement).or_raise().map(IdentityConfirmation))
    }

    /// Logs out; a session that has ended is logged out already.
    fn logout(&self, py: Python<'_>) -> PyResult<()> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(session) = slot.take() else { return Ok(()) };
        match Arc::try_unwrap(session) {
            Ok(session) => {
                drop(slot);
                doorway::run(py, move || session.logout().or_raise())
            }
            Err(session) => {
                *slot = Some(session);
                Err(PyRuntimeError::new_err(
                    "something still uses the session: a thread or a list of transfers",
                ))
            }
        }
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (error_type=None, _error=None, _traceback=None))]
    fn __exit__(
        &self,
        py: Python<'_>,
        error_type: Option<&Bound<'_, PyAny>>,
        _error: Option<&Bound<'_, PyAny>>,
        _traceback: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        match (self.logout(py), error_type) {
            // The error that is on its way tells more than that of the logout.
            (Err(_), Some(_)) => Ok(()),
            (done, _) => done,
        }
    }

    fn __repr__(&self) -> String {
        match self.open() {
            Ok(session) => format!("<Session of {}>", session.office()),
            Err(_) => "<Session, logged out>".to_owned(),
        }
    }
}

/// A transfer by its id, or as it was listed.
#[derive(FromPyObject)]
pub enum Named {
    /// Its id.
    Id(String),
    /// As it was listed.
    Transfer(Py<Transfer>),
}

impl Named {
    fn id(self) -> Result<TransferId, TransferError> {
        match self {
            Self::Id(id) => id.parse(),
            Self::Transfer(transfer) => Ok(transfer.get().0.id.clone()),
        }
    }
}

/// Goes over transfers, asking for page after page.
#[pyclass(frozen, module = "kaigo")]
pub struct TransferIterator(Mutex<Pages>);

struct Pages {
    /// `None` once there are no more pages: the session is free then.
    session: Option<Arc<CoreSession>>,
    filter: Option<ReceivedFilter>,
    after: Option<Cursor>,
    ready: VecDeque<CoreTransfer>,
}

impl TransferIterator {
    fn new(session: Arc<CoreSession>, filter: Option<ReceivedFilter>) -> Self {
        Self(Mutex::new(Pages { session: Some(session), filter, after: None, ready: VecDeque::new() }))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl TransferIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Transfer>> {
        loop {
            let (session, filter, after) = {
                let mut pages = self.lock();
                if let Some(transfer) = pages.ready.pop_front() {
                    return Ok(Some(Transfer(transfer)));
                }
                let Some(session) = pages.session.take() else { return Ok(None) };
                (session, pages.filter, pages.after.take())
            };
            let asked = after.clone();
            let (page, session) = doorway::run(py, move || {
                let page = match filter {
                    None => session.list_sent(after.as_ref()),
                    Some(filter) => session.list_received(filter, after.as_ref()),
                };
                Ok((page.or_raise()?, session))
            })?;
            let mut pages = self.lock();
            pages.ready.extend(page.items);
            // A page that names itself as the next would never end.
            if page.next.is_some() && page.next != asked {
                pages.session = Some(session);
            }
            pages.after = page.next;
        }
    }
}

/// A new key to send a unit under: 32 hexadecimal digits.
#[pyfunction]
pub fn idempotency_key() -> PyResult<String> {
    Ok(IdempotencyKey::random().or_raise()?.as_str().to_owned())
}
