//! Damaged files: what is whole in them is read, places are right, and nothing panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::io::Read;

use common::{Csv, all_samples, bytes_of, read, row_texts, sample, sjis};
use kaigo_core::exchange::{CheckOptions, FileName, check_file};
use kaigo_core::format::csv::{ReadOptions, StreamReader};
use kaigo_core::record::*;
use kaigo_core::report::{Code, Lang, Masking, Report, Strictness};
use proptest::prelude::*;

type Rows = Vec<Vec<String>>;

/// Gives the bytes in pieces of changing sizes.
struct Pieces<'b> {
    bytes: &'b [u8],
    sizes: std::iter::Cycle<std::slice::Iter<'b, usize>>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = self.sizes.next().copied().unwrap_or(1).min(self.bytes.len()).min(buffer.len());
        let (piece, rest) = self.bytes.split_at(size);
        buffer[..size].copy_from_slice(piece);
        self.bytes = rest;
        Ok(size)
    }
}

fn stream(kind: FileKind, bytes: &[u8], sizes: &[usize]) -> (Rows, Report) {
    let source = Pieces { bytes, sizes: sizes.iter().cycle() };
    let mut reader = StreamReader::new(source, &ReadOptions::new(kind));
    let mut rows = Vec::new();
    macro_rules! read_as {
        ($record:ident) => {
            while let Some(record) = reader.next::<$record<'_>>().unwrap() {
                rows.push(row_texts(&record));
            }
        };
    }
    match kind {
        FileKind::CarePlan1 => read_as!(CarePlanSheet1),
        FileKind::CarePlan2 => read_as!(CarePlanSheet2),
        FileKind::CarePlan3 => read_as!(CarePlanSheet3),
        FileKind::Supplement => read_as!(ClientSupplement),
        FileKind::SlipPlan | FileKind::SlipActuals => read_as!(ServiceSlip),
        FileKind::SlipAnnex => read_as!(ServiceSlipAnnex),
        FileKind::BasicInformation => read_as!(BasicInformation),
        FileKind::DailySchedule => read_as!(DailySchedule),
        FileKind::MedicalHistory => read_as!(MedicalHistory),
        FileKind::PreventionPlan => read_as!(PreventionPlan),
        FileKind::PreventionSupport => read_as!(PreventionSupport),
        FileKind::DeleteCarePlan => read_as!(CarePlanDeletion),
        FileKind::DeleteSlipPlan => read_as!(ServiceSlipDeletion),
        FileKind::DeleteSlipActuals => read_as!(ActualsDeletion),
        FileKind::DeleteBasicInformation => read_as!(BasicInformationDeletion),
        FileKind::DeletePreventionPlan => read_as!(PreventionPlanDeletion),
        FileKind::FamilyImage => {}
    }
    (rows, reader.finish())
}

fn lines(report: &Report) -> Vec<String> {
    report.findings().iter().map(|finding| finding.line(Lang::English, Masking::Shown)).collect()
}

fn assert_stream_agrees(kind: FileKind, bytes: &[u8], sizes: &[usize]) {
    let (rows, report) = read(kind, bytes, Strictness::Strict);
    let (streamed, stream_report) = stream(kind, bytes, sizes);
    assert_eq!(streamed, rows);
    assert_eq!(lines(&stream_report), lines(&report));
}

fn codes(report: &Report) -> Vec<Code> {
    report.findings().iter().map(|finding| finding.code).collect()
}

/// The samples with more than two records.
fn long_samples() -> Vec<(FileKind, Csv)> {
    let csvs = all_samples().into_iter().map(|(kind, bytes)| (kind, Csv::of(&bytes)));
    csvs.filter(|(_, csv)| csv.rows.len() > 2).collect()
}

/// Damages the second record; the others must be read as ever.
fn assert_others_survive(name: &str, damage: impl Fn(&[u8]) -> Option<Vec<u8>>) {
    let mut tried = 0;
    for (kind, csv) in long_samples() {
        let (expected, _) = read(kind, &csv.bytes(), Strictness::Strict);
        let whole = csv.row_bytes(2);
        let Some(damaged) = damage(&whole[..whole.len() - 2]) else { continue };
        let bytes: Vec<u8> = (1..=csv.rows.len())
            .flat_map(|row| if row == 2 { [&damaged[..], b"\r\n"].concat() } else { csv.row_bytes(row) })
            .collect();
        let (rows, report) = read(kind, &bytes, Strictness::Strict);
        let name = format!("{name} in {}", kind.name());
        assert!(report.errors() + report.warnings() > 0, "{name} is not told");
        assert_eq!(rows.len(), expected.len(), "{name}: {report:#?}");
        for (index, row) in rows.iter().enumerate().filter(|(index, _)| *index != 1) {
            assert_eq!(*row, expected[index], "{name}: record {}", index + 1);
        }
        for finding in report.findings() {
            // What is wrong stands in the damaged record.
            let byte = finding.place.byte.unwrap();
            assert_eq!(finding.place.row, Some(2), "{name}: {finding}");
            let range = csv.row_offset(2)..=csv.row_offset(2) + damaged.len() as u64;
            assert!(range.contains(&byte), "{name}: {finding}");
        }
        assert_stream_agrees(kind, &bytes, &[1, 7, 64, 3]);
        tried += 1;
    }
    assert!(tried > 3, "{name}");
}

