//! The leaves of documents.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::{Content, DocumentFault, Form, Leaf, Part, Reading, Tree};
use crate::format::json::{Look, look, with_signs, without_signs};
use crate::record::{Scalar, Type, Value};

/// A text of one line that is not blank: a name, an address, a product. `Debug` masks it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(Box<str>);

/// A text that is not blank and may have several lines: an opinion, a note. `Debug` masks it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose(Box<str>);

/// A text of the exchange (free text, ―): as it came, with several lines and blanks, and not empty. `Debug` masks it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FreeText(Box<str>);

/// A telephone number: up to eleven digits, hyphens between them. `Debug` masks it.
#[doc(alias = "電話番号")]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(Box<str>);

/// Whether a character may stand in a document: XML has no way to write the others.
pub(crate) fn is_writable(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}

/// Whether all of it may stand in a document, and it is not blank.
fn is_text(text: &str, lines: bool) -> bool {
    let good = |c: char| is_writable(c) && (lines || !matches!(c, '\n' | '\r' | '\t'));
    !text.trim().is_empty() && text.chars().all(good)
}

/// Whether twelve digits are an Individual Number: the last is the check digit of the others (the rule is public, in the
/// ordinance of the Number Act: 11 less the sum of digits by weights 6 5 4 3 2 7 6 5 4 3 2, modulo 11).
fn is_individual_number(digits: [u32; 12]) -> bool {
    const WEIGHTS: [u32; 11] = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let rest = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<u32>() % 11;
    digits[11] == if rest <= 1 { 0 } else { 11 - rest }
}

/// Whether a text holds an Individual Number: twelve digits of half or full width in a row, or in groups of four as the
/// card prints them.
fn holds_individual_number(text: &str) -> bool {
    let digit = |c: char| match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        c => c.to_digit(10),
    };
    let between = |c: char| matches!(c, ' ' | '\u{3000}' | '-' | '－' | '‐' | '−' | 'ー' | '―');
    let characters: Vec<char> = text.chars().collect();
    let is_digit_at = |at: usize| characters.get(at).copied().and_then(digit).is_some();
    (0..characters.len()).filter(|start| *start == 0 || !is_digit_at(start - 1)).any(|start| {
        [false, true].into_iter().any(|grouped| {
            let (mut digits, mut at) = ([0; 12], start);
            for (index, slot) in digits.iter_mut().enumerate() {
                if grouped && matches!(index, 4 | 8) {
                    if !characters.get(at).copied().is_some_and(between) {
                        return false;
                    }
                    at += 1;
                }
                match characters.get(at).copied().and_then(digit) {
                    Some(value) => *slot = value,
                    None => return false,
                }
                at += 1;
            }
            !is_digit_at(at) && is_individual_number(digits)
        })
    })
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (6..=11).contains(&digits)
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && text.bytes().last().is_some_and(|byte| byte.is_ascii_digit())
}

macro_rules! texts {
    ($($ty:ident = $form:expr, |$text:ident| $valid:expr;)*) => { $(
        impl $ty {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $ty {
            type Err = DocumentFault;

            fn from_str($text: &str) -> Result<Self, DocumentFault> {
                if !$valid {
                    Err(DocumentFault::Value)
                } else if holds_individual_number($text) {
                    Err(DocumentFault::IndividualNumber)
                } else {
                    Ok(Self($text.into()))
                }
            }
        }

        impl AsRef<str> for $ty {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($ty), "({} bytes, masked)"), self.0.len())
            }
        }

        impl Part for $ty {
            const CONTENT: Content = Content::Leaf(Leaf {
                form: $form,
                personal: true,
                accepts: |text| text.parse::<Self>().is_ok(),
            });

            fn to_tree(&self) -> Tree {
                Tree::Text(self.as_str().to_owned())
            }

            fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
                reading.parse(tree)
            }
        }
    )* };
}

texts! {
    Line = Form::Text { lines: false, blank: false }, |text| is_text(text, false);
    Prose = Form::Text { lines: true, blank: false }, |text| is_text(text, true);
    FreeText = Form::Text { lines: true, blank: true }, |text| !text.is_empty() && text.chars().all(is_writable);
    Phone = Form::Pattern("^[0-9][-0-9]{4,20}[0-9]$"), |text| text.len() <= 22 && is_phone(text);
}

