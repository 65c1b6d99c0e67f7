//! The office's key in the certificate store of Windows: it signs there, and never leaves.
//!
//! The part that is for Windows passes the compiler for `x86_64-pc-windows-gnu`. It has not been tried: there is no Windows
//! among the machines that kaigo is built on.

use super::{CertificateChoice, Credential, CredentialError};

impl Credential {
    /// A certificate of the signed-in user's personal store (`CurrentUser\My`, 個人) and its key, which signs in whatever
    /// holds it: Windows itself, a TPM or a card. Windows may ask the user for a PIN or a permission of its own.
    ///
    /// **Not yet tried on Windows.**
    ///
    /// # Errors
    /// [`CredentialError::NoSuchCertificate`], [`CredentialError::SeveralCertificates`],
    /// [`CredentialError::NoKeyForCertificate`]; [`CredentialError::Unsupported`] where the key is not one that CNG signs
    /// TLS with, and on other systems than Windows; [`CredentialError::KeyStoreFailed`].
    #[doc(alias = "証明書ストア")]
    pub fn from_windows_store(certificate: &CertificateChoice) -> Result<Self, CredentialError> {
        open(certificate)
    }
}

#[cfg(not(windows))]
fn open(_: &CertificateChoice) -> Result<Credential, CredentialError> {
    Err(CredentialError::Unsupported { what: "certificate store on another system than Windows" })
}

#[cfg(windows)]
fn open(choice: &CertificateChoice) -> Result<Credential, CredentialError> {
    use std::sync::Arc;

    use rustls_cng::error::CngError;
    use rustls_cng::signer::CngSigningKey;
    use rustls_cng::store::{CertStore, CertStoreType};

    use super::key::Key;
    use super::{Certificate, chain};

    let failed = |error: CngError| CredentialError::KeyStoreFailed { detail: error.to_string() };
    let store = CertStore::open(CertStoreType::CurrentUser, "My").map_err(failed)?;
    let found = store.find_all().map_err(failed)?.into_iter();
    // One that cannot be read is not the one that is meant.
    let readable = found.filter_map(|context| Some((Certificate::from_der(context.as_der()).ok()?, context)));
    let (leaf, context) = choice.choose(readable)?;
    let key = context
        .acquire_key(false)
        .map_err(|_| CredentialError::NoKeyForCertificate { certificate: leaf.name() })?;
    let key = CngSigningKey::new(key)
        .map_err(|_| CredentialError::Unsupported { what: "key of the certificate store" })?;
    let others = context.as_chain_der().unwrap_or_default();
    let others = others.iter().filter_map(|der| Certificate::from_der(der).ok());
    let others = others.filter(|other| *other != leaf).collect();
    Ok(Credential { chain: chain(leaf, others), key: Key::Elsewhere(Arc::new(key)) })
}