fn field_quotes(row: &[u8]) -> Vec<usize> {
    (0..row.len()).filter(|&at| row[at] == b'"').collect()
}

#[test]
fn damage_within_a_record_leaves_the_others_alone() {
    assert_others_survive("a quote that is not closed", |row| {
        let last = *field_quotes(row).last()?;
        Some([&row[..last], &row[last + 1..]].concat())
    });
    assert_others_survive("a quote that is not opened", |row| {
        let first = *field_quotes(row).first()?;
        Some([&row[..first], &row[first + 1..]].concat())
    });
    assert_others_survive("a quote within a text", |row| {
        let first = *field_quotes(row).first()?;
        Some([&row[..first + 1], b"x\"y", &row[first + 1..]].concat())
    });
    assert_others_survive("a lone quote behind all", |row| Some([row, b",\""].concat()));
    assert_others_survive("a column too many", |row| Some([row, b",x"].concat()));
    assert_others_survive("many columns too many", |row| Some([row, &b",".repeat(300)[..]].concat()));
    assert_others_survive("half the columns", |row| Some(row[..22].to_vec()));
    assert_others_survive("one column", |_| Some(b"x".to_vec()));
    assert_others_survive("NUL bytes", |row| Some([&row[..3], b"\0\0", &row[5..]].concat()));
    assert_others_survive("a lead byte in front of a comma", |row| {
        let comma = row.iter().position(|byte| *byte == b',')?;
        Some([&row[..comma], b"\x81", &row[comma..]].concat())
    });
    assert_others_survive("a lead byte in front of a quote", |row| {
        let quote = *field_quotes(row).get(1)?;
        Some([&row[..quote], b"\x81", &row[quote..]].concat())
    });
    assert_others_survive("a lead byte in front of the line end", |row| Some([row, b"\x81"].concat()));
    assert_others_survive("bytes that begin no character", |row| {
        Some([&row[..2], b"\x80\xA0\xFD\xFE\xFF", &row[4..]].concat())
    });
}

#[test]
fn a_quote_that_is_not_closed_swallows_no_record_of_a_sender_who_quotes_all() {
    for (kind, csv) in long_samples() {
        let mut quoted = csv.clone();
        for field in quoted.rows.iter_mut().flatten() {
            if field.first() != Some(&b'"') {
                *field = [b"\"", &field[..], b"\""].concat();
            }
        }
        let (expected, _) = read(kind, &csv.bytes(), Strictness::Strict);
        let last = quoted.rows[1].last_mut().unwrap();
        last.pop();
        let (rows, report) = read(kind, &quoted.bytes(), Strictness::Strict);
        assert_eq!(rows.len(), expected.len(), "{}: {report:#?}", kind.name());
        assert_eq!(rows[2..], expected[2..], "{}", kind.name());
        assert!(codes(&report).contains(&Code::CsvUnclosedQuote), "{}: {report:#?}", kind.name());
    }
}

#[test]
fn every_record_may_leave_a_quote_open() {
    let row = b"202407,376608,6685370090,20260620,,,\"open\r\n";
    let whole = &b"202407,376608,6685370090,20260620,,,\r\n"[..];
    let bytes = [&row.repeat(5_000)[..], whole].concat();
    let (rows, report) = read(FileKind::DailySchedule, &bytes, Strictness::Strict);
    assert_eq!(rows.len(), 5_001);
    assert!(rows[..5_000].iter().all(|row| row[6] == "open"));
    assert_eq!(codes(&report), vec![Code::CsvUnclosedQuote; 5_000]);
    assert_eq!(report.findings()[1].place.byte, Some(row.len() as u64 + 37));
}

