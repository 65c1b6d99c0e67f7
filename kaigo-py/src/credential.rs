//! Certificates and keys.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use kaigo_core::card::LastTry;
use kaigo_core::credential::{
    Certificate as CoreCertificate, CertificateChoice, Credential as CoreCredential, KeyUse,
    KindRule as CoreRule, KindRules, Renewal as CoreRenewal, Roots,
};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use zeroize::Zeroizing;

use crate::error::OrRaise;
use crate::input::Source;
use crate::{doorway, lang};

/// A rule that tells one kind of certificate by texts that its subject and issuer have in them; an empty one fits any.
#[pyclass(frozen, eq, from_py_object, module = "kaigo")]
#[derive(Clone, PartialEq)]
pub struct KindRule(CoreRule);

#[pymethods]
impl KindRule {
    #[new]
    #[pyo3(signature = (name, *, label_ja, label_en, subject_has="", issuer_has=""))]
    fn new(name: &str, label_ja: &str, label_en: &str, subject_has: &str, issuer_has: &str) -> Self {
        Self(CoreRule {
            name: name.into(),
            label_ja: label_ja.into(),
            label_en: label_en.into(),
            subject_has: subject_has.into(),
            issuer_has: issuer_has.into(),
        })
    }

    /// The stable name of the kind.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The kind in words, ``"ja"`` or ``"en"``.
    #[pyo3(signature = (lang=None))]
    fn label(&self, lang: Option<&str>) -> PyResult<&str> {
        Ok(self.0.label(lang::parse(lang)?))
    }

    fn __repr__(&self) -> String {
        format!("<KindRule {}>", self.0.name)
    }
}

/// Whether a certificate is to be renewed.
#[pyclass(frozen, module = "kaigo")]
pub struct Renewal(CoreRenewal);

#[pymethods]
impl Renewal {
    /// ``"not_yet"``, ``"advised"`` (90 days or fewer are left) or ``"ended"``.
    #[getter]
    fn state(&self) -> &'static str {
        self.0.name()
    }

    /// What to tell the person, ``"ja"`` or ``"en"``; ``None`` while nothing is to be done.
    #[pyo3(signature = (lang=None))]
    fn message(&self, lang: Option<&str>) -> PyResult<Option<String>> {
        Ok(self.0.message(lang::parse(lang)?))
    }

    fn __repr__(&self) -> String {
        format!("<Renewal {}>", self.0.name())
    }
}

/// A certificate and what it says of itself. Nothing here has been verified: that is done in the TLS handshake, or by
/// ``validate``.
#[pyclass(frozen, eq, from_py_object, module = "kaigo")]
#[derive(Clone, PartialEq)]
pub struct Certificate(pub CoreCertificate);

#[pymethods]
impl Certificate {
    /// Reads all certificates of a PEM file: a path, bytes or an open binary file.
    #[staticmethod]
    fn from_pem(py: Python<'_>, source: Source) -> PyResult<Vec<Self>> {
        doorway::run(py, move || {
            let certificates = CoreCertificate::from_pem(source.load()?.as_ref()).or_raise()?;
            Ok(certificates.into_iter().map(Self).collect())
        })
    }

    /// Reads one certificate in DER.
    #[staticmethod]
    fn from_der(der: &[u8]) -> PyResult<Self> {
        CoreCertificate::from_der(der).or_raise().map(Self)
    }

