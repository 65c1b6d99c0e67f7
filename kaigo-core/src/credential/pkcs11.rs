//! The office's key on a PKCS#11 token (feature `pkcs11`): it signs there, and never leaves.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::{AuthPin, Ulong};
use ring::digest::{self, SHA256, SHA384, SHA512};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};
use rustls::sign::{Signer, SigningKey};
use rustls::{OtherError, SignatureAlgorithm, SignatureScheme};
use x509_cert::der::Encode;
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::oid::db::rfc5912;

use super::key::Key;
use super::{Certificate, CertificateChoice, Credential, CredentialError, TokenTries, chain};
use crate::card::LastTry;

type Result<T, E = CredentialError> = std::result::Result<T, E>;

impl Credential {
    /// The certificate and key of a PKCS#11 token, such as a USB token, a card or an HSM. The key signs in the token;
    /// the chain is made of what certificates the token holds.
    ///
    /// `module` is the library that came with the token (`.so`, `.dll`, `.dylib`): it is loaded into this process, with
    /// all of its rights, and stays loaded. `token` is the label of the token, or its serial number. The PIN is told to the token once, here,
    /// and never again; with an empty one a token that has a keypad of its own asks for it there. Where few tries are
    /// left, nothing is told unless `last_try` allows it. A signature is made and checked before this returns.
    ///
    /// A program is logged in to a token as a whole: while one credential of a token lives, the PIN of another one of the
    /// same token is not looked at.
    ///
    /// # Errors
    /// [`CredentialError::ModuleUnusable`], [`CredentialError::NoToken`], [`CredentialError::SeveralTokens`]; of the PIN [`CredentialError::PinLength`],
    /// [`CredentialError::PinTriesLow`], [`CredentialError::WrongPin`], [`CredentialError::PinLocked`];
    /// [`CredentialError::NoSuchCertificate`], [`CredentialError::SeveralCertificates`],
    /// [`CredentialError::NoKeyForCertificate`], [`CredentialError::KeyMismatch`]; [`CredentialError::Unsupported`] where
    /// the key cannot sign as TLS 1.3 wants it; [`CredentialError::TokenRemoved`], [`CredentialError::KeyStoreFailed`].
    #[doc(alias = "ICカード")]
    pub fn from_pkcs11(
        module: &Path,
        token: &str,
        pin: &str,
        certificate: &CertificateChoice,
        last_try: LastTry,
    ) -> Result<Self> {
        let pkcs11 = load(module)?;
        let slot = find(&pkcs11, token)?;
        let session = pkcs11.open_ro_session(slot).map_err(failed)?;
        log_in(&pkcs11, slot, &session, pin, last_try)?;

        let on_token = certificates(&session)?;
        let mut with_key = Vec::new();
        for (certificate, id) in &on_token {
            if let Some(key) = private_key(&session, id)? {
                with_key.push((certificate.clone(), key));
            }
        }
        let (leaf, object) = certificate.choose(with_key).map_err(|error| {
            match on_token.iter().find(|(other, _)| certificate.fits(other)) {
                Some((keyless, _)) if error == CredentialError::NoSuchCertificate => {
                    CredentialError::NoKeyForCertificate { certificate: keyless.name() }
                }
                _ => error,
            }
        })?;
        let key = TokenKey { kind: leaf.key_kind(), held: Arc::new(Mutex::new(Held { session, object })) };
        key.ensure_belongs_to(&leaf)?;
        let others = on_token.into_iter().map(|(other, _)| other).filter(|other| *other != leaf).collect();
        Ok(Self { chain: chain(leaf, others), key: Key::Elsewhere(Arc::new(key)) })
    }
}

/// The modules that are loaded, each once: loading one twice is not allowed, and unloading one is what many do not
/// survive.
static MODULES: Mutex<BTreeMap<PathBuf, Pkcs11>> = Mutex::new(BTreeMap::new());

fn load(module: &Path) -> Result<Pkcs11> {
    let mut modules = MODULES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(loaded) = modules.get(module) {
        return Ok(loaded.clone());
    }
    let unusable = |error: Error| CredentialError::ModuleUnusable { detail: error.to_string() };
    let loaded = Pkcs11::new(module).map_err(unusable)?;
    match loaded.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        // By the program that this library is part of.
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(error) => return Err(unusable(error)),
    }
    modules.insert(module.to_owned(), loaded.clone());
    Ok(loaded)
}

/// The token of that label or serial number.
fn find(pkcs11: &Pkcs11, name: &str) -> Result<Slot> {
    let mut found = Vec::new();
    for slot in pkcs11.get_slots_with_token().map_err(failed)? {
        // A reader whose card is not a token of this module is none of our business.
        let is_it = |token: TokenInfo| token.label() == name || token.serial_number() == name;
        if pkcs11.get_token_info(slot).is_ok_and(is_it) {
            found.push(slot);
        }
    }
    match found[..] {
        [] => Err(CredentialError::NoToken { label: name.to_owned() }),
        [slot] => Ok(slot),
        _ => Err(CredentialError::SeveralTokens { count: found.len() }),
    }
}

