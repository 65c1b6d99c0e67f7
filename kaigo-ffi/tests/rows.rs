//! Rows one by one: read from a stream, built, set.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

use kaigo::calls::*;

const SLIPS: &str = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";

fn sample() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/outbox/monthly/");
    std::fs::read(format!("{path}{SLIPS}")).expect("the sample is there")
}

fn utf8(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

fn options() -> kaigo_read_options {
    // SAFETY: integers, pointers and functions that may be NULL.
    let zero: kaigo_read_options = unsafe { std::mem::zeroed() };
    kaigo_read_options { struct_size: size_of::<kaigo_read_options>() as u32, ..zero }
}

fn value(value_type: u32, number: i64) -> kaigo_value {
    // SAFETY: integers.
    let zero: kaigo_value = unsafe { std::mem::zeroed() };
    kaigo_value { struct_size: size_of::<kaigo_value>() as u32, value_type, number, ..zero }
}

/// Hands out the bytes of a slice in pieces of 100.
unsafe extern "C" fn next(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i64 {
    // SAFETY: the test hands a slice that lives through the call; the buffer has room for what is copied.
    unsafe {
        let left = &mut *user.cast::<&[u8]>();
        let count = left.len().min(capacity).min(100);
        std::ptr::copy_nonoverlapping(left.as_ptr(), buffer, count);
        *left = &left[count..];
        count as i64
    }
}

/// A reader of a stream of those bytes, under the name of the sample.
fn reader(left: &mut &[u8], options: &kaigo_read_options) -> *mut kaigo_reader {
    let (mut reader, (name, length)) = (null_mut(), utf8(SLIPS));
    // SAFETY: a function and what it is handed, a name with its length, and a place of our own.
    let status = unsafe {
        kaigo_reader_new_utf8(
            Some(next),
            (&raw mut *left).cast(),
            name,
            length,
            options,
            &mut reader,
            null_mut(),
        )
    };
    assert_eq!(status, KAIGO_OK);
    reader
}

fn read(bytes: &[u8]) -> *mut kaigo_document {
    let (mut document, (name, length)) = (null_mut(), utf8(SLIPS));
    // SAFETY: slices with their lengths, and a place of our own.
    let status = unsafe {
        kaigo_document_read_utf8(bytes.as_ptr(), bytes.len(), name, length, null(), &mut document, null_mut())
    };
    assert_eq!(status, KAIGO_OK);
    document
}

/// The text of a view.
fn viewed(view: impl FnOnce(*mut *const c_char, *mut usize) -> i32) -> String {
    let (mut start, mut length) = (null(), 0);
    assert_eq!(view(&mut start, &mut length), KAIGO_OK);
    // SAFETY: a view that was just given.
    let bytes = unsafe { std::slice::from_raw_parts(start.cast::<u8>(), length) };
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The codes of the findings of a report, which is freed.
fn codes(report: *mut kaigo_report) -> Vec<String> {
    let mut codes = Vec::new();
    // SAFETY: a report of a call, and places of our own.
    unsafe {
        let mut count = 0;
        kaigo_report_number(report, KAIGO_REPORT_COUNT, &mut count, null_mut());
        for index in 0..count {
            codes.push(viewed(|start, length| {
                kaigo_report_finding_text_view_utf8(
                    report,
                    index,
                    KAIGO_FINDING_CODE,
                    start,
                    length,
                    null_mut(),
                )
            }));
        }
        kaigo_report_free(report);
    }
    codes
}

#[test]
fn a_reader_gives_row_by_row_what_a_document_gives() {
    let bytes = sample();
    let (document, mut left) = (read(&bytes), bytes.as_slice());
    let reader = reader(&mut left, &options());
    let (mut rows, mut fields, mut row) = (0, 0, 0);
    // SAFETY: handles that were just made, and places of our own.
    unsafe {
        kaigo_document_rows(document, &mut rows, null_mut());
        kaigo_document_fields(document, &mut fields, null_mut());
        assert!(rows > 1);
        // Before the first row there is none.
        assert_eq!(kaigo_reader_value(reader, 1, &mut value(0, 0), null_mut()), KAIGO_E_NOT_FOUND);
        for expected in 1..=rows {
            assert_eq!((kaigo_reader_next(reader, &mut row, null_mut()), row), (KAIGO_OK, expected));
            for no in 1..=fields {
                let here = viewed(|start, length| {
                    kaigo_reader_text_view_utf8(reader, no, start, length, null_mut())
                });
                let there = viewed(|start, length| {
                    kaigo_document_text_view_utf8(document, row, no, start, length, null_mut())
                });
                assert_eq!(here, there, "row {row} No.{no}");
                let wide = |of: &dyn Fn(*mut *const u16, *mut usize) -> i32| {
                    let (mut start, mut length) = (null(), 0);
                    assert_eq!(of(&mut start, &mut length), KAIGO_OK);
                    String::from_utf16(std::slice::from_raw_parts(start, length)).expect("UTF-16")
                };
                let same = wide(&|start, length| {
                    kaigo_document_text_view_utf16(document, row, no, start, length, null_mut())
                });
                assert_eq!(same, there, "row {row} No.{no}");
                let same = wide(&|start, length| {
                    kaigo_reader_text_view_utf16(reader, no, start, length, null_mut())
                });
                assert_eq!(same, there, "row {row} No.{no}");
                let (mut a, mut b) = (value(0, 0), value(0, 0));
                kaigo_reader_value(reader, no, &mut a, null_mut());
                kaigo_document_value(document, row, no, &mut b, null_mut());
                assert_eq!((a.value_type, a.number), (b.value_type, b.number));
            }
        }
        for _ in 0..2 {
            assert_eq!((kaigo_reader_next(reader, &mut row, null_mut()), row), (KAIGO_OK, 0));
        }
        let mut report = null_mut();
        assert_eq!(kaigo_reader_report(reader, 0, &mut report, null_mut()), KAIGO_OK);
        assert_eq!(codes(report), Vec::<String>::new());
        kaigo_reader_free(reader);
        kaigo_document_free(document);
    }
}

#[test]
fn a_reader_tells_findings_as_they_come_and_those_of_the_end() {
    let bytes = [b"202407,37660X".as_slice(), &sample()[13..], b"202407"].concat();
    let mut left = bytes.as_slice();
    let reader = reader(&mut left, &options());
    let (mut row, mut report) = (0, null_mut());
    // SAFETY: handles that were just made, and places of our own.
    unsafe {
        kaigo_reader_next(reader, &mut row, null_mut());
        assert_eq!(kaigo_reader_report(reader, 0, &mut report, null_mut()), KAIGO_OK);
        assert_eq!(codes(report), ["field.digits"]);
        while kaigo_reader_next(reader, &mut row, null_mut()) == KAIGO_OK && row > 0 {}
        assert_eq!(kaigo_reader_report(reader, 0, &mut report, null_mut()), KAIGO_OK);
        assert!(codes(report).contains(&"csv.truncated".to_owned()));
        kaigo_reader_free(reader);
    }
}

#[test]
fn a_reader_tells_what_is_wrong_with_the_name_of_its_file() {
    let bytes = sample();
    let mut left = bytes.as_slice();
    let (mut lower, mut row, mut report) = (null_mut(), 0, null_mut());
    let (user, name) = ((&raw mut left).cast(), SLIPS.to_lowercase());
    let (start, length) = utf8(&name);
    // SAFETY: a function and what it is handed, a name with its length, and places of our own.
    unsafe {
        let status = kaigo_reader_new_utf8(Some(next), user, start, length, null(), &mut lower, null_mut());
        assert_eq!(status, KAIGO_OK);
        while kaigo_reader_next(lower, &mut row, null_mut()) == KAIGO_OK && row > 0 {}
        assert_eq!(kaigo_reader_report(lower, 0, &mut report, null_mut()), KAIGO_OK);
        assert_eq!(codes(report), ["file.name_case"]);
        kaigo_reader_free(lower);
    }
}

#[test]
fn reading_row_by_row_can_be_ended_and_limited() {
    unsafe extern "C" fn stop(done: u64, _: u64, user: *mut c_void) -> i32 {
        // SAFETY: the test hands a counter.
        unsafe { *user.cast::<u64>() += 1 };
        i32::from(done > 2 << 20)
    }
    let bytes = sample().repeat(6_000_000 / sample().len());
    let run = |options: kaigo_read_options| {
        let mut left = bytes.as_slice();
        let reader = reader(&mut left, &options);
        let (mut status, mut row, mut rows) = (KAIGO_OK, 1, 0);
        // SAFETY: a reader that was just made, and places of our own.
        unsafe {
            while row > 0 && status == KAIGO_OK {
                status = kaigo_reader_next(reader, &mut row, null_mut());
                rows = rows.max(row);
            }
            // What failed stays at its end.
            assert_eq!((kaigo_reader_next(reader, &mut row, null_mut()), row), (KAIGO_OK, 0));
            kaigo_reader_free(reader);
        }
        (status, rows)
    };
    let (status, all) = run(options());
    assert_eq!(status, KAIGO_OK);
    let mut told = 0_u64;
    let (status, some) =
        run(kaigo_read_options { progress: Some(stop), user: (&raw mut told).cast(), ..options() });
    assert_eq!((status, told), (KAIGO_E_CANCELLED, 4));
    assert!(some > all / 4 && some < all * 3 / 4, "{some} of {all}");
    assert_eq!(run(kaigo_read_options { max_bytes: 1000, ..options() }).0, KAIGO_E_TOO_LARGE);
}

#[test]
fn a_document_is_built_from_rows_of_texts_and_typed_values() {
    let bytes = sample();
    let (whole, mut built, mut fields, mut rows) = (read(&bytes), null_mut(), 0, 0);
    // SAFETY: handles that calls gave, arrays with their lengths, and places of our own.
    unsafe {
        kaigo_document_fields(whole, &mut fields, null_mut());
        kaigo_document_rows(whole, &mut rows, null_mut());
        assert_eq!(kaigo_document_new(KAIGO_KIND_UPPLAN, &mut built, null_mut()), KAIGO_OK);
        for row in 1..=rows {
            let texts: Vec<String> = (1..=fields)
                .map(|no| {
                    viewed(|start, length| {
                        kaigo_document_text_view_utf8(whole, row, no, start, length, null_mut())
                    })
                })
                .collect();
            let starts: Vec<*const c_char> = texts.iter().map(|text| text.as_ptr().cast()).collect();
            let lengths: Vec<usize> = texts.iter().map(String::len).collect();
            let mut number = 0;
            let status = kaigo_document_push_utf8(
                built,
                starts.as_ptr(),
                lengths.as_ptr(),
                texts.len(),
                &mut number,
                null_mut(),
            );
            assert_eq!((status, number), (KAIGO_OK, row));
        }
        let (mut csv, mut data, mut length, mut report) = (null_mut(), null(), 0, null_mut());
        assert_eq!(kaigo_document_csv(built, null(), &mut csv, null_mut(), null_mut()), KAIGO_OK);
        kaigo_buffer_view(csv, &mut data, &mut length, null_mut());
        assert_eq!(std::slice::from_raw_parts(data, length), bytes);
        kaigo_buffer_free(csv);

        let (name, name_length) = utf8(SLIPS);
        let check = |report: &mut *mut kaigo_report| {
            kaigo_document_check_named_utf8(built, name, name_length, 0, 0, report, null_mut())
        };
        assert_eq!(check(&mut report), KAIGO_OK);
        assert_eq!(codes(report), Vec::<String>::new());
        // The month of the slip is not that of the file name.
        let august = value(KAIGO_VALUE_DATE, 20_260_801);
        assert_eq!(kaigo_document_set_value(built, 1, 10, &august, null_mut()), KAIGO_OK);
        assert_eq!(check(&mut report), KAIGO_OK);
        assert_eq!(codes(report), ["row.date_month"]);
        for (wrong, status) in [
            (value(KAIGO_VALUE_DATE, 20_260_231), KAIGO_E_NUMBER),
            (value(KAIGO_VALUE_TIME, 2561), KAIGO_E_NUMBER),
            (value(KAIGO_VALUE_UNIT_PRICE, -1), KAIGO_E_NUMBER),
            (value(KAIGO_VALUE_INTEGER, i64::MAX), KAIGO_E_NUMBER),
            (value(KAIGO_VALUE_TEXT, 0), KAIGO_E_KIND),
            (value(99, 0), KAIGO_E_NUMBER),
        ] {
            assert_eq!(kaigo_document_set_value(built, 1, 10, &wrong, null_mut()), status);
        }
        for (right, text) in [
            (value(KAIGO_VALUE_TIME, 905), "0905"),
            (value(KAIGO_VALUE_TIME, 9999), "9999"),
            (value(KAIGO_VALUE_BLANK, 0), ""),
        ] {
            assert_eq!(kaigo_document_set_value(built, 1, 12, &right, null_mut()), KAIGO_OK);
            let set = viewed(|start, length| {
                kaigo_document_text_view_utf8(built, 1, 12, start, length, null_mut())
            });
            assert_eq!(set, text);
        }
        // More texts than there are fields: nothing is added.
        let (starts, lengths, mut number) = ([null(); 200], [0; 200], 0);
        assert_eq!(
            kaigo_document_push_utf8(built, starts.as_ptr(), lengths.as_ptr(), 200, &mut number, null_mut()),
            KAIGO_E_NOT_FOUND
        );
        let mut now = 0;
        kaigo_document_rows(built, &mut now, null_mut());
        assert_eq!(now, rows);
        kaigo_document_free(built);
        kaigo_document_free(whole);
    }
}
