//! `kaigo_document`: the records of one file, read, changed, checked and written.

use std::ffi::{c_char, c_void};
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use kaigo_core::exchange::{CheckOptions, CheckedFile, FileName, check_file, check_records};
use kaigo_core::format::{csv, json, xml};
use kaigo_core::record::{AnyRecord, FieldSpec, FileKind, Records, Required, Type, Value};
use kaigo_core::report::{Report, Strictness};
use kaigo_core::text::{Encoding, GaijiPolicy, Text};

use crate::argument::{FillAll, at};
use crate::buffer::{Bytes, kaigo_buffer};
use crate::error::Fail;
use crate::name::bad_name;
use crate::report::{Findings, kaigo_report};
use crate::source::{CallbackStream, Progress, Source, kaigo_progress_fn, kaigo_read_fn};
use crate::status::{KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER, KAIGO_E_OPTIONS};
use crate::table::{constants, exports, handles, structs};
use crate::value::{ShownRow, Spot, bytes_of, kaigo_value, text_of, value_of};

/// What is behind a `kaigo_document`.
pub struct Document {
    /// Borrows from `bytes`, whatever its lifetime says; shown only as long as the document is borrowed. `None` for
    /// an image, and for a file whose kind is not known.
    records: Option<Records<'static>>,
    report: Report,
    kind: Option<FileKind>,
    /// Members of its JSON that the records do not have.
    extras: json::Extras,
    /// The texts that were shown, a place for each row; none before the first.
    shown: OnceLock<Box<[ShownRow]>>,
    /// Declared, and so dropped, behind the records.
    _bytes: Arc<Vec<u8>>,
}

impl Document {
    /// A document of records that borrow nothing.
    pub(crate) fn owned(records: Records<'static>, report: Report) -> Self {
        let kind = Some(records.kind());
        let extras = json::Extras::default();
        Self { records: Some(records), report, kind, extras, shown: OnceLock::new(), _bytes: Arc::default() }
    }

    /// A document of the bytes, read in a way that borrows from them.
    pub(crate) fn borrowing(
        bytes: Arc<Vec<u8>>,
        read: impl for<'a> FnOnce(&'a [u8]) -> (Option<Records<'a>>, Report, Option<FileKind>),
    ) -> Self {
        let (records, report, kind) = read(&bytes);
        // SAFETY: only the lifetime is changed. The bytes are behind an `Arc` of the same document, never written,
        // and dropped after the records; no method gives the records out for longer than the document is borrowed.
        let records =
            records.map(|records| unsafe { std::mem::transmute::<Records<'_>, Records<'static>>(records) });
        let extras = json::Extras::default();
        Self { records, report, kind, extras, shown: OnceLock::new(), _bytes: bytes }
    }

    /// A document of a file by its name, as the exchange checks it.
    pub(crate) fn of_file(name: &str, bytes: Arc<Vec<u8>>, options: &CheckOptions) -> Self {
        Self::borrowing(bytes, |bytes| {
            let CheckedFile { records, report, parsed, .. } = check_file(name, bytes, options);
            (records, report, parsed.map(|name| name.kind()))
        })
    }

    fn read(bytes: Vec<u8>, name: &str, options: &kaigo_read_options) -> Result<Self, Fail> {
        let kind = match options.kind {
            0 => None,
            number => Some(kind_of(number)?),
        };
        let flags = Flags::new(options.flags)?;
        let finding_limit = flags.finding_limit(options.finding_limit);
        let file: Option<Arc<str>> = (!name.is_empty()).then(|| name.into());
        match (options.form, kind) {
            (KAIGO_FORM_CSV, Some(kind)) => {
                let read_options = csv::ReadOptions {
                    strictness: flags.strictness,
                    file,
                    check: flags.check,
                    finding_limit,
                    ..csv::ReadOptions::new(kind)
                };
                Ok(Self::borrowing(Arc::new(bytes), |bytes| match csv::read(bytes, &read_options) {
                    Some((records, report)) => (Some(records), report, Some(kind)),
                    None => (None, Report::default(), Some(kind)),
                }))
            }
            (KAIGO_FORM_CSV, None) if file.is_some() => {
                let check_options = CheckOptions { strictness: flags.strictness, finding_limit };
                Ok(Self::of_file(name, Arc::new(bytes), &check_options))
            }
            (KAIGO_FORM_CSV, None) => Err(Fail::argument(KAIGO_E_OPTIONS, "options")),
            (form @ (KAIGO_FORM_JSON | KAIGO_FORM_XML), kind) => {
                let (strictness, check) = (flags.strictness, flags.check);
                let read_options = json::ReadOptions { kind, strictness, file, check, finding_limit };
                if form == KAIGO_FORM_JSON {
                    let (records, extras, report) = json::read_with_extras(&bytes, &read_options)?;
                    return Ok(Self { extras, ..Self::owned(records, report) });
                }
                let (records, report) = xml::read(&bytes, &read_options, &xml::Limits::default())?;
                Ok(Self::owned(records, report))
            }
            _ => Err(Fail::argument(KAIGO_E_OPTIONS, "options")),
        }
    }