impl Line {
    /// A name or message of kaigo's own.
    pub(crate) fn of_ours(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }
}

impl Reading {
    pub(crate) fn text<'t>(&mut self, tree: &'t Tree) -> Option<&'t str> {
        match tree {
            Tree::Text(text) => Some(text),
            _ => {
                self.fault(DocumentFault::Type);
                None
            }
        }
    }

    pub(crate) fn parse<T: FromStr<Err = DocumentFault>>(&mut self, tree: &Tree) -> Option<T> {
        let text = self.text(tree)?;
        text.parse().map_err(|fault| self.fault(fault)).ok()
    }

    pub(crate) fn number(&mut self, tree: &Tree, max: u64) -> Option<u64> {
        match tree {
            Tree::Number(number) if *number <= max => return Some(*number),
            Tree::Number(_) | Tree::Odd => self.fault(DocumentFault::Value),
            _ => self.fault(DocumentFault::Type),
        }
        None
    }
}

/// What a record holds in its fields, in the same JSON form.
impl<T: Scalar> Part for T {
    const CONTENT: Content = Content::Leaf(Leaf {
        form: form::<T>(),
        personal: T::PERSONAL,
        accepts: |text| parse::<T>(text).is_some(),
    });

    fn to_tree(&self) -> Tree {
        match (self.value(), look(T::TYPE)) {
            (Value::Integer(number), _) => u64::try_from(number).map_or(Tree::Odd, Tree::Number),
            (value, Look::Signs { template, bare, .. }) => {
                let text = value.to_text();
                Tree::Text(if T::MAY_NOT_APPLY && text == bare { text } else { with_signs(&text, template) })
            }
            (value, _) => Tree::Text(value.to_text()),
        }
    }

    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
        let found = match look(T::TYPE) {
            Look::Number => T::parse(reading.number(tree, i32::MAX as u64)?.to_string().as_bytes()),
            _ => parse(reading.text(tree)?),
        };
        if found.is_none() {
            reading.fault(DocumentFault::Value);
        }
        found
    }
}

fn parse<T: Scalar>(text: &str) -> Option<T> {
    match look(T::TYPE) {
        Look::Signs { bare, .. } if T::MAY_NOT_APPLY && text == bare => T::parse(text.as_bytes()),
        Look::Signs { template, bare, .. } => without_signs(text, template)
            .filter(|digits| digits != bare)
            .and_then(|digits| T::parse(digits.as_bytes())),
        _ => T::parse(text.as_bytes()),
    }
}

const fn form<T: Scalar>() -> Form {
    if !T::CODES.is_empty() {
        return Form::Code(T::CODES);
    }
    match (T::TYPE, look(T::TYPE)) {
        (_, Look::Signs { or_bare, .. }) if T::MAY_NOT_APPLY => Form::Pattern(or_bare),
        (Type::Date, _) => Form::Date,
        (Type::Month, _) => Form::Month,
        (_, Look::Number) => Form::Number { max: 999_999_999 },
        (_, Look::Signs { pattern, .. } | Look::Form(pattern)) => Form::Pattern(pattern),
        (_, Look::Chars(class)) => Form::Chars { class, width: T::WIDTH },
        (_, Look::Text) => Form::Text { lines: false, blank: false },
    }
}

impl Part for bool {
    const CONTENT: Content = Content::Leaf(Leaf {
        form: Form::Boolean,
        personal: false,
        accepts: |text| matches!(text, "true" | "false"),
    });

    fn to_tree(&self) -> Tree {
        Tree::Boolean(*self)
    }

    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
        if let Tree::Boolean(value) = tree {
            return Some(*value);
        }
        reading.fault(DocumentFault::Type);
        None
    }
}

impl Part for u32 {
    const CONTENT: Content = Content::Leaf(Leaf {
        form: Form::Number { max: u32::MAX as u64 },
        personal: false,
        accepts: |text| text.parse::<u32>().is_ok(),
    });

    fn to_tree(&self) -> Tree {
        Tree::Number((*self).into())
    }

    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
        Self::try_from(reading.number(tree, Self::MAX.into())?).ok()
    }
}

impl Part for Timestamp {
    const CONTENT: Content = Content::Leaf(Leaf {
        form: Form::Timestamp,
        personal: false,
        accepts: |text| text.parse::<Timestamp>().is_ok(),
    });

