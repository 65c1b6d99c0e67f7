//! The Individual Number Card (マイナンバーカード), over channels of Python's own and over transcripts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use jiff::civil;
use kaigo_core::calendar::{Date, Era};
use kaigo_core::card::{
    BasicItems as CoreItems, Card as CoreCard, CardChannel, CardError, ChannelError, LastTry, Pin as CorePin,
    PinKind, PrintedCodes, Recorder as CoreRecorder, Replayer as CoreReplayer, Tries as CoreTries,
    Verification as CoreVerification, verify_challenge as verify,
};
use pyo3::exceptions::{PyException, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyType};

use crate::credential::Certificate;
use crate::error::{self, OrRaise};
use crate::{doorway, lang};

type Channel = Box<dyn CardChannel>;

/// A thing that one call at a time uses. A call that would wait for another may be waited for by it, so it fails.
fn alone<T>(thing: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match thing.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

fn busy() -> PyErr {
    PyRuntimeError::new_err("another call uses the card or channel; one at a time may")
}

/// What a channel of Python's raised, kept until the call that it ended raises.
#[derive(Clone, Default)]
struct Raised(Arc<Mutex<Option<PyErr>>>);

impl Raised {
    fn slot(&self) -> MutexGuard<'_, Option<PyErr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The result as Python sees it: the error, caused by what the channel raised.
    fn explain<T>(&self, result: Result<T, CardError>) -> PyResult<T> {
        let raised = self.slot().take();
        result.map_err(|failed| match raised {
            // What leaving a card ran into later is no cause of another failure.
            Some(raised) if is_of_channel(&failed) => Python::attach(|py| {
                if !raised.is_instance_of::<PyException>(py) {
                    // Ctrl-C and the end of the program stay what they are.
                    return raised;
                }
                let failed = error::card(&failed);
                failed.set_cause(py, Some(raised));
                failed
            }),
            _ => error::card(&failed),
        })
    }
}

/// Whether a channel failed, and not what came through it.
fn is_of_channel(error: &CardError) -> bool {
    matches!(
        error,
        CardError::Removed
            | CardError::InUse
            | CardError::NoService
            | CardError::Channel { .. }
            | CardError::PinOutcomeUnknown { .. }
    )
}

/// An object with ``transmit(command)`` and, if it likes, ``power_down()``.
struct ObjectChannel {
    object: Py<PyAny>,
    raised: Raised,
}

impl CardChannel for ObjectChannel {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        let answer = Python::try_attach(|py| {
            let transmit = self.object.bind(py).call_method1("transmit", (PyBytes::new(py, command),));
            let answer = transmit.and_then(|answer| Ok(answer.extract::<PyBackedBytes>()?.to_vec()));
            answer.map_err(|raised| {
                let told = channel_error(py, &raised);
                self.raised.slot().get_or_insert(raised);
                told
            })
        });
        answer.unwrap_or_else(|| Err(ChannelError::Failed("the interpreter has ended".to_owned())))
    }

    fn power_down(&mut self) {
        Python::try_attach(|py| {
            // A card may be let go of while an exception passes through.
            let passing = PyErr::take(py);
            let object = self.object.bind(py);
            if let Ok(function) = object.getattr("power_down")
                && let Err(raised) = function.call0()
            {
                raised.write_unraisable(py, Some(object));
            }
            if let Some(passing) = passing {
                passing.restore(py);
            }
        });
    }
}

/// What the exception of a channel says, by its code. Its text is not taken over, for it may hold the command.
fn channel_error(py: Python<'_>, raised: &PyErr) -> ChannelError {
    let value = raised.value(py);
    let code = value.getattr("code").and_then(|code| code.extract::<PyBackedStr>());
    match code.as_deref() {
        Ok("card.removed") => ChannelError::Removed,
        Ok("card.in-use") => ChannelError::InUse,
        Ok("card.no-service") => ChannelError::NoService,
        _ => {
            let class = value.get_type().name().map(|name| name.to_string()).unwrap_or_default();
            ChannelError::Failed(format!("transmit: {class}"))
        }
    }
}

/// A channel that a card uses and Python asks.
struct Shared<C>(Arc<Mutex<C>>);

