//! The value of one field, whatever its type.

use std::fmt;

use super::{Integer, Scalar, Type, UnitPrice};
use crate::calendar::{ClockTime, Date, Month};
use crate::text::Text;

/// One field of a record, whatever its type.
#[derive(Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Empty.
    Blank,
    /// Text.
    Text(&'a Text<'a>),
    /// Digits, letters or a code, as they are written.
    Symbol(&'a str),
    /// A whole number.
    Integer(i32),
    /// A unit price.
    UnitPrice(UnitPrice),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// A time of day.
    Time(ClockTime),
    /// What the file said where it does not conform.
    Nonconforming(&'a Text<'a>),
}

/// A value does not know whether it is about a person, so its text and days are not shown.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("Blank"),
            Self::Text(text) => text.fmt(f),
            Self::Symbol(text) => write!(f, "Symbol({} characters, masked)", text.len()),
            Self::Integer(number) => write!(f, "Integer({number})"),
            Self::UnitPrice(price) => write!(f, "UnitPrice({price})"),
            Self::Date(_) => f.write_str("Date(masked)"),
            Self::Month(month) => write!(f, "Month({month})"),
            Self::Time(time) => write!(f, "Time({time})"),
            Self::Nonconforming(text) => write!(f, "Nonconforming({text:?})"),
        }
    }
}

impl<'a> Value<'a> {
    /// The value that a field of the type holds, or that is clear all the same (`007` is 7): what
    /// [`Field::get`](super::Field::get) gives where the type is known. `Blank` where there is none.
    pub fn clear(self, ty: Type) -> Self {
        match self {
            Self::Nonconforming(text) if ty == Type::Integer => {
                Integer::parse_lenient(&text.to_bytes().0).map_or(Self::Blank, Self::Integer)
            }
            Self::Nonconforming(_) => Self::Blank,
            value => value,
        }
    }
}

impl Value<'_> {
    /// The value in the CSV form, decoded.
    pub fn to_text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Nonconforming(text) => text.decode_lossy().into_owned(),
            Self::Symbol(text) => (*text).to_owned(),
            other => {
                let mut out = Vec::new();
                other.write(&mut out);
                String::from_utf8(out).unwrap_or_default()
            }
        }
    }

    /// Appends the value in the CSV form, decoded, in UTF-8: [`to_text`](Self::to_text) without a text of its own.
    pub fn append_text(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) | Self::Nonconforming(text) => {
                out.extend_from_slice(text.decode_lossy().as_bytes());
            }
            other => other.write(out),
        }
    }

    /// Appends a value that is not text in the CSV form: ASCII.
    #[inline]
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Symbol(text) => out.extend_from_slice(text.as_bytes()),
            Self::Integer(number) => push_integer(out, *number),
            Self::UnitPrice(price) => {
                push_integer(out, price.hundredths() / 100);
                out.push(b'.');
                push_padded::<2>(out, (price.hundredths() % 100).unsigned_abs());
            }
            Self::Date(date) => {
                push_padded::<4>(out, date.year().unsigned_abs().into());
                push_padded::<2>(out, date.month_of_year().unsigned_abs().into());
                push_padded::<2>(out, date.day().unsigned_abs().into());
            }
            Self::Month(month) => {
                push_padded::<4>(out, month.year().unsigned_abs().into());
                push_padded::<2>(out, month.month_of_year().unsigned_abs().into());
            }
            Self::Time(ClockTime::At { hour, minute }) => {
                push_padded::<2>(out, u32::from(*hour));
                push_padded::<2>(out, u32::from(*minute));
            }
            Self::Time(ClockTime::NotShown) => out.extend_from_slice(b"9999"),
            Self::Blank | Self::Text(_) | Self::Nonconforming(_) => {}
        }
    }
}

fn push_padded<const N: usize>(out: &mut Vec<u8>, mut number: u32) {
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit += (number % 10) as u8;
        number /= 10;
    }
    out.extend_from_slice(&digits);
}

fn push_integer(out: &mut Vec<u8>, number: i32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}
