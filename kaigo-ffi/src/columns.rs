//! Records as columns, over the Arrow C stream interface; and `kaigo_scan`, many files as one such stream.

use std::ffi::c_char;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::SchemaRef;
use kaigo_core::exchange::{CheckOptions, FileName, check_records};
use kaigo_core::format::arrow::{self, Naming, ScanOptions, ScanReader};
use kaigo_core::record::FileKind;
use kaigo_core::report::{Lang, Report};

pub use arrow_array::ffi_stream::FFI_ArrowArrayStream as ArrowArrayStream;

use crate::argument::at;
use crate::document::{Document, Flags, kaigo_document, kaigo_read_options, kind_number, kind_of};
use crate::error::Fail;
use crate::name::bad_name;
use crate::report::{Findings, kaigo_report};
use crate::status::{KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles, structs};

/// What is behind a `kaigo_scan`.
pub struct FileScan {
    paths: Vec<PathBuf>,
    options: ScanOptions,
    /// What was found in the files that were used last.
    found: Mutex<Arc<Mutex<Report>>>,
}

/// A stream of batches that are there.
fn stream_of(
    schema: SchemaRef,
    batches: impl IntoIterator<Item = RecordBatch, IntoIter: Send + 'static>,
) -> impl RecordBatchReader + Send + 'static {
    RecordBatchIterator::new(batches.into_iter().map(Ok), schema)
}

constants! { CONSTANTS;
    /// Columns have the English names of the fields.
    KAIGO_NAMES_ENGLISH: u32 = 0;
    /// Columns have the official names of the fields.
    KAIGO_NAMES_OFFICIAL: u32 = 1;

    /// A scan adds no columns that tell the file and the row.
    KAIGO_WITHOUT_SOURCE: u32 = 4;
}

structs! { STRUCTS;
    /// How columns are made. Zero everywhere but in `struct_size` is the default.
    struct kaigo_arrow_options: 40 {
        /// The size of this struct.
        struct_size: u32,
        /// One of `KAIGO_NAMES_`.
        naming: u32,
        /// How many threads work; 0: as many as the machine has cores.
        threads: u32,
        /// Of a scan: the kind of the files, one of `KAIGO_KIND_`; 0 takes it from their names.
        kind: u32,
        /// Of a scan: `KAIGO_TOLERANT`, `KAIGO_WITHOUT_SOURCE`, added.
        flags: u32,
        /// 0.
        reserved: u32,
        /// How many rows a batch has at most; 0: 65,536.
        batch_rows: u64,
        /// Of a scan: how many findings are kept of each file; 0: 10,000.
        finding_limit: u64,
    }
}

impl kaigo_arrow_options {
    fn naming(&self) -> Result<Naming, Fail> {
        match self.naming {
            KAIGO_NAMES_ENGLISH => Ok(Naming::English),
            KAIGO_NAMES_OFFICIAL => Ok(Naming::Official),
            _ => Err(Fail::argument(KAIGO_E_NUMBER, "naming")),
        }
    }

    fn scan(&self, kind: FileKind, flags: &Flags) -> Result<ScanOptions, Fail> {
        let default = ScanOptions::new(kind);
        Ok(ScanOptions {
            check: CheckOptions {
                strictness: flags.strictness,
                finding_limit: flags.finding_limit(self.finding_limit),
            },
            naming: self.naming()?,
            source: self.flags & KAIGO_WITHOUT_SOURCE == 0,
            batch_rows: if self.batch_rows == 0 { default.batch_rows } else { at(self.batch_rows) },
            threads: if self.threads == 0 { default.threads } else { self.threads as usize },
            ..default
        })
    }
}

handles! { HANDLES;
    /// Many files that are read and checked as one stream of columns. Any thread may use it, several at once.
    kaigo_scan = FileScan, 0x4B53_434E, kaigo_scan_free;
}