impl<C> Clone for Shared<C> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<C: CardChannel> CardChannel for Shared<C> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        let in_use = || ChannelError::Failed("the channel is in use".to_owned());
        alone(&self.0).ok_or_else(in_use)?.transmit(command)
    }

    fn power_down(&mut self) {
        if let Some(mut channel) = alone(&self.0) {
            channel.power_down();
        }
    }
}

/// What an argument `channel` is.
pub struct AnyChannel {
    channel: Channel,
    raised: Raised,
}

impl<'py> FromPyObject<'_, 'py> for AnyChannel {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(replayer) = object.cast::<Replayer>() {
            return Ok(replayer.get().any());
        }
        if let Ok(recorder) = object.cast::<Recorder>() {
            return Ok(recorder.get().any());
        }
        if !object.hasattr("transmit")? {
            return Err(PyTypeError::new_err("a channel has a method transmit(command: bytes) -> bytes"));
        }
        let raised = Raised::default();
        let object = object.to_owned().unbind();
        Ok(Self { channel: Box::new(ObjectChannel { object, raised: raised.clone() }), raised })
    }
}

impl AnyChannel {
    /// Sends one command without a card around it.
    fn transmit<'py>(mut self, py: Python<'py>, command: PyBackedBytes) -> PyResult<Bound<'py, PyBytes>> {
        let answer = doorway::run(py, move || {
            let answer = self.channel.transmit(&command);
            self.raised.explain(answer.map_err(CardError::from))
        })?;
        Ok(PyBytes::new(py, &answer))
    }

    fn power_down(mut self, py: Python<'_>) -> PyResult<()> {
        doorway::run(py, move || {
            self.channel.power_down();
            Ok(())
        })
    }
}

/// A channel that writes down what passes through another, PINs left out. **What a real card says is personal data.**
#[pyclass(frozen, module = "kaigo.card")]
pub struct Recorder {
    recorder: Shared<CoreRecorder<Channel>>,
    raised: Raised,
}

impl Recorder {
    fn any(&self) -> AnyChannel {
        AnyChannel { channel: Box::new(self.recorder.clone()), raised: self.raised.clone() }
    }
}

#[pymethods]
impl Recorder {
    #[new]
    fn new(channel: AnyChannel) -> Self {
        let AnyChannel { channel, raised } = channel;
        Self { recorder: Shared(Arc::new(Mutex::new(CoreRecorder::new(channel)))), raised }
    }

    /// Sends a command APDU; returns the whole answer.
    fn transmit<'py>(&self, py: Python<'py>, command: PyBackedBytes) -> PyResult<Bound<'py, PyBytes>> {
        self.any().transmit(py, command)
    }

    /// Takes the power from the card.
    fn power_down(&self, py: Python<'_>) -> PyResult<()> {
        self.any().power_down(py)
    }

    /// What was written down so far: one JSON object a line, as ``Replayer`` takes it.
    #[getter]
    fn transcript(&self) -> PyResult<String> {
        Ok(alone(&self.recorder.0).ok_or_else(busy)?.transcript().to_string())
    }

    fn __repr__(&self) -> &'static str {
        "<Recorder>"
    }
}

/// A channel that plays a transcript: every command must be the one that was written down, of PINs the length. What
/// cannot be read raises ``FormatError``.
#[pyclass(frozen, module = "kaigo.card")]
pub struct Replayer(Shared<CoreReplayer>);

impl Replayer {
    fn any(&self) -> AnyChannel {
        AnyChannel { channel: Box::new(self.0.clone()), raised: Raised::default() }
    }
}

#[pymethods]
impl Replayer {
    #[new]
    fn new(transcript: &str) -> PyResult<Self> {
        let transcript = transcript.parse().map_err(|failed| error::transcript(&failed))?;
        Ok(Self(Shared(Arc::new(Mutex::new(CoreReplayer::new(transcript))))))
    }

    /// Sends a command APDU; returns the whole answer.
    fn transmit<'py>(&self, py: Python<'py>, command: PyBackedBytes) -> PyResult<Bound<'py, PyBytes>> {
        self.any().transmit(py, command)
    }

    /// Does nothing: a transcript has no power.
    fn power_down(&self, py: Python<'_>) -> PyResult<()> {
        self.any().power_down(py)
    }

    /// Exchanges that were not asked for yet.
    #[getter]
    fn left(&self) -> PyResult<usize> {
        Ok(alone(&self.0.0).ok_or_else(busy)?.left())
    }

    fn __repr__(&self) -> &'static str {
        "<Replayer>"
    }
}

