//! Columns over the Arrow C stream interface, as C sees them.
#![cfg(feature = "arrow")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::{c_char, c_void};
use std::path::Path;
use std::ptr::{null, null_mut};

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::types::Int32Type;
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use kaigo::calls::*;

const SLIPS: &str = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/outbox/monthly"))
}

fn sample() -> Vec<u8> {
    std::fs::read(folder().join(SLIPS)).expect("the sample is there")
}

fn read(bytes: &[u8]) -> *mut kaigo_document {
    let mut document = null_mut();
    // SAFETY: slices with their lengths, and a place of our own.
    let status = unsafe {
        kaigo_document_read_utf8(
            bytes.as_ptr(),
            bytes.len(),
            SLIPS.as_ptr().cast(),
            SLIPS.len(),
            null(),
            &mut document,
            null_mut(),
        )
    };
    assert_eq!(status, KAIGO_OK);
    document
}

/// The columns of a document, which is freed before they are looked at.
fn columns(document: *mut kaigo_document, batch_rows: u64) -> ArrowArrayStream {
    // SAFETY: integers.
    let zero: kaigo_arrow_options = unsafe { std::mem::zeroed() };
    let options =
        kaigo_arrow_options { struct_size: size_of::<kaigo_arrow_options>() as u32, batch_rows, ..zero };
    let mut stream = ArrowArrayStream::empty();
    // SAFETY: a document, options and a place of our own.
    unsafe {
        assert_eq!(kaigo_document_arrow(document, &options, &mut stream, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_document_free(document), KAIGO_OK);
    }
    stream
}

fn batches(stream: ArrowArrayStream) -> Vec<RecordBatch> {
    let reader = RecordBatchStreamReader::try_new(stream).expect("a stream");
    reader.collect::<Result<_, _>>().expect("batches")
}

/// What the document is as CSV; it is freed.
fn csv(document: *mut kaigo_document) -> Vec<u8> {
    let (mut buffer, mut start, mut length) = (null_mut(), null(), 0);
    // SAFETY: a document and places of our own; the bytes are copied before the buffer is freed.
    unsafe {
        assert_eq!(kaigo_document_csv(document, null(), &mut buffer, null_mut(), null_mut()), KAIGO_OK);
        assert_eq!(kaigo_buffer_view(buffer, &mut start, &mut length, null_mut()), KAIGO_OK);
        let bytes = std::slice::from_raw_parts(start, length).to_vec();
        kaigo_buffer_free(buffer);
        kaigo_document_free(document);
        bytes
    }
}

#[test]
fn columns_outlive_the_document_and_hold_its_values() {
    let stream = columns(read(&sample()), 10);
    let batches = batches(stream);
    let rows = sample().iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), rows);
    assert!(batches.iter().all(|batch| batch.num_rows() <= 10) && batches.len() > 1);
    let counts = batches[0].column_by_name("service_count").expect("the column");
    assert!(counts.as_primitive::<Int32Type>().iter().flatten().all(|count| count > 0));
    let name =
        batches[0].schema_ref().field_with_name("service_count").unwrap().metadata()["kaigo:name_ja"].clone();
    assert_eq!(name, "サービス回数");
}

#[test]
fn columns_taken_back_are_the_same_file() {
    // A unit count in a form that is not the one of the standard, and a code that Unicode cannot carry back.
    let strange = [sample(), sample().iter().map(|b| if *b == b'9' { b'x' } else { *b }).collect()].concat();
    for bytes in [sample(), strange] {
        let mut stream = columns(read(&bytes), 0);
        let mut document = null_mut();
        // SAFETY: a stream and a place of our own.
        unsafe {
            let status =
                kaigo_document_from_arrow_utf8(&mut stream, null(), 0, null(), &mut document, null_mut());
            assert_eq!(status, KAIGO_OK);
        }
        assert!(stream.release().is_none(), "the stream was taken");
        assert!(csv(document) == bytes);
    }
}

/// The status and the code of an error, which is freed.
fn told(status: i32, error: *mut kaigo_error) -> (i32, String) {
    let (mut start, mut length): (*const c_char, usize) = (null(), 0);
    // SAFETY: an error that was just given; its text is copied before it is freed.
    unsafe {
        let view = kaigo_error_text_view_utf8(error, KAIGO_ERROR_CODE, &mut start, &mut length, null_mut());
        assert_eq!(view, KAIGO_OK);
        let code = std::slice::from_raw_parts(start.cast::<u8>(), length).to_vec();
        kaigo_error_free(error);
        (status, String::from_utf8(code).unwrap())
    }
}

