//! Certificates and keys.

use std::sync::Arc;

use jiff::Timestamp;
use kaigo_core::credential::{Certificate as CoreCertificate, Credential as CoreCredential};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use zeroize::Zeroizing;

use crate::doorway;
use crate::error::OrRaise;
use crate::input::Source;

/// A certificate and what it says of itself. Nothing here has been verified: that is done in the TLS handshake.
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
