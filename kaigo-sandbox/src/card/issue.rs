//! Makes a virtual card: an invented person, keys, and two authorities of its own.

use jiff::civil::Date;
use jiff::{Span, Timestamp, tz};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, date_time_ymd,
};
use rustls::pki_types::PrivatePkcs8KeyDer;

use super::contents::{Contents, Der, Entry, Left, Person, Pins};
use crate::authority::rsa_key;
use crate::error::{Error, Result};
use kaigo_core::card::PinKind;

const ORGANIZATION: &str = "Kaigo Sandbox (synthetic card)";
const NOTE: &str =
    "A virtual card of the kaigo sandbox. Person, PINs and keys are invented and protect nothing.";

/// A card is valid for ten years, its certificates for five.
const CARD_YEARS: i16 = 10;
const CERTIFICATE_YEARS: i16 = 5;

impl Contents {
    /// A new card: its PINs are `2468`, `ABC123` and `1357`, and 照合番号B follows from what is printed on it.
    ///
    /// # Errors
    /// When keys or certificates cannot be made.
    pub fn issue() -> Result<Self> {
        let today = tz::Offset::UTC.to_datetime(Timestamp::now()).date();
        let expires = years_later(today, CARD_YEARS)?;
        let person = Person {
            name: "架空　花子".into(),
            address: "架空県架空市架空町一丁目２番３号".into(),
            birth: "19500401".into(),
            sex: "2".into(),
            municipality: "99201".into(),
            expires: format!("{:04}{:02}{:02}", expires.year(), expires.month(), expires.day()),
            security_code: "9753".into(),
        };
        let pins = Pins {
            user_authentication: "2468".into(),
            signature: "ABC123".into(),
            text: "1357".into(),
            // The date of birth in its era: 昭和25年4月1日.
            code_b: format!("250401{:04}{}", expires.year(), person.security_code),
        };
        let most = PinKind::most_tries;
        Ok(Self {
            note: NOTE.into(),
            person,
            pins,
            tries: Left {
                user_authentication: most(PinKind::UserAuthentication),
                signature: most(PinKind::Signature),
                text: most(PinKind::Text),
                code_b: most(PinKind::CodeB),
            },
            user_authentication: Entry::issue(
                "user authentication",
                KeyUsagePurpose::DigitalSignature,
                today,
            )?,
            signature: Entry::issue("signature", KeyUsagePurpose::ContentCommitment, today)?,
        })
    }
}

impl Entry {
    fn issue(use_: &str, usage: KeyUsagePurpose, today: Date) -> Result<Self> {
        let issuer_key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(Error::certificate)?;
        let mut issuer = named(&format!("Synthetic CA for {use_}"));
        issuer.not_before = date_time_ymd(2020, 1, 1);
        issuer.not_after = date_time_ymd(2120, 1, 1);
        issuer.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        issuer.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let issuer_certificate = issuer.self_signed(&issuer_key).map_err(Error::certificate)?.der().to_vec();
        let issuer = Issuer::new(issuer, issuer_key);

        // What the keys of today's card are.
        let key = rsa_key()?;
        let pair = KeyPair::from_pkcs8_der_and_sign_algo(
            &PrivatePkcs8KeyDer::from(key.as_slice()),
            &PKCS_RSA_SHA256,
        )
        .map_err(Error::certificate)?;
        let day = |date: Date| date_time_ymd(date.year().into(), date.month() as u8, date.day() as u8);
        // As on a card, the subject names a certificate, not a person.
        let certificate = |from: Date, to: Date| -> Result<Der> {
            let mut subject = named(&format!("SYNTHETIC {use_} 0000000001"));
            subject.not_before = day(from);
            subject.not_after = day(to);
            subject.key_usages = vec![usage];
            subject.use_authority_key_identifier_extension = true;
            let signed = subject.signed_by(&pair, &issuer).map_err(Error::certificate)?;
            Ok(Der(signed.der().to_vec()))
        };
        let yesterday = today.yesterday().map_err(Error::certificate)?;
        Ok(Self {
            certificate: certificate(yesterday, years_later(today, CERTIFICATE_YEARS)?)?,
            expired_certificate: certificate(years_later(yesterday, -CERTIFICATE_YEARS)?, yesterday)?,
            key: Der(key),
            issuer: Der(issuer_certificate),
        })
    }
}

fn named(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "JP");
    params.distinguished_name.push(DnType::OrganizationName, ORGANIZATION);
    params.distinguished_name.push(DnType::CommonName, common_name);
    params
}

fn years_later(date: Date, years: i16) -> Result<Date> {
    date.checked_add(Span::new().years(years)).map_err(Error::certificate)
}
