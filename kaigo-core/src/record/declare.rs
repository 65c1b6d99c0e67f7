//! The declaration of a record, in the columns of the official table.

/// Declares a record from rows of No., name, length, required, type and official name.
///
/// * length: `fixed N`, `max N`, `max_doubted N/M` (M accepted), or `free` for ―
/// * required: `yes`, `no`, `cond` (a condition is stated), `wanted` (必要 alone), and `yes_doubted`,
///   `no_doubted` for cells that are hard to read
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $record:ident = $table:literal {
            $( $no:literal $name:ident $length:ident $($size:literal $(/ $accepted:literal)?)?
               $required:ident $ty:ident $ja:literal, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $record<'a> {
            $(
                #[doc = concat!(
                    "No. ", $no, " ", $ja, ": `", stringify!($ty), "`, length ",
                    stringify!($length), $(" ", stringify!($size),)? ", required ", stringify!($required), "."
                )]
                #[doc(alias = $ja)]
                pub $name: record!(@type $ty),
            )*
        }

        impl<'a> $crate::record::AnyRecord for $record<'a> {
            fn layout(&self) -> &'static $crate::record::Layout {
                <Self as $crate::record::Record<'a>>::LAYOUT
            }

            #[inline]
            fn value(&self, no: usize) -> Option<$crate::record::Value<'_>> {
                match no {
                    $( $no => Some(self.$name.value()), )*
                    _ => None,
                }
            }

            fn check(&self, context: &mut $crate::record::CheckContext<'_>) {
                let fields = <Self as $crate::record::Record<'a>>::LAYOUT.fields;
                $( self.$name.check(&fields[$no - 1], context); )*
                $crate::record::rules::RowRules::check_row(self, context);
            }
        }

        impl<'a> $crate::record::Record<'a> for $record<'a> {
            const LAYOUT: &'static $crate::record::Layout = &$crate::record::Layout {
                name: $table,
                record: stringify!($record),
                description: concat!($($doc, "\n",)*),
                fields: &[$(
                    $crate::record::FieldSpec {
                        no: $no,
                        name: stringify!($name),
                        name_json: $crate::record::declare::camel_case!($name),
                        name_ja: $ja,
                        length: record!(@length $length $($size $(/ $accepted)?)?),
                        required: record!(@required $required),
                        ty: record!(@kind $ty),
                        codes: record!(@codes $ty),
                        personal: record!(@personal $ty),
                    },
                )*],
            };
            type Owned = $record<'static>;

            #[inline]
            fn read(row: &$crate::record::RawRow<'_, 'a>) -> Self {
                Self { $( $name: <record!(@type $ty)>::read(row, $no), )* }
            }

            #[inline]
            fn for_each_field(records: &[Self], to: &mut impl $crate::record::TakeField) {
                $( to.take(records.iter().map(|record| record.$name.value())); )*
            }

            fn set(&mut self, no: usize, text: $crate::text::Text<'a>) -> bool {
                match no {
                    $( $no => self.$name = <record!(@type $ty)>::from_text(text), )*
                    _ => return false,
                }
                true
            }

            fn into_owned(self) -> Self::Owned {
                $record { $( $name: self.$name.into_owned(), )* }
            }
        }
    };

    (@type Text) => { $crate::text::Text<'a> };
    (@type ImageFileName) => { $crate::text::Text<'a> };
    (@type $ty:ident) => { $crate::record::Field<'a, $ty> };

    (@kind Text) => { $crate::record::Type::Text };
    (@kind ImageFileName) => { $crate::record::Type::FileName };
    (@kind $ty:ident) => { <$ty as $crate::record::Scalar>::TYPE };

    (@codes Text) => { &[] };
    (@codes ImageFileName) => { &[] };
    (@codes $ty:ident) => { <$ty as $crate::record::Scalar>::CODES };

    (@personal Text) => { true };
    // One that does not conform may name somebody.
    (@personal ImageFileName) => { true };
    (@personal $ty:ident) => { <$ty as $crate::record::Scalar>::PERSONAL };

    (@length fixed $size:literal) => { $crate::record::Length::Fixed($size) };
    (@length max $size:literal) => { $crate::record::Length::Max($size) };
    (@length max_doubted $size:literal / $accepted:literal) => {
        $crate::record::Length::MaxDoubted { max: $size, accepted: $accepted }
    };
    (@length free) => { $crate::record::Length::Free };

    (@required yes) => { $crate::record::Required::Yes };
    (@required no) => { $crate::record::Required::No };
    (@required cond) => { $crate::record::Required::Conditional };
    (@required wanted) => { $crate::record::Required::Wanted };
    (@required yes_doubted) => { $crate::record::Required::YesDoubted };
    (@required no_doubted) => { $crate::record::Required::NoDoubted };
}

pub(crate) use record;

/// The length of a name once its underscores are taken out.
pub(crate) const fn camel_length(snake: &str) -> usize {
    let (mut length, mut at) = (0, 0);
    while at < snake.len() {
        if snake.as_bytes()[at] != b'_' {
            length += 1;
        }
        at += 1;
    }
    length
}

/// `user_name_kana` -> `userNameKana`.
pub(crate) const fn camel<const N: usize>(snake: &str) -> [u8; N] {
    let snake = snake.as_bytes();
    let mut out = [0; N];
    let (mut length, mut at, mut upper) = (0, 0, false);
    while at < snake.len() {
        if snake[at] == b'_' {
            upper = true;
        } else {
            out[length] = if upper { snake[at].to_ascii_uppercase() } else { snake[at] };
            upper = false;
            length += 1;
        }
        at += 1;
    }
    out
}

macro_rules! camel_case {
    ($name:ident) => {{
        const SNAKE: &str = stringify!($name);
        const CAMEL: [u8; $crate::record::declare::camel_length(SNAKE)] =
            $crate::record::declare::camel(SNAKE);
        match std::str::from_utf8(&CAMEL) {
            Ok(name) => name,
            Err(_) => SNAKE,
        }
    }};
}

pub(crate) use camel_case;