    fn to_tree(&self) -> Tree {
        Tree::Text(self.to_string())
    }

    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
        let found = reading.text(tree)?.parse().ok();
        if found.is_none() {
            reading.fault(DocumentFault::Value);
        }
        found
    }
}

/// Declares whole numbers with a unit, from 0 to a highest.
macro_rules! amount {
    ($( $(#[$meta:meta])* $name:ident($int:ident) = $ja:literal, max $max:literal; )*) => { $(
        $(#[$meta])*
        #[doc(alias = $ja)]
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($int);

        impl $name {
            #[doc = concat!("The highest, ", $max, ".")]
            pub const MAX: Self = Self($max);
            /// None.
            pub const ZERO: Self = Self(0);

            /// The amount, up to [`MAX`](Self::MAX).
            pub const fn new(amount: $int) -> Option<Self> {
                if amount <= $max { Some(Self(amount)) } else { None }
            }

            /// An amount known when the program is compiled.
            #[allow(dead_code, reason = "not every amount is known so early")]
            pub(crate) const fn of<const AMOUNT: $int>() -> Self {
                const { assert!(AMOUNT <= $max) };
                Self(AMOUNT)
            }

            /// The amount as a number.
            pub const fn get(self) -> $int {
                self.0
            }

            /// The sum, up to [`MAX`](Self::MAX).
            pub const fn saturating_add(self, other: Self) -> Self {
                // Two amounts below the highest fit in the integer.
                if self.0 + other.0 <= $max { Self(self.0 + other.0) } else { Self::MAX }
            }

            /// The difference, or none where the other is more.
            pub const fn saturating_sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $crate::document::Part for $name {
            const CONTENT: $crate::document::Content =
                $crate::document::Content::Leaf($crate::document::Leaf {
                    form: $crate::document::Form::Number { max: $max },
                    personal: false,
                    accepts: |text| text.parse().ok().and_then(Self::new).is_some(),
                });

            fn to_tree(&self) -> $crate::document::Tree {
                $crate::document::Tree::Number(self.0.into())
            }

            fn from_tree(
                tree: &$crate::document::Tree,
                reading: &mut $crate::document::Reading,
            ) -> Option<Self> {
                $int::try_from(reading.number(tree, $max)?).ok().and_then(Self::new)
            }
        }
    )* };
}

pub(crate) use amount;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_individual_number_is_found_however_it_is_written() {
        // 123456789018 is the number that public explanations of the check digit use; nobody has it.
        for text in [
            "123456789018",
            "番号は１２３４５６７８９０１８です",
            "1234-5678-9018",
            "1234 5678 9018。",
            "x123456789018y",
        ] {
            assert_eq!(text.parse::<Prose>(), Err(DocumentFault::IndividualNumber), "{text}");
        }
        // Another check digit, eleven and thirteen digits, other groups.
        for text in ["123456789017", "12345678901", "1234567890181", "12-3456-789018", "03-1234-5678"] {
            assert!(text.parse::<Prose>().is_ok(), "{text}");
        }
    }

    #[test]
    fn a_blank_or_broken_line_is_none() {
        for text in ["", " ", "　", "a\nb", "a\u{0}", "\u{FFFF}a"] {
            assert_eq!(text.parse::<Line>(), Err(DocumentFault::Value));
        }
        assert!("a\r\nb\t".parse::<Prose>().is_ok());
        for text in ["　", " a\r\n"] {
            assert_eq!(text.parse::<FreeText>().map(|text| text.as_str().to_owned()).as_deref(), Ok(text));
        }
        for text in ["", "a\u{0}"] {
            assert_eq!(text.parse::<FreeText>(), Err(DocumentFault::Value));
        }
        for text in ["03-1234-5678", "09012345678"] {
            assert!(text.parse::<Phone>().is_ok(), "{text}");
        }
        for text in ["123456789018", "-0312345678", "12345", "03(1234)5678"] {
            assert!(text.parse::<Phone>().is_err(), "{text}");
        }
    }

    #[test]
    fn debug_never_shows_a_text() {
        let line: Line = "山田".parse().unwrap_or_else(|e| panic!("{e:?}"));
        assert!(!format!("{line:?} {:?}", line.to_tree()).contains("山田"));
    }
}
