//! The JSON form, `5.0-provisional`.
//!
//! **Provisional**: that standard 5.0 is JSON in UTF-8 is official; its item list and its names are not public.
//! What is written here carries the records of standard 4.1, under names of kaigo's own, and says so in its member
//! `standard`.
//!
//! ```json
//! {"standard":"5.0-provisional","kind":"DLTPLAN","records":[{"csvVersion":"2024-07","insurerNumber":"092015"}]}
//! ```
//!
//! | value | in CSV | in JSON |
//! | --- | --- | --- |
//! | blank | empty | the member is left out; `null` and `""` are read as blank |
//! | text, number of an office, code … | as it is | the same, a string |
//! | whole number | `1200` | `1200` |
//! | unit price | `11.40` | `"11.40"`: exact |
//! | day | `20260701` | `"2026-07-01"` |
//! | month | `202607` | `"2026-07"` |
//! | day or month that does not apply | `00000000`, `000000` | `"00000000"`, `"000000"` |
//! | time | `0930`, `9999` | `"09:30"`, `"9999"` |
//! | days of a month | 31 characters | the same, a string |
//! | a value that does not conform | what the file said | `{"raw":"what the file said"}` |
//! | text in codes that Windows would not write | MS932 bytes | `{"bytes":"835C81"}` |
//!
//! `bytes` holds, in hexadecimal, MS932 bytes that are no character, gaiji, or codes with another that reads the
//! same: as Unicode they would not come back as they were. Bytes of a UTF-8 file that are no character are
//! written `{"bytes":"FF","encoding":"UTF-8"}`. So CSV to JSON and back gives the same bytes, whatever they are.
//! Both members are verbatim, in the CSV form: where `raw` or `bytes` turns out to be a value of the field, it is
//! that value.
//!
//! **Canonical** is what [`write()`] writes: members in official order, no white space, UTF-8 without a byte order
//! mark, no character escaped but `"`, `\` and those below U+0020. Reading canonical bytes and writing them gives
//! the same bytes. Members are read in any order. Members that the records do not have are findings;
//! [`read_with_extras`] keeps them and [`write_with_extras`] writes them back, behind ours and to the letter.
//!
//! A JSON Schema of the documents that conform is in `kaigo-core/schema`, one a kind; [`schema`] generates it.
//!
//! ```
//! use kaigo_core::format::json::{self, ReadOptions, WriteOptions};
//!
//! # fn main() -> kaigo_core::Result<()> {
//! let document = br#"{"standard":"5.0-provisional","kind":"DLTPLAN","records":[{"csvVersion":"2024-07","insurerNumber":"092015","insuredNumber":"1234567890","deleteTargetMonth":"2026-07"}]}"#;
//! let (records, report) = json::read(document, &ReadOptions::default())?;
//! assert!(report.is_empty());
//! assert_eq!(json::write(records.kind(), records.iter(), &WriteOptions::default()), document);
//! # Ok(())
//! # }
//! ```

mod error;
mod extras;
mod read;
mod schema;
mod write;

pub use error::{JsonError, JsonFault};
pub use extras::{Extra, Extras};
pub(crate) use read::read_by_profile;
pub use read::{ReadOptions, read, read_with_extras};
pub(super) use read::{Reading, Said, unhex};
pub(super) use schema::accepts;
pub use schema::schema;
#[cfg(feature = "arrow")]
pub(super) use write::FieldJson;
pub(crate) use write::plain;
pub use write::{RecordJson, WriteOptions, to_value, write, write_to, write_with_extras};
pub(super) use write::{UTF_8, Written, hex, written};

use crate::record::Type;

/// The value of the member `standard`.
pub const STANDARD: &str = "5.0-provisional";

/// How the values of a type look in JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Look {
    /// A number.
    Number,
    /// A string: the digits of the CSV form with signs between them.
    Signs {
        /// A letter for each digit, and the signs.
        template: &'static str,
        /// The one value that stays as it is in CSV.
        bare: &'static str,
        /// For the schema.
        pattern: &'static str,
        /// For the schema of what takes the bare value, too.
        or_bare: &'static str,
        /// For the schema.
        format: Option<&'static str>,
    },
    /// A string as in CSV: characters of this class, as many as the field is long.
    Chars(&'static str),
    /// A string as in CSV, of this form.
    Form(&'static str),
    /// A string: any text.
    Text,
}

/// The one table that writer, reader and schema go by.
pub(crate) const fn look(ty: Type) -> Look {
    match ty {
        Type::Month => Look::Signs {
            template: "YYYY-MM",
            bare: "000000",
            pattern: "^[0-9]{4}-(0[1-9]|1[0-2])$",
            or_bare: "^([0-9]{4}-(0[1-9]|1[0-2])|000000)$",
            format: None,
        },
        Type::Date => Look::Signs {
            template: "YYYY-MM-DD",
            bare: "00000000",
            pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            or_bare: "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|00000000)$",
            format: Some("date"),
        },
        Type::Time => Look::Signs {
            template: "HH:MM",
            bare: "9999",
            pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$",
            or_bare: "^(([01][0-9]|2[0-3]):[0-5][0-9]|9999)$",
            format: None,
        },
        Type::Integer => Look::Number,
        Type::Digits => Look::Chars("[0-9]"),
        // The codes of welfare equipment have a hyphen.
        Type::Alnum => Look::Chars("[-0-9A-Z]"),
        Type::Code => Look::Chars("[0-9A-Z]"),
        Type::Postal => Look::Form("^[0-9]{3}-[0-9]{4}$"),
        Type::Decimal => Look::Form("^(0|[1-9][0-9]{0,2})\\.[0-9]{2}$"),
        Type::DayMap => Look::Form("^[01]{31}$"),
        Type::FileName | Type::Text => Look::Text,
    }
}

/// `20260701` -> `2026-07-01`.
pub(crate) fn with_signs(csv: &str, template: &str) -> String {
    let mut digits = csv.chars();
    template.chars().filter_map(|c| if c.is_ascii_alphabetic() { digits.next() } else { Some(c) }).collect()
}

/// `2026-07-01` -> `20260701`; `None` for a text that does not follow the template.
pub(crate) fn without_signs(json: &str, template: &str) -> Option<String> {
    let follows = |(c, place): (u8, u8)| {
        if place.is_ascii_alphabetic() { c.is_ascii_digit() } else { c == place }
    };
    (json.len() == template.len() && json.bytes().zip(template.bytes()).all(follows))
        .then(|| json.chars().filter(char::is_ascii_digit).collect())
}