/// A PIN, password or printed code (暗証番号) of the right form; ``CardError`` where it has not. It is wiped in the end and
/// shown nowhere; the ``str`` that it is made from is Python's, which wipes nothing: keep it briefly.
///
/// ``kind`` is ``"user_authentication"``, ``"signature"``, ``"text"`` or ``"code_b"``. Full-width digits are made
/// half-width.
#[pyclass(frozen, module = "kaigo.card")]
pub struct Pin(Arc<CorePin>);

impl Pin {
    fn of(kind: PinKind, text: &str) -> PyResult<Self> {
        Ok(Self(Arc::new(CorePin::new(kind, text).map_err(CardError::from).or_raise()?)))
    }
}

#[pymethods]
impl Pin {
    #[new]
    fn new(kind: &str, text: &str) -> PyResult<Self> {
        let kind = PinKind::from_name(kind)
            .ok_or_else(|| error::value("kind is 'user_authentication', 'signature', 'text' or 'code_b'"))?;
        Self::of(kind, text)
    }

    /// The four digits of the user-authentication certificate (利用者証明用電子証明書).
    #[classmethod]
    fn user_authentication(_class: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        Self::of(PinKind::UserAuthentication, text)
    }

    /// The password of the signature certificate (署名用電子証明書), six to sixteen letters and digits.
    #[classmethod]
    fn signature(_class: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        Self::of(PinKind::Signature, text)
    }

    /// The four digits of the card-face text (券面事項入力補助用).
    #[classmethod]
    fn text(_class: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        Self::of(PinKind::Text, text)
    }

    /// Verification code B (照合番号B) from what is printed on the card: the date of birth in its era (``"昭和"``, 25, 4, 1),
    /// the Gregorian year of expiry (有効期限) and the security code (セキュリティコード), four digits.
    #[classmethod]
    #[pyo3(signature = (*, era, year, month, day, expiry_year, security_code))]
    #[allow(clippy::too_many_arguments, reason = "Python names them")]
    fn code_b(
        _class: &Bound<'_, PyType>,
        era: &str,
        year: i16,
        month: i8,
        day: i8,
        expiry_year: i16,
        security_code: &str,
    ) -> PyResult<Self> {
        let era = Era::ALL
            .into_iter()
            .find(|known| known.name() == era)
            .ok_or_else(|| error::value("era is '明治', '大正', '昭和', '平成' or '令和'"))?;
        let printed = PrintedCodes { era, year, month, day, expiry_year, security_code };
        Ok(Self(Arc::new(CorePin::code_b(&printed).map_err(CardError::from).or_raise()?)))
    }

    /// What the PIN is for.
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind().name()
    }

    fn __repr__(&self) -> String {
        format!("<Pin {}>", self.kind())
    }
}

/// What a card's certificates are kept by.
#[pyclass(frozen, get_all, module = "kaigo.card")]
#[derive(Clone)]
pub struct Token {
    /// The kind, such as ``"individual_number_card"``.
    kind: &'static str,
    /// The kind in English.
    kind_en: &'static str,
    /// The kind in Japanese.
    kind_ja: &'static str,
    /// The generation of the card, such as ``"first"``.
    generation: &'static str,
    /// The label as the card has it; empty when it has none.
    label: String,
}

#[pymethods]
impl Token {
    fn __repr__(&self) -> String {
        format!("<Token {} {}>", self.kind, self.generation)
    }
}

/// What every card tells without a PIN.
#[pyclass(frozen, get_all, module = "kaigo.card")]
pub struct CommonData {
    /// The municipality that issued the card (市区町村コード), five digits.
    municipality: String,
    /// The last day that the card is valid (有効期限).
    expires: Option<civil::Date>,
}

#[pymethods]
impl CommonData {
    fn __repr__(&self) -> &'static str {
        "<CommonData>"
    }
}

