//! Records as columns of Apache Arrow (feature `arrow`), for whatever reads them: data frames, SQL engines, Parquet.
//!
//! A table has one typed column for each field of the official table, and one more:
//!
//! | field | column |
//! | --- | --- |
//! | text, number of an office, code … | `Utf8` |
//! | whole number | `Int32` |
//! | unit price | `Decimal128(5, 2)` |
//! | day | `Date32` |
//! | month | `Date32`, its first day |
//! | time | `Time32(Second)` |
//! | `verbatim` | `Utf8`, mostly null |
//!
//! A cell is null where the field is blank, does not apply (`00000000`), shows no time (`9999`), or holds no value of
//! its type. What the file says there, and bytes that would not come back from Unicode, stands in `verbatim`: a JSON
//! object of those fields, in the form of [`json`](super::json). So a table read and written back is the same file,
//! byte for byte, whatever it held. A cell that was changed meanwhile counts more than what `verbatim` says of it.
//!
//! The schema's metadata hold `kaigo:kind`, those of a column the official No. and names: `kaigo:no`, `kaigo:name_ja`,
//! `kaigo:name`, `kaigo:type`.

mod read;
mod scan;
mod schema;
mod write;

pub use read::read;
pub use scan::{Scan, ScanOptions, ScanReader, Scanned, files_below, kind_of, one_kind};
pub use schema::{Naming, SOURCE_FILE, SOURCE_ROW, VERBATIM, schema};
pub use write::{findings, findings_schema, write};

use std::fmt;

use crate::report::Lang;

/// A table that cannot be made into records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// In which way.
    pub fault: TableFault,
    /// The column.
    pub column: String,
    /// The row, from 1.
    pub row: Option<u64>,
}

/// What is wrong with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TableFault {
    /// The kind of the records is neither said nor in the schema's metadata.
    Kind,
    /// The records have no such field, or the column stands twice.
    Column,
    /// The column's type cannot be made into the field's.
    Type,
    /// A value cannot be written in the field: a month that is not a first day, a time with seconds, a fraction.
    Value,
    /// The stream of batches ended in an error, or the batches do not fit together.
    Stream,
}

impl TableError {
    crate::error::codes! {
        Self { fault: TableFault::Kind, .. } => "table.kind",
        Self { fault: TableFault::Column, .. } => "table.column",
        Self { fault: TableFault::Type, .. } => "table.type",
        Self { fault: TableFault::Value, .. } => "table.value",
        Self { fault: TableFault::Stream, .. } => "table.stream",
    }

    pub(super) fn new(fault: TableFault, column: &str) -> Self {
        Self { fault, column: column.to_owned(), row: None }
    }

    /// What is wrong, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        let what = match (self.fault, lang) {
            (TableFault::Kind, Lang::Japanese) => "表のファイル種別がわかりません",
            (TableFault::Kind, Lang::English) => "the table does not tell the kind of its records",
            (TableFault::Column, Lang::Japanese) => "この名前の項目がないか、重複しています",
            (TableFault::Column, Lang::English) => {
                "there is no field of this name, or the column stands twice"
            }
            (TableFault::Type, Lang::Japanese) => "列の型を項目の型に変えられません",
            (TableFault::Type, Lang::English) => "the column's type cannot be made into the field's",
            (TableFault::Value, Lang::Japanese) => "項目に書けない値です",
            (TableFault::Value, Lang::English) => "a value cannot be written in the field",
            (TableFault::Stream, Lang::Japanese) => "表を読み取れません",
            (TableFault::Stream, Lang::English) => "the table cannot be read",
        };
        let place = match (self.row, lang) {
            (None, _) => String::new(),
            (Some(row), Lang::Japanese) => format!("（{row}行目）"),
            (Some(row), Lang::English) => format!(" (row {row})"),
        };
        if self.column.is_empty() {
            format!("{what}{place}")
        } else {
            format!("{what}: {}{place}", self.column)
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for TableError {}