    /// The records.
    pub(crate) fn records(&self) -> Result<&Records<'_>, Fail> {
        self.records.as_ref().ok_or_else(|| Fail::argument(KAIGO_E_KIND, "document"))
    }

    fn record(&self, row: u64) -> Result<&dyn AnyRecord, Fail> {
        row.checked_sub(1)
            .and_then(|index| self.records.as_ref()?.get(at(index)))
            .ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "row"))
    }

    #[inline]
    fn spot(&self, row: u64, no: u32) -> Result<Spot<'_>, Fail> {
        let record = self.record(row)?;
        let shown = self.shown.get_or_init(|| {
            (0..self.records.as_ref().map_or(0, Records::len)).map(|_| ShownRow::default()).collect()
        });
        let shown = shown.get(at(row - 1)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "row"))?;
        Ok(Spot { record, no, shown })
    }

    #[inline]
    fn value(&self, row: u64, no: u32) -> Result<Value<'_>, Fail> {
        self.record(row)?.value(no as usize).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "no"))
    }

    fn named(&self, name: &str) -> Result<&'static FieldSpec, Fail> {
        field_named(self.kind, name)
    }

    /// The records to change; what was shown of them ends.
    fn change(&mut self) -> Result<&mut Records<'static>, Fail> {
        self.shown = OnceLock::new();
        self.records.as_mut().ok_or_else(|| Fail::argument(KAIGO_E_KIND, "document"))
    }

    fn set(&mut self, row: u64, no: u32, text: Text<'static>) -> Result<(), Fail> {
        let index = row.checked_sub(1).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "row"))?;
        Ok(self.change()?.set(at(index), no as usize, text)?)
    }

    fn csv(&self, options: &kaigo_write_options) -> Result<(Vec<u8>, Report), Fail> {
        let wrong = || Fail::argument(KAIGO_E_OPTIONS, "options");
        let write_options = csv::WriteOptions {
            quoting: match options.quoting {
                0 => csv::Quoting::Canonical,
                1 => csv::Quoting::FreeText,
                2 => csv::Quoting::All,
                3 => csv::Quoting::Minimal,
                _ => return Err(wrong()),
            },
            line_end: match options.line_end {
                0 => csv::LineEnd::CrLf,
                1 => csv::LineEnd::Lf,
                _ => return Err(wrong()),
            },
            encoding: match options.encoding {
                KAIGO_ENCODING_MS932 => Encoding::Ms932,
                KAIGO_ENCODING_UTF8 => Encoding::Utf8,
                _ => return Err(wrong()),
            },
            gaiji: gaiji_of(options.gaiji)?,
        };
        let records = self.records()?;
        Ok(csv::write(records.kind(), records.iter(), &write_options)?)
    }

    fn json(&self, flags: u32) -> Result<Vec<u8>, Fail> {
        if flags > KAIGO_PRETTY {
            return Err(Fail::argument(KAIGO_E_NUMBER, "flags"));
        }
        let records = self.records()?;
        let options = json::WriteOptions { pretty: flags == KAIGO_PRETTY };
        Ok(json::write_with_extras(records.kind(), records.iter(), &self.extras, &options))
    }
}

/// The flags of reading and checking.
pub(crate) struct Flags {
    pub(crate) strictness: Strictness,
    pub(crate) check: bool,
}