exports! { EXPORTS;
    /// Puts the rows as typed columns into a stream of the caller's, which may be uninitialised and is then his to
    /// release; it needs the document no more. One column for each field in official order, and `verbatim`, which keeps
    /// what the typed columns cannot say, so that `kaigo_document_from_arrow_utf8` gives the same file, byte for byte. Of
    /// the options only `naming`, `threads` and `batch_rows` are looked at.
    call kaigo_document_arrow(
        document: handle kaigo_document, options: options kaigo_arrow_options, stream: give_stream
    ) {
        let records = document.records()?;
        let scan = options.scan(records.kind(), &Flags::new(0)?)?;
        let schema = arrow::schema(records.kind(), scan.naming, false)
            .ok_or_else(|| Fail::argument(KAIGO_E_KIND, "document"))?;
        stream.give(stream_of(schema, arrow::write(records, scan.naming, scan.batch_rows, scan.threads)))
    }

    /// Makes a document of a stream of columns. The call takes the stream over and releases it; one whose `release` is
    /// still set behind the call was not taken. Columns are known by their names, in any order; those that are missing are
    /// blank. `name` is that of the file for the check, or empty. Of the options `kind`, needed where the schema does not
    /// tell it, `flags` and `finding_limit` are looked at.
    twin kaigo_document_from_arrow_utf8 / kaigo_document_from_arrow_utf16(
        stream: take_stream, name, name_len: str, options: options kaigo_read_options, document: new kaigo_document
    ) {
        let flags = Flags::new(options.flags)?;
        let kind = if options.kind == 0 { None } else { Some(kind_of(options.kind)?) };
        let name = if name.is_empty() { None } else { Some(FileName::parse_tolerant(&name).map_err(bad_name)?.0) };
        let stream = stream.open()?;
        let records = arrow::read(&stream.schema(), stream, kind)?;
        let check =
            CheckOptions { strictness: flags.strictness, finding_limit: flags.finding_limit(options.finding_limit) };
        let report = if flags.check { check_records(&records, name.as_ref(), &check) } else { Report::default() };
        document.give(Document::owned(records, report))
    }

    /// Puts the findings as columns into a stream of the caller's, which may be uninitialised and is then his to release.
    /// Personal data is masked.
    call kaigo_report_arrow(report: handle kaigo_report, stream: give_stream) {
        let batch = report.columns().ok_or_else(|| Fail::argument(KAIGO_E_KIND, "report"))?;
        stream.give(stream_of(arrow::findings_schema(), [batch]))
    }

    /// Makes a scan of files: paths, of which a folder stands for all files below it whose names tell the kind. Nothing is
    /// read yet but folders. `KAIGO_E_KIND` where the options say no kind and the names tell none, or several.
    twin kaigo_scan_new_utf8 / kaigo_scan_new_utf16(
        paths, path_lens, paths_count: strs, options: options kaigo_arrow_options, scan: new kaigo_scan
    ) {
        let flags = Flags::new(options.flags & !KAIGO_WITHOUT_SOURCE)?;
        if !flags.check {
            return Err(Fail::argument(KAIGO_E_NUMBER, "flags"));
        }
        let given = if options.kind == 0 { None } else { Some(kind_of(options.kind)?) };
        let paths: Vec<PathBuf> = paths.iter().map(|path| PathBuf::from(&**path)).collect();
        let paths = arrow::files_below(&paths, given)?;
        let kind = given.map_or_else(|| arrow::one_kind(&paths), Ok);
        let kind = kind.map_err(|_| Fail::argument(KAIGO_E_KIND, "paths"))?;
        if kind.layout().is_none() {
            return Err(Fail::argument(KAIGO_E_KIND, "kind"));
        }
        scan.give(FileScan { paths, options: options.scan(kind, &flags)?, found: Mutex::default() })
    }

    /// The kind of the files, one of `KAIGO_KIND_`.
    call kaigo_scan_kind(scan: handle kaigo_scan, kind: out u32) {
        kind.set(kind_number(scan.options.kind))
    }

    /// How many files there are.
    call kaigo_scan_files(scan: handle kaigo_scan, files: out u64) {
        files.set(scan.paths.len() as u64)
    }

    /// The path of a file.
    text kaigo_scan_path_utf8 / kaigo_scan_path_utf16 / kaigo_scan_path_view_utf8 / kaigo_scan_path_view_utf16
        of scan: kaigo_scan [index: u64] {
        scan.paths.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))?.to_string_lossy()
    }

    /// Starts to read and check the files on all threads, and puts their rows as columns into a stream of the caller's,
    /// which may be uninitialised and is then his to release; it needs the scan no more. The next files are read while the
    /// caller uses one; memory holds a few at a time. A file that cannot be read is an error of the stream in its place,
    /// with a message in English; the files behind it can still be had. Releasing the stream ends the work.
    call kaigo_scan_arrow(scan: handle kaigo_scan, stream: give_stream) {
        let found = Arc::new(Mutex::new(Report::with_limit(usize::MAX)));
        *scan.found.lock().unwrap_or_else(PoisonError::into_inner) = found.clone();
        let batches = ScanReader::new(scan.paths.clone(), &scan.options, found, Lang::English)
            .ok_or_else(|| Fail::argument(KAIGO_E_KIND, "scan"))?;
        stream.give(batches)
    }

    /// What was found so far in the files of the stream that was asked for last. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
    call kaigo_scan_report(scan: handle kaigo_scan, flags: val u32, report: new kaigo_report) {
        let found = scan.found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let found = found.lock().unwrap_or_else(PoisonError::into_inner).clone();
        report.give(Findings::new(found, flags)?)
    }
}
