//! `kaigo_value` and the texts of fields: how a field of a record looks to C.

use std::borrow::Cow;
use std::sync::OnceLock;

use kaigo_core::calendar::{ClockTime, Date, Month};
use kaigo_core::record::{AnyRecord, UnitPrice, Value};
use kaigo_core::text::{Encoding, Text};

use crate::argument::Unit;
use crate::document::{KAIGO_ENCODING_MS932, KAIGO_ENCODING_UTF8};
use crate::error::Fail;
use crate::status::{KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, structs};

constants! { CONSTANTS;
    /// A field is empty.
    KAIGO_VALUE_BLANK: u32 = 0;
    /// A field holds free text.
    KAIGO_VALUE_TEXT: u32 = 1;
    /// A field holds digits, letters or a code, as they are written.
    KAIGO_VALUE_SYMBOL: u32 = 2;
    /// A field holds a whole number.
    KAIGO_VALUE_INTEGER: u32 = 3;
    /// A field holds a unit price; `number` in hundredths of a yen.
    KAIGO_VALUE_UNIT_PRICE: u32 = 4;
    /// A field holds a day; `number` as YYYYMMDD.
    KAIGO_VALUE_DATE: u32 = 5;
    /// A field holds a month; `number` as YYYYMM.
    KAIGO_VALUE_MONTH: u32 = 6;
    /// A field holds a time; `number` as HHMM, 9999 where the service is shown without times.
    KAIGO_VALUE_TIME: u32 = 7;
    /// A field holds something that does not conform: only its text can be had.
    KAIGO_VALUE_NONCONFORMING: u32 = 8;
}

structs! { STRUCTS;
    /// The value of a field, typed. Members that the type does not have are 0.
    struct kaigo_value: 40 {
        /// The size of this struct, set by the caller.
        struct_size: u32,
        /// One of `KAIGO_VALUE_`.
        value_type: u32,
        /// The number: see the type.
        number: i64,
        /// Of a day or month.
        year: i32,
        /// Of a day or month, 1 to 12.
        month: i32,
        /// Of a day, 1 to 31.
        day: i32,
        /// Of a time, 0 to 23; 99 where the service is shown without times.
        hour: i32,
        /// Of a time, 0 to 59; 99 where the service is shown without times.
        minute: i32,
        /// 0.
        reserved: i32,
    }
}

#[inline]
pub(crate) fn value_of(value: Value<'_>) -> kaigo_value {
    let mut out = kaigo_value {
        struct_size: 0,
        value_type: KAIGO_VALUE_BLANK,
        number: 0,
        year: 0,
        month: 0,
        day: 0,
        hour: 0,
        minute: 0,
        reserved: 0,
    };
    out.value_type = match value {
        Value::Blank => KAIGO_VALUE_BLANK,
        Value::Text(_) => KAIGO_VALUE_TEXT,
        Value::Symbol(_) => KAIGO_VALUE_SYMBOL,
        Value::Integer(number) => {
            out.number = number.into();
            KAIGO_VALUE_INTEGER
        }
        Value::UnitPrice(price) => {
            out.number = price.hundredths().into();
            KAIGO_VALUE_UNIT_PRICE
        }
        Value::Date(date) => {
            (out.year, out.month, out.day) =
                (date.year().into(), date.month_of_year().into(), date.day().into());
            out.number = i64::from(out.year) * 10_000 + i64::from(out.month) * 100 + i64::from(out.day);
            KAIGO_VALUE_DATE
        }
        Value::Month(month) => {
            (out.year, out.month) = (month.year().into(), month.month_of_year().into());
            out.number = i64::from(out.year) * 100 + i64::from(out.month);
            KAIGO_VALUE_MONTH
        }
        Value::Time(time) => {
            (out.hour, out.minute) = match time {
                ClockTime::At { hour, minute } => (hour.into(), minute.into()),
                ClockTime::NotShown => (99, 99),
            };
            out.number = i64::from(out.hour) * 100 + i64::from(out.minute);
            KAIGO_VALUE_TIME
        }
        Value::Nonconforming(_) => KAIGO_VALUE_NONCONFORMING,
    };
    out
}