#[test]
fn a_stream_that_is_none_is_refused_and_one_that_is_refused_is_released() {
    let (mut document, mut error) = (null_mut(), null_mut());
    let mut released = ArrowArrayStream::empty();
    // SAFETY: places of our own.
    let status = unsafe {
        kaigo_document_from_arrow_utf8(&mut released, null(), 0, null(), &mut document, &mut error)
    };
    assert_eq!(told(status, error).0, KAIGO_E_KIND);

    // A name of another kind than the table's.
    let mut stream = columns(read(&sample()), 0);
    let name = "nonsense";
    // SAFETY: as above; a name with its length.
    let status = unsafe {
        kaigo_document_from_arrow_utf8(
            &mut stream,
            name.as_ptr().cast(),
            name.len(),
            null(),
            &mut document,
            &mut error,
        )
    };
    assert_eq!(told(status, error).0, KAIGO_E_FILE_NAME);
    assert!(stream.release().is_none() && document.is_null());

    // A kind that has no such columns.
    let mut stream = columns(read(&sample()), 0);
    // SAFETY: integers, pointers and functions that may be NULL.
    let zero: kaigo_read_options = unsafe { std::mem::zeroed() };
    let options = kaigo_read_options {
        struct_size: size_of::<kaigo_read_options>() as u32,
        kind: KAIGO_KIND_UP1KYO,
        ..zero
    };
    // SAFETY: as above.
    let status = unsafe {
        kaigo_document_from_arrow_utf8(&mut stream, null(), 0, &options, &mut document, &mut error)
    };
    assert_eq!(told(status, error), (KAIGO_E_TABLE_COLUMN, "table.column".to_owned()));
}

/// A scan of paths, for the kind of the slips.
fn scan(paths: &[&Path]) -> *mut kaigo_scan {
    let texts: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    let starts: Vec<*const c_char> = texts.iter().map(|text| text.as_ptr().cast()).collect();
    let lengths: Vec<usize> = texts.iter().map(|text| text.len()).collect();
    // SAFETY: integers.
    let zero: kaigo_arrow_options = unsafe { std::mem::zeroed() };
    let options = kaigo_arrow_options {
        struct_size: size_of::<kaigo_arrow_options>() as u32,
        kind: KAIGO_KIND_UPPLAN,
        naming: KAIGO_NAMES_OFFICIAL,
        threads: u32::MAX,
        ..zero
    };
    let mut scan = null_mut();
    // SAFETY: arrays of our own with their length, and a place.
    let status = unsafe {
        kaigo_scan_new_utf8(starts.as_ptr(), lengths.as_ptr(), paths.len(), &options, &mut scan, null_mut())
    };
    assert_eq!(status, KAIGO_OK);
    scan
}

#[test]
fn a_scan_reads_a_folder_and_tells_what_it_found_while_it_is_read() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join(SLIPS), sample()).unwrap();
    let bad = [b"202407,37660X".as_slice(), &sample()[13..]].concat();
    std::fs::write(dir.path().join(SLIPS.replace("093835", "093836")), bad).unwrap();
    std::fs::write(dir.path().join("notes.txt"), "not of the exchange").unwrap();
    let scan = scan(&[dir.path()]);
    let (mut files, mut stream, mut report, mut errors) = (0, ArrowArrayStream::empty(), null_mut(), 0);
    // SAFETY: a scan and places of our own.
    unsafe {
        assert_eq!(kaigo_scan_files(scan, &mut files, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_scan_arrow(scan, &mut stream, null_mut()), KAIGO_OK);
    }
    assert_eq!(files, 2);
    let reader = RecordBatchStreamReader::try_new(stream).expect("a stream");
    assert!(RecordBatchReader::schema(&reader).field_with_name("サービス回数").is_ok());
    let rows: usize = reader.map(|batch| batch.expect("a batch").num_rows()).sum();
    assert_eq!(rows, 2 * sample().iter().filter(|byte| **byte == b'\n').count());
    // SAFETY: as above.
    unsafe {
        assert_eq!(kaigo_scan_report(scan, 0, &mut report, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_report_number(report, KAIGO_REPORT_ERRORS, &mut errors, null_mut()), KAIGO_OK);
        assert!(errors > 0);
        let mut found = ArrowArrayStream::empty();
        assert_eq!(kaigo_report_arrow(report, &mut found, null_mut()), KAIGO_OK);
        let found = batches(found);
        assert_eq!(found[0].num_rows() as u64, errors);
        assert!(!found[0].column_by_name("code").expect("the column").is_nullable());
        kaigo_report_free(report);
        kaigo_scan_free(scan);
    }
}

#[test]
fn a_file_that_is_gone_is_an_error_of_the_stream_and_the_others_are_read() {
    let gone = Path::new("gone").join(SLIPS);
    let scan = scan(&[&gone, &folder().join(SLIPS)]);
    let mut stream = ArrowArrayStream::empty();
    // SAFETY: a scan and a place of our own; freed while the stream goes on.
    unsafe {
        assert_eq!(kaigo_scan_arrow(scan, &mut stream, null_mut()), KAIGO_OK);
        kaigo_scan_free(scan);
    }
    let items: Vec<_> = RecordBatchStreamReader::try_new(stream).expect("a stream").collect();
    assert!(items[0].as_ref().is_err_and(|error| error.to_string().contains("gone")), "{items:?}");
    assert!(items[1].as_ref().is_ok_and(|batch| batch.num_rows() > 0));
}

#[test]
fn nothing_is_written_where_there_is_no_place() {
    let document = read(&sample());
    let mut room = [0_u64; 8];
    // SAFETY: a document; NULL and a place that is not aligned are refused before they are used.
    unsafe {
        assert_eq!(kaigo_document_arrow(document, null(), null_mut(), null_mut()), KAIGO_E_NULL);
        let odd: *mut c_void = room.as_mut_ptr().cast::<u8>().add(1).cast();
        assert_eq!(kaigo_document_arrow(document, null(), odd.cast(), null_mut()), KAIGO_E_MISALIGNED);
        kaigo_document_free(document);
    }
    assert_eq!(room, [0; 8]);
}
