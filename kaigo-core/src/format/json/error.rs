//! Why a JSON document could not be read at all.

use std::fmt;

use crate::error::codes;
use crate::report::Lang;

/// A JSON document that cannot be read, and where reading stopped: at what is wrong or just behind it. It holds
/// nothing of the document's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    pub(super) fault: JsonFault,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What is wrong with a JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFault {
    /// `json.utf8`: it is not UTF-8. A Shift_JIS file may have been taken for JSON.
    NotUtf8,
    /// `json.syntax`: it is not JSON, or something follows it, or it is nested too deeply. With what the parser
    /// expected, in English.
    Syntax(String),
    /// `json.cut_off`: it ends too early. The transfer may have been cut off.
    CutOff,
    /// `json.shape`: the document or a record is no object, or the records are no array.
    Shape,
    /// `json.standard`: the member `standard` is not [`STANDARD`](super::STANDARD). Another reader is needed.
    Standard,
    /// `json.kind`: the member `kind` names no kind of record, or another than the one asked for.
    Kind,
    /// `json.missing`: the document lacks this member.
    Missing(&'static str),
    /// `json.duplicate`: this member, one of ours, is given twice, and nobody can say which is meant.
    Duplicate(&'static str),
}

impl JsonFault {
    codes! {
        Self::NotUtf8 => "json.utf8",
        Self::Syntax(_) => "json.syntax",
        Self::CutOff => "json.cut_off",
        Self::Shape => "json.shape",
        Self::Standard => "json.standard",
        Self::Kind => "json.kind",
        Self::Missing(_) => "json.missing",
        Self::Duplicate(_) => "json.duplicate",
    }
}

impl JsonError {
    /// At an offset of the document.
    pub(super) fn at(fault: JsonFault, document: &[u8], offset: usize) -> Self {
        let (line, column) = crate::format::place(document, offset);
        Self { fault, line, column }
    }

    /// What serde_json refused, and where.
    pub(crate) fn of(error: &serde_json::Error) -> Self {
        Self { fault: super::read::fault_of(error), line: error.line(), column: error.column() }
    }

    /// What is wrong.
    pub fn fault(&self) -> &JsonFault {
        &self.fault
    }

    /// The line where reading stopped, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column where reading stopped, in bytes; 0 where a line was just begun.
    pub fn column(&self) -> usize {
        self.column
    }

    pub(crate) fn code(&self) -> &'static str {
        self.fault.code()
    }

    pub(crate) fn message(&self, lang: Lang) -> String {
        let Self { fault, line, column } = self;
        let standard = super::STANDARD;
        match lang {
            Lang::Japanese => {
                let fault = match fault {
                    JsonFault::NotUtf8 => "UTF-8 ではありません".to_owned(),
                    JsonFault::Syntax(detail) => format!("JSON として読めません（{detail}）"),
                    JsonFault::CutOff => "JSON が途中で切れています".to_owned(),
                    JsonFault::Shape => "レコードの並びの形ではありません".to_owned(),
                    JsonFault::Standard => format!("standard が {standard} ではありません"),
                    JsonFault::Kind => "kind が求める種類ではありません".to_owned(),
                    JsonFault::Missing(name) => format!("{name} がありません"),
                    JsonFault::Duplicate(name) => format!("{name} が二つあります"),
                };
                format!("{fault}: {line}行 {column}バイト目")
            }
            Lang::English => {
                let fault = match fault {
                    JsonFault::NotUtf8 => "not UTF-8".to_owned(),
                    JsonFault::Syntax(detail) => format!("not JSON ({detail})"),
                    JsonFault::CutOff => "the JSON is cut off".to_owned(),
                    JsonFault::Shape => "not an object with an array of record objects".to_owned(),
                    JsonFault::Standard => format!("`standard` is not {standard}"),
                    JsonFault::Kind => "`kind` is not the kind of record that is wanted".to_owned(),
                    JsonFault::Missing(name) => format!("`{name}` is missing"),
                    JsonFault::Duplicate(name) => format!("`{name}` is given twice"),
                };
                format!("{fault} at line {line}, column {column}")
            }
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for JsonError {}
