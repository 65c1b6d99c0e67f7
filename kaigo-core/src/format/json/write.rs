//! Writes records.

use std::borrow::Cow;
use std::cell::Cell;
use std::io;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Extra, Extras, Look, STANDARD, look, with_signs};
use crate::error::Result;
use crate::record::{AnyRecord, FieldSpec, FileKind, Value};
use crate::text::ms932::{self, CodeClass};
use crate::text::{Encoding, Text};

/// How to write. The default is the canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WriteOptions {
    /// On lines, indented by two spaces, for people. Default no.
    pub pretty: bool,
}

/// Writes records as a document. Every text and every value of a record can be written, conforming or not. The
/// records are those of the kind; the image has none, and a document of its kind is not read.
pub fn write<'r, I>(kind: FileKind, records: I, options: &WriteOptions) -> Vec<u8>
where
    I: IntoIterator<Item = &'r dyn AnyRecord>,
{
    write_with_extras(kind, records, &Extras::default(), options)
}

/// [`write()`], with the members that [`read_with_extras`](super::read_with_extras) kept: each behind our own, to the letter
/// and in its order.
pub fn write_with_extras<'r, I>(
    kind: FileKind,
    records: I,
    extras: &Extras,
    options: &WriteOptions,
) -> Vec<u8>
where
    I: IntoIterator<Item = &'r dyn AnyRecord>,
{
    let mut out = Vec::new();
    // Memory takes every byte, and no record refuses to be written.
    let _ = document(&mut out, kind, records.into_iter(), extras, options);
    out
}

/// Writes records as a document to a stream, one at a time: no memory grows with their number. Many small pieces
/// are written, so a file wants a [`BufWriter`](io::BufWriter).
///
/// # Errors
/// When the stream cannot be written; what was written before is no document.
pub fn write_to<'r, I>(out: impl io::Write, kind: FileKind, records: I, options: &WriteOptions) -> Result<()>
where
    I: IntoIterator<Item = &'r dyn AnyRecord>,
{
    document(out, kind, records.into_iter(), &Extras::default(), options)
        .map_err(|error| io::Error::from(error).into())
}

fn document<'r>(
    out: impl io::Write,
    kind: FileKind,
    records: impl Iterator<Item = &'r dyn AnyRecord>,
    extras: &Extras,
    options: &WriteOptions,
) -> serde_json::Result<()> {
    let document = Document { kind, records: Cell::new(Some(records)), extras };
    if options.pretty {
        serde_json::to_writer_pretty(out, &document)
    } else {
        serde_json::to_writer(out, &document)
    }
}

struct Document<'e, I> {
    kind: FileKind,
    /// Taken by the first use; there is no other.
    records: Cell<Option<I>>,
    extras: &'e Extras,
}

impl<'r, I: Iterator<Item = &'r dyn AnyRecord>> Serialize for Document<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("standard", STANDARD)?;
        map.serialize_entry("kind", self.kind.name())?;
        map.serialize_entry("records", &Rows(&self.records, self.extras))?;
        for extra in self.extras.of_document() {
            if !["standard", "kind", "records"].contains(&extra.name()) {
                map.serialize_entry(extra.name(), extra.raw())?;
            }
        }
        map.end()
    }
}

struct Rows<'d, I>(&'d Cell<Option<I>>, &'d Extras);

impl<'r, I: Iterator<Item = &'r dyn AnyRecord>> Serialize for Rows<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let records = self.0.take().into_iter().flatten().zip(1..);
        serializer.collect_seq(records.map(|(record, row)| RowJson { record, extras: self.1.of_record(row) }))
    }
}

/// A record with members that it does not have.
struct RowJson<'r> {
    record: &'r dyn AnyRecord,
    extras: &'r [Extra],
}

impl Serialize for RowJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write_members(self.record, &mut map)?;
        let is_ours = |name: &str| self.record.layout().fields.iter().any(|field| field.name_json == name);
        for extra in self.extras.iter().filter(|extra| !is_ours(extra.name())) {
            map.serialize_entry(extra.name(), extra.raw())?;
        }
        map.end()
    }
}

