//! The typed values that fields hold.

use std::fmt;

use super::row::CheckContext;
use super::{FieldSpec, Length, Scalar, Type, Value};
use crate::calendar::{ClockTime, Date, Month};
use crate::code::{CodeList, ServiceType};
use crate::ident::{
    EquipmentNotificationCode, InsuredNumber, InsurerNumber, OfficeNumber, PostalCode, ServiceCode,
    ServiceTypeCode, TaisCode,
};
use crate::report::Code;

/// The value of CSV version, `YYYYMM`.
///
/// The list is official (別紙, CSVバージョン): 201910, 202003, 202208, 202504 (withdrawn before its start) and
/// 202407, that of standard 4.1.
#[doc(alias = "CSVバージョン")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CsvVersion(Month);

impl CsvVersion {
    /// Standard 4.1: `202407`, for service months from April 2025.
    pub const V4_1: Self = Self(Month::of::<2024, 7>());

    /// The value as a month.
    pub fn month(self) -> Month {
        self.0
    }
}

impl Scalar for CsvVersion {
    const TYPE: Type = Type::Month;

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        Month::from_ascii(bytes).ok().map(Self)
    }

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Month(self.0)
    }

    #[inline]
    fn check(&self, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
        let code = match (self.0.year(), self.0.month_of_year()) {
            (2024, 7) => return,
            (2019, 10) | (2020, 3) | (2022, 8) | (2025, 4) => Code::FieldVersionOld,
            _ => Code::FieldVersionUnknown,
        };
        context.report_habit(code, usize::from(spec.no));
    }
}

/// A whole number. Lengths are checked against the field's, up to seven digits.
pub type Integer = i32;

impl Scalar for Integer {
    const TYPE: Type = Type::Integer;

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'0'] => Some(0),
            [b'1'..=b'9', ..] if bytes.len() <= 9 => bytes.iter().try_fold(0, |number, byte| {
                byte.is_ascii_digit().then(|| number * 10 + i32::from(byte - b'0'))
            }),
            _ => None,
        }
    }

    fn parse_lenient(bytes: &[u8]) -> Option<Self> {
        let (digits, sign) = match bytes {
            [b'-', digits @ ..] => (digits, -1),
            digits => (digits, 1),
        };
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        std::str::from_utf8(digits).ok()?.parse::<i32>().ok().map(|number| number * sign)
    }

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Integer(*self)
    }

    #[inline]
    fn check(&self, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
        let digits = self.unsigned_abs().checked_ilog10().unwrap_or(0) + 1 + u32::from(*self < 0);
        let code = match spec.length {
            Length::Fixed(length) if digits != u32::from(length) => Code::FieldLength,
            Length::Max(max) if digits > u32::from(max) => Code::FieldLength,
            Length::MaxDoubted { accepted, .. } if digits > u32::from(accepted) => Code::FieldLength,
            Length::MaxDoubted { max, .. } if digits > u32::from(max) => Code::FieldLengthDoubtful,
            _ if *self < 0 => Code::FieldNegative,
            _ => return,
        };
        context.report_at(code, usize::from(spec.no));
    }
}

impl<T: CodeList> Scalar for T {
    const TYPE: Type = Type::Code;
    const CODES: &'static [(&'static str, &'static str)] = T::LIST;

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        T::from_code(bytes)
    }

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Symbol(self.code())
    }
}

/// A unit price in yen, exact to two decimals. On the wire `99.99` (第7表 No.23).
#[doc(alias = "単位数単価")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPrice(u16);

impl UnitPrice {
    /// A price from its hundredths of a yen, up to 655.35 yen.
    pub fn from_hundredths(hundredths: u16) -> Self {
        Self(hundredths)
    }

    /// The price in hundredths of a yen.
    pub fn hundredths(self) -> i32 {
        i32::from(self.0)
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Scalar for UnitPrice {
    const TYPE: Type = Type::Decimal;

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        let [yen @ .., b'.', tens, ones] = bytes else { return None };
        if yen.len() > 3 || !tens.is_ascii_digit() || !ones.is_ascii_digit() {
            return None;
        }
        let hundredths = i32::parse(yen)? * 100 + i32::from(tens - b'0') * 10 + i32::from(ones - b'0');
        u16::try_from(hundredths).ok().map(Self)
    }

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::UnitPrice(*self)
    }
}

