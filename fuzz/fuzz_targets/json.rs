//! A document that is read is written in one way, and that way reads as the same records.
#![no_main]

use kaigo_core::format::json::{ReadOptions, WriteOptions, read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok((records, report)) = read(data, &ReadOptions::default()) else { return };
    for finding in report.findings() {
        assert!(finding.place.row.is_none_or(|row| row <= records.len() as u64), "{finding}");
    }
    let written = write(records.kind(), records.iter(), &WriteOptions::default());
    let Ok((again, _)) = read(&written, &ReadOptions::default()) else { panic!("what was written is not read") };
    assert!(again == records, "other values");
    assert!(write(again.kind(), again.iter(), &WriteOptions::default()) == written, "other bytes");
    // For people: the same document.
    let pretty = write(records.kind(), records.iter(), &WriteOptions { pretty: true });
    assert!(read(&pretty, &ReadOptions::default()).is_ok_and(|(pretty, _)| pretty == records));
});
