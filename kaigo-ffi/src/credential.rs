//! `kaigo_credential` and `kaigo_certificates`.

use std::borrow::Cow;
use std::ffi::c_char;
use std::sync::Arc;

use jiff::Timestamp;
use kaigo_core::credential::{Certificate, Credential, KindRules, Renewal, Roots};

use crate::argument::at;
use crate::error::Fail;
use crate::status::{KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER, KAIGO_E_TEXT};
use crate::table::{constants, exports, handles};

/// What is behind a `kaigo_credential`.
pub struct Key(pub(crate) Arc<Credential>);

/// What is behind a `kaigo_certificates`.
pub struct Certificates(pub(crate) Vec<Certificate>);

impl Certificates {
    pub(crate) fn get(&self, index: u64) -> Result<&Certificate, Fail> {
        self.0.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))
    }
}

/// A moment as C has it: seconds since 1970, or now.
fn moment(seconds: i64) -> Result<Timestamp, Fail> {
    match seconds {
        KAIGO_NOW => Ok(Timestamp::now()),
        seconds => Timestamp::from_second(seconds).map_err(|_| Fail::argument(KAIGO_E_NUMBER, "at")),
    }
}

handles! { HANDLES;
    /// A certificate, those that issued it, and the private key. The key is wiped when the last handle that uses it is
    /// freed. It does not change; any thread may use it, several at once.
    kaigo_credential = Key, 0x4B43_5245, kaigo_credential_free;
    /// Certificates. They do not change; any thread may use them, several at once.
    kaigo_certificates = Certificates, 0x4B43_4552, kaigo_certificates_free;
}

constants! { CONSTANTS;
    /// As a moment: now, by the clock of the computer.
    KAIGO_NOW: i64 = -9223372036854775807;

    /// Of a certificate: whom it names, in the form of RFC 4514.
    KAIGO_CERTIFICATE_SUBJECT: u32 = 1;
    /// Of a certificate: the common name; empty where it has none.
    KAIGO_CERTIFICATE_COMMON_NAME: u32 = 2;
    /// Of a certificate: the organisation; empty where it has none.
    KAIGO_CERTIFICATE_ORGANIZATION: u32 = 3;
    /// Of a certificate: the organisational unit; empty where it has none.
    KAIGO_CERTIFICATE_ORGANIZATIONAL_UNIT: u32 = 4;
    /// Of a certificate: who issued it, in the form of RFC 4514.
    KAIGO_CERTIFICATE_ISSUER: u32 = 5;
    /// Of a certificate: the serial number in lower-case hexadecimal.
    KAIGO_CERTIFICATE_SERIAL: u32 = 6;
    /// Of a certificate: what its key may be used for, by the names of RFC 5280 with spaces between; empty where it does not
    /// say.
    KAIGO_CERTIFICATE_KEY_USES: u32 = 7;
    /// Of a certificate: the SHA-1 thumbprint in lower-case hexadecimal, by which Windows names it.
    KAIGO_CERTIFICATE_THUMBPRINT: u32 = 8;

    /// A certificate need not be renewed yet.
    KAIGO_RENEWAL_NOT_YET: u32 = 0;
    /// A certificate ends within 90 days: have it renewed.
    KAIGO_RENEWAL_ADVISED: u32 = 1;
    /// A certificate has ended: have a new one issued.
    KAIGO_RENEWAL_ENDED: u32 = 2;
}