#[test]
fn places_behind_a_damaged_record_are_right() {
    let unit = sample("basic");
    let mut csv = Csv::of(bytes_of(&unit, FileKind::DailySchedule));
    csv.set(3, 6, sjis("\"掃除")).set(4, 4, "20260631");
    let (_, report) = read(FileKind::DailySchedule, &csv.bytes(), Strictness::Strict);
    let date = report.findings().iter().find(|finding| finding.code == Code::FieldDate).unwrap();
    assert_eq!(date.place.row, Some(4));
    assert_eq!(date.place.byte, Some(csv.field_offset(4, 4)));
}

#[test]
fn places_count_the_byte_order_mark_and_what_is_no_record() {
    let head = b"\xEF\xBB\xBF\r\nversion,insurer,insured,date\r\n";
    let bytes = [&head[..], b"202407,376608,6685370090,20260631\r\n"].concat();
    let (rows, report) = read(FileKind::DeleteCarePlan, &bytes, Strictness::Tolerant);
    assert_eq!(rows.len(), 1);
    let date = report.findings().iter().find(|finding| finding.code == Code::FieldDate).unwrap();
    assert_eq!((date.place.row, date.place.byte), (Some(1), Some(head.len() as u64 + 25)));
}

#[test]
fn the_last_record_may_be_cut_off_anywhere() {
    for (kind, csv) in long_samples() {
        let bytes = csv.bytes();
        let last = csv.rows.len();
        let (expected, _) = read(kind, &bytes, Strictness::Strict);
        for cut in (csv.row_offset(last) as usize + 1)..bytes.len() - 1 {
            let (rows, report) = read(kind, &bytes[..cut], Strictness::Tolerant);
            assert_eq!(rows.len(), last, "{}", kind.name());
            assert_eq!(rows[..last - 1], expected[..last - 1], "{}", kind.name());
            assert!(
                report.findings().iter().all(|finding| finding.place.row == Some(last as u64)),
                "{report:#?}"
            );
            let told = [Code::CsvTruncated, Code::CsvLastLineEnd, Code::CsvUnclosedQuote];
            assert!(codes(&report).iter().any(|code| told.contains(code)), "{report:#?}");
        }
    }
}

#[test]
fn files_without_a_record_say_so() {
    for bytes in [&b""[..], b"\xEF\xBB\xBF", b"\r\n", b"\r\n\r\n\n\r", b"version,insurer\r\n"] {
        let (rows, report) = read(FileKind::SlipPlan, bytes, Strictness::Strict);
        assert!(rows.is_empty());
        assert!(codes(&report).contains(&Code::CsvEmpty), "{report:#?}");
        assert_stream_agrees(FileKind::SlipPlan, bytes, &[1]);
    }
}

#[test]
fn a_record_that_is_too_long_leaves_the_others_alone() {
    let unit = sample("basic");
    let mut csv = Csv::of(bytes_of(&unit, FileKind::DailySchedule));
    let (expected, _) = read(FileKind::DailySchedule, &csv.bytes(), Strictness::Strict);
    csv.set(2, 7, [b"\"", &b"x".repeat(17 << 20)[..], b"\""].concat());
    let bytes = csv.bytes();
    let (rows, report) = read(FileKind::DailySchedule, &bytes, Strictness::Strict);
    assert_eq!(rows[0], expected[0]);
    assert_eq!(rows[rows.len() - 4..], expected[2..]);
    let long = report.findings().iter().find(|f| f.code == Code::CsvRecordTooLong).unwrap();
    assert_eq!((long.place.row, long.place.byte), (Some(2), Some(csv.row_offset(2))));
    let (streamed, stream_report) = stream(FileKind::DailySchedule, &bytes, &[1 << 20]);
    assert!(streamed == rows);
    assert_eq!(lines(&stream_report), lines(&report));
}

fn any_kind() -> impl Strategy<Value = FileKind> {
    prop::sample::select(
        FileKind::ALL.iter().copied().filter(|kind| kind.layout().is_some()).collect::<Vec<_>>(),
    )
}

/// Bytes that matter to a reader of CSV and of MS932, and any others.
fn any_byte() -> impl Strategy<Value = u8> {
    prop_oneof![prop::sample::select(b"\",\r\n\x81\xFC\x00\xEF".to_vec()), any::<u8>(),]
}

