//! What the tests share: the samples of another writer, and a plain way to change one field of a file.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod rows;

use std::path::{Path, PathBuf};

use kaigo_core::exchange::{CheckOptions, SourceFile, gather};
use kaigo_core::format::csv::{self, ReadOptions};
use kaigo_core::record::{AnyRecord, FileKind, Records};
use kaigo_core::report::{Report, Strictness};

/// Names and bytes of files.
pub type Files = Vec<(String, Vec<u8>)>;

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1")
}

/// The folders of the samples, one unit each.
pub const UNITS: [&str; 8] =
    ["plan", "monthly", "actuals", "basic", "prevention", "delete_plan", "delete_slip", "delete_actuals"];

/// The files of one sample unit, in the order of their names.
pub fn sample(unit: &str) -> Files {
    let mut files: Files = std::fs::read_dir(fixtures().join(unit))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// The kind that a name's first part says.
pub fn kind_of(name: &str) -> FileKind {
    FileKind::ALL
        .iter()
        .copied()
        .filter(|kind| name.starts_with(&format!("{}_", kind.name())))
        .max_by_key(|kind| kind.name().len())
        .unwrap()
}

/// The one file of that kind.
pub fn file_mut(files: &mut Files, kind: FileKind) -> &mut (String, Vec<u8>) {
    files.iter_mut().find(|(name, _)| kind_of(name) == kind).unwrap()
}

pub fn bytes_of(files: &Files, kind: FileKind) -> &[u8] {
    &files.iter().find(|(name, _)| kind_of(name) == kind).unwrap().1
}

/// All sample files with their kinds.
pub fn all_samples() -> Vec<(FileKind, Vec<u8>)> {
    let samples: Vec<_> =
        UNITS.iter().flat_map(|unit| sample(unit)).map(|(name, bytes)| (kind_of(&name), bytes)).collect();
    assert_eq!(samples.len(), 16);
    samples
}

/// Text in MS932.
pub fn sjis(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

/// The file in UTF-8.
pub fn utf8(bytes: &[u8]) -> Vec<u8> {
    let (text, damaged) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
    assert!(!damaged);
    text.into_owned().into_bytes()
}

/// A well-formed file, split without the code under test: fields keep the quotes around them.
#[derive(Clone)]
pub struct Csv {
    pub rows: Vec<Vec<Vec<u8>>>,
}

impl Csv {
    pub fn of(bytes: &[u8]) -> Self {
        let (mut rows, mut row, mut field, mut quoted) = (vec![], vec![], vec![], false);
        for byte in bytes {
            match byte {
                b',' if !quoted => row.push(std::mem::take(&mut field)),
                b'\r' if !quoted => {}
                b'\n' if !quoted => {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                _ => {
                    quoted ^= *byte == b'"';
                    field.push(*byte);
                }
            }
        }
        assert!(row.is_empty() && field.is_empty(), "the file does not end with a line end");
        Self { rows }
    }

    /// Sets the field, both counted from 1, to what the file shall say: with its quotes.
    pub fn set(&mut self, row: usize, no: usize, raw: impl AsRef<[u8]>) -> &mut Self {
        self.rows[row - 1][no - 1] = raw.as_ref().to_vec();
        self
    }

    pub fn row_bytes(&self, row: usize) -> Vec<u8> {
        let mut bytes = self.rows[row - 1].join(&b','.to_owned());
        bytes.extend_from_slice(b"\r\n");
        bytes
    }

    pub fn bytes(&self) -> Vec<u8> {
        (1..=self.rows.len()).flat_map(|row| self.row_bytes(row)).collect()
    }

    /// Where the row begins.
    pub fn row_offset(&self, row: usize) -> u64 {
        (1..row).map(|row| self.row_bytes(row).len() as u64).sum()
    }

    /// Where the content of the field begins, behind its quote.
    pub fn field_offset(&self, row: usize, no: usize) -> u64 {
        let fields = &self.rows[row - 1];
        let before: usize = fields[..no - 1].iter().map(|field| field.len() + 1).sum();
        self.row_offset(row) + before as u64 + u64::from(fields[no - 1].first() == Some(&b'"'))
    }

    /// The content of a field without quotes.
    pub fn content(&self, row: usize, no: usize) -> Vec<u8> {
        let raw = &self.rows[row - 1][no - 1];
        match raw.strip_prefix(b"\"").and_then(|raw| raw.strip_suffix(b"\"")) {
            Some(inner) => undouble(inner),
            None => raw.clone(),
        }
    }
}

fn undouble(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let mut skip = false;
    for byte in bytes {
        if *byte == b'"' && skip {
            skip = false;
            continue;
        }
        skip = *byte == b'"';
        out.push(*byte);
    }
    out
}

/// Changes the file of that kind.
pub fn edit(mut files: Files, kind: FileKind, change: impl FnOnce(&mut Csv)) -> Files {
    let (_, bytes) = file_mut(&mut files, kind);
    let mut csv = Csv::of(bytes);
    change(&mut csv);
    *bytes = csv.bytes();
    files
}

pub fn options(strictness: Strictness) -> CheckOptions {
    CheckOptions { strictness, ..CheckOptions::default() }
}

pub fn source(files: &Files) -> Vec<SourceFile> {
    files
        .iter()
        .map(|(name, bytes)| SourceFile { folder: PathBuf::new(), name: name.clone(), bytes: bytes.clone() })
        .collect()
}

/// Gathers the files and checks every unit that comes of them.
pub fn check(files: &Files, strictness: Strictness) -> Report {
    let options = options(strictness);
    let gathered = gather(source(files), &options);
    let mut report = gathered.report;
    for unit in &gathered.units {
        report.extend(unit.check(&options));
    }
    report
}

/// The rows of a file as their fields say them.
pub fn texts(records: &Records<'_>) -> Vec<Vec<String>> {
    records.iter().map(row_texts).collect()
}

pub fn row_texts(record: &dyn AnyRecord) -> Vec<String> {
    let fields = record.layout().fields;
    fields.iter().map(|field| record.value(field.no.into()).unwrap().to_text()).collect()
}

/// The records and findings of a file.
pub fn read(kind: FileKind, bytes: &[u8], strictness: Strictness) -> (Vec<Vec<String>>, Report) {
    let options = ReadOptions { strictness, ..ReadOptions::new(kind) };
    let (records, report) = csv::read(bytes, &options).unwrap();
    (texts(&records), report)
}
