//! `kaigo_reader`: the rows of a file one by one, in constant memory.

use std::ffi::{c_char, c_void};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use kaigo_core::exchange::{CheckOptions, FileName};
use kaigo_core::format::csv::{ReadOptions, StreamReader};
use kaigo_core::record::{AnyRecord, FileKind, Value};
use kaigo_core::report::{Finding, Report};
use kaigo_core::{Error, ErrorKind};

use crate::document::{Flags, KAIGO_FORM_CSV, file_name, fill_row, kaigo_read_options, kind_number, kind_of};
use crate::error::Fail;
use crate::name::bad_name;
use crate::report::{Findings, kaigo_report};
use crate::source::{CallbackStream, failed, kaigo_read_fn};
use crate::status::{KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NULL, KAIGO_E_OPTIONS};
use crate::table::{exports, handles};
use crate::value::{ShownRow, Spot, bytes_of, kaigo_value, value_of};

/// What is behind a `kaigo_reader`.
pub struct RowReader {
    /// The row that was read last. Borrows from the buffer of `stream`, whatever its lifetime says, and so is dropped
    /// before the stream is touched; declared, and so dropped, before it.
    record: Option<Box<dyn AnyRecord>>,
    shown: ShownRow,
    /// `None` once the end was reached, or reading failed.
    stream: Option<StreamReader<Box<dyn Read>>>,
    kind: FileKind,
    /// Findings that are not the stream's any more, or never were: those of the name, and of the end.
    found: Report,
}

impl RowReader {
    fn new(source: impl Read + 'static, name: &str, options: &kaigo_read_options) -> Result<Self, Fail> {
        if options.form != KAIGO_FORM_CSV {
            return Err(Fail::argument(KAIGO_E_OPTIONS, "options"));
        }
        let flags = Flags::new(options.flags)?;
        let (strictness, finding_limit) = (flags.strictness, flags.finding_limit(options.finding_limit));
        let mut found = Report::with_limit(finding_limit);
        let read = match options.kind {
            0 => {
                let (parsed, tolerated) = FileName::parse_tolerant(name).map_err(bad_name)?;
                if let Some(code) = tolerated {
                    let mut finding = Finding::new(code, strictness);
                    (finding.place.file, finding.place.kind) = (Some(name.into()), Some(parsed.kind()));
                    found.push(finding);
                }
                CheckOptions { strictness, finding_limit }.to_read(&name.into(), &parsed)
            }
            number => ReadOptions {
                strictness,
                file: (!name.is_empty()).then(|| name.into()),
                check: flags.check,
                finding_limit,
                ..ReadOptions::new(kind_of(number)?)
            },
        };
        if read.kind.layout().is_none() {
            return Err(Fail::argument(KAIGO_E_KIND, "options"));
        }
        let stream = StreamReader::new(Box::new(source) as Box<dyn Read>, &read);
        let kind = read.kind;
        Ok(Self { record: None, shown: ShownRow::default(), stream: Some(stream), kind, found })
    }

    /// Goes to the next row: its number, or 0 at the end.
    fn next(&mut self) -> Result<u64, Fail> {
        self.record = None;
        self.shown = ShownRow::default();
        let Some(stream) = &mut self.stream else { return Ok(0) };
        // SAFETY: only the lifetime is changed. What is borrowed lies in the buffer of the stream, which stays where it is
        // and as it is until the stream reads on or is dropped, and the record is dropped before both; it is given out for
        // no longer than the reader is borrowed.
        let next = stream.next_record().map(|next| {
            next.map(|record| unsafe {
                std::mem::transmute::<Box<dyn AnyRecord + '_>, Box<dyn AnyRecord>>(record)
            })
        });
        match next {
            Ok(Some(record)) => {
                self.record = Some(record);
                Ok(stream.row())
            }
            Ok(None) => {
                self.found.extend(self.stream.take().map(StreamReader::finish).unwrap_or_default());
                Ok(0)
            }
            Err(error) => {
                self.found.extend(stream.take_report());
                self.stream = None;
                Err(why(error))
            }
        }
    }

    fn record(&self) -> Result<&dyn AnyRecord, Fail> {
        self.record.as_deref().ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "reader"))
    }

    fn value(&self, no: u32) -> Result<Value<'_>, Fail> {
        self.record()?.value(no as usize).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "no"))
    }
}

