//! Numbers and codes that name an insurer, a person, an office or a service.
//!
//! Each type holds only what has the right form: an [`OfficeNumber`] in hand is a valid office number. Check
//! digits are not part of the form, for the standard's own samples do not keep them:
//! `check_digit_matches` tells.

use std::fmt;

use crate::report::Lang;

/// A text that is not in the form of the type it was meant for. The text itself is not kept: it may be
/// somebody's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentError {
    type_ja: &'static str,
    type_en: &'static str,
    form: &'static str,
}

impl IdentError {
    pub(crate) const fn new(type_ja: &'static str, type_en: &'static str, form: &'static str) -> Self {
        Self { type_ja, type_en, form }
    }

    /// What was wrong, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Japanese => format!("{}の形式（{}）ではありません", self.type_ja, self.form),
            Lang::English => format!("not in the form of {} ({})", self.type_en, self.form),
        }
    }
}

impl fmt::Display for IdentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for IdentError {}

/// The check-digit rule that insurer and office numbers share: weights 2, 1, 2, 1 … from the rightmost body
/// digit, digits of products added, complement to ten. `None` when a letter stands in the number.
fn check_digit_matches(number: &[u8]) -> Option<bool> {
    if !number.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (check, body) = number.split_last()?;
    let sum: u32 = body
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| {
            let product = u32::from(digit - b'0') * if i % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    Some((10 - sum % 10) % 10 == u32::from(check - b'0'))
}

/// Declares a type of ASCII characters in a fixed array, with one rule for its form.
macro_rules! ident {
    (
        $(#[$meta:meta])*
        $name:ident[$len:literal] = $ja:literal, $en:literal, $form:literal, $valid:expr, $debug:ident
    ) => {
        $(#[$meta])*
        #[doc(alias = $ja)]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            const INVALID: $crate::ident::IdentError = $crate::ident::IdentError::new($ja, $en, $form);

            /// Reads the bytes of a field.
            ///
            /// # Errors
            #[doc = concat!("When they are not of the form ", $form, ".")]
            #[inline]
            pub fn from_ascii(bytes: &[u8]) -> Result<Self, $crate::ident::IdentError> {
                let valid: fn(&[u8; $len]) -> bool = $valid;
                match <[u8; $len]>::try_from(bytes) {
                    Ok(bytes) if valid(&bytes) => Ok(Self(bytes)),
                    _ => Err(Self::INVALID),
                }
            }

            /// The value as bytes, all ASCII.
            #[allow(dead_code, reason = "not every number is looked at by its bytes")]
            #[inline]
            pub(crate) fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// The value as text.
            pub fn as_str(&self) -> &str {
                // The constructor let only ASCII in.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ident::IdentError;
            fn from_str(text: &str) -> Result<Self, $crate::ident::IdentError> {
                Self::from_ascii(text.as_bytes())
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::ident::IdentError;
            fn try_from(text: &str) -> Result<Self, $crate::ident::IdentError> {
                text.parse()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), $crate::ident::ident!(@$debug self))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
    (@plain $value:ident) => { $value.as_str() };
    (@masked $value:ident) => { "masked" };
}

pub(crate) use ident;

// Nearly every number has the right form: all bytes at once is faster than up to the first wrong one.

#[inline]
fn digits(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |all, b| all & b.is_ascii_digit())
}

#[inline]
fn upper_alnum(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |all, b| all & (b.is_ascii_digit() | b.is_ascii_uppercase()))
}

fn equipment_form(b: &[u8; 12]) -> bool {
    upper_alnum(&b[..5]) && b[5] == b'-' && upper_alnum(&b[6..])
}

ident! {
    /// Insurer number: 6 digits, prefecture 2 + municipality 3 + check digit 1.
    InsurerNumber[6] = "保険者番号", "an insurer number", "6 digits",
    |b| digits(b), plain
}

ident! {
    /// Insured person's number: 10 digits, or `H` and 9 digits for those on public assistance alone
    /// (生活保護単独). Personal data: `Debug` masks it.
    InsuredNumber[10] = "被保険者番号", "an insured number", "10 digits or H and 9 digits",
    |b| (b[0].is_ascii_digit() || b[0] == b'H') && digits(&b[1..]), masked
}

ident! {
    /// Office number: 10 characters, digits, of which the third may be a capital letter.
    OfficeNumber[10] = "事業所番号", "an office number", "10 digits, the third may be a capital letter",
    |b| digits(&b[..2]) && upper_alnum(&b[2..3]) && digits(&b[3..]), plain
}

ident! {
    /// Service type code: 2 digits or capital letters (11 訪問介護 … A8). Any such pair has the right form;
    /// [`ServiceType`](crate::code::ServiceType) lists those that the standard names.
    ServiceTypeCode[2] = "サービス種類コード", "a service type code", "2 digits or capital letters",
    |b| upper_alnum(b), plain
}

ident! {
    /// Service code: service type 2 + item 4, digits or capital letters.
    ServiceCode[6] = "サービスコード", "a service code", "6 digits or capital letters",
    |b| upper_alnum(b), plain
}

ident! {
    /// TAIS code of a piece of welfare equipment: maker 5 + `-` + product 6.
    TaisCode[12] = "TAISコード", "a TAIS code", "00001-000010", equipment_form, plain
}

ident! {
    /// Notification code of welfare equipment that has no TAIS code: 5 + `-` + 6.
    EquipmentNotificationCode[12] = "福祉用具届出コード", "an equipment notification code", "00001-000010",
    equipment_form, plain
}

ident! {
    /// Postal code with its hyphen, `NNN-NNNN`. Personal data: `Debug` masks it.
    PostalCode[8] = "郵便番号", "a postal code", "NNN-NNNN",
    |b| b.iter().enumerate().all(|(i, c)| if i == 3 { *c == b'-' } else { c.is_ascii_digit() }), masked
}

impl InsurerNumber {
    /// Whether the last digit follows from the others. A mismatch is a warning, never a rejection.
    pub fn check_digit_matches(&self) -> bool {
        check_digit_matches(&self.0).unwrap_or(true)
    }
}

impl InsuredNumber {
    /// Whether the person is on public assistance alone (`H` and 9 digits).
    #[doc(alias = "生活保護単独")]
    pub fn is_public_assistance_only(&self) -> bool {
        self.0[0] == b'H'
    }
}

impl OfficeNumber {
    /// What stands for the office on the grand-total row of 第7表 (UPSIKYU No.7) and always in its No.34.
    #[doc(alias = "全合計の事業所コード")]
    pub const TOTAL: Self = Self(*b"9999999999");

    /// Whether the last digit follows from the others; `None` where a letter stands in the number, for which
    /// no public rule exists. A mismatch is a warning, never a rejection.
    pub fn check_digit_matches(&self) -> Option<bool> {
        check_digit_matches(&self.0)
    }
}

impl ServiceTypeCode {
    /// A code known when the program is compiled, of the right form.
    pub(crate) const fn of(code: &[u8; 2]) -> Self {
        Self(*code)
    }
}

impl ServiceCode {
    /// The grand total of 第7表.
    #[doc(alias = "全合計")]
    pub const GRAND_TOTAL: Self = Self(*b"999999");

    /// The service type, the first two characters.
    #[inline]
    pub fn service_type(&self) -> ServiceTypeCode {
        ServiceTypeCode([self.0[0], self.0[1]])
    }

    /// The item, the last four characters.
    pub fn item(&self) -> &str {
        self.as_str().get(2..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_enforced() {
        assert!("131359".parse::<InsurerNumber>().is_ok());
        assert!("13135".parse::<InsurerNumber>().is_err());
        assert!("H123456789".parse::<InsuredNumber>().is_ok());
        assert!("h123456789".parse::<InsuredNumber>().is_err());
        assert!("12345678A0".parse::<InsuredNumber>().is_err());
        assert!("13B1234567".parse::<OfficeNumber>().is_ok());
        assert!("1B31234567".parse::<OfficeNumber>().is_err());
        assert!("00001-000010".parse::<TaisCode>().is_ok());
        assert!("00001－000010".parse::<TaisCode>().is_err());
        assert!("1000001".parse::<PostalCode>().is_err());
    }

    #[test]
    fn check_digits_of_published_numbers_match() {
        for number in ["092015", "092023"] {
            assert!(number.parse::<InsurerNumber>().is_ok_and(|n| n.check_digit_matches()), "{number}");
        }
        assert!("092016".parse::<InsurerNumber>().is_ok_and(|n| !n.check_digit_matches()));
        // The standard's own sample number does not keep the rule.
        assert_eq!(
            "0300000100".parse::<OfficeNumber>().ok().and_then(|n| n.check_digit_matches()),
            Some(false)
        );
    }

    #[test]
    fn a_persons_number_is_not_printed_by_debug() {
        let number: InsuredNumber = "1234567890".parse().unwrap_or_else(|e| panic!("{e}"));
        assert!(!format!("{number:?}").contains("1234567890"));
        assert_eq!(number.to_string(), "1234567890");
    }
}
