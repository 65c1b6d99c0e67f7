//! PINs: what they look like, what may be done with them, and what the card said of one.

use std::fmt;

use zeroize::Zeroizing;

use super::apdu::StatusWord;
use super::layout::{Form, PinKind};
use crate::calendar::Era;
use crate::report::Lang;

/// A PIN, password or printed code of the right form. It is wiped when dropped and stands in no `Debug`.
///
/// The text is taken from an input method as it is: full-width digits and letters are made half-width, and
/// letters of the signature password upper-case. Nothing else is forgiven, spaces neither.
#[doc(alias = "暗証番号")]
pub struct Pin {
    kind: PinKind,
    digits: Zeroizing<Vec<u8>>,
}

impl Pin {
    /// A PIN for the credential.
    ///
    /// # Errors
    /// [`PinFormError`] when it does not have the form of the credential's PINs. Nothing was sent to any card.
    pub fn new(kind: PinKind, text: &str) -> Result<Self, PinFormError> {
        let error = PinFormError { kind };
        let most = match kind.form() {
            Form::Digits(length) => length,
            Form::Password { max, .. } => max,
        };
        // As large as it will ever be: growing would leave a copy behind.
        let mut digits = Zeroizing::new(Vec::with_capacity(most));
        for c in text.chars() {
            if digits.len() == most {
                return Err(error);
            }
            digits.push(half_width(c).ok_or(error)?);
        }
        let valid = match kind.form() {
            Form::Digits(length) => digits.len() == length && digits.iter().all(u8::is_ascii_digit),
            Form::Password { min, .. } => {
                digits.make_ascii_uppercase();
                digits.len() >= min
                    && digits.iter().any(u8::is_ascii_digit)
                    && digits.iter().any(u8::is_ascii_uppercase)
            }
        };
        if valid { Ok(Self { kind, digits }) } else { Err(error) }
    }

    /// The four digits of the user-authentication certificate (利用者証明用電子証明書).
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn user_authentication(text: &str) -> Result<Self, PinFormError> {
        Self::new(PinKind::UserAuthentication, text)
    }

    /// The four digits of the card-face text (券面事項入力補助用).
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn text(text: &str) -> Result<Self, PinFormError> {
        Self::new(PinKind::Text, text)
    }

    /// Verification code B (照合番号B) from what is printed on the card.
    ///
    /// # Errors
    /// [`PinFormError`] when the calendar has no such day of birth in that era, or a part does not have its
    /// length.
    #[doc(alias = "照合番号B")]
    pub fn code_b(printed: &PrintedCodes<'_>) -> Result<Self, PinFormError> {
        let error = PinFormError { kind: PinKind::CodeB };
        let PrintedCodes { era, year, month, day, expiry_year, security_code } = *printed;
        let in_range = (1..=99).contains(&year) && (1000..=9999).contains(&expiry_year);
        if !in_range || era.date(year, month, day).is_none() {
            return Err(error);
        }
        let mut text = Zeroizing::new(String::with_capacity(64));
        let printed = format_args!("{year:02}{month:02}{day:02}{expiry_year}{security_code}");
        fmt::Write::write_fmt(&mut *text, printed).map_err(|_| error)?;
        Self::new(PinKind::CodeB, &text)
    }

    /// What the PIN is for.
    pub fn kind(&self) -> PinKind {
        self.kind
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.digits
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pin({})", self.kind.name())
    }
}

/// The ASCII letter or digit that a character stands for.
fn half_width(c: char) -> Option<u8> {
    let ascii = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        other => other,
    };
    u8::try_from(ascii).ok().filter(u8::is_ascii_alphanumeric)
}

/// What is printed on a card and makes up verification code B (照合番号B).
#[derive(Clone, Copy)]
pub struct PrintedCodes<'a> {
    /// The era of the date of birth, as printed (昭和50年 …).
    pub era: Era,
    /// The year of birth in the era, 1 to 99.
    pub year: i16,
    /// The month of birth.
    pub month: i8,
    /// The day of birth.
    pub day: i8,
    /// The Gregorian year that the card ends in (有効期限), four digits.
    pub expiry_year: i16,
    /// The security code (セキュリティコード), four digits.
    pub security_code: &'a str,
}

impl fmt::Debug for PrintedCodes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrintedCodes(…)")
    }
}

/// A PIN that does not have the form of its credential. The PIN itself is not kept. It was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinFormError {
    kind: PinKind,
}

impl PinFormError {
    /// What the PIN was meant for.
    pub fn kind(&self) -> PinKind {
        self.kind
    }

    /// What the form is, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        let label = self.kind.label(lang);
        match (self.kind.form(), lang) {
            (Form::Digits(14), Lang::Japanese) => format!(
                "{label}の形式ではありません。生年月日（和暦6桁）、有効期限の西暦4桁、セキュリティコード4桁を確かめてください"
            ),
            (Form::Digits(14), Lang::English) => format!(
                "not in the form of the {label}: date of birth in the era as printed (6 digits), year of expiry (4), security code (4)"
            ),
            (Form::Digits(length), Lang::Japanese) => format!("{label}は数字{length}桁です"),
            (Form::Digits(length), Lang::English) => format!("the {label} has {length} digits"),
            (Form::Password { min, max }, Lang::Japanese) => {
                format!("{label}は英字と数字の両方を含む{min}～{max}文字です")
            }
            (Form::Password { min, max }, Lang::English) => {
                format!("the {label} has {min} to {max} letters and digits, at least one of each")
            }
        }
    }
}

impl fmt::Display for PinFormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for PinFormError {}

/// Whether the last try may be spent. Tries never come back by themselves: a card whose tries are spent is
/// unlocked at the municipal office only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LastTry {
    /// With one try left nothing is sent; the call fails with
    /// [`CardError::LastTry`](super::CardError::LastTry).
    #[default]
    Refuse,
    /// The person was told that this is the last try, and wants it.
    Spend,
}