impl kaigo_value {
    /// The text in the CSV form of a value that a program set; only `value_type` and `number` are looked at.
    pub(crate) fn to_field(self) -> Result<Text<'static>, Fail> {
        let wrong = || Fail::argument(KAIGO_E_NUMBER, "value");
        let number = self.number;
        let part = |divisor: i64, modulus: i64| i8::try_from(number / divisor % modulus).map_err(|_| wrong());
        let year = |divisor: i64| i16::try_from(number / divisor).map_err(|_| wrong());
        let value = match self.value_type {
            KAIGO_VALUE_BLANK => Value::Blank,
            KAIGO_VALUE_INTEGER => Value::Integer(i32::try_from(number).map_err(|_| wrong())?),
            KAIGO_VALUE_UNIT_PRICE => {
                Value::UnitPrice(UnitPrice::from_hundredths(u16::try_from(number).map_err(|_| wrong())?))
            }
            KAIGO_VALUE_DATE => {
                Value::Date(Date::new(year(10_000)?, part(100, 100)?, part(1, 100)?).ok_or_else(wrong)?)
            }
            KAIGO_VALUE_MONTH => Value::Month(Month::new(year(100)?, part(1, 100)?).ok_or_else(wrong)?),
            KAIGO_VALUE_TIME => {
                let written =
                    u16::try_from(number).map(|number| format!("{number:04}")).map_err(|_| wrong())?;
                Value::Time(ClockTime::from_ascii(written.as_bytes()).map_err(|_| wrong())?)
            }
            KAIGO_VALUE_TEXT | KAIGO_VALUE_SYMBOL | KAIGO_VALUE_NONCONFORMING => {
                return Err(Fail::argument(KAIGO_E_KIND, "value"));
            }
            _ => return Err(wrong()),
        };
        Ok(value.into())
    }
}

/// The text of a value without a copy where it lies in the record.
#[inline]
pub(crate) fn text_of(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Blank => Cow::Borrowed(""),
        Value::Symbol(text) => Cow::Borrowed(text),
        Value::Text(text) | Value::Nonconforming(text) => text.decode_lossy(),
        other => Cow::Owned(other.to_text()),
    }
}

/// The bytes of a text as they stand in its file, and one of `KAIGO_ENCODING_`.
pub(crate) fn bytes_of(value: Value<'_>) -> Result<(&[u8], u32), Fail> {
    let (Value::Text(text) | Value::Nonconforming(text)) = value else {
        return Err(Fail::argument(KAIGO_E_KIND, "no"));
    };
    let (Cow::Borrowed(bytes), encoding) = text.to_bytes() else {
        return Err(Fail::argument(KAIGO_E_KIND, "no"));
    };
    let encoding = match encoding {
        Encoding::Ms932 => KAIGO_ENCODING_MS932,
        Encoding::Utf8 => KAIGO_ENCODING_UTF8,
    };
    Ok((bytes, encoding))
}

/// The texts of one row as they were shown to C, and stay where they are until the row is changed or freed. They are
/// made all at once, when the first is asked for.
#[derive(Default)]
pub(crate) struct ShownRow {
    pub(crate) utf8: OnceLock<Box<Shown<std::ffi::c_char>>>,
    pub(crate) utf16: OnceLock<Box<Shown<u16>>>,
}

/// The texts of a row, one behind the other.
pub(crate) struct Shown<C> {
    units: Vec<C>,
    /// Where each field ends.
    ends: Vec<u32>,
}

impl<C: Unit> Shown<C> {
    fn new(record: &dyn AnyRecord) -> Self {
        let fields = record.layout().fields.len();
        let (mut utf8, mut ends) = (Vec::with_capacity(fields * 8), Vec::with_capacity(fields));
        for no in 1..=fields {
            record.value(no).unwrap_or(Value::Blank).append_text(&mut utf8);
            // A record is far shorter: the reader takes none beyond 16 MiB, and no call a text beyond 2^28 units.
            ends.push(u32::try_from(utf8.len()).unwrap_or(u32::MAX));
        }
        Self { units: C::of_utf8(utf8, &mut ends), ends }
    }

    #[inline]
    fn field(&self, no: usize) -> Option<&[C]> {
        let index = no.checked_sub(1)?;
        let end = *self.ends.get(index)?;
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.units.get(start as usize..end as usize)
    }
}

/// A field of a row, for the calls that show its text.
pub(crate) struct Spot<'d> {
    pub(crate) record: &'d dyn AnyRecord,
    pub(crate) no: u32,
    pub(crate) shown: &'d ShownRow,
}

impl<'d> Spot<'d> {
    /// The value.
    #[inline]
    pub(crate) fn value(&self) -> Result<Value<'d>, Fail> {
        self.record.value(self.no as usize).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "no"))
    }

    /// The text, where it stays.
    #[inline]
    pub(crate) fn show<C: Unit>(&self) -> Result<&'d [C], Fail> {
        C::of_row(self.shown)
            .get_or_init(|| Box::new(Shown::new(self.record)))
            .field(self.no as usize)
            .ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "no"))
    }
}