    /// The certificate in DER.
    #[getter]
    fn der<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.as_der())
    }

    /// Whom it names, in the form of RFC 4514.
    #[getter]
    fn subject(&self) -> &str {
        self.0.subject()
    }

    /// The common name (CN) of the subject.
    #[getter]
    fn common_name(&self) -> Option<&str> {
        self.0.common_name()
    }

    /// The organisation (O) of the subject.
    #[getter]
    fn organization(&self) -> Option<&str> {
        self.0.organization()
    }

    /// The organisational unit (OU) of the subject.
    #[getter]
    fn organizational_unit(&self) -> Option<&str> {
        self.0.organizational_unit()
    }

    /// Who issued it, in the form of RFC 4514.
    #[getter]
    fn issuer(&self) -> &str {
        self.0.issuer()
    }

    /// The serial number in lower-case hexadecimal.
    #[getter]
    fn serial(&self) -> &str {
        self.0.serial()
    }

    /// The SHA-1 in lower-case hexadecimal, by which Windows and others name it (拇印). It proves nothing.
    #[getter]
    fn thumbprint(&self) -> String {
        self.0.thumbprint()
    }

    /// The first second of its validity, in UTC.
    #[getter]
    fn not_before(&self) -> Timestamp {
        self.0.not_before()
    }

    /// The last second of its validity (有効期限), in UTC.
    #[getter]
    fn not_after(&self) -> Timestamp {
        self.0.not_after()
    }

    /// Whole days left until the end of its validity: 0 on the last day, negative after it. ``now`` is a ``datetime``
    /// with a time zone; without it, the computer's clock tells.
    #[pyo3(signature = (now=None))]
    fn days_left(&self, now: Option<Timestamp>) -> i64 {
        self.0.days_left(now.unwrap_or_else(Timestamp::now))
    }

    /// Raises ``CertificateError`` when the certificate may not be used at a time, now if none is given.
    #[pyo3(signature = (now=None))]
    fn ensure_valid(&self, now: Option<Timestamp>) -> PyResult<()> {
        self.0.ensure_valid_at(now.unwrap_or_else(Timestamp::now)).or_raise()
    }

    /// Whether the certificate is to be renewed: advised from 90 days before its end.
    #[pyo3(signature = (now=None))]
    fn renewal(&self, now: Option<Timestamp>) -> Renewal {
        Renewal(self.0.renewal(now.unwrap_or_else(Timestamp::now)))
    }

    /// What the key may be used for, as RFC 5280 names it; ``None`` where the certificate does not limit it.
    #[getter]
    fn key_uses(&self) -> Option<Vec<&'static str>> {
        Some(self.0.key_uses()?.iter().map(|key_use| KeyUse::name(*key_use)).collect())
    }

    /// The kind of office certificate that it calls itself, which proves nothing: the first rule that fits, ``None`` where
    /// none does. Without rules those of the sandbox decide (provisional).
    #[pyo3(signature = (rules=None))]
    fn kind(&self, rules: Option<Vec<KindRule>>) -> Option<KindRule> {
        let rules = match rules {
            None => KindRules::provisional(),
            Some(rules) => KindRules(rules.into_iter().map(|rule| rule.0).collect()),
        };
        rules.kind_of(&self.0).cloned().map(KindRule)
    }

    /// Builds the chain to one of the roots and checks it for client authentication; ``CertificateError`` when there is
    /// none. Revocation is not looked up. Returns the chain: this certificate first, the root last.
    #[pyo3(signature = (roots, intermediates=Vec::new(), *, now=None))]
    fn validate(
        &self,
        py: Python<'_>,
        roots: Vec<Self>,
        intermediates: Vec<Self>,
        now: Option<Timestamp>,
    ) -> PyResult<Vec<Self>> {
        let certificate = self.0.clone();
        doorway::run(py, move || {
            let roots = Roots::new(roots.into_iter().map(|root| root.0)).or_raise()?;
            let intermediates: Vec<_> = intermediates.into_iter().map(|other| other.0).collect();
            let at = now.unwrap_or_else(Timestamp::now);
            let chain = certificate.validate(&intermediates, &roots, at).or_raise()?;
            Ok(chain.into_iter().map(Self).collect())
        })
    }

    fn __hash__(&self) -> u64 {
        self.0.as_der().iter().fold(0, |hash, byte| hash.wrapping_mul(31).wrapping_add((*byte).into()))
    }

    fn __repr__(&self) -> String {
        format!("<Certificate {} until {}>", self.subject(), self.0.not_after())
    }
}

/// A certificate, its issuers and its private key (介護保険証明書, 介護DX証明書). The key is wiped when it is dropped.
#[pyclass(frozen, module = "kaigo")]
pub struct Credential(pub Arc<CoreCredential>);

