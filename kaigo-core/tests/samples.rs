//! Files of another writer: read without a finding, written back byte for byte.
#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use kaigo_core::format::csv::{self, ReadOptions, StreamReader, WriteOptions};
use kaigo_core::record::ServiceSlip;

use common::all_samples;

#[test]
fn samples_read_without_a_finding_and_write_back_byte_for_byte() {
    for (kind, bytes) in all_samples() {
        let (records, report) =
            csv::read(&bytes, &ReadOptions::new(kind)).unwrap_or_else(|| panic!("an image"));
        assert!(report.is_empty(), "{}: {:#?}", kind.name(), report.findings());
        assert!(!records.is_empty());
        for records in [records.clone(), records.into_owned()] {
            let (written, report) =
                csv::write(kind, records.iter(), &WriteOptions::default()).unwrap_or_else(|e| panic!("{e}"));
            assert!(report.is_empty());
            assert_eq!(written, bytes, "{}", kind.name());
        }
    }
}

#[test]
fn a_stream_gives_what_memory_gives() {
    for (kind, bytes) in all_samples() {
        if kind.layout().map(|layout| layout.name) != Some("UPPLAN_UPJSK") {
            continue;
        }
        // One byte a read: every border falls everywhere once.
        let source = OneByte(&bytes);
        let mut reader = StreamReader::new(source, &ReadOptions::new(kind));
        let mut streamed = Vec::new();
        while let Some(slip) = reader.next::<ServiceSlip<'_>>().unwrap_or_else(|e| panic!("{e}")) {
            csv::write_record(&slip, &WriteOptions::default(), &mut streamed, |finding| panic!("{finding}"));
        }
        assert!(reader.finish().is_empty(), "{}", kind.name());
        assert_eq!(streamed, bytes);
    }
}

struct OneByte<'a>(&'a [u8]);

impl std::io::Read for OneByte<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (Some(slot), Some((first, rest))) = (buffer.first_mut(), self.0.split_first()) else {
            return Ok(0);
        };
        *slot = *first;
        self.0 = rest;
        Ok(1)
    }
}
