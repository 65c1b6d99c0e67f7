//! What real senders do against the standard: an error, or a warning to whoever tolerates it, and the same
//! records to both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Csv, UNITS, all_samples, options, read, sample, texts, utf8};
use kaigo_core::exchange::{Unit, check_file};
use kaigo_core::record::FileKind;
use kaigo_core::report::{Code, Report, Strictness};

fn assert_habit(code: Code, kind: FileKind, clean: &[u8], habit: &[u8]) {
    let (expected, _) = read(kind, clean, Strictness::Strict);
    let (strict_rows, strict) = read(kind, habit, Strictness::Strict);
    let (tolerant_rows, tolerant) = read(kind, habit, Strictness::Tolerant);
    let name = format!("{} {}", kind.name(), code.name());
    assert!(strict.errors() > 0 && strict.warnings() == 0, "{name}: {strict:#?}");
    assert!(tolerant.errors() == 0 && tolerant.warnings() > 0, "{name}: {tolerant:#?}");
    let tells = |report: &Report| report.findings().iter().any(|finding| finding.code == code);
    assert!(tells(&strict) && tells(&tolerant), "{name}: {strict:#?}");
    assert_eq!(strict_rows, expected, "{name}");
    assert_eq!(tolerant_rows, expected, "{name}");
}

/// The records with other line ends; the breaks within texts stay.
fn with_line_end(bytes: &[u8], end: &[u8]) -> Vec<u8> {
    let csv = Csv::of(bytes);
    let mut out = Vec::new();
    for row in 1..=csv.rows.len() {
        let row = csv.row_bytes(row);
        out.extend_from_slice(&row[..row.len() - 2]);
        out.extend_from_slice(end);
    }
    out
}

fn heading(kind: FileKind, name: fn(&kaigo_core::record::FieldSpec) -> &'static str) -> Vec<u8> {
    let names: Vec<&str> = kind.layout().unwrap().fields.iter().map(name).collect();
    common::sjis(&(names.join(",") + "\r\n"))
}

#[test]
fn each_habit_is_told_and_changes_no_value() {
    for (kind, clean) in all_samples() {
        let habit = |code, bytes: Vec<u8>| assert_habit(code, kind, &clean, &bytes);
        habit(Code::CsvLineEnd, with_line_end(&clean, b"\n"));
        habit(Code::CsvLineEnd, with_line_end(&clean, b"\r"));
        habit(Code::CsvLastLineEnd, clean[..clean.len() - 2].to_vec());
        habit(Code::CsvBlankLine, [&clean[..], b"\r\n\r\n"].concat());
        habit(Code::CsvBlankLine, [b"\r\n", &clean[..]].concat());
        habit(Code::CsvHeaderRow, [heading(kind, |field| field.name_ja), clean.clone()].concat());
        habit(Code::CsvHeaderRow, [heading(kind, |field| field.name), clean.clone()].concat());
        habit(Code::CsvBom, [b"\xEF\xBB\xBF", &utf8(&clean)[..]].concat());
        if !clean.is_ascii() {
            habit(Code::CsvUtf8, utf8(&clean));
        }
        let all = with_line_end(&[heading(kind, |field| field.name_ja), clean.clone()].concat(), b"\n");
        habit(Code::CsvHeaderRow, [b"\xEF\xBB\xBF", &utf8(&all[..all.len() - 1])[..]].concat());
    }
}

#[test]
fn old_and_lower_case_names_change_no_value() {
    for unit in UNITS {
        for (code, rename) in [
            (Code::FileNameCase, (|name| name.replace(".CSV", ".csv")) as fn(&str) -> String),
            (Code::FileNameCase, |name| name.to_ascii_lowercase()),
            (Code::FileNameOld, |name| {
                let parts: Vec<&str> = name.split('_').filter(|part| part.len() != 2).collect();
                parts.join("_")
            }),
            (Code::FileNameOld, |name| {
                let parts: Vec<String> = name
                    .split('_')
                    .map(|part| if part.len() == 2 { format!("{part}1") } else { part.to_owned() })
                    .collect();
                parts.join("_")
            }),
        ] {
            for (name, bytes) in sample(unit) {
                let clean = check_file(&name, &bytes, &options(Strictness::Strict));
                for strictness in [Strictness::Strict, Strictness::Tolerant] {
                    let file = check_file(&rename(&name), &bytes, &options(strictness));
                    assert_eq!(texts(file.records.as_ref().unwrap()), texts(clean.records.as_ref().unwrap()));
                    let codes: Vec<Code> = file.report.findings().iter().map(|f| f.code).collect();
                    assert_eq!(codes, [code], "{name}");
                    assert_eq!(file.report.errors() == 0, strictness == Strictness::Tolerant, "{name}");
                }
            }
            let files = sample(unit).into_iter().map(|(name, bytes)| (rename(&name), bytes));
            let renamed = Unit::new(files).unwrap();
            assert_eq!(renamed.kind(), Unit::new(sample(unit)).unwrap().kind());
            let report = renamed.check(&options(Strictness::Tolerant));
            assert_eq!(report.errors(), 0, "{report:#?}");
        }
    }
}