exports! { EXPORTS;
    /// Reads a PKCS#12 file (`.p12`, `.pfx`). Validity is not looked at. The password is not kept.
    twin kaigo_credential_from_pkcs12_utf8 / kaigo_credential_from_pkcs12_utf16(
        data, data_len: bytes, password, password_len: secret, credential: new kaigo_credential
    ) {
        credential.give(Key(Arc::new(Credential::from_pkcs12(data, &password)?)))
    }

    /// Reads a PEM text that holds the certificates and one private key, in any order. The password is for an encrypted
    /// key; with NULL there is none.
    twin kaigo_credential_from_pem_utf8 / kaigo_credential_from_pem_utf16(
        data, data_len: bytes, password, password_len: secret, credential: new kaigo_credential
    ) {
        let password = (!password.is_empty()).then_some(password.as_str());
        credential.give(Key(Arc::new(Credential::from_pem(&[data], password)?)))
    }

    /// The certificates of a credential, the office's own first, each followed by the one that issued it.
    call kaigo_credential_chain(credential: handle kaigo_credential, certificates: new kaigo_certificates) {
        certificates.give(Certificates(credential.0.chain().to_vec()))
    }

    /// Whether every certificate of the chain may be used at a moment, in seconds since 1970 UTC or `KAIGO_NOW`: if not,
    /// `KAIGO_E_NOT_YET_VALID` or `KAIGO_E_EXPIRED`.
    call kaigo_credential_ensure_valid(credential: handle kaigo_credential, at: val i64) {
        Ok(credential.0.ensure_valid_at(moment(at)?)?)
    }

    /// Reads all certificates of a PEM text, in their order.
    call kaigo_certificates_from_pem(data, data_len: bytes, certificates: new kaigo_certificates) {
        certificates.give(Certificates(Certificate::from_pem(data)?))
    }

    /// Reads one certificate in DER.
    call kaigo_certificates_from_der(data, data_len: bytes, certificates: new kaigo_certificates) {
        certificates.give(Certificates(vec![Certificate::from_der(data)?]))
    }

    /// How many there are.
    call kaigo_certificates_count(certificates: handle kaigo_certificates, count: out u64) {
        count.set(certificates.0.len() as u64)
    }

    /// What the certificate at an index, from 0, says: one of `KAIGO_CERTIFICATE_`.
    text kaigo_certificates_text_utf8 / kaigo_certificates_text_utf16
        / kaigo_certificates_text_view_utf8 / kaigo_certificates_text_view_utf16
        of certificates: kaigo_certificates [index: u64, what: u32] {
        let certificate = certificates.get(index)?;
        match what {
            KAIGO_CERTIFICATE_SUBJECT => certificate.subject().into(),
            KAIGO_CERTIFICATE_COMMON_NAME => certificate.common_name().unwrap_or_default().into(),
            KAIGO_CERTIFICATE_ORGANIZATION => certificate.organization().unwrap_or_default().into(),
            KAIGO_CERTIFICATE_ORGANIZATIONAL_UNIT => certificate.organizational_unit().unwrap_or_default().into(),
            KAIGO_CERTIFICATE_ISSUER => certificate.issuer().into(),
            KAIGO_CERTIFICATE_SERIAL => certificate.serial().into(),
            KAIGO_CERTIFICATE_KEY_USES => {
                let uses = certificate.key_uses().unwrap_or_default();
                Cow::Owned(uses.iter().map(|key_use| key_use.name()).collect::<Vec<_>>().join(" "))
            }
            KAIGO_CERTIFICATE_THUMBPRINT => Cow::Owned(certificate.thumbprint()),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        }
    }

    /// A view of the certificate at an index, from 0, in DER, until the handle is freed.
    call kaigo_certificates_der(certificates: handle kaigo_certificates, index: val u64, data, data_len: out_bytes) {
        data.elements(certificates.get(index)?.as_der())
    }

    /// The first and the last second of the validity of the certificate at an index, from 0, since 1970 UTC.
    call kaigo_certificates_validity(
        certificates: handle kaigo_certificates, index: val u64, not_before: out i64, not_after: out i64
    ) {
        let certificate = certificates.get(index)?;
        not_before.set(certificate.not_before().as_second())?;
        not_after.set(certificate.not_after().as_second())
    }

    /// Whole days left at a moment, in seconds since 1970 UTC or `KAIGO_NOW`: 0 on the last day, negative after it.
    call kaigo_certificates_days_left(
        certificates: handle kaigo_certificates, index: val u64, at: val i64, days: out i64
    ) {
        days.set(certificates.get(index)?.days_left(moment(at)?))
    }

    /// Whether the certificate at an index, from 0, is to be renewed at a moment, as for `kaigo_certificates_days_left`: one of
    /// `KAIGO_RENEWAL_`.
    call kaigo_certificates_renewal(
        certificates: handle kaigo_certificates, index: val u64, at: val i64, renewal: out u32
    ) {
        renewal.set(match certificates.get(index)?.renewal(moment(at)?) {
            Renewal::NotYet => KAIGO_RENEWAL_NOT_YET,
            Renewal::Advised { .. } => KAIGO_RENEWAL_ADVISED,
            Renewal::Ended => KAIGO_RENEWAL_ENDED,
        })
    }

    /// Builds the chain from the certificate at an index, from 0, over others of its handle to one of the roots, and checks it
    /// at a moment: signatures, validity, and that it is for proving who one is. `KAIGO_E_UNTRUSTED`, `KAIGO_E_WRONG_USE`,
    /// `KAIGO_E_EXPIRED` and others. Revocation is not looked up. `chain`, which may be NULL, is the chain, the root last.
    call kaigo_certificates_validate(
        certificates: handle kaigo_certificates, index: val u64, roots: handle kaigo_certificates, at: val i64,
        chain: new_or_null kaigo_certificates
    ) {
        let roots = Roots::new(roots.0.iter().cloned())?;
        chain.give(Certificates(certificates.get(index)?.validate(&certificates.0, &roots, moment(at)?)?))
    }

    /// The stable name of the kind of office certificate that the one at an index, from 0, calls itself, which proves nothing;
    /// empty where no rule fits. `rules` is a JSON array of objects with `name`, `labelJa`, `labelEn`, `subjectHas` and
    /// `issuerHas`; with no length the rules for the sandbox's certificates are taken, which are provisional.
    twin kaigo_certificates_kind_utf8 / kaigo_certificates_kind_utf16(
        certificates: handle kaigo_certificates, index: val u64, rules, rules_len: str, buffer, capacity, needed: copy
    ) {
        let rules = match &*rules {
            "" => KindRules::provisional(),
            rules => serde_json::from_str(rules).map_err(|_| Fail::argument(KAIGO_E_TEXT, "rules"))?,
        };
        buffer.text(rules.kind_of(certificates.get(index)?).map_or("", |rule| &rule.name))
    }
}
