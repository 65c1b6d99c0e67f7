//! Reads PEM.

use pkcs8::{EncryptedPrivateKeyInfoRef, Error, pkcs5};
use rustls_pki_types::pem::{PemObject, SectionKind};
use x509_cert::der::SecretDocument;
use zeroize::Zeroizing;

use super::key::RawKey;
use super::{Certificate, CredentialError};

const DAMAGED: CredentialError = CredentialError::Damaged { what: "PEM file" };
const UNSUPPORTED: CredentialError = CredentialError::Unsupported {
    what: "encryption of the private key (readable: PBES2 with AES or 3DES); convert it with `openssl pkcs8 -topk8`",
};
const PROC_TYPE: &[u8] = b"Proc-Type: 4,ENCRYPTED";
const ENCRYPTED_BEGIN: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
const ENCRYPTED_END: &str = "-----END ENCRYPTED PRIVATE KEY-----";

pub(super) fn read(
    inputs: &[&[u8]],
    password: Option<&str>,
) -> Result<(Vec<Certificate>, Vec<RawKey>), CredentialError> {
    let mut certificates = Vec::new();
    let mut keys = Vec::new();
    for pem in inputs {
        if pem.windows(PROC_TYPE.len()).any(|window| window == PROC_TYPE) {
            return Err(CredentialError::Unsupported {
                what: "key under the old PEM encryption; convert it with `openssl pkcs8 -topk8`",
            });
        }
        for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem) {
            let (kind, der) = section.map_err(|_| DAMAGED)?;
            match kind {
                SectionKind::Certificate => certificates.push(Certificate::from_der(&der)?),
                SectionKind::PrivateKey => keys.push(RawKey::Pkcs8(Zeroizing::new(der))),
                SectionKind::RsaPrivateKey => keys.push(RawKey::Pkcs1(Zeroizing::new(der))),
                SectionKind::EcPrivateKey => keys.push(RawKey::Sec1(Zeroizing::new(der))),
                _ => {}
            }
        }
        read_encrypted(pem, password, &mut keys)?;
    }
    Ok((certificates, keys))
}

/// The encrypted PKCS#8 keys, a section that the PEM reader passes over.
fn read_encrypted(pem: &[u8], password: Option<&str>, keys: &mut Vec<RawKey>) -> Result<(), CredentialError> {
    // Text between the sections may be in any encoding.
    let text = Zeroizing::new(String::from_utf8_lossy(pem).into_owned());
    let mut rest = text.as_str();
    while let Some((_, begun)) = rest.split_once(ENCRYPTED_BEGIN) {
        let (body, after) = begun.split_once(ENCRYPTED_END).ok_or(DAMAGED)?;
        rest = after;
        let section = format!("{ENCRYPTED_BEGIN}{body}{ENCRYPTED_END}\n");
        let (_, document) = SecretDocument::from_pem(&section).map_err(|_| DAMAGED)?;
        let encrypted = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| UNSUPPORTED)?;
        let password = password.ok_or(CredentialError::WrongPassword)?;
        let key = encrypted.decrypt(password).map_err(|error| match error {
            // A wrong password now and then decrypts to something that is no key.
            Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | Error::Asn1(_) => {
                CredentialError::WrongPassword
            }
            _ => UNSUPPORTED,
        })?;
        keys.push(RawKey::Pkcs8(Zeroizing::new(key.as_bytes().to_vec())));
    }
    Ok(())
}