/// Which certificates a card holds: ``"present"``, ``"absent"`` or ``"unknown"`` each.
#[pyclass(frozen, get_all, module = "kaigo.card")]
pub struct CardCertificates {
    /// 利用者証明用電子証明書.
    user_authentication: &'static str,
    /// 署名用電子証明書.
    signature: &'static str,
}

#[pymethods]
impl CardCertificates {
    fn __repr__(&self) -> String {
        format!("<CardCertificates {} {}>", self.user_authentication, self.signature)
    }
}

/// How many tries a credential has left.
#[pyclass(frozen, get_all, module = "kaigo.card")]
#[derive(Clone)]
pub struct Tries {
    /// ``"left"``, ``"blocked"``, ``"absent"`` or ``"unknown"``.
    state: &'static str,
    /// The number: 0 when blocked, ``None`` when absent or not known.
    left: Option<u8>,
}

#[pymethods]
impl Tries {
    fn __repr__(&self) -> String {
        match self.left {
            Some(left) => format!("<Tries {} {left}>", self.state),
            None => format!("<Tries {}>", self.state),
        }
    }
}

impl From<CoreTries> for Tries {
    fn from(tries: CoreTries) -> Self {
        Self { state: tries.name(), left: tries.left() }
    }
}

/// Tries left of every credential.
#[pyclass(frozen, get_all, module = "kaigo.card")]
pub struct TriesLeft {
    /// 利用者証明用電子証明書の暗証番号.
    user_authentication: Tries,
    /// 署名用電子証明書の暗証番号.
    signature: Tries,
    /// 券面事項入力補助用の暗証番号.
    text: Tries,
    /// 照合番号B.
    code_b: Tries,
}

#[pymethods]
impl TriesLeft {
    fn __repr__(&self) -> &'static str {
        "<TriesLeft>"
    }
}

/// What the card said of a PIN. It is true where the PIN is the right one.
#[pyclass(frozen, module = "kaigo.card")]
pub struct Verification {
    kind: PinKind,
    said: CoreVerification,
}

#[pymethods]
impl Verification {
    /// ``"verified"``, ``"wrong"`` or ``"blocked"``.
    #[getter]
    fn outcome(&self) -> &'static str {
        self.said.name()
    }

    /// Tries left: of a wrong PIN at least one, 0 when blocked, ``None`` when verified, for then all are back.
    #[getter]
    fn left(&self) -> Option<u8> {
        match self.said {
            CoreVerification::Verified => None,
            CoreVerification::Wrong { left } => Some(left),
            CoreVerification::Blocked => Some(0),
        }
    }

    /// What to tell the person, ``"ja"`` or ``"en"``: tries left, and where to unlock.
    #[pyo3(signature = (lang=None))]
    fn guidance(&self, lang: Option<&str>) -> PyResult<String> {
        Ok(self.said.guidance(self.kind, lang::parse(lang)?))
    }

    fn __bool__(&self) -> bool {
        self.said == CoreVerification::Verified
    }

    fn __repr__(&self) -> String {
        format!("<Verification {} {}>", self.kind.name(), self.outcome())
    }
}

/// The four basic items (基本4情報) of a person: personal data.
#[pyclass(frozen, module = "kaigo.card")]
pub struct BasicItems(CoreItems);

#[pymethods]
impl BasicItems {
    /// The name (氏名), as registered.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The address (住所), as registered.
    #[getter]
    fn address(&self) -> &str {
        &self.0.address
    }

    /// The date of birth (生年月日); ``None`` when the card's eight digits are no day of the calendar.
    #[getter]
    fn birth_date(&self) -> Option<civil::Date> {
        self.0.birth_date.and_then(civil_date)
    }

    /// The date of birth as the card has it, ``YYYYMMDD``.
    #[getter]
    fn birth_digits(&self) -> &str {
        &self.0.birth_digits
    }

    /// The sex (性別): ``"male"``, ``"female"``, ``"not_applicable"`` or ``"unknown"``.
    #[getter]
    fn sex(&self) -> &'static str {
        self.0.sex.name()
    }

    fn __repr__(&self) -> &'static str {
        "<BasicItems>"
    }
}

fn civil_date(date: Date) -> Option<civil::Date> {
    civil::Date::new(date.year(), date.month_of_year(), date.day()).ok()
}

