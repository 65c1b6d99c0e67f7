//! Conversion with its losses and batches, through the C interface.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::c_char;
use std::path::Path;
use std::ptr::{null, null_mut};

use kaigo::calls::*;
use serde_json::Value;

fn bytes_of(buffer: *mut kaigo_buffer) -> Vec<u8> {
    let (mut start, mut size) = (null(), 0);
    // SAFETY: a buffer that a call made, and places of our own.
    unsafe {
        assert_eq!(kaigo_buffer_view(buffer, &mut start, &mut size, null_mut()), KAIGO_OK);
        let bytes = std::slice::from_raw_parts(start, size).to_vec();
        kaigo_buffer_free(buffer);
        bytes
    }
}

fn options(flags: u32, gaiji: u32) -> kaigo_convert_options {
    kaigo_convert_options {
        struct_size: size_of::<kaigo_convert_options>() as u32,
        flags,
        gaiji,
        kind: 0,
        finding_limit: 0,
        jobs: 2,
        progress: None,
        user: null_mut(),
    }
}

fn text(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

/// The file in the other form with the loss report, or the status.
fn convert(
    name: &str,
    data: &[u8],
    to: u32,
    options: kaigo_convert_options,
) -> Result<(Vec<u8>, Value), i32> {
    let ((name, length), mut converted, mut losses) = (text(name), null_mut(), null_mut());
    let mut error = null_mut();
    // SAFETY: a text and slices with their lengths, and places of our own.
    let status = unsafe {
        kaigo_convert_utf8(
            name,
            length,
            data.as_ptr(),
            data.len(),
            to,
            &options,
            null(),
            0,
            &mut converted,
            null_mut(),
            null_mut(),
            &mut losses,
            &mut error,
        )
    };
    if status != KAIGO_OK {
        let mut report = null_mut();
        // SAFETY: an error that a call made, and a place of our own.
        unsafe {
            if matches!(status, KAIGO_E_LOSSY | KAIGO_E_UNWRITABLE) {
                assert_eq!(kaigo_error_report(error, 0, &mut report, null_mut()), KAIGO_OK);
                kaigo_report_free(report);
            }
            kaigo_error_free(error);
        }
        assert!(converted.is_null() && losses.is_null());
        return Err(status);
    }
    Ok((bytes_of(converted), serde_json::from_slice(&bytes_of(losses)).expect("JSON")))
}

const DOCUMENT: &str = r#"{"standard":"5.0-provisional","kind":"UPKIHON_SUB1","records":[{"csvVersion":"2024-07","insurerNumber":"092015","insuredNumber":"1234567890","consultedOn":"2026-07-01","timeOfDay":"𠮷"}]}"#;

#[test]
fn a_file_goes_to_each_form_and_back_and_losses_are_told() {
    let name = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/outbox/monthly").join(name);
    let csv = std::fs::read(path).expect("a sample");
    for form in [KAIGO_FORM_JSON, KAIGO_FORM_XML] {
        let (there, losses) = convert(name, &csv, form, options(0, 0)).expect("it converts");
        assert_eq!(losses["losses"], Value::Null);
        assert_eq!(convert("", &there, KAIGO_FORM_CSV, options(0, 0)).expect("and back").0, csv);
    }
    let lossy = |flags, gaiji| convert("", DOCUMENT.as_bytes(), KAIGO_FORM_CSV, options(flags, gaiji));
    let (_, report) = lossy(0, KAIGO_GAIJI_MAP_VARIANTS).expect("with a variant");
    assert_eq!(
        (&report["losses"][0]["code"], &report["losses"][0]["variant"]),
        (&"loss.variant".into(), &"U+5409".into())
    );
    assert_eq!(lossy(0, 0), Err(KAIGO_E_UNWRITABLE));
    assert_eq!(lossy(KAIGO_LOSSLESS, KAIGO_GAIJI_MAP_VARIANTS), Err(KAIGO_E_LOSSY));
    assert_eq!(convert("", &csv, KAIGO_FORM_JSON, options(0, 0)), Err(KAIGO_E_KIND));
    assert_eq!(convert("", &csv, 7, options(0, 0)), Err(KAIGO_E_NUMBER));
    assert_eq!(convert(name, &csv, KAIGO_FORM_JSON, options(KAIGO_SKIP_CHECK, 0)), Err(KAIGO_E_NUMBER));
}

#[test]
fn folders_are_converted_and_checked_and_a_second_run_skips() {
    let out = tempfile::tempdir().expect("a folder");
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/outbox");
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let (input, into, manifest) =
        (path(&input), path(&out.path().join("json")), path(&out.path().join("m.jsonl")));
    let run = || {
        let (input, into, manifest, mut summary) = (text(&input), text(&into), text(&manifest), null_mut());
        // SAFETY: texts with their lengths, and places of our own.
        let status = unsafe {
            kaigo_batch_convert_utf8(
                input.0,
                input.1,
                into.0,
                into.1,
                manifest.0,
                manifest.1,
                KAIGO_FORM_JSON,
                &options(0, 0),
                null(),
                0,
                &mut summary,
                null_mut(),
            )
        };
        assert_eq!(status, KAIGO_OK);
        serde_json::from_slice::<Value>(&bytes_of(summary)).expect("JSON")
    };
    let first = run();
    assert_eq!((&first["files"], &first["skipped"], &first["failed"]), (&7.into(), &0.into(), &0.into()));
    assert_eq!(run()["skipped"], 7);
    let (into, nothing, mut summary) = (text(&into), text(""), null_mut());
    // SAFETY: as above.
    let status = unsafe {
        kaigo_batch_validate_utf8(
            into.0,
            into.1,
            nothing.0,
            nothing.1,
            &options(0, 0),
            &mut summary,
            null_mut(),
        )
    };
    assert_eq!(status, KAIGO_OK);
    let checked: Value = serde_json::from_slice(&bytes_of(summary)).expect("JSON");
    assert_eq!((&checked["files"], &checked["errors"]), (&7.into(), &0.into()));
}