#[test]
fn quotes_everywhere_or_nowhere_read_the_same() {
    for (kind, clean) in all_samples() {
        let (expected, _) = read(kind, &clean, Strictness::Strict);
        let changed = |change: fn(&mut Vec<u8>)| {
            let mut csv = Csv::of(&clean);
            csv.rows.iter_mut().flatten().for_each(change);
            csv.bytes()
        };
        let quote: fn(&mut Vec<u8>) = |field| {
            if field.first() != Some(&b'"') {
                *field = [b"\"", &field[..], b"\""].concat();
            }
        };
        let quote_blank: fn(&mut Vec<u8>) = |field| {
            if field.is_empty() {
                *field = b"\"\"".to_vec();
            }
        };
        let unquote: fn(&mut Vec<u8>) = |field| {
            if let [b'"', inner @ .., b'"'] = &field[..]
                && !inner.iter().any(|byte| matches!(byte, b'"' | b',' | b'\r' | b'\n'))
            {
                *field = inner.to_vec();
            }
        };
        for change in [quote, quote_blank, unquote] {
            let (rows, report) = read(kind, &changed(change), Strictness::Strict);
            assert_eq!(rows, expected, "{}", kind.name());
            assert_eq!(report.errors(), 0, "{report:#?}");
        }
        let (_, report) = read(kind, &changed(quote), Strictness::Strict);
        let quoted = report.findings().iter().filter(|f| f.code == Code::CsvQuotedCode).count();
        assert_eq!(quoted, 1, "a habit is told once a file: {report:#?}");
    }
}

#[test]
fn half_width_kana_are_not_taken_for_utf8() {
    // Each pair is a two-byte character of UTF-8, too.
    let row = b"202407,376608,6685370090,20260620,\"\xC3\xB1\",\"\xD0\xB2 \xDF\xBF\",\r\n";
    assert!(std::str::from_utf8(row).is_ok());
    let (rows, report) = read(FileKind::DailySchedule, row, Strictness::Strict);
    assert!(report.is_empty(), "{report:#?}");
    assert_eq!(rows[0][4..6], ["ﾃｱ", "ﾐｲ ﾟｿ"]);
}

#[test]
fn utf8_is_told_where_the_look_at_the_start_ends_within_a_character() {
    let row = format!("202407,376608,6685370090,20260620,\"{}\",,\r\n", "あ".repeat(30_000));
    for shift in 0..3 {
        let bytes = format!(
            "{}{row}",
            "202407,376608,6685370090,20260620,\"xxx\",,\r\n".replace("xxx", &"x".repeat(shift + 1))
        );
        let (rows, report) = read(FileKind::DailySchedule, bytes.as_bytes(), Strictness::Tolerant);
        assert_eq!(report.errors(), 0, "{report:#?}");
        assert_eq!(rows[1][4].chars().count(), 30_000);
    }
}

#[test]
fn a_record_of_wrong_numbers_is_not_taken_for_a_heading() {
    for row in ["x,376608,6685370090,20260304\r\n", "２０２４０７,３７６６０８,6685370090,20260304\r\n"]
    {
        for bytes in [common::sjis(row), row.as_bytes().to_vec()] {
            let (rows, report) = read(FileKind::DeleteCarePlan, &bytes, Strictness::Strict);
            assert_eq!((rows.len(), report.errors() > 0), (1, true), "{row}");
        }
    }
}