/// A challenge that a card signed. Its signature has been checked against its certificate; who issued that has not.
#[pyclass(frozen, module = "kaigo.card")]
pub struct ChallengeSignature(pub kaigo_core::card::ChallengeSignature);

#[pymethods]
impl ChallengeSignature {
    /// The algorithm, such as ``"rsa_pkcs1_sha256"``.
    #[getter]
    fn algorithm(&self) -> &'static str {
        self.0.algorithm.name()
    }

    /// The signature, in the form of the algorithm.
    #[getter]
    fn signature<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.signature)
    }

    /// The user-authentication certificate.
    #[getter]
    fn certificate(&self) -> Certificate {
        Certificate(self.0.certificate.clone())
    }

    fn __repr__(&self) -> String {
        format!("<ChallengeSignature {}>", self.algorithm())
    }
}

/// Raises ``CardError`` unless the key of the certificate signed the challenge. Who issued the certificate, and whether it
/// is revoked, is not looked at.
#[pyfunction]
pub fn verify_challenge(certificate: &Certificate, challenge: &[u8], signature: &[u8]) -> PyResult<()> {
    verify(&certificate.0, challenge, signature).or_raise()
}

/// A card, until it is let go of.
struct Held {
    card: Mutex<Option<CoreCard<Channel>>>,
    closed: AtomicBool,
    raised: Raised,
}

impl Held {
    fn with<T>(&self, flow: impl FnOnce(&mut CoreCard<Channel>) -> Result<T, CardError>) -> PyResult<T> {
        let closed = || error::value("the card was let go of");
        if self.closed.load(Ordering::SeqCst) {
            return Err(closed());
        }
        let mut card = alone(&self.card).ok_or_else(busy)?;
        let result = flow(card.as_mut().ok_or_else(closed)?);
        self.raised.explain(result)
    }

    /// Lets a closed card go. Where a call goes on, such as one that Ctrl-C no longer waits for, that does it in the end.
    fn settle(&self) {
        if self.closed.load(Ordering::SeqCst) {
            let card = alone(&self.card).and_then(|mut card| card.take());
            drop(card);
        }
    }
}

/// An Individual Number Card (マイナンバーカード) behind a channel: ``with Card.open(channel) as card:``. Take it, read, and let
/// go: other programs wait for it. One call at a time uses it.
///
/// A PIN is sent once, never blindly, and with ``spend_last_try=False`` never as the last try: then nothing is sent and
/// ``CardError`` has the code ``card.last-try``. Pass ``True`` only when the person was told and wants it.
#[pyclass(frozen, module = "kaigo.card")]
pub struct Card {
    held: Arc<Held>,
    /// What the certificates are kept by.
    #[pyo3(get)]
    token: Token,
}

impl Card {
    fn call<T: Send + 'static>(
        &self,
        py: Python<'_>,
        flow: impl FnOnce(&mut CoreCard<Channel>) -> Result<T, CardError> + Send + 'static,
    ) -> PyResult<T> {
        let held = self.held.clone();
        doorway::run(py, move || {
            let result = held.with(flow);
            held.settle();
            result
        })
    }
}

fn last_try(spend: bool) -> LastTry {
    if spend { LastTry::Spend } else { LastTry::Refuse }
}

#[pymethods]
impl Card {
    /// Makes sure that the card behind the channel is an Individual Number Card. The channel's methods may be called on
    /// another thread than this one, but on one at a time.
    #[staticmethod]
    fn open(py: Python<'_>, channel: AnyChannel) -> PyResult<Self> {
        let AnyChannel { channel, raised } = channel;
        doorway::run(py, move || {
            let card = raised.explain(CoreCard::open(channel))?;
            let token = card.token();
            let token = Token {
                kind: token.kind.name(),
                kind_en: token.kind.label(kaigo_core::report::Lang::English),
                kind_ja: token.kind.label(kaigo_core::report::Lang::Japanese),
                generation: token.generation.name(),
                label: token.label.clone(),
            };
            let held = Held { card: Mutex::new(Some(card)), closed: AtomicBool::new(false), raised };
            Ok(Self { held: Arc::new(held), token })
        })
    }

