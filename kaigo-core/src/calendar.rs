//! Dates, months, clock times and Japanese eras, as the exchange writes them.

use std::fmt;
use std::str::FromStr;

use jiff::civil;

use crate::ident::IdentError;

/// A day of the Gregorian calendar. On the wire `YYYYMMDD`, in JSON `YYYY-MM-DD`.
#[doc(alias = "年月日")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A month. On the wire `YYYYMM`, in JSON `YYYY-MM`.
#[doc(alias = "年月")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

/// A time of day in minutes, or the mark of a service without times. On the wire `HHMM`, or `9999`.
#[doc(alias = "時刻")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockTime {
    /// A time from 00:00 to 23:59.
    At {
        /// 0 to 23.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
    /// `9999`: the service is shown without times.
    #[doc(alias = "時間表示の無いサービス")]
    NotShown,
}

/// An era of the Japanese calendar.
#[doc(alias = "元号")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, from 1868-01-25.
    Meiji,
    /// 大正, from 1912-07-30.
    Taisho,
    /// 昭和, from 1926-12-25.
    Showa,
    /// 平成, from 1989-01-08.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

const NOT_A_DATE: IdentError = IdentError::new("年月日", "a date", "YYYYMMDD");
const NOT_A_MONTH: IdentError = IdentError::new("年月", "a month", "YYYYMM");
const NOT_A_TIME: IdentError = IdentError::new("時刻", "a time", "HHMM");

/// Reads `N` ASCII digits, at most eight, as numbers of two digits each; the first ones are zero where there are
/// fewer. All at once, for most fields of a slip are dates and times.
#[inline]
fn pairs<const N: usize>(bytes: &[u8; N]) -> Option<[u8; 4]> {
    const ONES: u64 = u64::MAX / 255;
    let mut padded = [b'0'; 8];
    padded[8 - N..].copy_from_slice(bytes);
    let digits = u64::from_le_bytes(padded) ^ (ONES * 0x30);
    // The high bit of each byte above nine; a byte that carries into the next has its own.
    let others = (digits.wrapping_add(ONES * (0x80 - 10)) | digits) & (ONES << 7);
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    (others == 0).then_some([pairs as u8, (pairs >> 16) as u8, (pairs >> 32) as u8, (pairs >> 48) as u8])
}

impl Date {
    /// The day, if the calendar has it.
    #[inline]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// A day known when the program is compiled.
    pub(crate) const fn of<const YEAR: i16, const MONTH: i8, const DAY: i8>() -> Self {
        Self(civil::date(YEAR, MONTH, DAY))
    }

    /// Reads `YYYYMMDD`.
    ///
    /// # Errors
    /// When it is not eight digits or the calendar has no such day.
    #[inline]
    pub fn from_ascii(bytes: &[u8]) -> Result<Self, IdentError> {
        let [century, year, month, day] =
            <&[u8; 8]>::try_from(bytes).ok().and_then(pairs).ok_or(NOT_A_DATE)?;
        let year = i16::from(century) * 100 + i16::from(year);
        // Two digits: no cast can lose anything.
        Self::new(year, month as i8, day as i8).filter(|_| year > 0).ok_or(NOT_A_DATE)
    }

    /// The year of the Gregorian calendar.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month_of_year(self) -> i8 {
        self.0.month()
    }

    /// 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The month that the day lies in.
    pub fn month(self) -> Month {
        Month { year: self.0.year(), month: self.0.month() }
    }

    /// Days from `self` to `other`, negative when `other` is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        // Two dates of the years 1 to 9999 are at most 3.7 million days apart.
        self.0.duration_until(other.0).as_hours() as i32 / 24
    }

    /// Days since 1970-01-01.
    pub fn to_epoch_day(self) -> i32 {
        Self(civil::date(1970, 1, 1)).days_until(self)
    }

    /// The day that lies so many days after 1970-01-01; `None` outside the years 1 to 9999.
    pub fn from_epoch_day(days: i32) -> Option<Self> {
        let date = civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        (date.year() > 0).then_some(Self(date))
    }

    /// The day so many days later, or earlier; `None` outside the years 1 to 9999.
    pub fn plus_days(self, days: i32) -> Option<Self> {
        Self::from_epoch_day(self.to_epoch_day().checked_add(days)?)
    }

    /// The day of the week, from 0 for Sunday.
    pub fn weekday_from_sunday(self) -> usize {
        usize::from(self.0.weekday().to_sunday_zero_offset().unsigned_abs())
    }

    /// The fiscal year (年度) that the day lies in, 1 April to 31 March, by the year in which it begins.
    #[doc(alias = "年度")]
    pub fn fiscal_year(self) -> i16 {
        self.year() - i16::from(self.month_of_year() < 4)
    }

    /// The era and the year within it; `None` before Meiji.
    #[doc(alias = "和暦")]
    pub fn era(self) -> Option<(Era, i16)> {
        Era::ALL
            .into_iter()
            .rev()
            .find(|era| self >= era.start())
            .map(|era| (era, self.year() - era.start().year() + 1))
    }
}

