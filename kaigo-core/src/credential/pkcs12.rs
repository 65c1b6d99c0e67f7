//! Reads PKCS#12 (`.p12`, `.pfx`).

use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use pkcs8::pkcs5;
use zeroize::Zeroizing;

use super::key::RawKey;
use super::{Certificate, CredentialError};

pub(super) fn read(bytes: &[u8], password: &str) -> Result<(Vec<Certificate>, Vec<RawKey>), CredentialError> {
    if bytes.starts_with(&[0x30, 0x80]) {
        return Err(CredentialError::Unsupported {
            what: "PKCS#12 in BER of indefinite length; import it into Windows or OpenSSL and export it anew",
        });
    }
    let archive = Pkcs12Archive::from_pkcs12(bytes, password).map_err(why)?;
    let keys = archive.keys.iter().map(|bag| RawKey::Pkcs8(Zeroizing::new(bag.key.as_der().to_vec())));
    let certificates = archive.certs.iter().map(|bag| Certificate::from_der(bag.cert.as_der()));
    Ok((certificates.collect::<Result<_, _>>()?, keys.collect()))
}

fn why(error: Error) -> CredentialError {
    match error {
        Error::MacError(_) => CredentialError::WrongPassword,
        // In a file without an integrity check only the decryption can notice.
        Error::UnpadError => CredentialError::WrongPassword,
        Error::Pkcs5Error(text) if text == pkcs5::Error::DecryptFailed.to_string() => {
            CredentialError::WrongPassword
        }
        Error::Pkcs5Error(_)
        | Error::UnsupportedContentType
        | Error::UnsupportedCertificateType
        | Error::UnsupportedEncryptionScheme
        | Error::UnsupportedMacAlgorithm
        | Error::InvalidVersion => CredentialError::Unsupported {
            what: "encryption of the PKCS#12 file (readable: PBES2 with AES or 3DES, PBE-SHA1 with 3DES or RC2-40)",
        },
        _ => CredentialError::Damaged { what: "PKCS#12 file" },
    }
}
