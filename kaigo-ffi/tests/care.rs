//! care-json through the C interface.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::ptr::{null, null_mut};

use kaigo::calls::*;
use serde_json::{Value, json};

/// The units of the samples.
fn units() -> *mut kaigo_units {
    let mut units = null_mut();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../kaigo-core/tests/fixtures/careplan-4.1/plan");
    // SAFETY: a path with its length, and a place of our own.
    let status =
        unsafe { kaigo_units_open_utf8(path.as_ptr().cast(), path.len(), null(), &mut units, null_mut()) };
    assert_eq!(status, KAIGO_OK);
    units
}

fn taken(buffer: *mut kaigo_buffer) -> Value {
    let (mut start, mut size) = (null(), 0);
    // SAFETY: a buffer that was just made, and places of our own.
    unsafe {
        assert_eq!(kaigo_buffer_view(buffer, &mut start, &mut size, null_mut()), KAIGO_OK);
        let value = serde_json::from_slice(std::slice::from_raw_parts(start, size)).expect("JSON");
        kaigo_buffer_free(buffer);
        value
    }
}

fn count(report: *mut kaigo_report) -> u64 {
    let mut count = 9;
    // SAFETY: a report that was just made, and a place of our own.
    unsafe {
        assert_eq!(kaigo_report_number(report, KAIGO_REPORT_COUNT, &mut count, null_mut()), KAIGO_OK);
        kaigo_report_free(report);
    }
    count
}

/// The units of a document, or the status.
fn written(document: &Value, repeats: u32, gaiji: u32) -> Result<(*mut kaigo_units, u64), i32> {
    let (json, mut units, mut report) = (document.to_string(), null_mut(), null_mut());
    // SAFETY: a slice with its length, and places of our own.
    let status = unsafe {
        kaigo_care_write(json.as_ptr(), json.len(), repeats, gaiji, &mut units, &mut report, null_mut())
    };
    if status == KAIGO_OK { Ok((units, count(report))) } else { Err(status) }
}

#[test]
fn units_become_a_document_and_units_again() {
    let (units, mut json, mut report) = (units(), null_mut(), null_mut());
    // SAFETY: handles that were just made, and places of our own.
    let mut document = unsafe {
        assert_eq!(kaigo_care_read(units, null(), 0, &mut json, &mut report, null_mut()), KAIGO_OK);
        kaigo_units_free(units);
        taken(json)
    };
    assert_eq!(count(report), 0);
    assert_eq!((&document["format"], &document["version"]), (&json!("kaigo-care"), &json!(1)));
    assert_eq!(document["carePlans"][0]["needs"][0]["goals"][0]["goalNo"], 1);

    let (again, changes) = written(&document, KAIGO_REPEATS_AS_READ, KAIGO_GAIJI_REJECT).expect("units");
    let (mut unit, mut kind, mut start, mut size) = (null_mut(), 0, null(), 0);
    // SAFETY: handles that were just made, and places of our own.
    unsafe {
        assert_eq!(kaigo_units_get(again, 0, &mut unit, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_unit_kind(unit, &mut kind, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_unit_file_bytes(unit, 1, &mut start, &mut size, null_mut()), KAIGO_OK);
        let sample = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../kaigo-core/tests/fixtures/careplan-4.1/plan/UP2KYO_1371249069_43_1373350030_11_20260625093735.CSV"
        );
        assert_eq!(std::slice::from_raw_parts(start, size), std::fs::read(sample).expect("the sample"));
        kaigo_unit_free(unit);
        kaigo_units_free(again);
    }
    assert_eq!((kind, changes), (KAIGO_UNIT_CARE_PLAN, 0));

    document["carePlans"][0]["needs"][0]["need"] = json!("𠮷田さん");
    assert!(matches!(written(&document, KAIGO_REPEATS_BLANK, KAIGO_GAIJI_REJECT), Err(KAIGO_E_UNWRITABLE)));
    let (units, changes) =
        written(&document, KAIGO_REPEATS_REPEATED, KAIGO_GAIJI_MAP_VARIANTS).expect("units");
    assert_eq!(changes, 5, "the need stands on each of its rows");
    // SAFETY: a handle that was just made.
    unsafe { kaigo_units_free(units) };
    assert!(matches!(written(&document, 3, KAIGO_GAIJI_REJECT), Err(KAIGO_E_NUMBER)));
    document["sender"] = Value::Null;
    assert!(matches!(written(&document, KAIGO_REPEATS_AS_READ, KAIGO_GAIJI_REJECT), Err(KAIGO_E_DOCUMENT)));
    document["version"] = json!(2);
    assert!(matches!(written(&document, KAIGO_REPEATS_AS_READ, KAIGO_GAIJI_REJECT), Err(KAIGO_E_DOCUMENT)));
}

#[test]
fn an_inbox_becomes_a_document() {
    let (units, mut unit, mut inbox, mut json) = (units(), null_mut(), null_mut(), null_mut());
    // SAFETY: handles that were just made, and places of our own.
    let document = unsafe {
        kaigo_units_get(units, 0, &mut unit, null_mut());
        kaigo_inbox_new(&mut inbox, null_mut());
        assert_eq!(kaigo_inbox_apply(inbox, unit, null(), null_mut(), null_mut()), KAIGO_OK);
        assert_eq!(kaigo_care_read_inbox(inbox, 0, &mut json, null_mut(), null_mut()), KAIGO_OK);
        kaigo_inbox_free(inbox);
        kaigo_unit_free(unit);
        kaigo_units_free(units);
        taken(json)
    };
    assert_eq!(document["carePlans"].as_array().map(Vec::len), Some(3));
    assert_eq!(document["sender"], Value::Null);
}
