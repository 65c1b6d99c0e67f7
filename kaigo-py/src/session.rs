//! The transfer client.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use kaigo_core::calendar::Date;
use kaigo_core::document::to_json;
use kaigo_core::eligibility::{CarePlanNotification, Consent, FourItems};
use kaigo_core::ident::{InsuredNumber, InsurerNumber};
use kaigo_core::platform::{
    Agreement, Cursor, IdempotencyKey, IdentityChallenge as CoreChallenge,
    IdentityConfirmation as CoreConfirmation, Package, Platform, Received as CoreReceived, ReceivedFilter,
    Retry, Session as CoreSession, TerminalId, Transfer as CoreTransfer, TransferError, TransferId, View,
    VisualStatement, WireProfile,
};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use zeroize::Zeroizing;

use crate::card::ChallengeSignature;
use crate::credential::{Certificate, Credential};
use crate::doorway;
use crate::error::{self, OrRaise};
use crate::unit::{Party, Unit};
use crate::web_service;

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

    fn view(&self, py: Python<'_>, view: View, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        let (session, person) = (self.open()?, web_service::person(insurer, insured)?);
        let json = doorway::run(py, move || session.view_json(view.name(), &person).or_raise())?;
        web_service::document(py, view.document(), &json)
    }
}

#[pymethods]
impl Session {
    #[new]
    #[pyo3(signature = (
        url, credential, user_id, password, *, roots, connect_timeout=10.0, call_timeout=60.0, attempts=4,
        max_response_bytes=67_108_864, profile="provisional"
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
        profile: &str,
    ) -> PyResult<Self> {
        let profile = match profile {
            "provisional" => WireProfile::provisional(),
            "api-1.0" => WireProfile::api_1_0(),
            _ => return Err(error::value("the profile is 'provisional' or 'api-1.0'")),
        };
        let seconds = |seconds: f64| {
            Duration::try_from_secs_f64(seconds).map_err(|_| error::value("a timeout is a number of seconds"))
        };
        let builder = Platform::builder(&url, credential.0.clone())
            .roots(roots.into_iter().map(|root| root.0))
            .connect_timeout(seconds(connect_timeout)?)
            .call_timeout(seconds(call_timeout)?)
            .max_response_bytes(max_response_bytes)
            .profile(profile)
            .watch(doorway::watch())
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

    /// The insured card (介護保険被保険者証), a document ``InsuredCard``.
    fn insured_card(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::InsuredCard, insurer, insured)
    }

    /// The burden ratio certificate (負担割合証), a document ``BurdenRatioCertificate``.
    fn burden_ratio(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::BurdenRatio, insurer, insured)
    }

    /// The ceiling certificate (負担限度額認定証), a document ``BurdenLimitCertificate``.
    fn burden_limit(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::BurdenLimit, insurer, insured)
    }

    /// The certification with its result (要介護認定), a document ``Certification``.
    fn certification(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::Certification, insurer, insured)
    }

    /// How far the certification is (認定の進捗), a document ``CertificationProgress``.
    fn certification_progress(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::Progress, insurer, insured)
    }

    /// The assessment form (認定調査票), a document ``AssessmentForm``.
    fn assessment_form(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::Assessment, insurer, insured)
    }

    /// The doctor's opinion (主治医意見書), a document ``DoctorsOpinion``.
    fn doctors_opinion(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::Opinion, insurer, insured)
    }

    /// What was used of the allowance for home modification (住宅改修費), a document ``HomeModificationUse``.
    fn home_modification_use(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::HomeModification, insurer, insured)
    }

    /// What was used of the allowance for equipment (福祉用具購入費), a document ``EquipmentUse``.
    fn equipment_use(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::Equipment, insurer, insured)
    }

    /// Feedback of LIFE, a document ``LifeFeedback``; in the browser only by API 1.0.
    fn life_feedback(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Py<PyAny>> {
        self.view(py, View::Life, insurer, insured)
    }

    /// The people whom this office serves (利用者一覧), documents ``ServiceUser``.
    fn users(&self, py: Python<'_>) -> PyResult<Vec<Py<PyAny>>> {
        let session = self.open()?;
        let users = doorway::run(py, move || {
            let (mut users, mut after) = (Vec::new(), None);
            loop {
                let page = session.list_users(after.as_ref()).or_raise()?;
                users.extend(page.items.iter().map(to_json));
                match page.next {
                    Some(next) if after.as_ref() != Some(&next) => after = Some(next),
                    _ => return Ok(users),
                }
            }
        })?;
        users.iter().map(|user| web_service::document(py, "ServiceUser", user)).collect()
    }

    /// Puts a plan, pairs of name and content, up for the person's agreement (同意・確認用登録). Gives a document
    /// ``RegisteredPlan``.
    fn register_plan_for_consent(
        &self,
        py: Python<'_>,
        insurer: &str,
        insured: &str,
        files: Vec<(String, PyBackedBytes)>,
    ) -> PyResult<Py<PyAny>> {
        let (session, person) = (self.open()?, web_service::person(insurer, insured)?);
        let files = web_service::files(files)?;
        let plan = doorway::run(py, move || {
            Ok(to_json(&session.register_plan_for_consent(&person, &files).or_raise()?))
        })?;
        web_service::document(py, "RegisteredPlan", &plan)
    }

    /// Delivers a finished plan (交付用登録): agreed to by the answer to a registration of the same files
    /// (``agreed_registration``), or on paper on a day (``agreed_on``).
    #[pyo3(signature = (insurer, insured, files, *, agreed_registration=None, agreed_on=None))]
    fn register_plan_for_delivery(
        &self,
        py: Python<'_>,
        insurer: &str,
        insured: &str,
        files: Vec<(String, PyBackedBytes)>,
        agreed_registration: Option<String>,
        agreed_on: Option<jiff::civil::Date>,
    ) -> PyResult<Py<PyAny>> {
        let agreement = match (agreed_registration, agreed_on) {
            (Some(id), None) => Agreement::Registered(id),
            (None, Some(day)) => Agreement::OnPaper(day.to_string().parse::<Date>().or_raise()?),
            _ => {
                return Err(error::value(
                    "one of agreed_registration and agreed_on says how the person agreed",
                ));
            }
        };
        let (session, person) = (self.open()?, web_service::person(insurer, insured)?);
        let files = web_service::files(files)?;
        let plan = doorway::run(py, move || {
            Ok(to_json(&session.register_plan_for_delivery(&person, &files, &agreement).or_raise()?))
        })?;
        web_service::document(py, "RegisteredPlan", &plan)
    }

    /// What became of a plan that this office registered: the person's agreement or refusal.
    fn plan_state(&self, py: Python<'_>, insurer: &str, insured: &str, id: String) -> PyResult<Py<PyAny>> {
        let (session, person) = (self.open()?, web_service::person(insurer, insured)?);
        let plan = doorway::run(py, move || Ok(to_json(&session.plan_state(&person, &id).or_raise()?)))?;
        web_service::document(py, "RegisteredPlan", &plan)
    }

    /// The plans delivered for a person, whichever office did; in the browser only by API 1.0.
    fn registered_plans(&self, py: Python<'_>, insurer: &str, insured: &str) -> PyResult<Vec<Py<PyAny>>> {
        let (session, person) = (self.open()?, web_service::person(insurer, insured)?);
        let plans = doorway::run(py, move || {
            Ok(session.registered_plans(&person).or_raise()?.iter().map(to_json).collect::<Vec<_>>())
        })?;
        plans.iter().map(|plan| web_service::document(py, "RegisteredPlan", plan)).collect()
    }

    /// A plan delivered for a person, and its files, pairs of name and content; in the browser only by API 1.0.
    fn registered_plan<'py>(
        &self,
        py: Python<'py>,
        insurer: &str,
        insured: &str,
        id: String,
    ) -> PyResult<(Py<PyAny>, web_service::NamedBytes<'py>)> {
        let (session, person) = (self.open()?, web_service::person(insurer, insured)?);
        let (plan, files) = doorway::run(py, move || session.registered_plan(&person, &id).or_raise())?;
        let files = files.iter().map(|file| (file.name().to_owned(), PyBytes::new(py, file.bytes())));
        Ok((web_service::document(py, "RegisteredPlan", &to_json(&plan))?, files.collect()))
    }

    /// Registers a person without their card by a document ``FourItems``; in the browser only by API 1.0.
    fn register_person(&self, py: Python<'_>, items: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let (session, items) = (self.open()?, web_service::read::<FourItems>(items)?);
        let user = doorway::run(py, move || Ok(to_json(&session.register_person(&items).or_raise()?)))?;
        web_service::document(py, "ServiceUser", &user)
    }

    /// Files a document ``CarePlanNotification`` (居宅サービス計画作成依頼届出書), once however often it is called; in the
    /// browser only by API 1.0. Ask ``kaigo.benefit`` for ``check_filing`` before.
    fn file_notification(&self, py: Python<'_>, notification: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let (session, form) = (self.open()?, web_service::read::<CarePlanNotification>(notification)?);
        let receipt = doorway::run(py, move || Ok(to_json(&session.file_notification(&form).or_raise()?)))?;
        web_service::document(py, "NotificationReceipt", &receipt)
    }

    /// Records a document ``Consent`` for this office: given, or withdrawn; in the browser only by API 1.0.
    fn record_consent(
        &self,
        py: Python<'_>,
        insurer: &str,
        insured: &str,
        consent: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let (session, person) = (self.open()?, web_service::person(insurer, insured)?);
        let consent = web_service::read::<Consent>(consent)?;
        doorway::run(py, move || session.record_consent(&person, &consent).or_raise().map(drop))
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
