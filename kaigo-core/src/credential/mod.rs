//! Certificates and keys (feature `credential`): what they are, whom they name, when they end.
//!
//! A [`Credential`] is what an office proves itself with towards the platform: a certificate (介護保険証明書 or
//! 介護DX証明書), those that issued it, and the private key.
//!
//! The key may also stay where it is, and sign there: in a PKCS#11 token (feature `pkcs11`,
//! `Credential::from_pkcs11`), or in the certificate store of Windows (`Credential::from_windows_store`, on Windows).
//!
//! Keys are wiped from memory when a credential is dropped. The readers underneath free copies of their own, and the
//! libraries of the transfer client others of passwords and tokens: those are wiped where the program's allocator does it
//! (`kaigo-wiping`, as in kaigo's C library and Python module). What signs keeps a key as long as a client lives.

use std::fmt;

use jiff::Timestamp;
use kaigo_wiping::Carrying;

mod certificate;
mod choice;
mod error;
mod key;
mod kind;
mod pem;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod pkcs12;
mod renewal;
mod validation;
#[cfg(feature = "http")]
mod windows_store;

pub use certificate::{Certificate, KeyUse};
pub use choice::CertificateChoice;
pub use error::{CertificateName, CredentialError, TokenTries};
pub use kind::{KindRule, KindRules};
pub use renewal::Renewal;
pub use validation::Roots;

use key::{Key, RawKey};

/// A certificate, its issuers and its private key. `Debug` shows the certificates only.
#[doc(alias = "介護保険証明書")]
#[doc(alias = "介護DX証明書")]
#[doc(alias = "クライアント証明書")]
pub struct Credential {
    /// Leaf first, each issued by the next.
    chain: Vec<Certificate>,
    #[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only TLS signs"))]
    key: Key,
}

impl Credential {
    /// Reads a PKCS#12 file (`.p12`, `.pfx`): PBES2 with AES or 3DES, as written today, and PBE-SHA1 with
    /// 3DES or RC2-40, as written by older software.
    ///
    /// The leaf is the certificate that the private key belongs to (of several, the one that ends last); the
    /// chain is put in order; certificates that have no part in it are left out.
    ///
    /// # Errors
    /// [`CredentialError`]: wrong password, damaged or unsupported file, no key, no certificate, several keys,
    /// a key that belongs to none of the certificates. Validity is not looked at here: see
    /// [`ensure_valid_at`](Self::ensure_valid_at).
    #[doc(alias = "PFX")]
    pub fn from_pkcs12(bytes: &[u8], password: &str) -> Result<Self, CredentialError> {
        let _wiped = Carrying::begin();
        let (certificates, keys) = pkcs12::read(bytes, password)?;
        Self::pair(certificates, keys)
    }

    /// Reads PEM texts that together hold the certificates and one private key, in any order: PKCS#8, PKCS#1 or
    /// SEC1, or PKCS#8 encrypted under PBES2, for which the password is needed.
    ///
    /// # Errors
    /// As [`from_pkcs12`](Self::from_pkcs12); [`CredentialError::WrongPassword`] also when the key is encrypted
    /// and no password is given.
    pub fn from_pem(inputs: &[&[u8]], password: Option<&str>) -> Result<Self, CredentialError> {
        let _wiped = Carrying::begin();
        let (certificates, keys) = pem::read(inputs, password)?;
        Self::pair(certificates, keys)
    }

    fn pair(mut certificates: Vec<Certificate>, mut keys: Vec<RawKey>) -> Result<Self, CredentialError> {
        keys.dedup();
        let key = match keys.as_slice() {
            [] => return Err(CredentialError::NoKey),
            [key] => key,
            several => return Err(CredentialError::SeveralKeys { count: several.len() }),
        };
        let Some(first) = certificates.first().map(Certificate::name) else {
            return Err(CredentialError::NoCertificate);
        };
        key.ensure_usable()?;
        let (leaf, key) = certificates
            .iter()
            .enumerate()
            .filter_map(|(i, certificate)| Some((i, key.belonging_to(certificate)?)))
            .max_by_key(|(i, _)| certificates[*i].not_after())
            .ok_or(CredentialError::KeyMismatch { certificate: first })?;
        let leaf = certificates.swap_remove(leaf);
        Ok(Self { chain: chain(leaf, certificates), key: Key::Pkcs8(key) })
    }

    /// The office's own certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.chain[0]
    }

    /// The certificates, the office's own first, each followed by the one that issued it.
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// Whether every certificate of the chain may be used at a time.
    ///
    /// # Errors
    /// [`CredentialError::NotYetValid`] or [`CredentialError::Expired`], naming the certificate.
    pub fn ensure_valid_at(&self, now: Timestamp) -> Result<(), CredentialError> {
        self.chain.iter().try_for_each(|certificate| certificate.ensure_valid_at(now))
    }

    /// What signs in the TLS handshake.
    #[cfg(feature = "http")]
    pub(crate) fn signing_key(&self) -> Result<std::sync::Arc<dyn rustls::sign::SigningKey>, rustls::Error> {
        match &self.key {
            Key::Pkcs8(der) => rustls::crypto::ring::sign::any_supported_type(
                &rustls_pki_types::PrivatePkcs8KeyDer::from(der.as_slice()).into(),
            ),
            #[cfg(any(feature = "pkcs11", all(windows, feature = "http")))]
            Key::Elsewhere(key) => Ok(key.clone()),
        }
    }
}

/// The certificate, followed by those of the others that issued it, each by the next.
fn chain(leaf: Certificate, mut others: Vec<Certificate>) -> Vec<Certificate> {
    let mut chain = vec![leaf];
    while let Some(last) = chain.last().filter(|last| !last.is_issued_by_itself()) {
        let Some(issuer) = others.iter().position(|other| other.subject() == last.issuer()) else {
            break;
        };
        chain.push(others.swap_remove(issuer));
    }
    chain
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("chain", &self.chain).finish_non_exhaustive()
    }
}