/// The days of a month for which a per-diem service is billed: 31 characters, `1` on billable days.
#[doc(alias = "日割対象日")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayMap([u8; 31]);

impl DayMap {
    /// The map of those days; days outside 1 to 31 are not in it.
    pub fn from_days(days: impl IntoIterator<Item = u8>) -> Self {
        let mut map = [b'0'; 31];
        for day in days {
            if let Some(mark) = usize::from(day).checked_sub(1).and_then(|index| map.get_mut(index)) {
                *mark = b'1';
            }
        }
        Self(map)
    }

    /// The days of the month, from 1, that are marked.
    pub fn days(&self) -> impl Iterator<Item = u8> + '_ {
        (1_u8..).zip(&self.0).filter(|(_, mark)| **mark == b'1').map(|(day, _)| day)
    }

    /// The 31 characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for DayMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Scalar for DayMap {
    const TYPE: Type = Type::DayMap;

    fn parse(bytes: &[u8]) -> Option<Self> {
        let map = <[u8; 31]>::try_from(bytes).ok()?;
        map.iter().all(|mark| matches!(mark, b'0' | b'1')).then_some(Self(map))
    }

    fn value(&self) -> Value<'_> {
        Value::Symbol(self.as_str())
    }
}

/// A day, or `00000000` where the field does not apply (UPHOSOKU No.4 beside 第6・7表).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrZeros {
    /// `00000000`.
    Zeros,
    /// A day.
    Date(Date),
}

/// A month, or `000000` where the field does not apply (UPHOSOKU No.63 beside a care plan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MonthOrZeros {
    /// `000000`.
    Zeros,
    /// A month.
    Month(Month),
}

impl Scalar for DateOrZeros {
    const TYPE: Type = Type::Date;
    const MAY_NOT_APPLY: bool = true;

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        if bytes == b"00000000" {
            return Some(Self::Zeros);
        }
        Date::from_ascii(bytes).ok().map(Self::Date)
    }

    #[inline]
    fn value(&self) -> Value<'_> {
        match self {
            Self::Zeros => Value::Symbol("00000000"),
            Self::Date(date) => Value::Date(*date),
        }
    }
}

impl Scalar for MonthOrZeros {
    const TYPE: Type = Type::Month;
    const MAY_NOT_APPLY: bool = true;

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        if bytes == b"000000" {
            return Some(Self::Zeros);
        }
        Month::from_ascii(bytes).ok().map(Self::Month)
    }

    #[inline]
    fn value(&self) -> Value<'_> {
        match self {
            Self::Zeros => Value::Symbol("000000"),
            Self::Month(month) => Value::Month(*month),
        }
    }
}

/// A date of birth: a [`Date`] that is about a person and masked in messages.
#[doc(alias = "生年月日")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthDate(pub Date);

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate(masked)")
    }
}

impl Scalar for BirthDate {
    const TYPE: Type = Type::Date;
    const PERSONAL: bool = true;

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        Date::from_ascii(bytes).ok().map(Self)
    }

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Date(self.0)
    }
}

macro_rules! date_like {
    ($($ty:ty = $kind:ident $value:ident $may_not_apply:literal),*) => { $(
        impl Scalar for $ty {
            const TYPE: Type = Type::$kind;
            const MAY_NOT_APPLY: bool = $may_not_apply;

            #[inline]
            fn parse(bytes: &[u8]) -> Option<Self> {
                Self::from_ascii(bytes).ok()
            }

            #[inline]
            fn value(&self) -> Value<'_> {
                Value::$value(*self)
            }
        }
    )* };
}

date_like! { Date = Date Date false, Month = Month Month false, ClockTime = Time Time true }

/// Number of a satellite (サテライト枝番) within one office number and service type: the office's own, else 1, 2,
/// 3 …; at most two digits or capital letters.
#[doc(alias = "サテライト枝番")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SatelliteNumber {
    bytes: [u8; 2],
    len: u8,
}