#[pymethods]
impl Credential {
    /// Reads a PKCS#12 file (``.p12``, ``.pfx``): a path, bytes or an open binary file.
    #[staticmethod]
    fn from_pkcs12(py: Python<'_>, source: Source, password: String) -> PyResult<Self> {
        let password = Zeroizing::new(password);
        doorway::run(py, move || {
            let bytes = source.load()?;
            Ok(Self(Arc::new(CoreCredential::from_pkcs12(bytes.as_ref(), &password).or_raise()?)))
        })
    }

    /// Reads PEM files that together hold the certificates and one private key, in any order.
    #[staticmethod]
    #[pyo3(signature = (*sources, password=None))]
    fn from_pem(py: Python<'_>, sources: Vec<Source>, password: Option<String>) -> PyResult<Self> {
        let password = password.map(Zeroizing::new);
        doorway::run(py, move || {
            let inputs = sources.into_iter().map(Source::load).collect::<PyResult<Vec<_>>>()?;
            let inputs: Vec<&[u8]> = inputs.iter().map(AsRef::as_ref).collect();
            let password = password.as_ref().map(|password| password.as_str());
            Ok(Self(Arc::new(CoreCredential::from_pem(&inputs, password).or_raise()?)))
        })
    }

    /// The certificate and key of a PKCS#11 token; the key signs in the token. ``module`` is the library that came with
    /// the token: it is loaded into the process, and stays loaded. ``token`` is the token's label or serial number;
    /// ``certificate`` says which of its certificates, by 40 hexadecimal digits of the thumbprint or a text that the subject
    /// has in it.
    ///
    /// The PIN is told to the token once. Where the token says that few tries are left it is not, and
    /// ``CertificateError`` has the code ``credential.pin-tries-low``, unless ``spend_last_try`` allows it.
    #[staticmethod]
    #[pyo3(signature = (module, token, pin, *, certificate="", spend_last_try=false))]
    fn from_pkcs11(
        py: Python<'_>,
        module: PathBuf,
        token: String,
        pin: String,
        certificate: &str,
        spend_last_try: bool,
    ) -> PyResult<Self> {
        let (pin, choice) = (Zeroizing::new(pin), CertificateChoice::from(certificate));
        let last_try = if spend_last_try { LastTry::Spend } else { LastTry::Refuse };
        doorway::run(py, move || {
            let found = CoreCredential::from_pkcs11(&module, &token, &pin, &choice, last_try);
            Ok(Self(Arc::new(found.or_raise()?)))
        })
    }

    /// A certificate of the signed-in user's personal store and its key, on Windows; ``certificate`` as for
    /// ``from_pkcs11``. Windows may ask for a PIN or a permission of its own. Elsewhere ``CertificateError`` has the code
    /// ``credential.unsupported``.
    #[staticmethod]
    #[pyo3(signature = (certificate=""))]
    fn from_windows_store(py: Python<'_>, certificate: &str) -> PyResult<Self> {
        let choice = CertificateChoice::from(certificate);
        doorway::run(py, move || Ok(Self(Arc::new(CoreCredential::from_windows_store(&choice).or_raise()?))))
    }

    /// The office's own certificate.
    #[getter]
    fn certificate(&self) -> Certificate {
        Certificate(self.0.certificate().clone())
    }

    /// The certificates, the office's own first, each followed by the one that issued it.
    #[getter]
    fn chain(&self) -> Vec<Certificate> {
        self.0.chain().iter().cloned().map(Certificate).collect()
    }

    /// Raises ``CertificateError`` when a certificate of the chain may not be used at a time, now if none is given.
    #[pyo3(signature = (now=None))]
    fn ensure_valid(&self, now: Option<Timestamp>) -> PyResult<()> {
        self.0.ensure_valid_at(now.unwrap_or_else(Timestamp::now)).or_raise()
    }

    fn __repr__(&self) -> String {
        format!("<Credential {}>", self.0.certificate().subject())
    }
}