fn tries(token: &TokenInfo) -> TokenTries {
    if token.user_pin_locked() {
        TokenTries::None
    } else if token.user_pin_final_try() {
        TokenTries::Last
    } else if token.user_pin_count_low() {
        TokenTries::Few
    } else {
        TokenTries::Untold
    }
}

/// Tells the token the PIN, once.
fn log_in(pkcs11: &Pkcs11, slot: Slot, session: &Session, pin: &str, last_try: LastTry) -> Result<()> {
    let token = pkcs11.get_token_info(slot).map_err(failed)?;
    if !token.login_required() {
        return Ok(());
    }
    match tries(&token) {
        TokenTries::None => return Err(CredentialError::PinLocked),
        left @ (TokenTries::Few | TokenTries::Last) if last_try == LastTry::Refuse => {
            return Err(CredentialError::PinTriesLow { left });
        }
        _ => {}
    }
    let pin = if pin.is_empty() && token.protected_authentication_path() {
        None
    } else {
        let (min, max) = (token.min_pin_length(), token.max_pin_length());
        if !(min..=max).contains(&pin.len()) {
            return Err(CredentialError::PinLength { min, max });
        }
        // Wiped when it is dropped.
        Some(AuthPin::new(pin.into()))
    };
    match session.login(UserType::User, pin.as_ref()) {
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
        Err(Error::Pkcs11(RvError::PinLocked, _)) => Err(CredentialError::PinLocked),
        Err(Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _)) => {
            let left = pkcs11.get_token_info(slot).map_or(TokenTries::Untold, |token| tries(&token));
            Err(CredentialError::WrongPin { left })
        }
        Err(error) => Err(failed(error)),
    }
}

/// The X.509 certificates of the token, each with what ties it to its key.
fn certificates(session: &Session) -> Result<Vec<(Certificate, Vec<u8>)>> {
    let wanted =
        [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::CertificateType(CertificateType::X_509)];
    let mut found = Vec::new();
    for object in session.find_objects(&wanted).map_err(failed)? {
        let attributes =
            session.get_attributes(object, &[AttributeType::Value, AttributeType::Id]).map_err(failed)?;
        let (mut der, mut id) = (None, Vec::new());
        for attribute in attributes {
            match attribute {
                Attribute::Value(value) => der = Some(value),
                Attribute::Id(value) => id = value,
                _ => {}
            }
        }
        // One that cannot be read is not the one that is meant.
        if let Some(certificate) = der.and_then(|der| Certificate::from_der(&der).ok()) {
            found.push((certificate, id));
        }
    }
    Ok(found)
}

fn private_key(session: &Session, id: &[u8]) -> Result<Option<ObjectHandle>> {
    let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(id.to_vec())];
    Ok(session.find_objects(&wanted).map_err(failed)?.first().copied())
}

/// What a failure of the module means.
fn failed(error: Error) -> CredentialError {
    use RvError as E;
    match error {
        Error::Pkcs11(
            E::TokenNotPresent
            | E::TokenNotRecognized
            | E::DeviceRemoved
            | E::SlotIdInvalid
            | E::SessionHandleInvalid
            | E::SessionClosed
            | E::KeyHandleInvalid
            | E::ObjectHandleInvalid,
            _,
        ) => CredentialError::TokenRemoved,
        Error::Pkcs11(E::MechanismInvalid | E::MechanismParamInvalid | E::KeyFunctionNotPermitted, _) => {
            CredentialError::Unsupported {
                what: "token whose key does not sign as TLS 1.3 wants it (RSA-PSS, ECDSA)",
            }
        }
        other => CredentialError::KeyStoreFailed { detail: other.to_string() },
    }
}

/// A way to sign that TLS 1.3 has for a client; PKCS#1 v1.5 is none.
struct Scheme {
    /// The kind of key that signs so.
    key: ObjectIdentifier,
    algorithm: SignatureAlgorithm,
    scheme: SignatureScheme,
    digest: &'static digest::Algorithm,
    /// What the token is told to do with the digest.
    mechanism: fn() -> Mechanism<'static>,
    verification: &'static dyn VerificationAlgorithm,
}