fn write_members<M: SerializeMap>(record: &dyn AnyRecord, map: &mut M) -> Result<(), M::Error> {
    for spec in record.layout().fields {
        match record.value(usize::from(spec.no)) {
            None | Some(Value::Blank) => {}
            Some(value) => map.serialize_entry(spec.name_json, &FieldJson { spec, value })?,
        }
    }
    Ok(())
}

/// One record as serde sees it: the object that stands for it in `records`.
///
/// ```
/// use kaigo_core::format::json::RecordJson;
/// use kaigo_core::record::{DailySchedule, Field};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let record = DailySchedule { insurer_number: Field::Value("092015".parse()?), ..DailySchedule::default() };
/// assert_eq!(serde_json::to_string(&RecordJson(&record))?, r#"{"insurerNumber":"092015"}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct RecordJson<'r>(pub &'r dyn AnyRecord);

impl Serialize for RecordJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write_members(self.0, &mut map)?;
        map.end()
    }
}

/// One record as a JSON value, for programs that build a document of their own.
pub fn to_value(record: &dyn AnyRecord) -> serde_json::Value {
    // No record refuses to be written.
    serde_json::to_value(RecordJson(record)).unwrap_or_default()
}

/// One value of a record as serde sees it.
pub(in crate::format) struct FieldJson<'r> {
    /// The field.
    pub(in crate::format) spec: &'static FieldSpec,
    /// Its value.
    pub(in crate::format) value: Value<'r>,
}

/// A value as it is written: what JSON and XML share.
pub(in crate::format) enum Written<'r> {
    Blank,
    Number(i32),
    Text(Cow<'r, str>),
    /// Verbatim, for it does not conform.
    Raw(Cow<'r, str>),
    /// Bytes that Unicode would change, in hexadecimal, and their encoding.
    Bytes(String, Encoding),
}

/// The value of a field as it is written.
pub(in crate::format) fn written<'r>(spec: &'static FieldSpec, value: Value<'r>) -> Written<'r> {
    match (value, look(spec.ty)) {
        (Value::Blank, _) => Written::Blank,
        (Value::Text(text), _) => plain(text).map_or_else(|| bytes(text), Written::Text),
        (Value::Nonconforming(text), _) => plain(text).map_or_else(|| bytes(text), Written::Raw),
        (Value::Integer(number), _) => Written::Number(number),
        (value, Look::Signs { template, bare, .. }) => match value.to_text() {
            csv if csv == bare => Written::Text(Cow::Borrowed(bare)),
            csv => Written::Text(Cow::Owned(with_signs(&csv, template))),
        },
        (Value::Symbol(text), _) => Written::Text(Cow::Borrowed(text)),
        (value, _) => Written::Text(Cow::Owned(value.to_text())),
    }
}

impl Serialize for FieldJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match written(self.spec, self.value) {
            Written::Blank => serializer.serialize_unit(),
            Written::Number(number) => serializer.serialize_i32(number),
            Written::Text(text) => serializer.serialize_str(&text),
            Written::Raw(text) => serializer.collect_map([("raw", text)]),
            Written::Bytes(hex, encoding) => {
                let encoding = match encoding {
                    Encoding::Ms932 => None,
                    Encoding::Utf8 => Some(("encoding", UTF_8)),
                };
                serializer.collect_map([("bytes", hex.as_str())].into_iter().chain(encoding))
            }
        }
    }
}

/// The text, where its Unicode reads back as the same bytes: it holds only codes that Windows writes. (Controls
/// are no such codes for the checks, but have no other.)
pub(crate) fn plain<'t>(text: &'t Text<'_>) -> Option<Cow<'t, str>> {
    if let Some((bytes, Encoding::Ms932)) = text.file_bytes()
        && ms932::irregulars(bytes).any(|irregular| irregular.class != CodeClass::Control)
    {
        return None;
    }
    text.decode()
}

fn bytes(text: &Text<'_>) -> Written<'static> {
    let (bytes, encoding) = text.to_bytes();
    Written::Bytes(hex(&bytes), encoding)
}

pub(in crate::format) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// What `encoding` says beside `bytes` that are not MS932.
pub(in crate::format) const UTF_8: &str = "UTF-8";