impl Era {
    /// All eras, oldest first.
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// The first day of the era.
    pub fn start(self) -> Date {
        Date(match self {
            Self::Meiji => civil::date(1868, 1, 25),
            Self::Taisho => civil::date(1912, 7, 30),
            Self::Showa => civil::date(1926, 12, 25),
            Self::Heisei => civil::date(1989, 1, 8),
            Self::Reiwa => civil::date(2019, 5, 1),
        })
    }

    /// The era's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The day of a date printed in this era; `None` when the calendar has no such day or it lies before the
    /// era. A printed date past the era's end (昭和64年2月) is read as the day it means.
    pub fn date(self, year: i16, month: i8, day: i8) -> Option<Date> {
        let date = Date::new(self.start().year().checked_add(year.checked_sub(1)?)?, month, day)?;
        (date >= self.start()).then_some(date)
    }
}

impl Month {
    /// The month, if the calendar has it (years 1 to 9999).
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// A month known when the program is compiled.
    pub(crate) const fn of<const YEAR: i16, const MONTH: i8>() -> Self {
        const { assert!(YEAR >= 1 && YEAR <= 9999 && MONTH >= 1 && MONTH <= 12) };
        Self { year: YEAR, month: MONTH }
    }

    /// Reads `YYYYMM`.
    ///
    /// # Errors
    /// When it is not six digits or the month is not 01 to 12.
    #[inline]
    pub fn from_ascii(bytes: &[u8]) -> Result<Self, IdentError> {
        let [_, century, year, month] =
            <&[u8; 6]>::try_from(bytes).ok().and_then(pairs).ok_or(NOT_A_MONTH)?;
        Self::new(i16::from(century) * 100 + i16::from(year), month as i8).ok_or(NOT_A_MONTH)
    }

    /// The year of the Gregorian calendar.
    pub fn year(self) -> i16 {
        self.year
    }

    /// 1 to 12.
    pub fn month_of_year(self) -> i8 {
        self.month
    }

    /// The month as it is written, `YYYYMM`.
    pub fn to_ascii(self) -> [u8; 6] {
        let mut digits = [b'0'; 6];
        let mut rest = u32::from(self.year.unsigned_abs()) * 100 + u32::from(self.month.unsigned_abs());
        for digit in digits.iter_mut().rev() {
            *digit += (rest % 10) as u8;
            rest /= 10;
        }
        digits
    }

    /// The number of days of the month, 28 to 31.
    pub fn days(self) -> i8 {
        civil::Date::new(self.year, self.month, 1).map_or(31, |date| date.days_in_month())
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        // Every month has a first day and a last one.
        Date(civil::date(self.year, self.month, 1))
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        Date(civil::date(self.year, self.month, self.days()))
    }

    /// Whether the day lies in this month.
    #[inline]
    pub fn contains(self, date: Date) -> bool {
        date.month() == self
    }
}

impl ClockTime {
    /// Reads `HHMM` or `9999`.
    ///
    /// # Errors
    /// When it is not four digits, or no time of the day (`2400` is none).
    #[inline]
    pub fn from_ascii(bytes: &[u8]) -> Result<Self, IdentError> {
        match <&[u8; 4]>::try_from(bytes).ok().and_then(pairs) {
            Some([_, _, 99, 99]) => Ok(Self::NotShown),
            Some([_, _, hour @ 0..24, minute @ 0..60]) => Ok(Self::At { hour, minute }),
            _ => Err(NOT_A_TIME),
        }
    }

    /// Minutes since midnight, `None` when no time is shown.
    pub fn minutes(self) -> Option<u16> {
        match self {
            Self::At { hour, minute } => Some(u16::from(hour) * 60 + u16::from(minute)),
            Self::NotShown => None,
        }
    }
}

/// As in JSON, `YYYY-MM-DD`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month_of_year(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// As in JSON, `YYYY-MM`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// For people, `HH:MM`, or `--:--` when no time is shown.
impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At { hour, minute } => write!(f, "{hour:02}:{minute:02}"),
            Self::NotShown => f.write_str("--:--"),
        }
    }
}

