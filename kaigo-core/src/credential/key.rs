//! Private keys, and which certificate they belong to.

use pkcs8::PrivateKeyInfoRef;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING};
use ring::signature::{EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair};
use x509_cert::der::asn1::OctetStringRef;
use x509_cert::der::referenced::OwnedToRef;
use x509_cert::der::{Encode, oid::db};
use zeroize::Zeroizing;

use super::{Certificate, CredentialError};

/// Where the private key of a credential is.
pub(super) enum Key {
    /// In memory, PKCS#8.
    #[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only TLS signs"))]
    Pkcs8(Zeroizing<Vec<u8>>),
    /// In a token or a store, which signs and never shows it.
    #[cfg(any(feature = "pkcs11", all(windows, feature = "http")))]
    Elsewhere(std::sync::Arc<dyn rustls::sign::SigningKey>),
}

/// The bytes of a private key as a file holds them.
#[derive(PartialEq, Eq)]
pub(super) enum RawKey {
    Pkcs8(Zeroizing<Vec<u8>>),
    Pkcs1(Zeroizing<Vec<u8>>),
    Sec1(Zeroizing<Vec<u8>>),
}

impl RawKey {
    /// The key in PKCS#8, if it is the one that belongs to the certificate.
    pub(super) fn belonging_to(&self, certificate: &Certificate) -> Option<Zeroizing<Vec<u8>>> {
        let pkcs8 = match self {
            Self::Pkcs8(der) => der.clone(),
            // These two do not always say their own algorithm; the certificate does.
            Self::Pkcs1(der) | Self::Sec1(der) => {
                let key = OctetStringRef::new(der).ok()?;
                let info = PrivateKeyInfoRef::new(certificate.algorithm().owned_to_ref(), key);
                Zeroizing::new(info.to_der().ok()?)
            }
        };
        (public_key(&pkcs8)? == certificate.public_key()).then_some(pkcs8)
    }

    /// # Errors
    /// [`CredentialError::Unsupported`] when the key is of a kind that cannot sign here.
    pub(super) fn ensure_usable(&self) -> Result<(), CredentialError> {
        match self {
            Self::Pkcs8(der) if public_key(der).is_none() => Err(CredentialError::Unsupported {
                what: "private key (usable: RSA of 2048 to 4096 bits, ECDSA P-256 and P-384, Ed25519)",
            }),
            _ => Ok(()),
        }
    }
}

/// The public half of a private key, in the form of the bits of a SubjectPublicKeyInfo.
fn public_key(pkcs8: &[u8]) -> Option<Vec<u8>> {
    let algorithm = PrivateKeyInfoRef::try_from(pkcs8).ok()?.algorithm.oid;
    match algorithm {
        db::rfc5912::RSA_ENCRYPTION => {
            RsaKeyPair::from_pkcs8(pkcs8).ok().map(|pair| pair.public().as_ref().to_vec())
        }
        db::rfc5912::ID_EC_PUBLIC_KEY => {
            let random = ring::rand::SystemRandom::new();
            [&ECDSA_P256_SHA256_ASN1_SIGNING, &ECDSA_P384_SHA384_ASN1_SIGNING]
                .into_iter()
                .find_map(|curve| EcdsaKeyPair::from_pkcs8(curve, pkcs8, &random).ok())
                .map(|pair| pair.public_key().as_ref().to_vec())
        }
        db::rfc8410::ID_ED_25519 => Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8)
            .ok()
            .map(|pair| pair.public_key().as_ref().to_vec()),
        _ => None,
    }
}