impl Flags {
    pub(crate) fn new(flags: u32) -> Result<Self, Fail> {
        if flags & !(KAIGO_TOLERANT | KAIGO_SKIP_CHECK) != 0 {
            return Err(Fail::argument(KAIGO_E_NUMBER, "flags"));
        }
        let tolerant = flags & KAIGO_TOLERANT != 0;
        let strictness = if tolerant { Strictness::Tolerant } else { Strictness::Strict };
        Ok(Self { strictness, check: flags & KAIGO_SKIP_CHECK == 0 })
    }

    pub(crate) fn finding_limit(&self, limit: u64) -> usize {
        if limit == 0 { Report::DEFAULT_LIMIT } else { at(limit) }
    }
}

pub(crate) fn gaiji_of(number: u32) -> Result<GaijiPolicy, Fail> {
    match number {
        KAIGO_GAIJI_REJECT => Ok(GaijiPolicy::Reject),
        KAIGO_GAIJI_MAP_VARIANTS => Ok(GaijiPolicy::MapVariants),
        KAIGO_GAIJI_SUBSTITUTE => Ok(GaijiPolicy::Substitute),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "gaiji")),
    }
}

/// Declares the numbers of the kinds beside the kinds.
macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident = $number:literal $kind:ident; )*) => {
        constants! { KINDS; $( $(#[doc = $doc])+ $name: u32 = $number; )* }

        /// The number of a kind.
        pub(crate) fn kind_number(kind: FileKind) -> u32 {
            match kind { $( FileKind::$kind => $name, )* }
        }

        /// The kind of a number.
        pub(crate) fn kind_of(number: u32) -> Result<FileKind, Fail> {
            match number { $( $name => Ok(FileKind::$kind), )* _ => Err(Fail::argument(KAIGO_E_NUMBER, "kind")) }
        }
    };
}

kinds! {
    /// 居宅サービス計画1表.
    KAIGO_KIND_UP1KYO = 1 CarePlan1;
    /// 居宅サービス計画2表.
    KAIGO_KIND_UP2KYO = 2 CarePlan2;
    /// 居宅サービス計画3表.
    KAIGO_KIND_UP3KYO = 3 CarePlan3;
    /// 利用者補足情報.
    KAIGO_KIND_UPHOSOKU = 4 Supplement;
    /// 第6表（サービス利用票）予定.
    KAIGO_KIND_UPPLAN = 5 SlipPlan;
    /// 第6表 実績情報.
    KAIGO_KIND_UPJSK = 6 SlipActuals;
    /// 第7表（サービス利用票別表）.
    KAIGO_KIND_UPSIKYU = 7 SlipAnnex;
    /// 利用者基本情報.
    KAIGO_KIND_UPKIHON = 8 BasicInformation;
    /// 利用者基本情報（別表1）.
    KAIGO_KIND_UPKIHON_SUB1 = 9 DailySchedule;
    /// 利用者基本情報（別表2）.
    KAIGO_KIND_UPKIHON_SUB2 = 10 MedicalHistory;
    /// 介護予防サービス・支援計画書.
    KAIGO_KIND_UPYOBO = 11 PreventionPlan;
    /// 介護予防サービス・支援計画書（別表）.
    KAIGO_KIND_UPYOBO_SUB = 12 PreventionSupport;
    /// 居宅サービス計画1表_削除.
    KAIGO_KIND_DLT1KYO = 13 DeleteCarePlan;
    /// 第6表（サービス利用票）予定_削除.
    KAIGO_KIND_DLTPLAN = 14 DeleteSlipPlan;
    /// 第6表 実績情報_削除.
    KAIGO_KIND_DLTJSK = 15 DeleteSlipActuals;
    /// 利用者基本情報_削除.
    KAIGO_KIND_DLTKIHON = 16 DeleteBasicInformation;
    /// 介護予防サービス・支援計画書_削除.
    KAIGO_KIND_DLTYOBO = 17 DeletePreventionPlan;
    /// 家族構成 画像ファイル, a JPEG: a document of it has no rows.
    KAIGO_KIND_UPKIHON_IMAGE = 18 FamilyImage;
}

constants! { CONSTANTS;
    /// Shift_JIS CSV, standard 4.1.
    KAIGO_FORM_CSV: u32 = 0;
    /// JSON in UTF-8, `5.0-provisional`.
    KAIGO_FORM_JSON: u32 = 1;
    /// XML in UTF-8, in the namespace `urn:kaigo:xml/provisional`.
    KAIGO_FORM_XML: u32 = 2;

    /// What real senders do against the standard is a warning, not an error.
    KAIGO_TOLERANT: u32 = 1;
    /// Only the form of the file is checked, not its fields and records. Ignored where the kind comes from the name.
    KAIGO_SKIP_CHECK: u32 = 2;

    /// JSON on lines, for people.
    KAIGO_PRETTY: u32 = 1;

    /// MS932, Windows' Shift_JIS.
    KAIGO_ENCODING_MS932: u32 = 0;
    /// UTF-8.
    KAIGO_ENCODING_UTF8: u32 = 1;

    /// Writes nothing and reports characters that MS932 does not have.
    KAIGO_GAIJI_REJECT: u32 = 0;
    /// Writes the known variant; rejects a character that has none.
    KAIGO_GAIJI_MAP_VARIANTS: u32 = 1;
    /// Writes the known variant, or 〓 where there is none.
    KAIGO_GAIJI_SUBSTITUTE: u32 = 2;

    /// Free text that is not empty is quoted: the canonical form.
    KAIGO_QUOTE_CANONICAL: u32 = 0;
    /// Free text is quoted, also when it is empty.
    KAIGO_QUOTE_FREE_TEXT: u32 = 1;
    /// Every field is quoted.
    KAIGO_QUOTE_ALL: u32 = 2;
    /// Only what must be is quoted.
    KAIGO_QUOTE_MINIMAL: u32 = 3;
    /// CR LF behind each record: the canonical form.
    KAIGO_LINE_CRLF: u32 = 0;
    /// LF behind each record.
    KAIGO_LINE_LF: u32 = 1;

    /// Of a field's declaration: the English name.
    KAIGO_FIELD_NAME: u32 = 1;
    /// Of a field's declaration: the official name.
    KAIGO_FIELD_NAME_JA: u32 = 2;
    /// Of a field's declaration: the name in JSON.
    KAIGO_FIELD_NAME_JSON: u32 = 3;
}

structs! { STRUCTS;
    /// How to read. Zero everywhere but in `struct_size` is the default.
    struct kaigo_read_options: 48 {
        /// The size of this struct.
        struct_size: u32,
        /// The kind of file, one of `KAIGO_KIND_`; 0 takes it from the file name, and from the document for JSON and XML. With 0
        /// the name is checked, too, and the records against it.
        kind: u32,
        /// `KAIGO_FORM_CSV`, `KAIGO_FORM_JSON` or `KAIGO_FORM_XML`.
        form: u32,
        /// `KAIGO_TOLERANT`, `KAIGO_SKIP_CHECK`, added.
        flags: u32,
        /// How many findings are kept; 0: 10,000.
        finding_limit: u64,
        /// How many bytes are read at most; 0: no limit.
        max_bytes: u64,
        /// Told the bytes read, between pieces of a MiB; may be NULL.
        progress: kaigo_progress_fn,
        /// Handed to `progress`.
        user: *mut c_void,
    }
    /// How to write CSV. Zero everywhere but in `struct_size` is the canonical form.
    struct kaigo_write_options: 20 {
        /// The size of this struct.
        struct_size: u32,
        /// One of `KAIGO_QUOTE_`.
        quoting: u32,
        /// One of `KAIGO_LINE_`.
        line_end: u32,
        /// One of `KAIGO_ENCODING_`.
        encoding: u32,
        /// One of `KAIGO_GAIJI_`.
        gaiji: u32,
    }
    /// What the official table says of a field.
    struct kaigo_field: 36 {
        /// The size of this struct, set by the caller.
        struct_size: u32,
        /// The official No.
        no: u32,
        /// Exactly so many characters; 0 where the length is not fixed.
        fixed_length: u32,
        /// At most so many characters; 0 for free text.
        max_length: u32,
        /// 1 where it must be filled, 2 where a condition is stated, 3 where the mark is 必要 only, 4 and 5 where the
        /// printed mark is hard to read (likely yes, likely no); else 0.
        required: u32,
        /// The type of its values: 0 month, 1 date, 2 time, 3 digits, 4 digits and capitals, 5 code, 6 postal code,
        /// 7 whole number, 8 decimal, 9 days of a month, 10 file name, 11 text.
        value_type: u32,
        /// 1 where its value is about a person.
        personal: u32,
        /// How many codes its closed list has; 0 where there is none.
        codes: u32,
        /// 0.
        reserved: u32,
    }
}

handles! { HANDLES;
    /// The records of one file. Any number of threads may read one at once; a call that changes it must be alone, and one
    /// that is not gets `KAIGO_E_BUSY`. Rows and field Nos. count from 1, as in findings; indexes of lists from 0.
    kaigo_document = Document, 0x4B44_4F43, kaigo_document_free;
}

fn field_named(kind: Option<FileKind>, name: &str) -> Result<&'static FieldSpec, Fail> {
    kind.and_then(FileKind::layout)
        .and_then(|layout| layout.field_named(name))
        .ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "name"))
}