/// Reads the ISO form `YYYY-MM-DD`.
impl FromStr for Date {
    type Err = IdentError;
    fn from_str(text: &str) -> Result<Self, IdentError> {
        let bytes = text.as_bytes();
        match bytes {
            [y @ .., b'-', m1, m2, b'-', d1, d2] if y.len() == 4 => {
                Self::from_ascii(&[y, &[*m1, *m2, *d1, *d2]].concat())
            }
            _ => Err(NOT_A_DATE),
        }
    }
}

/// Reads the ISO form `YYYY-MM`.
impl FromStr for Month {
    type Err = IdentError;
    fn from_str(text: &str) -> Result<Self, IdentError> {
        match text.as_bytes() {
            [y @ .., b'-', m1, m2] if y.len() == 4 => Self::from_ascii(&[y, &[*m1, *m2]].concat()),
            _ => Err(NOT_A_MONTH),
        }
    }
}

/// Reads the ISO form `HH:MM`, a time that is shown.
impl FromStr for ClockTime {
    type Err = IdentError;
    fn from_str(text: &str) -> Result<Self, IdentError> {
        match text.as_bytes() {
            [h1, h2, b':', m1, m2] => match Self::from_ascii(&[*h1, *h2, *m1, *m2])? {
                Self::NotShown => Err(NOT_A_TIME),
                shown => Ok(shown),
            },
            _ => Err(NOT_A_TIME),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_as_it_is_shown() {
        for text in ["00:00", "09:05", "23:59"] {
            assert_eq!(text.parse::<ClockTime>().map(|time| time.to_string()).as_deref(), Ok(text));
        }
        for text in ["99:99", "24:00", "9:00", "0900", "--:--", "09:00:00", "０9:00"] {
            assert!(text.parse::<ClockTime>().is_err(), "{text}");
        }
    }

    fn date(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).unwrap_or_else(|| panic!("no such day"))
    }

    #[test]
    fn impossible_days_are_refused() {
        assert_eq!(Date::from_ascii(b"20240229"), Ok(date(2024, 2, 29)));
        for bad in ["20230229", "20241301", "20240100", "2024010", "00000000", "2024-1-1", "２０２４"] {
            assert!(Date::from_ascii(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_byte_but_a_digit_is_refused_everywhere() {
        for place in 0..8 {
            for byte in 0..=u8::MAX {
                let mut text = *b"20111010";
                text[place] = byte;
                let expected = std::str::from_utf8(&text)
                    .ok()
                    .filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
                    .and_then(|text| {
                        let number: u32 = text.parse().ok()?;
                        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
                        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
                    });
                assert_eq!(Date::from_ascii(&text).ok(), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn times_of_day_and_the_mark_of_none() {
        assert_eq!(ClockTime::from_ascii(b"0905"), Ok(ClockTime::At { hour: 9, minute: 5 }));
        assert_eq!(ClockTime::from_ascii(b"9999"), Ok(ClockTime::NotShown));
        for bad in ["2400", "0960", "905", "09:05", "9998"] {
            assert!(ClockTime::from_ascii(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn eras_change_on_their_day() {
        assert_eq!(date(1989, 1, 7).era(), Some((Era::Showa, 64)));
        assert_eq!(date(1989, 1, 8).era(), Some((Era::Heisei, 1)));
        assert_eq!(date(2026, 7, 1).era(), Some((Era::Reiwa, 8)));
        assert_eq!(date(1868, 1, 24).era(), None);
        assert_eq!(Era::Showa.date(25, 4, 1), Some(date(1950, 4, 1)));
        assert_eq!(Era::Reiwa.date(1, 4, 30), None);
    }

    #[test]
    fn days_between_dates_cross_leap_days() {
        assert_eq!(date(2024, 2, 28).days_until(date(2024, 3, 1)), 2);
        assert_eq!(date(2024, 3, 1).days_until(date(2024, 2, 28)), -2);
        assert_eq!(Month::new(2024, 2).map(Month::days), Some(29));
        for (days, day) in [(-719162, date(1, 1, 1)), (0, date(1970, 1, 1)), (2932896, date(9999, 12, 31))] {
            assert_eq!((day.to_epoch_day(), Date::from_epoch_day(days)), (days, Some(day)));
        }
        assert_eq!((Date::from_epoch_day(-719163), Date::from_epoch_day(2932897)), (None, None));
    }

    #[test]
    fn iso_forms_read_back() {
        assert_eq!("2026-07-01".parse(), Ok(date(2026, 7, 1)));
        assert_eq!("2026-07".parse(), Month::new(2026, 7).ok_or(NOT_A_MONTH));
        assert!("20260701".parse::<Date>().is_err());
    }
}