#[derive(Debug, Clone)]
enum Mutation {
    Delete(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
    Flip(prop::sample::Index, u8),
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let at = any::<prop::sample::Index>;
    prop::collection::vec(
        prop_oneof![
            (at(), 1..40_usize).prop_map(|(at, length)| Mutation::Delete(at, length)),
            (at(), prop::collection::vec(any_byte(), 1..8))
                .prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
            (at(), any_byte()).prop_map(|(at, byte)| Mutation::Flip(at, byte)),
        ],
        1..6,
    )
}

fn mutated(bytes: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for mutation in mutations {
        match mutation {
            Mutation::Delete(at, length) if !bytes.is_empty() => {
                let start = at.index(bytes.len());
                let end = (start + length).min(bytes.len());
                bytes.drain(start..end);
            }
            Mutation::Insert(at, new) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, new.iter().copied());
            }
            Mutation::Flip(at, byte) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            _ => {}
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(kind in any_kind(), bytes in prop::collection::vec(any_byte(), 0..400),
                          sizes in prop::collection::vec(1..50_usize, 1..4)) {
        assert_stream_agrees(kind, &bytes, &sizes);
    }

    #[test]
    fn samples_damaged_in_any_way_are_read(sample in any::<prop::sample::Index>(), mutations in mutations(),
                                           sizes in prop::collection::vec(1..900_usize, 1..4)) {
        let samples = all_samples();
        let (kind, bytes) = sample.get(&samples);
        let bytes = mutated(bytes, &mutations);
        assert_stream_agrees(*kind, &bytes, &sizes);
        let (_, report) = read(*kind, &bytes, Strictness::Strict);
        for finding in report.findings() {
            prop_assert!(finding.place.byte.is_some_and(|byte| byte <= bytes.len() as u64), "{}", finding);
        }
    }

    #[test]
    fn damage_inside_one_record_stays_there(sample in any::<prop::sample::Index>(),
                                            row in any::<prop::sample::Index>(), mutations in mutations()) {
        let samples = long_samples();
        let (kind, csv) = sample.get(&samples);
        let row = row.index(csv.rows.len());
        let (expected, _) = read(*kind, &csv.bytes(), Strictness::Strict);
        let bytes: Vec<u8> = (0..csv.rows.len()).flat_map(|index| {
            let whole = csv.row_bytes(index + 1);
            match index == row {
                true => [&mutated(&whole[..whole.len() - 2], &mutations)[..], b"\r\n"].concat(),
                false => whole,
            }
        }).collect();
        let (rows, report) = read(*kind, &bytes, Strictness::Strict);
        let after = expected.len() - row - 1;
        prop_assert!(rows.len() >= row + after, "{:?}", report);
        prop_assert_eq!(&rows[..row], &expected[..row]);
        prop_assert_eq!(&rows[rows.len() - after..], &expected[row + 1..]);
    }

    #[test]
    fn any_name_is_read_or_refused(name in "\\PC{0,80}", other in any::<String>()) {
        for name in [name, other] {
            let _ = FileName::parse_tolerant(&name);
            let _ = check_file(&name, b"202407,1\r\n", &CheckOptions::default());
        }
    }

    #[test]
    fn damaged_names_are_read_or_refused(mutations in mutations(), image in any::<bool>()) {
        let name = match image {
            true => "UPKIHON_IMAGE_1309975546_46_1373350030_A2_20260701090000_0001.jpg",
            false => "UPHOSOKU_202607_1371249069_43_1373350030_11_20260625093835.CSV",
        };
        let name = String::from_utf8_lossy(&mutated(name.as_bytes(), &mutations)).into_owned();
        if let Ok((parsed, _)) = FileName::parse_tolerant(&name) {
            prop_assert_eq!(FileName::parse_tolerant(&parsed.to_string()).map(|(again, _)| again), Ok(parsed));
        }
    }
}

/// However the rows are gone over, a code that is no character is found in every text field of every kind, at its
/// place, with the codes around it regular.
#[test]
fn a_code_that_is_no_character_is_found_in_every_text_field() {
    let mut fields = 0;
    for (kind, bytes) in all_samples() {
        let Some(layout) = kind.layout() else { continue };
        for field in layout.fields.iter().filter(|field| field.ty == Type::Text) {
            let texts = [(&b"\x82\xA0\x81\xAD\x82\xA0"[..], 2), (b"\x82\xA0\x82", 2), (b"a\x85\x40", 1)];
            for (text, at) in texts {
                let no = usize::from(field.no);
                let mut csv = Csv::of(&bytes);
                csv.set(1, no, [b"\"", text, b"\""].concat());
                let (rows, report) = read(kind, &csv.bytes(), Strictness::Strict);
                let found = report.findings().iter().find(|f| f.code == Code::TextInvalid);
                let place = &found.unwrap_or_else(|| panic!("{} {no}: {report:#?}", kind.name())).place;
                let at = csv.field_offset(1, no) + at;
                assert_eq!((place.row, place.byte), (Some(1), Some(at)), "{} {no}", kind.name());
                assert_eq!(rows.len(), csv.rows.len());
                fields += 1;
            }
        }
    }
    assert!(fields > 300, "{fields}");
}