fn field_of(kind: u32, no: u32) -> Result<&'static FieldSpec, Fail> {
    kind_of(kind)?
        .layout()
        .and_then(|layout| layout.field(no as usize))
        .ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "no"))
}

/// The fields of a row into as many places as there are; how many the row has.
pub(crate) fn fill_row(record: &dyn AnyRecord, values: &FillAll<kaigo_value>) -> u32 {
    let all = record.layout().fields.len();
    for index in 0..all.min(values.count()) {
        values.set(index, value_of(record.value(index + 1).unwrap_or(Value::Blank)));
    }
    u32::try_from(all).unwrap_or(u32::MAX)
}

impl kaigo_read_options {
    /// What is read, counted and limited as the options say.
    pub(crate) fn source<R: Read>(&self, inner: R, total: u64) -> Source<R> {
        Source::new(inner, total, self.max_bytes, Progress(self.progress, self.user))
    }
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

exports! { EXPORTS;
    /// Reads a file. What does not conform is no failure but stands in the document's report.
    twin kaigo_document_open_utf8 / kaigo_document_open_utf16(
        path, path_len: str, options: options kaigo_read_options, document: new kaigo_document
    ) {
        let path = Path::new(&*path);
        let file = std::fs::File::open(path).map_err(|e| kaigo_core::Error::io(path, e))?;
        let total = file.metadata().map_or(0, |metadata| metadata.len());
        let bytes = options.source(file, total).pull(Some(path))?;
        document.give(Document::read(bytes, &file_name(path), &options)?)
    }

    /// Reads bytes. `name` is the file name, for the kind and for findings; it may be empty where the options say the
    /// kind, and for JSON. The bytes are copied.
    twin kaigo_document_read_utf8 / kaigo_document_read_utf16(
        data, data_len: bytes, name, name_len: str, options: options kaigo_read_options, document: new kaigo_document
    ) {
        let bytes = options.source(data, data.len() as u64).pull(None)?;
        document.give(Document::read(bytes, &name, &options)?)
    }

    /// Reads a stream, pulled through a function of the caller's until it is at its end; else as `kaigo_document_read_utf8`.
    twin kaigo_document_read_stream_utf8 / kaigo_document_read_stream_utf16(
        read: val kaigo_read_fn, user: user, name, name_len: str, options: options kaigo_read_options,
        document: new kaigo_document
    ) {
        let read = read.ok_or_else(|| Fail::argument(crate::status::KAIGO_E_NULL, "read"))?;
        let bytes = options.source(CallbackStream(read, user), 0).pull(None)?;
        document.give(Document::read(bytes, &name, &options)?)
    }

    /// Makes a document without rows.
    call kaigo_document_new(kind: val u32, document: new kaigo_document) {
        let records =
            Records::empty(kind_of(kind)?).ok_or_else(|| Fail::argument(KAIGO_E_KIND, "kind"))?;
        document.give(Document::owned(records, Report::default()))
    }

    /// The kind, one of `KAIGO_KIND_`; 0 where the file name did not tell.
    call kaigo_document_kind(document: handle kaigo_document, kind: out u32) {
        kind.set(document.kind.map_or(0, kind_number))
    }

    /// How many rows there are.
    call kaigo_document_rows(document: handle kaigo_document, rows: out u64) {
        rows.set(document.records.as_ref().map_or(0, |records| records.len() as u64))
    }

    /// How many fields a row has.
    call kaigo_document_fields(document: handle kaigo_document, fields: out u32) {
        let layout = document.kind.and_then(FileKind::layout);
        fields.set(layout.and_then(|layout| u32::try_from(layout.fields.len()).ok()).unwrap_or_default())
    }

    /// The findings of reading. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
    call kaigo_document_report(document: handle kaigo_document, flags: val u32, report: new kaigo_report) {
        report.give(Findings::new(document.report.clone(), flags)?)
    }

    /// Checks the rows as they are now, without what only a file can tell. `check_flags`: 0, or `KAIGO_TOLERANT`;
    /// `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
    call kaigo_document_check(
        document: handle kaigo_document, check_flags: val u32, flags: val u32, report: new kaigo_report
    ) {
        let options = CheckOptions { strictness: Flags::new(check_flags)?.strictness, ..CheckOptions::default() };
        report.give(Findings::new(check_records(document.records()?, None, &options), flags)?)
    }

    /// Checks the rows as they are now as those of a file of that name: each by itself, against each other and against
    /// the name. Else as `kaigo_document_check`. `KAIGO_E_FILE_NAME` when the name is not in the form of the standard,
    /// `KAIGO_E_KIND` when it is that of another kind.
    twin kaigo_document_check_named_utf8 / kaigo_document_check_named_utf16(
        document: handle kaigo_document, name, name_len: str, check_flags: val u32, flags: val u32,
        report: new kaigo_report
    ) {
        let (name, _) = FileName::parse_tolerant(&name).map_err(bad_name)?;
        if Some(name.kind()) != document.kind {
            return Err(Fail::argument(KAIGO_E_KIND, "name"));
        }
        let options = CheckOptions { strictness: Flags::new(check_flags)?.strictness, ..CheckOptions::default() };
        report.give(Findings::new(check_records(document.records()?, Some(&name), &options), flags)?)
    }

    /// A field as text in the CSV form (dates as YYYYMMDD), decoded; U+FFFD stands for bytes that are no character. Of a
    /// row of which a field was viewed, the document keeps all texts until it is changed or freed.
    field kaigo_document_text_utf8 / kaigo_document_text_utf16
        / kaigo_document_text_view_utf8 / kaigo_document_text_view_utf16
        of document: kaigo_document [row: u64, no: u32] {
        document.spot(row, no)?
    }

    /// A field by its name: English, English as in JSON, or official. Else as `kaigo_document_text_utf8`.
    twin kaigo_document_text_named_utf8 / kaigo_document_text_named_utf16(
        document: handle kaigo_document, row: val u64, name, name_len: str, buffer, capacity, needed: copy
    ) {
        let no = document.named(&name)?.no;
        buffer.text(&text_of(document.value(row, no.into())?))
    }

    /// A field, typed.
    call kaigo_document_value(document: handle kaigo_document, row: val u64, no: val u32, value: fill kaigo_value) {
        value.set(value_of(document.value(row, no)?))
    }

    /// The fields of a row, typed, in official order, into an array whose first element has its `struct_size` set; as many
    /// as there is room for. `fields` says how many the row has. Quicker than field by field.
    call kaigo_document_row(
        document: handle kaigo_document, row: val u64, values, values_count: fill_all kaigo_value, fields: out u32
    ) {
        fields.set(fill_row(document.record(row)?, &values))
    }

    /// A view of the bytes of a text as they stand in the file, with doubled quotes made single, until the document is
    /// changed or freed; `encoding` says in which encoding. `KAIGO_E_KIND` where the field holds no text of a file, or
    /// the quotes in it are doubled: such a text is had by the other calls.
    call kaigo_document_bytes(
        document: handle kaigo_document, row: val u64, no: val u32, data, data_len: out_bytes, encoding: out u32
    ) {
        let (bytes, found) = bytes_of(document.value(row, no)?)?;
        encoding.set(found)?;
        data.elements(bytes)
    }

    /// The No. of a field by its name: English, English as in JSON, or official.
    twin kaigo_document_field_no_utf8 / kaigo_document_field_no_utf16(
        document: handle kaigo_document, name, name_len: str, no: out u32
    ) {
        no.set(document.named(&name)?.no.into())
    }

    /// Sets a field from its text in the CSV form. A text that does not conform is kept, and found by a check. Ends all
    /// views of the document.
    twin kaigo_document_set_utf8 / kaigo_document_set_utf16(
        document: alone kaigo_document, row: val u64, no: val u32, text, text_len: str
    ) {
        document.set(row, no, text.into_owned().into())
    }

    /// Sets a field by its name; else as `kaigo_document_set_utf8`.
    twin kaigo_document_set_named_utf8 / kaigo_document_set_named_utf16(
        document: alone kaigo_document, row: val u64, name, name_len: str, text, text_len: str
    ) {
        let no = document.named(&name)?.no;
        document.set(row, no.into(), text.into_owned().into())
    }

    /// Sets a field from bytes of an encoding, one of `KAIGO_ENCODING_`. Bytes that are no character are kept.
    call kaigo_document_set_bytes(
        document: alone kaigo_document, row: val u64, no: val u32, data, data_len: bytes, encoding: val u32
    ) {
        let encoding = match encoding {
            KAIGO_ENCODING_MS932 => Encoding::Ms932,
            KAIGO_ENCODING_UTF8 => Encoding::Utf8,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "encoding")),
        };
        document.set(row, no, Text::from_bytes(data, encoding).into_owned())
    }

    /// Sets a field from a typed value: `value_type` says what it is (not a text), `number` what it holds, as for
    /// `kaigo_document_value`; the other members are not looked at.
    call kaigo_document_set_value(
        document: alone kaigo_document, row: val u64, no: val u32, value: options kaigo_value
    ) {
        document.set(row, no, value.to_field()?)
    }

    /// Adds a row without values behind the others; `row` is its number.
    call kaigo_document_add_row(document: alone kaigo_document, row: out u64) {
        let records = document.change()?;
        records.push_blank();
        row.set(records.len() as u64)
    }

    /// Adds a row behind the others with its fields as texts in the CSV form, from No. 1 on: arrays of pointers and of
    /// lengths; NULL with a length of 0 leaves a field blank, as do fields beyond the count. `row` is its number.
    twin kaigo_document_push_utf8 / kaigo_document_push_utf16(
        document: alone kaigo_document, texts, texts_len, texts_count: strs, row: out u64
    ) {
        let records = document.change()?;
        records.push((1..).zip(texts.into_iter().map(|text| Text::from(text.into_owned()))))?;
        row.set(records.len() as u64)
    }

    /// Takes a row out; those behind it move up.
    call kaigo_document_remove_row(document: alone kaigo_document, row: val u64) {
        let removed = document.change()?.remove(at(row.wrapping_sub(1)));
        if removed {
            document.extras.remove(row);
        }
        if removed { Ok(()) } else { Err(Fail::argument(KAIGO_E_NOT_FOUND, "row")) }
    }

    /// Writes the rows as a CSV file. `report` holds every character that was not written as itself; it may be NULL.
    call kaigo_document_csv(
        document: handle kaigo_document, options: options kaigo_write_options,
        csv: new kaigo_buffer, report: new_or_null kaigo_report
    ) {
        let (bytes, changes) = document.csv(&options)?;
        report.give(Findings::new(changes, 0)?)?;
        csv.give(Bytes(bytes))
    }

    /// Writes the rows as JSON in UTF-8. `flags`: 0, or `KAIGO_PRETTY`.
    call kaigo_document_json(document: handle kaigo_document, flags: val u32, json: new kaigo_buffer) {
        json.give(Bytes(document.json(flags)?))
    }

    /// Writes the rows as XML in UTF-8.
    call kaigo_document_xml(document: handle kaigo_document, xml: new kaigo_buffer) {
        let records = document.records()?;
        xml.give(Bytes(kaigo_core::format::xml::write(records.kind(), records.iter())))
    }

    /// From a CSV file to JSON in one call; the parameters as for `kaigo_document_read_utf8`, the findings in `report`,
    /// which may be NULL.
    twin kaigo_csv_to_json_utf8 / kaigo_csv_to_json_utf16(
        data, data_len: bytes, name, name_len: str, options: options kaigo_read_options,
        json: new kaigo_buffer, report: new_or_null kaigo_report
    ) {
        let options = kaigo_read_options { form: KAIGO_FORM_CSV, ..options };
        let bytes = options.source(data, data.len() as u64).pull(None)?;
        let document = Document::read(bytes, &name, &options)?;
        let text = document.json(0)?;
        report.give(Findings::new(document.report, 0)?)?;
        json.give(Bytes(text))
    }

    /// From JSON to a CSV file in one call. `report` holds the findings of reading and every character that was not
    /// written as itself; it may be NULL.
    call kaigo_json_to_csv(
        data, data_len: bytes, read_options: options kaigo_read_options, options: options kaigo_write_options,
        csv: new kaigo_buffer, report: new_or_null kaigo_report
    ) {
        let read_options = kaigo_read_options { form: KAIGO_FORM_JSON, ..read_options };
        let bytes = read_options.source(data, data.len() as u64).pull(None)?;
        let mut document = Document::read(bytes, "", &read_options)?;
        let (bytes, changes) = document.csv(&options)?;
        document.report.extend(changes);
        report.give(Findings::new(document.report, 0)?)?;
        csv.give(Bytes(bytes))
    }

    /// The name of a kind in file names, such as `UPPLAN`.
    twin kaigo_kind_name_utf8 / kaigo_kind_name_utf16(kind: val u32, buffer, capacity, needed: copy) {
        buffer.text(kind_of(kind)?.name())
    }

    /// The official name of a kind.
    twin kaigo_kind_name_ja_utf8 / kaigo_kind_name_ja_utf16(kind: val u32, buffer, capacity, needed: copy) {
        buffer.text(kind_of(kind)?.name_ja())
    }

    /// The kind of a name in file names.
    twin kaigo_kind_from_name_utf8 / kaigo_kind_from_name_utf16(name, name_len: str, kind: out u32) {
        let found = FileKind::from_name(&name).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "name"))?;
        kind.set(kind_number(found))
    }

    /// What the official table says of a field; `KAIGO_E_NOT_FOUND` behind the last.
    call kaigo_kind_field(kind: val u32, no: val u32, field: fill kaigo_field) {
        use kaigo_core::record::Length;
        let spec = field_of(kind, no)?;
        let (fixed_length, max_length) = match spec.length {
            Length::Fixed(length) => (length, length),
            Length::Max(max) | Length::MaxDoubted { accepted: max, .. } => (0, max),
            Length::Free => (0, 0),
        };
        field.set(kaigo_field {
            struct_size: 0,
            no: spec.no.into(),
            fixed_length: fixed_length.into(),
            max_length: max_length.into(),
            required: match spec.required {
                Required::No => 0,
                Required::Yes => 1,
                Required::Conditional => 2,
                Required::Wanted => 3,
                Required::YesDoubted => 4,
                Required::NoDoubted => 5,
            },
            value_type: match spec.ty {
                Type::Month => 0,
                Type::Date => 1,
                Type::Time => 2,
                Type::Digits => 3,
                Type::Alnum => 4,
                Type::Code => 5,
                Type::Postal => 6,
                Type::Integer => 7,
                Type::Decimal => 8,
                Type::DayMap => 9,
                Type::FileName => 10,
                Type::Text => 11,
            },
            personal: spec.personal.into(),
            codes: u32::try_from(spec.codes.len()).unwrap_or(u32::MAX),
            reserved: 0,
        })
    }

    /// A name of a field: one of `KAIGO_FIELD_`.
    twin kaigo_kind_field_name_utf8 / kaigo_kind_field_name_utf16(
        kind: val u32, no: val u32, what: val u32, buffer, capacity, needed: copy
    ) {
        let spec = field_of(kind, no)?;
        buffer.text(match what {
            KAIGO_FIELD_NAME => spec.name,
            KAIGO_FIELD_NAME_JA => spec.name_ja,
            KAIGO_FIELD_NAME_JSON => spec.name_json,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// A code of the closed list of a field, by its index from 0. Its official label is had with `label` 1.
    twin kaigo_kind_field_code_utf8 / kaigo_kind_field_code_utf16(
        kind: val u32, no: val u32, index: val u32, label: val u32, buffer, capacity, needed: copy
    ) {
        let (code, name) = field_of(kind, no)?
            .codes
            .get(index as usize)
            .ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))?;
        buffer.text(if label == 0 { code } else { name })
    }

    /// The JSON Schema of the documents of a kind, in UTF-8.
    call kaigo_kind_schema(kind: val u32, schema: new kaigo_buffer) {
        let text = json::schema(kind_of(kind)?).ok_or_else(|| Fail::argument(KAIGO_E_KIND, "kind"))?;
        schema.give(Bytes(text.into_bytes()))
    }
}
