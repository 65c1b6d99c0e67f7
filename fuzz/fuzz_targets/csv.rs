//! Whatever the bytes: memory and stream read the same, no row is lost, every finding stands in the file, and what
//! was read can be written and read again, as CSV and as JSON.
//!
//! The first byte picks the kind and the options, the second the size of the pieces in which the stream comes.
#![no_main]

use std::io::Read;

use kaigo_core::format::csv::{self, ReadOptions, Reader, StreamReader, WriteOptions};
use kaigo_core::format::json;
use kaigo_core::record::*;
use kaigo_core::report::{Code, Report};
use kaigo_core::text::Encoding;
use libfuzzer_sys::fuzz_target;

/// A stream that comes in pieces.
struct Pieces<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = self.size.min(buffer.len());
        self.bytes.read(&mut buffer[..size])
    }
}

/// Reads with both readers: a record that a stream lends is no type parameter, so each kind stands here.
macro_rules! read_both {
    ($options:ident, $bytes:ident, $size:ident: $($kind:ident $record:ident),*) => {
        match $options.kind {
            $( FileKind::$kind => {
                let mut reader = Reader::<$record<'_>>::new($bytes, &$options);
                let records: Vec<_> = reader.by_ref().collect();
                assert_eq!(reader.row(), records.len() as u64);
                let memory = (Records::$kind(records), reader.finish());

                let mut reader = StreamReader::new(Pieces { bytes: $bytes, size: $size }, &$options);
                let mut records = Vec::new();
                while let Some(record) = reader.next::<$record<'_>>().expect("memory can be read") {
                    records.push(record.into_owned());
                }
                assert_eq!(reader.row(), records.len() as u64);
                (memory, (Records::$kind(records), reader.finish()))
            } )*
            FileKind::FamilyImage => return,
        }
    };
}

/// What of the findings must not depend on the reader.
fn places(report: &Report) -> Vec<(Code, Option<u64>, Option<u64>, Option<u16>)> {
    let place = |finding: &kaigo_core::report::Finding| {
        (finding.code, finding.place.row, finding.place.byte, finding.place.field.map(|field| field.no))
    };
    report.findings().iter().map(place).collect()
}

fuzz_target!(|data: &[u8]| {
    let [pick, size, bytes @ ..] = data else { return };
    let Some(kind) = FileKind::ALL.get(usize::from(pick & 0x1F)) else { return };
    let mut options = ReadOptions::new(*kind);
    if pick & 0x20 != 0 {
        options = options.tolerant();
    }
    options.check = pick & 0x40 == 0;
    let size = 1 + usize::from(*size);

    let ((records, report), (streamed, stream_report)) = read_both!(options, bytes, size:
        CarePlan1 CarePlanSheet1, CarePlan2 CarePlanSheet2, CarePlan3 CarePlanSheet3, Supplement ClientSupplement,
        SlipPlan ServiceSlip, SlipActuals ServiceSlip, SlipAnnex ServiceSlipAnnex,
        BasicInformation BasicInformation, DailySchedule DailySchedule, MedicalHistory MedicalHistory,
        PreventionPlan PreventionPlan, PreventionSupport PreventionSupport,
        DeleteCarePlan CarePlanDeletion, DeleteSlipPlan ServiceSlipDeletion, DeleteSlipActuals ActualsDeletion,
        DeleteBasicInformation BasicInformationDeletion, DeletePreventionPlan PreventionPlanDeletion
    );
    assert!(streamed == records, "memory and stream read other records");
    assert_eq!(places(&report), places(&stream_report), "memory and stream find something else");
    for finding in report.findings() {
        assert!(finding.place.byte.is_none_or(|byte| byte <= bytes.len() as u64), "{finding}");
        assert!(finding.place.row.is_none_or(|row| row <= records.len() as u64), "{finding}");
    }

    // Written in the encoding of the file, every byte of a text stays as it is.
    let found = |report: &Report, code| report.findings().iter().any(|finding| finding.code == code);
    let utf8 = found(&report, Code::CsvUtf8);
    let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Ms932 };
    let write_options = WriteOptions { encoding, ..WriteOptions::default() };
    let write = |records: &Records<'_>| {
        let (mut written, report) = csv::write(*kind, records.iter(), &write_options).expect("bytes as they are");
        assert!(report.is_empty());
        if utf8 {
            written.splice(0..0, *b"\xEF\xBB\xBF");
        }
        written
    };
    let written = write(&records);
    let (again, report_again) = csv::read(&written, &options).expect("a kind with records");
    // The first row may now pass for a header, or what is left of broken bytes for UTF-8.
    if !found(&report_again, Code::CsvHeaderRow) && found(&report_again, Code::CsvUtf8) == utf8 {
        assert!(again == records, "other values when read again");
        assert!(write(&again) == written, "other bytes when written again");
        if report.errors() == 0 {
            for finding in report_again.findings() {
                assert!(found(&report, finding.code), "written into the file: {finding}");
            }
        }
    }

    let document = json::write(*kind, records.iter(), &json::WriteOptions::default());
    let (from_json, _) = json::read(&document, &json::ReadOptions::default()).expect("what json writes");
    assert!(from_json == records, "other values by way of JSON");
    assert!(write(&from_json) == written, "other bytes by way of JSON");
});
