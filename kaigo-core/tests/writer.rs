//! What is written is read back, and what cannot be written is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Csv, all_samples, bytes_of, read, sample, texts};
use kaigo_core::ErrorKind;
use kaigo_core::format::csv::{self, LineEnd, Quoting, ReadOptions, WriteOptions};
use kaigo_core::record::{AnyRecord, CarePlanSheet1, CarePlanSheet2, FileKind};
use kaigo_core::report::{Code, Report, Strictness};
use kaigo_core::text::{Encoding, GaijiPolicy, Text};
use proptest::prelude::*;

fn every_way() -> Vec<WriteOptions> {
    let mut ways = Vec::new();
    for quoting in [Quoting::Canonical, Quoting::FreeText, Quoting::All, Quoting::Minimal] {
        for line_end in [LineEnd::CrLf, LineEnd::Lf] {
            for encoding in [Encoding::Ms932, Encoding::Utf8] {
                ways.push(WriteOptions { quoting, line_end, encoding, gaiji: GaijiPolicy::Reject });
            }
        }
    }
    ways
}

#[test]
fn every_way_of_writing_reads_back_to_the_same_values() {
    for (kind, bytes) in all_samples() {
        let (records, _) = csv::read(&bytes, &ReadOptions::new(kind)).unwrap();
        for way in every_way() {
            let (written, report) = csv::write(kind, records.iter(), &way).unwrap();
            assert!(report.is_empty(), "{way:?}: {report:#?}");
            let (again, report) = csv::read(&written, &ReadOptions::new(kind).tolerant()).unwrap();
            assert_eq!(again, records, "{} {way:?}", kind.name());
            assert_eq!(report.errors(), 0, "{way:?}: {report:#?}");
            // And back again to the canonical bytes.
            assert_eq!(csv::write(kind, again.iter(), &WriteOptions::default()).unwrap().0, bytes, "{way:?}");
        }
    }
}

#[test]
fn quotes_stand_where_they_were_asked_for() {
    let unit = sample("basic");
    let row = Csv::of(bytes_of(&unit, FileKind::DailySchedule)).row_bytes(3);
    let (records, _) = csv::read(&row, &ReadOptions::new(FileKind::DailySchedule)).unwrap();
    let written = |quoting| {
        let options = WriteOptions { quoting, ..WriteOptions::default() };
        let (bytes, _) = csv::write(FileKind::DailySchedule, records.iter(), &options).unwrap();
        String::from_utf8(common::utf8(&bytes)).unwrap()
    };
    assert_eq!(written(Quoting::Canonical), "202407,376608,6685370090,20260620,\"9:00\",\"掃除\",\r\n");
    assert_eq!(written(Quoting::FreeText), "202407,376608,6685370090,20260620,\"9:00\",\"掃除\",\"\"\r\n");
    let all = "\"202407\",\"376608\",\"6685370090\",\"20260620\",\"9:00\",\"掃除\",\"\"\r\n";
    assert_eq!(written(Quoting::All), all);
    assert_eq!(written(Quoting::Minimal), "202407,376608,6685370090,20260620,9:00,掃除,\r\n");
}

/// Two records with characters that MS932 does not have: one with a variant, one left out, one without.
fn sheets() -> Vec<CarePlanSheet2<'static>> {
    let need = |need: &'static str| CarePlanSheet2 { need: Text::from(need), ..CarePlanSheet2::default() };
    let mut second = need("葛\u{E0100}城");
    second.service_content = Text::from("\u{1F600}を見る");
    vec![need("𠮷田〜"), second]
}

fn written(policy: GaijiPolicy) -> kaigo_core::Result<(Vec<u8>, Report)> {
    let sheets = sheets();
    let records = sheets.iter().map(|sheet| sheet as &dyn AnyRecord);
    csv::write(FileKind::CarePlan2, records, &WriteOptions { gaiji: policy, ..WriteOptions::default() })
}

fn places(report: &Report) -> Vec<(Code, u64, u16)> {
    let findings = report.findings().iter();
    findings.map(|f| (f.code, f.place.row.unwrap(), f.place.field.unwrap().no)).collect()
}

#[test]
fn a_character_that_cannot_be_written_stops_everything_and_is_told_with_its_place() {
    for (policy, places_of_errors) in [
        (GaijiPolicy::Reject, vec![(1, 7), (1, 7), (2, 7), (2, 14)]),
        (GaijiPolicy::MapVariants, vec![(2, 14)]),
    ] {
        let error = written(policy).unwrap_err();
        let ErrorKind::Unwritable { report } = error.kind() else { panic!("{error}") };
        let errors: Vec<(u64, u16)> = places(report)
            .into_iter()
            .filter(|(code, ..)| *code == Code::TextOutsideMs932)
            .map(|(_, row, no)| (row, no))
            .collect();
        assert_eq!(errors, places_of_errors, "{policy:?}");
    }
}

