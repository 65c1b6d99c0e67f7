//! Wrong arguments are statuses with an error that says which; and what a caller leans on holds.
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

fn utf16(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn options() -> kaigo_read_options {
    kaigo_read_options {
        struct_size: size_of::<kaigo_read_options>() as u32,
        kind: 0,
        form: KAIGO_FORM_CSV,
        flags: 0,
        finding_limit: 0,
        max_bytes: 0,
        progress: None,
        user: null_mut(),
    }
}

/// Reads bytes under the name of the sample.
fn read(bytes: &[u8], options: &kaigo_read_options) -> (i32, *mut kaigo_document) {
    let (mut document, (name, length)) = (null_mut(), utf8(SLIPS));
    // SAFETY: slices with their lengths, and a place of our own.
    let status = unsafe {
        kaigo_document_read_utf8(
            bytes.as_ptr(),
            bytes.len(),
            name,
            length,
            options,
            &mut document,
            null_mut(),
        )
    };
    (status, document)
}

fn text(document: *const kaigo_document, row: u64, no: u32) -> String {
    let (mut buffer, mut length) = ([0 as c_char; 200], 0);
    // SAFETY: a document and places of our own.
    let status = unsafe {
        kaigo_document_text_utf8(
            document,
            row,
            no,
            buffer.as_mut_ptr(),
            buffer.len(),
            &mut length,
            null_mut(),
        )
    };
    assert_eq!(status, KAIGO_OK);
    String::from_utf8(buffer[..length].iter().map(|unit| *unit as u8).collect()).expect("UTF-8")
}

fn message(error: *mut kaigo_error, what: u32) -> String {
    let (mut start, mut length) = (null(), 0);
    // SAFETY: an error that a call gave, and places of our own.
    unsafe {
        assert_eq!(kaigo_error_text_view_utf8(error, what, &mut start, &mut length, null_mut()), KAIGO_OK);
        let bytes = std::slice::from_raw_parts(start.cast::<u8>(), length);
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }
}

#[test]
fn null_where_something_is_needed_is_named() {
    let (mut error, mut rows) = (null_mut(), 7);
    // SAFETY: NULL is refused; the places are ours.
    unsafe {
        assert_eq!(kaigo_document_rows(null(), &mut rows, &mut error), KAIGO_E_NULL);
        assert_eq!(rows, 0, "what is given out is cleared");
        assert_eq!(message(error, KAIGO_ERROR_CODE), "argument.null");
        assert_eq!(message(error, KAIGO_ERROR_MESSAGE_EN), "document is NULL");
        assert_eq!(message(error, KAIGO_ERROR_MESSAGE_JA), "document: NULL です");
        assert_eq!(kaigo_error_free(error), KAIGO_OK);
        assert_eq!(kaigo_document_rows(null(), null_mut(), null_mut()), KAIGO_E_NULL);
        assert_eq!(kaigo_document_free(null_mut()), KAIGO_OK);
    }
}

#[test]
fn every_code_is_listed_with_its_status() {
    let list = |call: unsafe extern "C" fn(*mut *mut kaigo_buffer, *mut *mut kaigo_error) -> i32| {
        let (mut json, mut start, mut length) = (null_mut(), null(), 0);
        // SAFETY: places of our own, and a buffer that the call made.
        let list: serde_json::Value = unsafe {
            assert_eq!(call(&mut json, null_mut()), KAIGO_OK);
            kaigo_buffer_view(json, &mut start, &mut length, null_mut());
            let text = std::slice::from_raw_parts(start, length);
            let list = serde_json::from_slice(text).expect("JSON");
            kaigo_buffer_free(json);
            list
        };
        list.as_array().expect("an array").clone()
    };
    let errors = list(kaigo_error_codes);
    let of =
        |code: &str| errors.iter().find(|error| error["code"] == code).map(|error| error["status"].clone());
    assert_eq!(of("credential.expired"), Some(KAIGO_E_EXPIRED.into()));
    assert_eq!(of("card.last-try"), Some(KAIGO_E_CARD_LAST_TRY.into()));
    // Each code has a number of its own, or shares one on purpose: none falls back on its group.
    for fallback in [KAIGO_E_OTHER, KAIGO_E_JSON, KAIGO_E_CREDENTIAL, KAIGO_E_TRANSFER, KAIGO_E_CARD] {
        assert!(errors.iter().all(|error| error["status"] != fallback), "{fallback}");
    }
    let findings = list(kaigo_finding_codes);
    assert!(findings.iter().any(|code| code["code"] == "csv.line_end" && code["level"] == "tolerated"));
}

#[test]
fn places_that_are_not_aligned_are_refused() {
    let (_, document) = read(&sample(), &options());
    let mut places = [0_u64; 2];
    let odd = places.as_mut_ptr().wrapping_byte_add(1);
    // SAFETY: a wrong alignment is refused before anything is followed.
    unsafe {
        assert_eq!(kaigo_document_rows(document, odd, null_mut()), KAIGO_E_MISALIGNED);
        assert_eq!(
            kaigo_document_rows(document.wrapping_byte_add(1), places.as_mut_ptr(), null_mut()),
            KAIGO_E_MISALIGNED
        );
        assert_eq!(kaigo_document_rows(document, places.as_mut_ptr(), odd.cast()), KAIGO_E_MISALIGNED);
        kaigo_document_free(document);
    }
}

#[test]
fn a_length_that_cannot_be_is_refused() {
    let (mut document, bytes) = (null_mut(), sample());
    for length in [usize::MAX, usize::MAX / 2 + 1] {
        // SAFETY: such a length is refused before anything is read.
        let status = unsafe {
            kaigo_document_read_utf8(bytes.as_ptr(), length, null(), 0, &options(), &mut document, null_mut())
        };
        assert_eq!(status, KAIGO_E_LENGTH);
    }
}

#[test]
fn text_that_is_not_utf_is_refused() {
    let (mut document, mut no) = (null_mut(), 0);
    let lone = [0xD800_u16];
    let broken = [0xFF_u8 as c_char];
    // SAFETY: slices with their lengths, and places of our own.
    unsafe {
        kaigo_document_new(KAIGO_KIND_UPPLAN, &mut document, null_mut());
        assert_eq!(
            kaigo_document_field_no_utf16(document, lone.as_ptr(), 1, &mut no, null_mut()),
            KAIGO_E_TEXT
        );
        assert_eq!(
            kaigo_document_field_no_utf8(document, broken.as_ptr(), 1, &mut no, null_mut()),
            KAIGO_E_TEXT
        );
        kaigo_document_free(document);
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_freed_handle_and_one_of_another_type_are_refused() {
    let (_, document) = read(&sample(), &options());
    let mut rows = 0;
    // SAFETY: in debug builds the registry refuses such handles without following them.
    unsafe {
        assert_eq!(kaigo_report_free(document.cast()), KAIGO_E_HANDLE);
        assert_eq!(kaigo_document_free(document), KAIGO_OK);
        assert_eq!(kaigo_document_free(document), KAIGO_E_HANDLE);
        assert_eq!(kaigo_document_rows(document, &mut rows, null_mut()), KAIGO_E_HANDLE);
        assert_eq!(kaigo_document_rows((&raw const rows).cast(), &mut rows, null_mut()), KAIGO_E_HANDLE);
    }
}

#[test]
fn options_of_another_size_are_refused_and_of_a_newer_header_taken() {
    #[repr(C)]
    struct Newer(kaigo_read_options, u64);
    let newer = |more: u64| {
        let mut newer = Newer(options(), more);
        newer.0.struct_size = size_of::<Newer>() as u32;
        let (mut document, bytes, (name, length)) = (null_mut(), sample(), utf8(SLIPS));
        // SAFETY: the struct is as large as it says.
        unsafe {
            let given = (&raw const newer).cast();
            let status = kaigo_document_read_utf8(
                bytes.as_ptr(),
                bytes.len(),
                name,
                length,
                given,
                &mut document,
                null_mut(),
            );
            kaigo_document_free(document);
            status
        }
    };
    assert_eq!((newer(0), newer(1)), (KAIGO_OK, KAIGO_E_OPTIONS));
    for size in [0, 3, 36, 47, 1 << 20] {
        let wrong = kaigo_read_options { struct_size: size, ..options() };
        assert_eq!(read(&sample(), &wrong).0, KAIGO_E_OPTIONS, "{size}");
    }
}

#[test]
fn a_short_buffer_says_how_much_is_needed() {
    let (_, document) = read(&sample(), &options());
    let (mut needed, mut short, mut wide) = (0, [0 as c_char; 3], [0_u16; 20]);
    // SAFETY: a document, and buffers with their lengths.
    unsafe {
        let call = kaigo_document_text_utf8;
        assert_eq!(call(document, 1, 10, null_mut(), 0, &mut needed, null_mut()), KAIGO_OK);
        assert_eq!(needed, 8);
        assert_eq!(call(document, 1, 10, short.as_mut_ptr(), 3, &mut needed, null_mut()), KAIGO_E_BUFFER);
        assert_eq!((needed, short), (8, [0; 3]), "nothing was written");
        // The planner's name: three-byte characters are one unit of UTF-16.
        let status =
            kaigo_document_text_utf16(document, 1, 7, wide.as_mut_ptr(), 20, &mut needed, null_mut());
        assert_eq!((status, String::from_utf16(&wide[..needed]).unwrap()), (KAIGO_OK, text(document, 1, 7)));
        kaigo_document_free(document);
    }
}

#[test]
fn a_row_is_read_in_one_call_as_far_as_there_is_room() {
    const BLANK: kaigo_value = kaigo_value {
        struct_size: size_of::<kaigo_value>() as u32,
        value_type: 99,
        number: 0,
        year: 0,
        month: 0,
        day: 0,
        hour: 0,
        minute: 0,
        reserved: 0,
    };
    let (_, document) = read(&sample(), &options());
    let (mut values, mut one, mut fields) = ([BLANK; 12], BLANK, 0);
    let first = values.as_mut_ptr();
    // SAFETY: a document, and places of our own; a count that cannot be is refused before anything is written.
    unsafe {
        assert_eq!(kaigo_document_row(document, 1, first, 11, &mut fields, null_mut()), KAIGO_OK);
        assert_eq!((fields, values[11].value_type), (25, 99), "what is behind the room is left alone");
        for no in 1..=11 {
            kaigo_document_value(document, 1, no, &mut one, null_mut());
            let of = |value: &kaigo_value| (value.value_type, value.number, value.year, value.day);
            assert_eq!(of(&values[no as usize - 1]), of(&one), "{no}");
        }
        assert_eq!((values[9].value_type, values[9].number), (KAIGO_VALUE_DATE, 20_260_701));
        let status = kaigo_document_row(document, 1, first, usize::MAX, &mut fields, null_mut());
        assert_eq!(status, KAIGO_E_LENGTH);
        let odd = &mut kaigo_value { struct_size: BLANK.struct_size + 1, ..BLANK };
        assert_eq!(kaigo_document_row(document, 1, odd, 1, &mut fields, null_mut()), KAIGO_E_OPTIONS);
        kaigo_document_free(document);
    }
}

#[test]
fn a_document_that_was_built_is_written_and_read_back_the_same() {
    let (status, original) = read(&sample(), &options());
    assert_eq!(status, KAIGO_OK);
    let (mut built, mut rows, mut row) = (null_mut(), 0, 0);
    // SAFETY: documents that were made here, and places of our own.
    unsafe {
        kaigo_document_new(KAIGO_KIND_UPPLAN, &mut built, null_mut());
        kaigo_document_rows(original, &mut rows, null_mut());
        for number in 1..=rows {
            assert_eq!(kaigo_document_add_row(built, &mut row, null_mut()), KAIGO_OK);
            for no in 1..=25 {
                let value = utf16(&text(original, number, no));
                let status =
                    kaigo_document_set_utf16(built, row, no, value.as_ptr(), value.len(), null_mut());
                assert_eq!(status, KAIGO_OK);
            }
        }
        assert_eq!(csv(built), sample());
        assert_eq!(csv(original), sample());
        assert_eq!(kaigo_document_remove_row(built, 1, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_document_remove_row(built, rows, null_mut()), KAIGO_E_NOT_FOUND);
        kaigo_document_free(original);
        kaigo_document_free(built);
    }
}

/// The document as a CSV file.
fn csv(document: *const kaigo_document) -> Vec<u8> {
    let (mut buffer, mut start, mut length) = (null_mut(), null(), 0);
    // SAFETY: a document, and places of our own; the bytes are copied before the buffer is freed.
    unsafe {
        assert_eq!(kaigo_document_csv(document, null(), &mut buffer, null_mut(), null_mut()), KAIGO_OK);
        kaigo_buffer_view(buffer, &mut start, &mut length, null_mut());
        let bytes = std::slice::from_raw_parts(start, length).to_vec();
        kaigo_buffer_free(buffer);
        bytes
    }
}

#[test]
fn json_in_and_out_in_one_call_each_gives_the_same_bytes() {
    let (bytes, (name, length)) = (sample(), utf8(SLIPS));
    let (mut json, mut back, mut start, mut size) = (null_mut(), null_mut(), null(), 0);
    // SAFETY: slices with their lengths, buffers that were just made, and places of our own.
    unsafe {
        let status = kaigo_csv_to_json_utf8(
            bytes.as_ptr(),
            bytes.len(),
            name,
            length,
            null(),
            &mut json,
            null_mut(),
            null_mut(),
        );
        assert_eq!(status, KAIGO_OK);
        kaigo_buffer_view(json, &mut start, &mut size, null_mut());
        let status = kaigo_json_to_csv(start, size, null(), null(), &mut back, null_mut(), null_mut());
        assert_eq!(status, KAIGO_OK);
        kaigo_buffer_view(back, &mut start, &mut size, null_mut());
        assert_eq!(std::slice::from_raw_parts(start, size), bytes);
        kaigo_buffer_free(json);
        kaigo_buffer_free(back);
    }
}

#[test]
fn what_cannot_be_written_is_told_with_its_place() {
    let (mut document, mut row, mut error, mut csv, mut report) =
        (null_mut(), 0, null_mut(), null_mut(), null_mut());
    let name = utf16("𠮟る");
    let number = |error, what| {
        let mut value = 0;
        // SAFETY: an error that a call gave, and a place of our own.
        unsafe { kaigo_error_number(error, what, &mut value, null_mut()) };
        value
    };
    // SAFETY: as above.
    unsafe {
        kaigo_document_new(KAIGO_KIND_UPPLAN, &mut document, null_mut());
        kaigo_document_add_row(document, &mut row, null_mut());
        kaigo_document_set_utf16(document, 1, 7, name.as_ptr(), name.len(), null_mut());
        let status = kaigo_document_csv(document, null(), &mut csv, null_mut(), &mut error);
        assert_eq!((status, csv), (KAIGO_E_UNWRITABLE, null_mut()));
        assert_eq!(number(error, KAIGO_ERROR_KIND), i64::from(KAIGO_KIND_UPPLAN));
        assert_eq!((number(error, KAIGO_ERROR_ROW), number(error, KAIGO_ERROR_FIELD_NO)), (1, 7));
        assert_eq!(number(error, KAIGO_ERROR_HTTP_STATUS), -1);
        assert_eq!(message(error, KAIGO_ERROR_FIELD), "planner_name");
        assert_eq!(kaigo_error_report(error, 0, &mut report, null_mut()), KAIGO_OK);
        kaigo_report_free(report);
        kaigo_error_free(error);
        kaigo_document_free(document);
    }
}

#[test]
fn values_about_a_person_are_masked_unless_asked_for() {
    let mut bytes = sample();
    // The first day of the insured number's row: a number with a letter in it.
    bytes[14] = b'x';
    let (_, document) = read(&bytes, &options());
    let line = |flags| {
        let (mut report, mut start, mut length) = (null_mut(), null(), 0);
        // SAFETY: a document, and places of our own; the text is copied before the report is freed.
        unsafe {
            assert_eq!(kaigo_document_report(document, flags, &mut report, null_mut()), KAIGO_OK);
            kaigo_report_finding_text_view_utf8(
                report,
                0,
                KAIGO_FINDING_LINE_EN,
                &mut start,
                &mut length,
                null_mut(),
            );
            let line = String::from_utf8_lossy(std::slice::from_raw_parts(start.cast(), length)).into_owned();
            kaigo_report_free(report);
            line
        }
    };
    let shown = line(KAIGO_SHOW_PERSONAL);
    assert!(shown.contains("No.3") && shown.contains('「'), "{shown}");
    assert!(!line(0).contains('「'), "{}", line(0));
    // SAFETY: a document that was just made.
    unsafe { kaigo_document_free(document) };
}

#[test]
fn a_stream_is_read_and_progress_can_end_it() {
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
    unsafe extern "C" fn fail(_: *mut u8, _: usize, _: *mut c_void) -> i64 {
        -1
    }
    unsafe extern "C" fn stop(_: u64, _: u64, _: *mut c_void) -> i32 {
        1
    }
    let (bytes, (name, length)) = (sample(), utf8(SLIPS));
    let run = |function: kaigo_read_fn, options: kaigo_read_options| {
        let (mut document, mut left) = (null_mut(), bytes.as_slice());
        // SAFETY: a function and what it is handed, a name with its length, and a place of our own.
        let status = unsafe {
            let user = (&raw mut left).cast();
            kaigo_document_read_stream_utf8(function, user, name, length, &options, &mut document, null_mut())
        };
        (status, document)
    };
    let (status, document) = run(Some(next), options());
    assert_eq!((status, csv(document)), (KAIGO_OK, sample()));
    // SAFETY: a document that was just made.
    unsafe { kaigo_document_free(document) };
    assert_eq!(run(Some(fail), options()).0, KAIGO_E_CALLBACK);
    assert_eq!(run(None, options()).0, KAIGO_E_NULL);
    assert_eq!(
        run(Some(next), kaigo_read_options { progress: Some(stop), ..options() }).0,
        KAIGO_E_CANCELLED
    );
    assert_eq!(run(Some(next), kaigo_read_options { max_bytes: 10, ..options() }).0, KAIGO_E_TOO_LARGE);
}

#[test]
fn views_stay_where_they_are_until_the_document_changes() {
    let (_, document) = read(&sample(), &options());
    let view = |no| {
        let (mut start, mut length) = (null(), 0);
        // SAFETY: a document, and places of our own.
        unsafe { kaigo_document_text_view_utf16(document, 1, no, &mut start, &mut length, null_mut()) };
        (start, length)
    };
    let first = view(7);
    for no in 1..=25 {
        view(no);
    }
    assert_eq!(view(7), first);
    // SAFETY: a view of a document that was not changed; the document is one of ours.
    unsafe {
        let shown = String::from_utf16(std::slice::from_raw_parts(first.0, first.1)).expect("UTF-16");
        assert_eq!(shown, text(document, 1, 7));
        kaigo_document_free(document);
    }
}

#[test]
fn every_kind_has_a_name_and_fields_in_official_order() {
    let field = || kaigo_field {
        struct_size: size_of::<kaigo_field>() as u32,
        no: 0,
        fixed_length: 0,
        max_length: 0,
        required: 0,
        value_type: 0,
        personal: 0,
        codes: 0,
        reserved: 0,
    };
    for kind in KAIGO_KIND_UP1KYO..KAIGO_KIND_UPKIHON_IMAGE {
        let (mut name, mut length, mut found) = ([0 as c_char; 40], 0, 0);
        // SAFETY: places of our own, the buffer with its length.
        unsafe {
            kaigo_kind_name_utf8(kind, name.as_mut_ptr(), name.len(), &mut length, null_mut());
            assert_eq!(kaigo_kind_from_name_utf8(name.as_ptr(), length, &mut found, null_mut()), KAIGO_OK);
            assert_eq!(found, kind);
            for no in 1.. {
                let mut place = field();
                if kaigo_kind_field(kind, no, &mut place, null_mut()) == KAIGO_E_NOT_FOUND {
                    assert!(no > 4, "{kind}");
                    break;
                }
                assert_eq!(place.no, no);
            }
        }
    }
}

#[test]
fn two_threads_read_one_document_and_a_change_must_be_alone() {
    struct Shared(*mut kaigo_document);
    // SAFETY: the header allows any number of threads to read a document.
    unsafe impl Sync for Shared {}
    let (_, document) = read(&sample(), &options());
    let shared = &Shared(document);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for round in 0..2000 {
                    let value = utf16("0");
                    // SAFETY: a document and a slice with its length; a change that is not alone is refused.
                    let status = unsafe {
                        kaigo_document_set_utf16(shared.0, 1, 23, value.as_ptr(), value.len(), null_mut())
                    };
                    assert!(matches!(status, KAIGO_OK | KAIGO_E_BUSY), "{round}: {status}");
                    let mut rows = 0;
                    // SAFETY: as above.
                    let status = unsafe { kaigo_document_rows(shared.0, &mut rows, null_mut()) };
                    assert!(matches!(status, KAIGO_OK | KAIGO_E_BUSY), "{round}: {status}");
                }
            });
        }
    });
    // SAFETY: no thread uses the document any more.
    assert_eq!(unsafe { kaigo_document_free(document) }, KAIGO_OK);
}

#[test]
fn a_key_that_is_nowhere_is_told() {
    let mut credential = null_mut();
    let ((module, module_len), (label, label_len)) = (utf8("/nowhere/libno.so"), utf8("office"));
    // SAFETY: texts with their lengths, and a place of our own.
    unsafe {
        let pkcs11 = |last_try, credential| {
            kaigo_credential_from_pkcs11_utf8(
                module,
                module_len,
                label,
                label_len,
                null(),
                0,
                null(),
                0,
                last_try,
                credential,
                null_mut(),
            )
        };
        assert_eq!(pkcs11(KAIGO_LAST_TRY_REFUSE, &mut credential), KAIGO_E_MODULE_UNUSABLE);
        assert_eq!(pkcs11(9, &mut credential), KAIGO_E_NUMBER);
        let status = kaigo_credential_from_windows_store_utf8(null(), 0, &mut credential, null_mut());
        #[cfg(not(windows))]
        assert_eq!(status, KAIGO_E_CREDENTIAL_UNSUPPORTED);
        #[cfg(windows)]
        let _ = status;
    }
    assert!(credential.is_null());
}