impl SatelliteNumber {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..usize::from(self.len)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }
}

impl Scalar for SatelliteNumber {
    const TYPE: Type = Type::Alnum;

    fn parse(bytes: &[u8]) -> Option<Self> {
        let alnum = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase();
        match *bytes {
            [a] if alnum(a) => Some(Self { bytes: [a, 0], len: 1 }),
            [a, b] if alnum(a) && alnum(b) => Some(Self { bytes: [a, b], len: 2 }),
            _ => None,
        }
    }

    fn value(&self) -> Value<'_> {
        Value::Symbol(self.as_str())
    }
}

/// The fixed value `9999999999` of 第7表 No.34.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FixedOfficeCode;

impl Scalar for FixedOfficeCode {
    const TYPE: Type = Type::Digits;
    const NO_VALUE: Option<Code> = Some(Code::RowFixedOffice);

    #[inline]
    fn parse(bytes: &[u8]) -> Option<Self> {
        (bytes == b"9999999999").then_some(Self)
    }

    fn value(&self) -> Value<'_> {
        Value::Symbol("9999999999")
    }
}

crate::ident::ident! {
    /// Who entered 第7表 (No.35): 10 digits or capital letters. The source does not describe it.
    EnteredByCode[10] = "入力者コード", "an entered-by code", "10 digits or capital letters",
    |b| b.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()), plain
}

macro_rules! symbol {
    ($($ty:ident = $kind:ident $(personal $personal:literal)? $(, $check:expr)?;)*) => { $(
        impl Scalar for $ty {
            const TYPE: Type = Type::$kind;
            $( const PERSONAL: bool = $personal; )?
            // A number is its characters, and nothing else.
            const WIDTH: Option<usize> = Some(size_of::<Self>());

            #[inline]
            fn parse(bytes: &[u8]) -> Option<Self> {
                Self::from_ascii(bytes).ok()
            }

            #[inline]
            fn value(&self) -> Value<'_> {
                Value::Symbol(self.as_str())
            }

            $(
                #[inline]
                fn check(&self, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
                    let check: fn(&Self, &'static FieldSpec, &mut CheckContext<'_>) = $check;
                    check(self, spec, context);
                }
            )?
        }
    )* };
}

symbol! {
    InsurerNumber = Digits, |number, spec, context| {
        context.check_digit(spec, number.as_bytes(), || number.check_digit_matches());
    };
    InsuredNumber = Alnum personal true;
    OfficeNumber = Alnum, |number, spec, context| {
        if *number != Self::TOTAL {
            let matches = || number.check_digit_matches() != Some(false);
            context.check_digit(spec, number.as_bytes(), matches);
        }
    };
    ServiceTypeCode = Code, |code, spec, context| {
        if ServiceType::of(*code).is_none() {
            context.report_at(Code::FieldServiceType, usize::from(spec.no));
        }
    };
    ServiceCode = Alnum;
    TaisCode = Alnum;
    EquipmentNotificationCode = Alnum;
    EnteredByCode = Alnum;
    PostalCode = Postal personal true;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Field;
    use crate::text::Text;

    #[test]
    fn a_padded_number_is_kept_as_written_and_still_read() {
        let field = Field::<Integer>::from_text(Text::from("007"));
        assert_eq!(field.get(), Some(7));
        assert_eq!(field.value().to_text(), "007");
        assert_eq!(Field::<Integer>::from_text(Text::from("7x")).get(), None);
    }

    #[test]
    fn unit_prices_are_exact() {
        for text in ["11.40", "10.00", "9.05", "100.00"] {
            let price = UnitPrice::parse(text.as_bytes());
            assert_eq!(price.map(|p| p.value().to_text()).as_deref(), Some(text));
        }
        for text in ["11.4", "11", ".40", "011.40", "11.400", "1１.40"] {
            assert_eq!(UnitPrice::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_day_map_lists_its_days() {
        let map = DayMap::from_days([1, 5, 31, 32, 0]);
        assert_eq!(map.days().collect::<Vec<_>>(), [1, 5, 31]);
        assert_eq!(DayMap::parse(map.as_str().as_bytes()), Some(map));
    }
}
