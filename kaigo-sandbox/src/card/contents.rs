//! What a virtual card holds: an invented person, PINs that are no secret, keys and certificates.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::calendar::{Date, Era};
use kaigo_core::card::{CardError, Pin, PinKind, PrintedCodes};
use kaigo_core::exchange::write_atomically;
use serde::{Deserialize, Serialize};

use crate::error::{ErrorKind, Result};

/// What a virtual card holds, as `card.json` keeps it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Contents {
    /// What the file is, for whoever opens it.
    pub(super) note: String,
    pub(super) person: Person,
    pub(super) pins: Pins,
    pub(super) tries: Left,
    pub(super) user_authentication: Entry,
    pub(super) signature: Entry,
}

/// The person on a card. Invented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Person {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The date of birth, `YYYYMMDD`.
    pub birth: String,
    /// 1 male, 2 female, 9 not applicable.
    pub sex: String,
    /// The municipality, five digits.
    pub municipality: String,
    /// The last day of the card, `YYYYMMDD`.
    pub expires: String,
    /// The security code that is printed on the card, four digits.
    pub security_code: String,
}

/// The PINs of a virtual card. They protect nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Pins {
    /// Four digits.
    pub user_authentication: String,
    /// Six to sixteen letters and digits.
    pub signature: String,
    /// Four digits.
    pub text: String,
    /// Fourteen digits, as they follow from what is printed on the card.
    pub code_b: String,
}

/// Tries left.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Left {
    pub(super) user_authentication: u8,
    pub(super) signature: u8,
    pub(super) text: u8,
    pub(super) code_b: u8,
}

/// A key with its certificates.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    /// PKCS#8.
    pub(super) key: Der,
    pub(super) certificate: Der,
    /// The same, but ended.
    pub(super) expired_certificate: Der,
    pub(super) issuer: Der,
}

/// DER, in the file as Base64.
#[derive(Clone)]
pub(super) struct Der(pub(super) Vec<u8>);

impl Serialize for Der {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Der {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Self).map_err(serde::de::Error::custom)
    }
}

impl Person {
    /// What is printed on the card and makes up 照合番号B. The invented person was born in 昭和.
    ///
    /// # Errors
    /// When somebody wrote a date into the file that is none.
    pub fn printed(&self) -> Result<PrintedCodes<'_>, CardError> {
        let date = |digits: &str| {
            Date::from_ascii(digits.as_bytes())
                .map_err(|_| CardError::Malformed { part: kaigo_core::card::Part::BasicItems })
        };
        let birth = date(&self.birth)?;
        let (era, year) = birth.era().unwrap_or((Era::Meiji, 1));
        Ok(PrintedCodes {
            era,
            year,
            month: birth.month_of_year(),
            day: birth.day(),
            expiry_year: date(&self.expires)?.year(),
            security_code: &self.security_code,
        })
    }
}

impl Pins {
    /// The PIN of a kind, as a person would enter it.
    pub fn text(&self, kind: PinKind) -> &str {
        match kind {
            PinKind::UserAuthentication => &self.user_authentication,
            PinKind::Signature => &self.signature,
            PinKind::Text => &self.text,
            _ => &self.code_b,
        }
    }

    /// The PIN of a kind.
    ///
    /// # Errors
    /// When somebody wrote a PIN of another form into the file.
    pub fn pin(&self, kind: PinKind) -> Result<Pin, CardError> {
        Ok(Pin::new(kind, self.text(kind))?)
    }
}

impl Left {
    pub(super) fn of(&self, kind: PinKind) -> u8 {
        match kind {
            PinKind::UserAuthentication => self.user_authentication,
            PinKind::Signature => self.signature,
            PinKind::Text => self.text,
            _ => self.code_b,
        }
    }

    pub(super) fn set(&mut self, kind: PinKind, left: u8) {
        *match kind {
            PinKind::UserAuthentication => &mut self.user_authentication,
            PinKind::Signature => &mut self.signature,
            PinKind::Text => &mut self.text,
            _ => &mut self.code_b,
        } = left;
    }
}

impl Contents {
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let json = serde_json::to_vec_pretty(self).map_err(|error| ErrorKind::Store(error.into()))?;
        write_atomically(path, &json).map_err(|error| ErrorKind::Store(error.into()).into())
    }
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contents").field("person", &self.person).finish_non_exhaustive()
    }
}
