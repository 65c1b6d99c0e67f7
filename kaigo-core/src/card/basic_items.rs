//! The four basic items (基本4情報) as the card holds them.

use std::fmt;

use super::error::{CardError, Part};
use super::layout::{ADDRESS_TAG, BASIC_ITEMS_TAG, BIRTH_TAG, NAME_TAG, SEX_TAG};
use super::names::named;
use super::tlv;
use crate::calendar::Date;

named! {
    /// The sex that a card shows. Wider than [`code::Sex`](crate::code::Sex), which the exchange uses.
    Sex {
        /// `1`.
        Male = "male" "男性" "male",
        /// `2`.
        Female = "female" "女性" "female",
        /// `9`.
        NotApplicable = "not_applicable" "適用不能" "not applicable",
        /// Anything else.
        Unknown = "unknown" "不明" "unknown",
    }
}

/// The four basic items of a person. Personal data: `Debug` shows none of it.
#[doc(alias = "基本4情報")]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BasicItems {
    /// The name, as registered.
    #[doc(alias = "氏名")]
    pub name: String,
    /// The address, as registered.
    #[doc(alias = "住所")]
    pub address: String,
    /// The date of birth; `None` when the card's eight digits are no day of the calendar.
    #[doc(alias = "生年月日")]
    pub birth_date: Option<Date>,
    /// The date of birth as the card has it, `YYYYMMDD`.
    pub birth_digits: String,
    /// The sex.
    #[doc(alias = "性別")]
    pub sex: Sex,
}

impl BasicItems {
    pub(super) fn parse(file: &[u8]) -> Result<Self, CardError> {
        const MALFORMED: CardError = CardError::Malformed { part: Part::BasicItems };
        let all = tlv::find(file, BASIC_ITEMS_TAG).ok_or(MALFORMED)?;
        let text = |tag| {
            let value = tlv::elements(all.value).find(|element| element.tag == tag).ok_or(MALFORMED)?.value;
            std::str::from_utf8(value).map(str::to_owned).map_err(|_| MALFORMED)
        };
        let birth_digits = text(BIRTH_TAG)?;
        Ok(Self {
            name: text(NAME_TAG)?,
            address: text(ADDRESS_TAG)?,
            birth_date: Date::from_ascii(birth_digits.as_bytes()).ok(),
            birth_digits,
            sex: match text(SEX_TAG)?.as_str() {
                "1" => Sex::Male,
                "2" => Sex::Female,
                "9" => Sex::NotApplicable,
                _ => Sex::Unknown,
            },
        })
    }
}

impl fmt::Debug for BasicItems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BasicItems(…)")
    }
}
