//! One certificate: whom it names and when it ends.

use std::fmt;

use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use x509_cert::der::oid::db::rfc4519;
use x509_cert::der::{Any, Decode, oid::ObjectIdentifier};
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::name::Name;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::{CertificateName, CredentialError};

const WHAT: &str = "certificate (X.509)";

/// An X.509 certificate and what it says of itself. Nothing here has been verified: that is done in the TLS
/// handshake, or by [`validate`](Self::validate).
#[doc(alias = "電子証明書")]
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: CertificateDer<'static>,
    subject: String,
    common_name: Option<String>,
    organization: Option<String>,
    organizational_unit: Option<String>,
    issuer: String,
    serial: String,
    not_before: Timestamp,
    not_after: Timestamp,
    algorithm: AlgorithmIdentifierOwned,
    public_key: Vec<u8>,
    key_uses: Option<Vec<KeyUse>>,
}

/// What a certificate's key may be used for (key usage, RFC 5280).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KeyUse {
    /// Signatures that prove who one is, as in TLS.
    DigitalSignature,
    /// Signatures that bind to what was signed (否認防止).
    NonRepudiation,
    /// Encrypting keys.
    KeyEncipherment,
    /// Encrypting data.
    DataEncipherment,
    /// Agreeing on keys.
    KeyAgreement,
    /// Signing certificates: an authority.
    KeyCertSign,
    /// Signing lists of revoked certificates.
    CrlSign,
}

impl KeyUse {
    const ALL: [(Self, KeyUsages); 7] = [
        (Self::DigitalSignature, KeyUsages::DigitalSignature),
        (Self::NonRepudiation, KeyUsages::NonRepudiation),
        (Self::KeyEncipherment, KeyUsages::KeyEncipherment),
        (Self::DataEncipherment, KeyUsages::DataEncipherment),
        (Self::KeyAgreement, KeyUsages::KeyAgreement),
        (Self::KeyCertSign, KeyUsages::KeyCertSign),
        (Self::CrlSign, KeyUsages::CRLSign),
    ];

    /// The stable name, as RFC 5280 has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DigitalSignature => "digitalSignature",
            Self::NonRepudiation => "nonRepudiation",
            Self::KeyEncipherment => "keyEncipherment",
            Self::DataEncipherment => "dataEncipherment",
            Self::KeyAgreement => "keyAgreement",
            Self::KeyCertSign => "keyCertSign",
            Self::CrlSign => "cRLSign",
        }
    }
}