/// All of them, of each kind of key the preferred first.
const SCHEMES: [Scheme; 5] = [
    Scheme {
        key: rfc5912::SECP_256_R_1,
        algorithm: SignatureAlgorithm::ECDSA,
        scheme: SignatureScheme::ECDSA_NISTP256_SHA256,
        digest: &SHA256,
        mechanism: || Mechanism::Ecdsa,
        verification: &ECDSA_P256_SHA256_ASN1,
    },
    Scheme {
        key: rfc5912::SECP_384_R_1,
        algorithm: SignatureAlgorithm::ECDSA,
        scheme: SignatureScheme::ECDSA_NISTP384_SHA384,
        digest: &SHA384,
        mechanism: || Mechanism::Ecdsa,
        verification: &ECDSA_P384_SHA384_ASN1,
    },
    Scheme {
        key: rfc5912::RSA_ENCRYPTION,
        algorithm: SignatureAlgorithm::RSA,
        scheme: SignatureScheme::RSA_PSS_SHA256,
        digest: &SHA256,
        mechanism: || pss(MechanismType::SHA256, PkcsMgfType::MGF1_SHA256, 32),
        verification: &RSA_PSS_2048_8192_SHA256,
    },
    Scheme {
        key: rfc5912::RSA_ENCRYPTION,
        algorithm: SignatureAlgorithm::RSA,
        scheme: SignatureScheme::RSA_PSS_SHA384,
        digest: &SHA384,
        mechanism: || pss(MechanismType::SHA384, PkcsMgfType::MGF1_SHA384, 48),
        verification: &RSA_PSS_2048_8192_SHA384,
    },
    Scheme {
        key: rfc5912::RSA_ENCRYPTION,
        algorithm: SignatureAlgorithm::RSA,
        scheme: SignatureScheme::RSA_PSS_SHA512,
        digest: &SHA512,
        mechanism: || pss(MechanismType::SHA512, PkcsMgfType::MGF1_SHA512, 64),
        verification: &RSA_PSS_2048_8192_SHA512,
    },
];

/// RSA-PSS as TLS has it: the salt is as long as the digest.
fn pss(hash_alg: MechanismType, mgf: PkcsMgfType, digest_bytes: u8) -> Mechanism<'static> {
    Mechanism::RsaPkcsPss(PkcsPssParams { hash_alg, mgf, s_len: Ulong::new(digest_bytes.into()) })
}

/// An ECDSA signature as TLS has it, a sequence of two integers. A token gives the two numbers alone.
fn to_der(numbers: &[u8]) -> Result<Vec<u8>> {
    let (r, s) = numbers.split_at(numbers.len() / 2);
    let encode = || [UintRef::new(r)?, UintRef::new(s)?].to_der();
    encode().map_err(|error| CredentialError::KeyStoreFailed { detail: error.to_string() })
}

/// A key in a token that this program is logged in to.
struct Held {
    session: Session,
    object: ObjectHandle,
}

/// A private key in a token, as TLS uses it. The token is logged out of with the last of its keys.
#[derive(Clone)]
struct TokenKey {
    kind: ObjectIdentifier,
    /// One signature at a time.
    held: Arc<Mutex<Held>>,
}

impl TokenKey {
    fn schemes(&self) -> impl Iterator<Item = &'static Scheme> {
        SCHEMES.iter().filter(|scheme| scheme.key == self.kind)
    }

    fn sign(&self, scheme: &Scheme, message: &[u8]) -> Result<Vec<u8>> {
        let digest = digest::digest(scheme.digest, message);
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let signature =
            held.session.sign(&(scheme.mechanism)(), held.object, digest.as_ref()).map_err(failed)?;
        match scheme.algorithm {
            SignatureAlgorithm::ECDSA => to_der(&signature),
            _ => Ok(signature),
        }
    }

    /// Makes sure that the key is the certificate's, and signs.
    fn ensure_belongs_to(&self, certificate: &Certificate) -> Result<()> {
        const MESSAGE: &[u8] = b"kaigo: does this key belong to its certificate?";
        let scheme = self.schemes().next().ok_or(CredentialError::Unsupported {
            what: "private key (usable in a token: RSA, ECDSA P-256 and P-384)",
        })?;
        let signature = self.sign(scheme, MESSAGE)?;
        UnparsedPublicKey::new(scheme.verification, certificate.public_key())
            .verify(MESSAGE, &signature)
            .map_err(|_| CredentialError::KeyMismatch { certificate: certificate.name() })
    }
}

impl SigningKey for TokenKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let scheme = self.schemes().find(|scheme| offered.contains(&scheme.scheme))?;
        Some(Box::new(TokenSigner { key: self.clone(), scheme }))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.schemes().next().map_or(SignatureAlgorithm::Anonymous, |scheme| scheme.algorithm)
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey")
    }
}

struct TokenSigner {
    key: TokenKey,
    scheme: &'static Scheme,
}

impl Signer for TokenSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        // So that whoever made the connection learns why.
        self.key.sign(self.scheme, message).map_err(|error| OtherError(Arc::new(error)).into())
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme.scheme
    }
}

impl fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSigner")
    }
}
