//! Credentials whose key stays where it is: in a PKCS#11 token, or in the certificate store of Windows.

use std::ffi::c_char;
use std::path::Path;
use std::sync::Arc;

use kaigo_core::credential::{CertificateChoice, Credential};

use crate::card::last_try_of;
use crate::credential::{Key, kaigo_credential};
use crate::table::exports;

exports! { EXPORTS;
    /// The certificate and key of a PKCS#11 token; the key signs in the token. `module` is the path of the library that came
    /// with the token: it is loaded into the process, and stays loaded. `token` is the token's label or serial number;
    /// `certificate` says which of its certificates: 40 hexadecimal digits of the SHA-1 thumbprint, or a text that the subject
    /// has in it; empty where there is one only. The PIN is told to the token once; where the token says that few tries are
    /// left, only with `last_try` `KAIGO_LAST_TRY_SPEND`: else `KAIGO_E_TOKEN_TRIES_LOW`. An empty PIN leaves it to the
    /// token's own keypad.
    twin kaigo_credential_from_pkcs11_utf8 / kaigo_credential_from_pkcs11_utf16(
        module, module_len: str, token, token_len: str, pin, pin_len: secret, certificate, certificate_len: str,
        last_try: val u32, credential: new kaigo_credential
    ) {
        let (choice, last_try) = (CertificateChoice::from(&*certificate), last_try_of(last_try)?);
        let found = Credential::from_pkcs11(Path::new(&*module), &token, &pin, &choice, last_try)?;
        credential.give(Key(Arc::new(found)))
    }

    /// A certificate of the signed-in user's personal store (`CurrentUser\My`) and its key, on Windows; `certificate` as for
    /// `kaigo_credential_from_pkcs11_utf8`. Windows may ask for a PIN or a permission of its own.
    /// `KAIGO_E_CREDENTIAL_UNSUPPORTED` elsewhere.
    twin kaigo_credential_from_windows_store_utf8 / kaigo_credential_from_windows_store_utf16(
        certificate, certificate_len: str, credential: new kaigo_credential
    ) {
        credential.give(Key(Arc::new(Credential::from_windows_store(&CertificateChoice::from(&*certificate))?)))
    }
}