#[test]
fn every_change_is_told_with_its_place() {
    let (bytes, report) = written(GaijiPolicy::Substitute).unwrap();
    assert_eq!(
        places(&report),
        [
            (Code::TextVariantWritten, 1, 7),
            (Code::TextVariantWritten, 1, 7),
            (Code::TextVariantWritten, 2, 7),
            (Code::TextSubstituted, 2, 14),
        ]
    );
    assert_eq!(report.errors(), 0);
    let (rows, _) = read(FileKind::CarePlan2, &bytes, Strictness::Strict);
    assert_eq!((rows[0][6].as_str(), rows[1][6].as_str()), ("吉田～", "葛城"));
    assert_eq!(rows[1][13], "〓を見る");
}

#[test]
fn utf8_holds_every_character() {
    let sheets = sheets();
    let options = WriteOptions { encoding: Encoding::Utf8, ..WriteOptions::default() };
    let records = sheets.iter().map(|sheet| sheet as &dyn AnyRecord);
    let (bytes, report) = csv::write(FileKind::CarePlan2, records, &options).unwrap();
    assert!(report.is_empty());
    let (records, report) = csv::read(&bytes, &ReadOptions::new(FileKind::CarePlan2)).unwrap();
    assert_eq!(texts(&records)[0][6], "𠮷田〜");
    assert!(report.findings().iter().any(|finding| finding.code == Code::TextOutsideMs932));
    // The way to Shift_JIS stays closed.
    assert!(csv::write(FileKind::CarePlan2, records.iter(), &WriteOptions::default()).is_err());
}

#[test]
fn codes_that_windows_does_not_write_are_written_back_as_they_were_read() {
    let unit = sample("basic");
    for (bytes, code) in [
        (&b"\xED\x40\xEE\xFC"[..], Code::TextAlternateCode),
        (b"\x87\x90\x81\xE0", Code::TextAlternateCode),
        (b"\xF0\x40\xF9\xFC", Code::TextUserDefined),
        (b"\x81\xFFx\x80", Code::TextInvalid),
        (b"a\x07b\"\"c", Code::TextControl),
    ] {
        let mut csv = Csv::of(bytes_of(&unit, FileKind::DailySchedule));
        csv.set(2, 6, [b"\"", bytes, b"\""].concat());
        let file = csv.bytes();
        let (records, report) = csv::read(&file, &ReadOptions::new(FileKind::DailySchedule)).unwrap();
        assert_eq!(report.findings()[0].code, code);
        for records in [records.clone(), records.into_owned()] {
            let (written, _) =
                csv::write(FileKind::DailySchedule, records.iter(), &WriteOptions::default()).unwrap();
            assert_eq!(written, file);
        }
    }
}

#[test]
fn values_that_do_not_conform_are_written_back_as_they_were_read() {
    let file = b"20240X,\"37,608\",668537009,\"2026\"\"\",\r\n".strip_suffix(b",\r\n").unwrap();
    let file = [file, b"\r\n"].concat();
    let (records, report) = csv::read(&file, &ReadOptions::new(FileKind::DeleteCarePlan)).unwrap();
    assert!(report.errors() > 0);
    let (written, _) =
        csv::write(FileKind::DeleteCarePlan, records.iter(), &WriteOptions::default()).unwrap();
    assert_eq!(written, file);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_back(name in "[山ソ表ｱﾞa \",\r\n\t①髙～]{0,12}", address in "[能\",\r\n]{0,6}") {
        let sheet = CarePlanSheet1 {
            plan_office_name: Text::from("見本"),
            planner_name: Text::from(name.as_str()),
            user_address1: Text::from(address.as_str()),
            ..CarePlanSheet1::default()
        };
        for way in every_way() {
            let (bytes, _) = csv::write(FileKind::CarePlan1, [&sheet as &dyn AnyRecord; 2], &way).unwrap();
            let (rows, report) = read(FileKind::CarePlan1, &bytes, Strictness::Tolerant);
            prop_assert_eq!(rows.len(), 2, "{:?}: {:?}", way, report);
            for row in rows {
                prop_assert_eq!(&row[7], &name, "{:?}", way);
                prop_assert_eq!(&row[5], &address, "{:?}", way);
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_written_file_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let (plain, ours) = (dir.path().join("plain"), dir.path().join("ours"));
    std::fs::write(&plain, b"x").unwrap();
    kaigo_core::exchange::write_atomically(&ours, b"x").unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&ours), mode(&plain));
}

#[test]
fn a_value_printed_for_debugging_shows_no_number_of_a_person() {
    use kaigo_core::record::{AnyRecord, CarePlanDeletion, Record};

    let mut deletion = CarePlanDeletion::default();
    assert!(deletion.set(3, "1234567890".into()));
    assert!(!format!("{deletion:?} {:?}", deletion.value(3)).contains("1234567890"));
}
