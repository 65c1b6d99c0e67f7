//! A challenge signed with the user-authentication key (利用者証明用).

use std::fmt;

use ring::digest::{Algorithm as Digest, Context, SHA256, SHA384};
use ring::signature::{
    ECDSA_P384_SHA384_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use x509_cert::der::oid::{ObjectIdentifier, db::rfc5912};

use super::error::CardError;
use super::names::named;
use crate::credential::Certificate;

named! {
    /// An algorithm of a card's keys.
    SignatureAlgorithm {
        /// RSA of 2048 bits, PKCS#1 v1.5 with SHA-256: the card of today.
        RsaPkcs1Sha256 = "rsa_pkcs1_sha256" "RSA（PKCS#1 v1.5、SHA-256）" "RSA (PKCS#1 v1.5, SHA-256)",
        /// ECDSA on P-384 with SHA-384: announced for the next card, whose commands are not public.
        EcdsaP384Sha384 = "ecdsa_p384_sha384" "ECDSA（P-384、SHA-384）" "ECDSA (P-384, SHA-384)",
    }
}

/// What is known of an algorithm.
struct Facts {
    key: ObjectIdentifier,
    digest: &'static Digest,
    verification: &'static dyn VerificationAlgorithm,
    /// What stands before the digest in what the card is given to sign; `None` where no command is known.
    card_prefix: Option<&'static [u8]>,
}

/// A DigestInfo of SHA-256, up to the digest.
const SHA256_PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

impl SignatureAlgorithm {
    fn facts(self) -> Facts {
        match self {
            Self::RsaPkcs1Sha256 => Facts {
                key: rfc5912::RSA_ENCRYPTION,
                digest: &SHA256,
                verification: &RSA_PKCS1_2048_8192_SHA256,
                card_prefix: Some(&SHA256_PREFIX),
            },
            Self::EcdsaP384Sha384 => Facts {
                key: rfc5912::SECP_384_R_1,
                digest: &SHA384,
                verification: &ECDSA_P384_SHA384_ASN1,
                card_prefix: None,
            },
        }
    }

    /// The algorithm of a certificate's key.
    ///
    /// # Errors
    /// [`CardError::UnsupportedKey`].
    pub fn of(certificate: &Certificate) -> Result<Self, CardError> {
        let key = certificate.key_kind();
        let known = Self::ALL.iter().copied().find(|algorithm| algorithm.facts().key == key);
        known.ok_or(CardError::UnsupportedKey)
    }

    /// What the card is given to sign.
    pub(super) fn input(self, challenge: &[u8]) -> Result<Vec<u8>, CardError> {
        let facts = self.facts();
        let mut digest = Context::new(facts.digest);
        digest.update(challenge);
        Ok([facts.card_prefix.ok_or(CardError::UnsupportedKey)?, digest.finish().as_ref()].concat())
    }
}

/// A challenge that a card signed. Its signature has been checked against its certificate; who issued the
/// certificate has not.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChallengeSignature {
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The signature, in the form of the algorithm.
    pub signature: Vec<u8>,
    /// The user-authentication certificate.
    pub certificate: Certificate,
}

impl fmt::Debug for ChallengeSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChallengeSignature")
            .field("algorithm", &self.algorithm)
            .field("certificate", &self.certificate)
            .finish_non_exhaustive()
    }
}

/// Whether the key of the certificate signed the challenge. Who issued the certificate, and whether it is
/// revoked, is not looked at.
///
/// # Errors
/// [`CardError::BadSignature`], or [`CardError::UnsupportedKey`].
pub fn verify_challenge(
    certificate: &Certificate,
    challenge: &[u8],
    signature: &[u8],
) -> Result<(), CardError> {
    let algorithm = SignatureAlgorithm::of(certificate)?;
    UnparsedPublicKey::new(algorithm.facts().verification, certificate.public_key())
        .verify(challenge, signature)
        .map_err(|_| CardError::BadSignature)
}
