//! Records as columns: typed, and byte for byte the same file on the way back.
#![cfg(feature = "arrow")]
#![allow(clippy::unwrap_used)]

use kaigo_core::ErrorKind;
use kaigo_core::format::arrow::{self, Naming, Scan, ScanOptions, ScanReader, TableFault};
use kaigo_core::format::csv::{self, ReadOptions, WriteOptions};
use kaigo_core::record::FileKind;
use kaigo_core::report::Lang;

const ROW: &str = "202407,376608,1234567890,20260701,202607,1371249069,\"担当\",163,,20260701,,0900,0930,1,111111,,,,,1373350030,\"事業所\",,0,,\r\n";

fn there_and_back(kind: FileKind, bytes: &[u8], naming: Naming) -> Vec<u8> {
    let (records, _) = csv::read(bytes, &ReadOptions::new(kind)).unwrap();
    let batches = arrow::write(&records, naming, 2, 2);
    assert_eq!(batches.iter().map(|batch| batch.num_rows()).sum::<usize>(), records.len());
    let schema = arrow::schema(kind, naming, false).unwrap();
    let back = arrow::read(&schema, batches.into_iter().map(Ok), None).unwrap();
    csv::write(kind, back.iter(), &WriteOptions::default()).unwrap().0
}

#[test]
fn whatever_a_file_says_comes_back_byte_for_byte() {
    let rows: Vec<Vec<u8>> = [
        // Conforming, times not shown, values that do not conform, blanks.
        ROW.to_owned(),
        ROW.replace("0900,0930", "9999,9999"),
        ROW.replace(",163,", ",0163,").replace("20260701,202607", "20260732,202613"),
        ROW.replace(",163,", ",many,"),
        format!("{}\r\n", ",".repeat(24)),
    ]
    .iter()
    .map(|row| encoding_rs::SHIFT_JIS.encode(row).0.into_owned())
    .collect();
    let mut bytes = rows.concat();
    // A code that Windows only reads, a gaiji, a byte that is no character, doubled quotes.
    for text in [&b"\xED\x40"[..], b"\xF0\x40", b"\x81", b"a\"\"b", b"a\"\"\xED\x40"] {
        let mut row = format!("{}\"", ",".repeat(6)).into_bytes();
        row.extend_from_slice(text);
        row.extend_from_slice(format!("\"{}\r\n", ",".repeat(18)).as_bytes());
        bytes.extend(row);
    }
    for naming in [Naming::English, Naming::Official] {
        assert_eq!(there_and_back(FileKind::SlipPlan, &bytes, naming), bytes);
    }
}

#[test]
fn every_kind_has_a_column_a_field_under_both_names() {
    for kind in FileKind::ALL {
        let Some(layout) = kind.layout() else {
            assert!(arrow::schema(*kind, Naming::English, true).is_none());
            continue;
        };
        let english = arrow::schema(*kind, Naming::English, false).unwrap();
        let official = arrow::schema(*kind, Naming::Official, true).unwrap();
        assert_eq!(english.fields().len(), layout.fields.len() + 1);
        assert_eq!(official.fields().len(), layout.fields.len() + 3);
        let mut names: Vec<&String> = official.fields().iter().map(|field| field.name()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), official.fields().len(), "{kind:?} has a name twice");
    }
}

#[test]
fn several_threads_find_what_one_finds() {
    let line = encoding_rs::SHIFT_JIS.encode(ROW).0.into_owned();
    let rows = 6_000_000 / line.len();
    let damages: [fn(&mut Vec<u8>, usize); 4] = [
        |_, _| {},
        // A day that is none, a quote that is not closed, another version from here on.
        |bytes, at| bytes[at + 25..at + 33].copy_from_slice(b"20260732"),
        |bytes, at| drop(bytes.splice(at..at, *b"\"")),
        |bytes, at| {
            let line = bytes[at..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
            bytes[at..].chunks_mut(line).for_each(|row| row[..6].copy_from_slice(b"202208"));
        },
    ];
    let dir = tempfile::tempdir().unwrap();
    // In the middle, and where the second block of a file begins.
    let places = [rows / 2 * line.len(), (1 << 20) / line.len() * line.len() + line.len()];
    let cases = damages.iter().enumerate().flat_map(|case| places.map(|at| (case, at)));
    for ((number, damage), at) in cases {
        let mut bytes = line.repeat(rows);
        damage(&mut bytes, at);
        let path = dir.path().join("slips");
        std::fs::write(&path, &bytes).unwrap();
        let on = |threads, from_file: bool| {
            let options = ScanOptions { threads, source: false, ..ScanOptions::new(FileKind::SlipPlan) };
            let scanned = if from_file {
                Scan::new(vec![path.clone()], &options).next().unwrap().unwrap()
            } else {
                options.read("slips", &bytes).unwrap()
            };
            let findings: Vec<String> = scanned.report.findings().iter().map(|f| f.to_string()).collect();
            let schema = options.schema().unwrap();
            let records = arrow::read(&schema, scanned.batches.into_iter().map(Ok), None).unwrap();
            (findings, records)
        };
        let one = on(1, false);
        assert_eq!(one.0.is_empty(), number == 0, "{:?}", one.0.first());
        assert!(on(3, false) == one, "damage {number} at {at}");
        assert!(on(3, true) == one, "damage {number} at {at}, from a file");
    }
}

#[test]
fn a_file_that_is_not_there_is_told_in_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let name = "DLTPLAN_202607_1371249069_43_1373350030_11_20260625093735.CSV";
    std::fs::write(dir.path().join(name), b"202407,092015,1234567890,202607\r\n").unwrap();
    let paths = vec![dir.path().join(name), dir.path().join("nothing"), dir.path().join(name)];
    let options = ScanOptions::new(FileKind::DeleteSlipPlan);
    let rows: Vec<Option<usize>> = Scan::new(paths, &options)
        .map(|file| file.ok().map(|file| file.batches.iter().map(|batch| batch.num_rows()).sum()))
        .collect();
    assert_eq!(rows, [Some(1), None, Some(1)]);
    assert_eq!(arrow::files_below(&[dir.path().to_owned()], None).unwrap(), [dir.path().join(name)]);
    assert!(arrow::files_below(&[dir.path().to_owned()], Some(FileKind::SlipPlan)).unwrap().is_empty());
}

#[test]
fn a_path_with_a_zero_in_it_does_not_break_the_text_of_the_error() {
    let paths = vec!["no\0such.CSV".into()];
    let options = ScanOptions::new(FileKind::SlipPlan);
    let found = Default::default();
    let mut batches = ScanReader::new(paths, &options, found, Lang::English).unwrap();
    let error = batches.next().unwrap().unwrap_err().to_string();
    assert!(error.contains("no\u{FFFD}such.CSV") && !error.contains('\0'), "{error:?}");
}

#[test]
fn a_table_of_no_kind_is_refused() {
    let schema = arrow_schema::Schema::empty();
    let error = arrow::read(&schema, [], None).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Table(table) if table.fault == TableFault::Kind));
    assert_eq!(error.code(), "table.kind");
    assert!(kaigo_core::Error::codes().contains(&"table.value"));
}