/// How many tries a credential has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tries {
    /// So many, at least one.
    Left(u8),
    /// None: it is blocked.
    Blocked,
    /// The card has no such credential, as a 顔認証マイナンバーカード may not.
    Absent,
    /// The card answered in a way that this version does not know.
    Unknown(StatusWord),
}

impl Tries {
    pub(super) fn of(status: StatusWord) -> Self {
        match status.tries() {
            Some(0) => Self::Blocked,
            Some(left) => Self::Left(left),
            None if status.is_blocked() => Self::Blocked,
            None if status == StatusWord::ABSENT => Self::Absent,
            None => Self::Unknown(status),
        }
    }

    /// The number: 0 when blocked, `None` when absent or not known.
    pub fn left(self) -> Option<u8> {
        match self {
            Self::Left(left) => Some(left),
            Self::Blocked => Some(0),
            Self::Absent | Self::Unknown(_) => None,
        }
    }

    /// The stable name of the state: `left`, `blocked`, `absent`, `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Left(_) => "left",
            Self::Blocked => "blocked",
            Self::Absent => "absent",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// What the card said of a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub enum Verification {
    /// It is the right one; all tries are back.
    Verified,
    /// It is wrong.
    Wrong {
        /// Tries left, at least one.
        left: u8,
    },
    /// It is blocked, by this try or before; nothing was sent where it was blocked before.
    Blocked,
}

impl Verification {
    /// The stable name: `verified`, `wrong`, `blocked`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Wrong { .. } => "wrong",
            Self::Blocked => "blocked",
        }
    }

    /// What to tell the person, in the language asked for: tries left, and where to unlock.
    pub fn guidance(self, kind: PinKind, lang: Lang) -> String {
        let label = kind.label(lang);
        match (self, lang) {
            (Self::Verified, Lang::Japanese) => format!("{label}を確認しました"),
            (Self::Verified, Lang::English) => format!("the {label} is right"),
            (Self::Wrong { left }, Lang::Japanese) => format!(
                "{label}が違います。残り{left}回です。回数は時間がたっても戻りません。確かでないときは入力をやめてください"
            ),
            (Self::Wrong { left }, Lang::English) => format!(
                "the {label} is wrong; tries left: {left}. Tries do not come back with time: stop when not sure"
            ),
            (Self::Blocked, Lang::Japanese) => {
                format!("{label}はロックされています。{}", unlock(kind, lang))
            }
            (Self::Blocked, Lang::English) => format!("the {label} is locked; {}", unlock(kind, lang)),
        }
    }
}

/// Where a blocked credential is unlocked.
fn unlock(kind: PinKind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (PinKind::CodeB, Lang::Japanese) => {
            "住所地の市区町村の窓口に相談してください。暗証番号による読み取りは使えます"
        }
        (PinKind::CodeB, Lang::English) => {
            "ask at the office of the municipality of residence; reading by PIN still works"
        }
        (_, Lang::Japanese) => {
            "住所地の市区町村の窓口で本人が初期化できます（顔認証マイナンバーカードには暗証番号がありません）"
        }
        (_, Lang::English) => {
            "its holder has it reset at the office of the municipality of residence (a face-certified card has no PIN)"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kind: PinKind, text: &str) -> Option<String> {
        let pin = Pin::new(kind, text).ok()?;
        Some(String::from_utf8_lossy(pin.as_bytes()).into_owned())
    }

    #[test]
    fn a_pin_exists_only_in_its_form() {
        for kind in [PinKind::UserAuthentication, PinKind::Text] {
            assert_eq!(form(kind, "1234").as_deref(), Some("1234"));
            assert_eq!(form(kind, "１２３４").as_deref(), Some("1234"));
            for bad in ["", "123", "12345", "12a4", "12 4", " 1234", "1234\n", "一二三四", "١٢٣٤"] {
                assert_eq!(form(kind, bad), None, "{bad}");
            }
        }
        assert_eq!(form(PinKind::Signature, "abc123").as_deref(), Some("ABC123"));
        assert_eq!(form(PinKind::Signature, "ａｂｃ１２３").as_deref(), Some("ABC123"));
        assert_eq!(form(PinKind::Signature, "ABCDEFGH12345678").as_deref(), Some("ABCDEFGH12345678"));
        for bad in ["ABC12", "ABCDEF", "123456", "ABCDEFGH123456789", "ABC-123", "ABC 123"] {
            assert_eq!(form(PinKind::Signature, bad), None, "{bad}");
        }
    }

    #[test]
    fn code_b_is_the_date_as_printed() {
        let mut printed = PrintedCodes {
            era: Era::Showa,
            year: 25,
            month: 4,
            day: 1,
            expiry_year: 2031,
            security_code: "５６７８",
        };
        let pin = Pin::code_b(&printed).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(pin.as_bytes(), b"25040120315678");
        assert_eq!(pin.kind(), PinKind::CodeB);
        printed.security_code = "567";
        assert!(Pin::code_b(&printed).is_err());
        printed.security_code = "5678";
        printed.year = 0;
        assert!(Pin::code_b(&printed).is_err());
        (printed.year, printed.month, printed.day) = (25, 2, 30);
        assert!(Pin::code_b(&printed).is_err());
    }

    #[test]
    fn neither_debug_nor_errors_show_a_pin() {
        let pin = Pin::text("7391").unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(format!("{pin:?}"), "Pin(text)");
        let error = Pin::text("73910").err().map(|e| format!("{e:?} {e} {}", e.message(Lang::Japanese)));
        assert!(error.is_some_and(|text| !text.contains("7391")));
    }
}
