//! Records of a kind that is known only when the program runs: streamed, built, checked as a whole file is.

mod common;

use std::sync::Arc;

use common::{Csv, all_samples, bytes_of, file_mut, kind_of, row_texts, sample, texts};
use kaigo_core::exchange::{CheckOptions, FileName, check_file, check_records};
use kaigo_core::format::csv::{self, ReadOptions, StreamReader, WriteOptions};
use kaigo_core::record::{FileKind, Records};
use kaigo_core::report::Code;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn a_stream_gives_every_kind_row_by_row_as_memory_gives_it() -> Outcome {
    for (kind, bytes) in all_samples() {
        let (whole, _) = csv::read(&bytes, &ReadOptions::new(kind)).ok_or("an image")?;
        let mut reader = StreamReader::new(&bytes[..], &ReadOptions::new(kind));
        let mut streamed = Vec::new();
        while let Some(record) = reader.next_record()? {
            streamed.push(row_texts(&*record));
        }
        assert_eq!(streamed, texts(&whole), "{}", kind.name());
        assert!(reader.finish().is_empty());
    }
    Ok(())
}

#[test]
fn an_image_has_no_row_to_stream() -> Outcome {
    let mut reader = StreamReader::new(&b"\xFF\xD8\xFF"[..], &ReadOptions::new(FileKind::FamilyImage));
    assert!(reader.next_record()?.is_none());
    Ok(())
}

#[test]
fn findings_are_taken_while_reading_and_each_taking_has_the_limit() -> Outcome {
    let rows = b"202407,09201,1234567890,202607\r\n".repeat(7);
    let options = ReadOptions { finding_limit: 2, ..ReadOptions::new(FileKind::DeleteSlipPlan) };
    let mut reader = StreamReader::new(&rows[..], &options);
    let mut taken = Vec::new();
    for _ in 0..2 {
        for _ in 0..3 {
            assert!(reader.next_record()?.is_some());
        }
        let report = reader.take_report();
        taken.push((report.findings().len(), report.errors()));
    }
    assert!(reader.next_record()?.is_some() && reader.next_record()?.is_none());
    let last = reader.finish();
    taken.push((last.findings().len(), last.errors()));
    assert_eq!(taken, [(2, 3), (2, 3), (1, 1)]);
    assert_eq!(last.findings()[0].place.row, Some(7));
    Ok(())
}

#[test]
fn records_built_from_the_texts_of_a_file_write_that_file() -> Outcome {
    for (kind, bytes) in all_samples() {
        let (whole, _) = csv::read(&bytes, &ReadOptions::new(kind)).ok_or("an image")?;
        let mut built = Records::empty(kind).ok_or("an image")?;
        for row in texts(&whole) {
            built.push((1..).zip(row))?;
        }
        let (written, _) = csv::write(kind, built.iter(), &WriteOptions::default())?;
        assert_eq!(written, bytes, "{}", kind.name());
    }
    Ok(())
}

#[test]
fn records_in_memory_are_checked_as_their_file_is() -> Outcome {
    let mut files = sample("monthly");
    for (name, bytes) in &files {
        let (name, options) = (FileName::parse(name)?, CheckOptions::default());
        let checked = check_file(&name.to_string(), bytes, &options);
        let records = checked.records.ok_or("records")?;
        assert!(check_records(&records, Some(&name), &options).is_empty(), "{name}");
    }

    // Without its grand total 第7表 is wrong as a whole, which only the rules of a file tell.
    let (name, bytes) = file_mut(&mut files, FileKind::SlipAnnex);
    let mut csv = Csv::of(bytes);
    let total = csv.rows.len();
    csv.set(total, 9, "111111").set(1, 2, "x");
    let name = FileName::parse(name)?;
    let (records, _) = csv::read(&csv.bytes(), &ReadOptions::new(FileKind::SlipAnnex))
        .map(|(records, report)| (records.into_owned(), report))
        .ok_or("records")?;
    let codes = |name: Option<&FileName>| -> Vec<Code> {
        let report = check_records(&records, name, &CheckOptions::default());
        report.findings().iter().map(|finding| finding.code).collect()
    };
    assert!(codes(None).contains(&Code::FieldLength) && !codes(None).contains(&Code::FileGrandTotal));
    assert!(codes(Some(&name)).contains(&Code::FileGrandTotal));
    Ok(())
}

#[test]
fn a_file_streamed_under_its_name_must_have_the_month_of_the_name() -> Outcome {
    let files = sample("monthly");
    let (name, _) = files.iter().find(|(name, _)| kind_of(name) == FileKind::SlipPlan).ok_or("a plan")?;
    let other: FileName = FileName::parse(&name.replacen("_20", "_21", 1))?;
    let file: Arc<str> = other.to_string().into();
    let options = CheckOptions::default().to_read(&file, &other);
    let mut reader = StreamReader::new(bytes_of(&files, FileKind::SlipPlan), &options);
    while reader.next_record()?.is_some() {}
    let report = reader.finish();
    assert_eq!(report.findings()[0].code, Code::FileMonthName);
    assert_eq!(report.findings()[0].place.file.as_deref(), Some(&*file));
    Ok(())
}