impl Certificate {
    /// Reads one certificate in DER.
    ///
    /// # Errors
    /// [`CredentialError::Damaged`] when the bytes are no certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, CredentialError> {
        Self::parse(der).ok_or(CredentialError::Damaged { what: WHAT })
    }

    /// Reads all certificates of a PEM text, in their order; other sections are passed over. For the roots that
    /// the client of `platform` trusts, and for chains.
    ///
    /// # Errors
    /// [`CredentialError::NoCertificate`] when there is none, [`CredentialError::Damaged`] when one cannot be
    /// read.
    pub fn from_pem(pem: &[u8]) -> Result<Vec<Self>, CredentialError> {
        let certificates = CertificateDer::pem_slice_iter(pem)
            .map(|der| Self::from_der(&der.map_err(|_| CredentialError::Damaged { what: WHAT })?))
            .collect::<Result<Vec<_>, _>>()?;
        if certificates.is_empty() { Err(CredentialError::NoCertificate) } else { Ok(certificates) }
    }

    fn parse(der: &[u8]) -> Option<Self> {
        let parsed = x509_cert::Certificate::from_der(der).ok()?;
        let tbs = parsed.tbs_certificate();
        let seconds = |time: x509_cert::time::Time| {
            Timestamp::from_second(i64::try_from(time.to_unix_duration().as_secs()).ok()?).ok()
        };
        Some(Self {
            der: CertificateDer::from(der.to_vec()),
            subject: tbs.subject().to_string(),
            common_name: text(tbs.subject(), rfc4519::COMMON_NAME),
            organization: text(tbs.subject(), rfc4519::ORGANIZATION_NAME),
            organizational_unit: text(tbs.subject(), rfc4519::ORGANIZATIONAL_UNIT_NAME),
            issuer: tbs.issuer().to_string(),
            serial: tbs.serial_number().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
            not_before: seconds(tbs.validity().not_before)?,
            not_after: seconds(tbs.validity().not_after)?,
            algorithm: tbs.subject_public_key_info().algorithm.clone(),
            public_key: tbs.subject_public_key_info().subject_public_key.as_bytes()?.to_vec(),
            key_uses: tbs.get_extension::<KeyUsage>().ok()?.map(|(_, usage)| {
                KeyUse::ALL
                    .iter()
                    .filter(|(_, bit)| usage.0.contains(*bit))
                    .map(|(key_use, _)| *key_use)
                    .collect()
            }),
        })
    }

    /// The certificate in DER.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Whom it names, in the form of RFC 4514 (`CN=…,O=…,C=JP`).
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The common name (CN) of the subject.
    pub fn common_name(&self) -> Option<&str> {
        self.common_name.as_deref()
    }

    /// The organisation (O) of the subject.
    pub fn organization(&self) -> Option<&str> {
        self.organization.as_deref()
    }

    /// The organisational unit (OU) of the subject.
    pub fn organizational_unit(&self) -> Option<&str> {
        self.organizational_unit.as_deref()
    }

    /// Who issued it, in the form of RFC 4514.
    #[doc(alias = "発行者")]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The serial number in lower-case hexadecimal, two digits a byte.
    #[doc(alias = "シリアル番号")]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The SHA-1 of the certificate in lower-case hexadecimal, by which Windows and others name it (拇印). It names, and
    /// proves nothing.
    #[doc(alias = "拇印")]
    pub fn thumbprint(&self) -> String {
        let digest = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &self.der);
        digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The first second of its validity.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last second of its validity.
    #[doc(alias = "有効期限")]
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Whole days of 24 hours left until [`not_after`](Self::not_after): 0 on the last day, negative after it.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        (self.not_after.as_second() - now.as_second()).div_euclid(24 * 60 * 60)
    }

    /// Whether the certificate may be used at a time.
    ///
    /// # Errors
    /// [`CredentialError::NotYetValid`] or [`CredentialError::Expired`].
    pub fn ensure_valid_at(&self, now: Timestamp) -> Result<(), CredentialError> {
        if now < self.not_before {
            Err(CredentialError::NotYetValid { certificate: self.name(), from: self.not_before })
        } else if now.as_second() > self.not_after.as_second() {
            Err(CredentialError::Expired { certificate: self.name(), since: self.not_after })
        } else {
            Ok(())
        }
    }

    /// What the key may be used for; `None` where the certificate does not limit it.
    #[doc(alias = "鍵用途")]
    pub fn key_uses(&self) -> Option<&[KeyUse]> {
        self.key_uses.as_deref()
    }

    pub(super) fn name(&self) -> CertificateName {
        CertificateName {
            common_name: self.common_name.clone().unwrap_or_else(|| self.subject.clone()),
            serial: self.serial.clone(),
        }
    }

    /// The algorithm of the public key.
    pub(super) fn algorithm(&self) -> &AlgorithmIdentifierOwned {
        &self.algorithm
    }

    /// What tells the kind of the public key: its curve where it has one, else its algorithm.
    pub(crate) fn key_kind(&self) -> ObjectIdentifier {
        let curve =
            self.algorithm.parameters.as_ref().and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
        curve.unwrap_or(self.algorithm.oid)
    }

    /// The bits of the public key, in the form that its algorithm gives them.
    pub(crate) fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    pub(super) fn is_issued_by_itself(&self) -> bool {
        self.subject == self.issuer
    }

    #[cfg(feature = "http")]
    pub(crate) fn to_rustls(&self) -> CertificateDer<'static> {
        self.der.clone()
    }
}

fn text(name: &Name, attribute: ObjectIdentifier) -> Option<String> {
    let value: &Any = name.iter().find(|part| part.oid == attribute).map(|part| &part.value)?;
    DirectoryString::try_from(value).ok().map(|text| text.value().into_owned())
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", &self.subject)
            .field("issuer", &self.issuer)
            .field("serial", &self.serial)
            .field("not_before", &self.not_before)
            .field("not_after", &self.not_after)
            .finish()
    }
}
