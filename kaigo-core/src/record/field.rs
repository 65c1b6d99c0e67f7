//! [`Field`] holds a typed value, or what the file said instead.

use std::fmt;

use super::row::{CheckContext, RawRow};
use super::{FieldSpec, Length, Required, Type, Value};
use crate::report::Code;
use crate::text::Text;

/// A value of one type, with one way to write it.
pub trait Scalar: Copy + PartialEq + fmt::Debug + 'static {
    /// The type as the tables class it.
    const TYPE: Type;
    /// Whether it is about a person.
    const PERSONAL: bool = false;
    /// The closed list of codes with their official labels.
    const CODES: &'static [(&'static str, &'static str)] = &[];

    /// How many characters a text of it has, where that is fixed.
    const WIDTH: Option<usize> = None;

    /// Whether it takes the value that says that a day, month or time does not apply: `00000000`, `000000`, `9999`.
    const MAY_NOT_APPLY: bool = false;

    /// What to report of a text of the right length that is no value; `None`: what the type says.
    const NO_VALUE: Option<Code> = None;

    /// Reads the one way in which the value is written; `None` for anything else.
    fn parse(bytes: &[u8]) -> Option<Self>;

    /// Reads a value that is clear though it is not written in its one way (a number with leading zeros).
    fn parse_lenient(_bytes: &[u8]) -> Option<Self> {
        None
    }

    /// The value, for whoever does not know the type.
    fn value(&self) -> Value<'_>;

    /// Checks what goes beyond the form.
    #[inline]
    fn check(&self, _spec: &'static FieldSpec, _context: &mut CheckContext<'_>) {}
}

/// A field: blank, a value, or what the file said where that does not conform.
#[derive(Clone, Default, PartialEq)]
pub enum Field<'a, T> {
    /// Empty.
    #[default]
    Blank,
    /// A value that conforms.
    Value(T),
    /// What the file said.
    Nonconforming(Text<'a>),
}

impl<'a, T: Scalar> Field<'a, T> {
    /// The value: of a field that conforms, or of one that is clear all the same (`007` is 7).
    #[inline]
    pub fn get(&self) -> Option<T> {
        match self {
            Self::Blank => None,
            Self::Value(value) => Some(*value),
            Self::Nonconforming(text) => T::parse_lenient(&text.to_bytes().0),
        }
    }

    /// Whether the field is empty.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    #[inline(always)]
    pub(crate) fn read(row: &RawRow<'_, 'a>, no: usize) -> Self {
        match row.raw(no) {
            None | Some([]) => Self::Blank,
            Some(bytes) => match T::parse(bytes) {
                Some(value) => Self::Value(value),
                // In quotes, or no value.
                None => Self::from_text(row.text(no)),
            },
        }
    }

    #[cold]
    pub(crate) fn from_text(text: Text<'a>) -> Self {
        if text.is_empty() {
            return Self::Blank;
        }
        match T::parse(&text.to_bytes().0) {
            Some(value) => Self::Value(value),
            None => Self::Nonconforming(text),
        }
    }

    pub(crate) fn into_owned(self) -> Field<'static, T> {
        match self {
            Self::Blank => Field::Blank,
            Self::Value(value) => Field::Value(value),
            Self::Nonconforming(text) => Field::Nonconforming(text.into_owned()),
        }
    }

    #[inline]
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Blank => Value::Blank,
            Self::Value(value) => value.value(),
            Self::Nonconforming(text) => Value::Nonconforming(text),
        }
    }

    #[inline(always)]
    pub(crate) fn check(&self, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
        match self {
            Self::Value(value) => value.check(spec, context),
            Self::Blank => check_blank(spec, context),
            Self::Nonconforming(text) => report::<T>(text, spec, context),
        }
    }
}

/// The value itself conforms to the type; a value of a program may still be too long for the field.
impl<T: Scalar> From<T> for Field<'_, T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// What is about a person is not shown.
impl<T: Scalar> fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("Blank"),
            Self::Value(_) if T::PERSONAL => f.write_str("masked"),
            Self::Value(value) => value.fmt(f),
            Self::Nonconforming(text) => write!(f, "Nonconforming({text:?})"),
        }
    }
}

#[inline(always)]
pub(super) fn check_blank(spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
    let code = match spec.required {
        Required::No | Required::Conditional | Required::Wanted => return,
        Required::Yes => Code::FieldRequired,
        Required::YesDoubted | Required::NoDoubted => Code::FieldRequiredDoubtful,
    };
    // A column that the row lacks is reported once, as the row's number of columns.
    if usize::from(spec.no) <= context.columns() {
        context.report_at(code, usize::from(spec.no));
    }
}

#[cold]
fn report<T: Scalar>(text: &Text<'_>, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
    let code = diagnose::<T>(spec, &text.to_bytes().0);
    context.report_at(code, usize::from(spec.no));
}

/// Why a text is no value of the field.
fn diagnose<T: Scalar>(spec: &FieldSpec, bytes: &[u8]) -> Code {
    let length_fits = match spec.length {
        Length::Fixed(length) => bytes.len() == usize::from(length),
        Length::Max(max) | Length::MaxDoubted { accepted: max, .. } => bytes.len() <= usize::from(max),
        Length::Free => true,
    };
    if T::TYPE == Type::Integer && T::parse_lenient(bytes).is_some() && length_fits {
        return if bytes.first() == Some(&b'-') { Code::FieldNegative } else { Code::FieldZeroPadded };
    }
    if !length_fits {
        return Code::FieldLength;
    }
    if let Some(code) = T::NO_VALUE {
        return code;
    }
    match T::TYPE {
        Type::Month => Code::FieldMonth,
        Type::Date => Code::FieldDate,
        Type::Time => Code::FieldTime,
        Type::Digits => Code::FieldDigits,
        Type::Alnum | Type::Text => Code::FieldAlnum,
        Type::Code => Code::FieldCode,
        Type::Postal => Code::FieldPostal,
        Type::Integer => Code::FieldInteger,
        Type::Decimal => Code::FieldDecimal,
        Type::DayMap => Code::FieldDayMap,
        Type::FileName => Code::FieldImageName,
    }
}