    /// The card's end date and municipality. No PIN is needed.
    fn common(&self, py: Python<'_>) -> PyResult<CommonData> {
        let data = self.call(py, CoreCard::common)?;
        Ok(CommonData {
            municipality: data.municipality.as_str().to_owned(),
            expires: civil_date(data.expires),
        })
    }

    /// Which certificates there are. No PIN is needed.
    fn certificates(&self, py: Python<'_>) -> PyResult<CardCertificates> {
        let held = self.call(py, CoreCard::certificates)?;
        Ok(CardCertificates {
            user_authentication: held.user_authentication.name(),
            signature: held.signature.name(),
        })
    }

    /// Tries left of every credential. Spends none, and needs no PIN.
    fn tries_left(&self, py: Python<'_>) -> PyResult<TriesLeft> {
        let left = self.call(py, CoreCard::tries_left)?;
        Ok(TriesLeft {
            user_authentication: left.user_authentication.into(),
            signature: left.signature.into(),
            text: left.text.into(),
            code_b: left.code_b.into(),
        })
    }

    /// The user-authentication certificate (利用者証明用電子証明書). Phones show it only after a PIN; cards without one.
    #[pyo3(signature = (pin=None, *, spend_last_try=false))]
    fn user_certificate(
        &self,
        py: Python<'_>,
        pin: Option<&Pin>,
        spend_last_try: bool,
    ) -> PyResult<Certificate> {
        let pin = pin.map(|pin| pin.0.clone());
        let read = move |card: &mut CoreCard<Channel>| match pin {
            None => card.user_certificate(),
            Some(pin) => card.user_certificate_with_pin(&pin, last_try(spend_last_try)),
        };
        Ok(Certificate(self.call(py, read)?))
    }

    /// The certificate of those who issued the user-authentication certificate.
    fn user_certificate_issuer(&self, py: Python<'_>) -> PyResult<Certificate> {
        Ok(Certificate(self.call(py, CoreCard::user_certificate_issuer)?))
    }

    /// Name, address, date of birth and sex (基本4情報), by the PIN of the card-face text or verification code B.
    #[pyo3(signature = (pin, *, spend_last_try=false))]
    fn basic_items(&self, py: Python<'_>, pin: &Pin, spend_last_try: bool) -> PyResult<BasicItems> {
        let pin = pin.0.clone();
        Ok(BasicItems(self.call(py, move |card| card.basic_items(&pin, last_try(spend_last_try)))?))
    }

    /// Signs a challenge with the user-authentication key. Make a challenge say what it is for, and sign none whose origin
    /// is not known.
    #[pyo3(signature = (pin, challenge, *, spend_last_try=false))]
    fn sign(
        &self,
        py: Python<'_>,
        pin: &Pin,
        challenge: PyBackedBytes,
        spend_last_try: bool,
    ) -> PyResult<ChallengeSignature> {
        let pin = pin.0.clone();
        let sign = move |card: &mut CoreCard<Channel>| card.sign(&pin, last_try(spend_last_try), &challenge);
        Ok(ChallengeSignature(self.call(py, sign)?))
    }

    /// Asks the card whether a PIN is right, and nothing else. Tries left are read first; a blocked credential is not
    /// tried.
    #[pyo3(signature = (pin, *, spend_last_try=false))]
    fn verify(&self, py: Python<'_>, pin: &Pin, spend_last_try: bool) -> PyResult<Verification> {
        let kind = pin.0.kind();
        let pin = pin.0.clone();
        let said = self.call(py, move |card| card.verify(&pin, last_try(spend_last_try)))?;
        Ok(Verification { kind, said })
    }

    /// Lets the card go; after a PIN was in play it loses its power. A call that goes on is let finish.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.held.closed.store(true, Ordering::SeqCst);
        let held = self.held.clone();
        doorway::run(py, move || {
            held.settle();
            Ok(())
        })
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (_error_type=None, _error=None, _traceback=None))]
    fn __exit__(
        &self,
        py: Python<'_>,
        _error_type: Option<&Bound<'_, PyAny>>,
        _error: Option<&Bound<'_, PyAny>>,
        _traceback: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        self.close(py)
    }

    fn __repr__(&self) -> String {
        format!("<Card {}>", self.token.kind)
    }
}