/// Why a stream cannot be read on.
fn why(error: Error) -> Fail {
    match error.into_kind() {
        ErrorKind::Io { path, source } => failed(source, path.as_deref()),
        other => other.into(),
    }
}

handles! { HANDLES;
    /// The rows of a CSV file, one at a time: memory for one row and a buffer, however long the file is. The row that was
    /// read last is looked at like one of a document. Its calls follow the rules of a document; `kaigo_reader_next` ends
    /// the row and all its views.
    kaigo_reader = RowReader, 0x4B52_5253, kaigo_reader_free;
}

exports! { EXPORTS;
    /// Opens a CSV file to read it row by row. Progress in bytes is told by the calls of `kaigo_reader_next`, with the `user`
    /// given here. With `kind` 0 the file name tells the kind, and the month that the rows must have.
    twin kaigo_reader_open_utf8 / kaigo_reader_open_utf16(
        path, path_len: str, options: options kaigo_read_options, reader: new kaigo_reader
    ) {
        let path = Path::new(&*path);
        let file = File::open(path).map_err(|e| Error::io(path, e))?;
        let total = file.metadata().map_or(0, |metadata| metadata.len());
        reader.give(RowReader::new(options.source(file, total), &file_name(path), &options)?)
    }

    /// Reads a stream of CSV row by row, pulled through a function of the caller's by the calls of `kaigo_reader_next`. `name`
    /// is the file name, for the kind and for findings; it may be empty where the options say the kind.
    twin kaigo_reader_new_utf8 / kaigo_reader_new_utf16(
        read: val kaigo_read_fn, user: user, name, name_len: str, options: options kaigo_read_options,
        reader: new kaigo_reader
    ) {
        let read = read.ok_or_else(|| Fail::argument(KAIGO_E_NULL, "read"))?;
        reader.give(RowReader::new(options.source(CallbackStream(read, user), 0), &name, &options)?)
    }

    /// Goes to the next row; `row` is its number, from 1, and 0 behind the last. After a failure there is no next row.
    call kaigo_reader_next(reader: alone kaigo_reader, row: out u64) {
        row.set(reader.next()?)
    }

    /// The kind, one of `KAIGO_KIND_`.
    call kaigo_reader_kind(reader: handle kaigo_reader, kind: out u32) {
        kind.set(kind_number(reader.kind))
    }

    /// A field of the row as text; as `kaigo_document_text_utf8`. `KAIGO_E_NOT_FOUND` where there is no row.
    field kaigo_reader_text_utf8 / kaigo_reader_text_utf16 / kaigo_reader_text_view_utf8 / kaigo_reader_text_view_utf16
        of reader: kaigo_reader [no: u32] {
        Spot { record: reader.record()?, no, shown: &reader.shown }
    }

    /// A field of the row, typed.
    call kaigo_reader_value(reader: handle kaigo_reader, no: val u32, value: fill kaigo_value) {
        value.set(value_of(reader.value(no)?))
    }

    /// The fields of the row, typed; as `kaigo_document_row`.
    call kaigo_reader_row(reader: handle kaigo_reader, values, values_count: fill_all kaigo_value, fields: out u32) {
        fields.set(fill_row(reader.record()?, &values))
    }

    /// A view of the bytes of a text of the row; as `kaigo_document_bytes`.
    call kaigo_reader_bytes(reader: handle kaigo_reader, no: val u32, data, data_len: out_bytes, encoding: out u32) {
        let (bytes, found) = bytes_of(reader.value(no)?)?;
        encoding.set(found)?;
        data.elements(bytes)
    }

    /// What was found since this was last called; behind the last row, with what only the end tells. Each report keeps as
    /// many findings as the options say, so that those of a long file do not pile up. `flags`: 0, or
    /// `KAIGO_SHOW_PERSONAL`. Ends the views of the row.
    call kaigo_reader_report(reader: alone kaigo_reader, flags: val u32, report: new kaigo_report) {
        reader.shown = ShownRow::default();
        let mut found = reader.found.take();
        if let Some(stream) = &mut reader.stream {
            found.extend(stream.take_report());
        }
        report.give(Findings::new(found, flags)?)
    }
}
