//! What the C interface costs: 100,000 rows of 第6表 read through it, and by Rust directly. Prints both sides and the
//! ratio; nothing is asserted.

use std::ffi::c_char;
use std::hint::black_box;
use std::ptr::{null, null_mut};
use std::time::{Duration, Instant};

use kaigo::calls::*;
use kaigo_core::format::{csv, json};
use kaigo_core::record::{AnyRecord, Field, FileKind, Record, Records, ServiceSlip};

const ROWS: usize = 100_000;
/// The best of so many runs counts: what else the machine does only makes a run longer.
const RUNS: usize = 7;

/// A file of so many slips, invented, with Japanese text as real ones have.
fn file() -> Vec<u8> {
    let texts = [
        (1, "202407"),
        (2, "376608"),
        (3, "6685370090"),
        (4, "20260701"),
        (5, "202607"),
        (6, "1371249069"),
        (7, "試験　太郎"),
        (8, "163"),
        (10, "20260701"),
        (12, "0900"),
        (13, "0930"),
        (14, "1"),
        (15, "111111"),
        (20, "1373350030"),
        (21, "試験ホームヘルプサービス"),
        (23, "0"),
        (24, "1371249069"),
    ];
    let mut slip = ServiceSlip::default();
    for (no, text) in texts {
        slip.set(no, text.into());
    }
    let days = (1..=28).map(|day| kaigo_core::calendar::Date::new(2026, 7, day));
    let slips: Vec<_> = days
        .cycle()
        .take(ROWS)
        .map(|day| ServiceSlip { service_date: day.map_or(Field::Blank, Field::Value), ..slip.clone() })
        .collect();
    csv::write(
        FileKind::SlipPlan,
        slips.iter().map(|slip| slip as &dyn AnyRecord),
        &csv::WriteOptions::default(),
    )
    .map(|(bytes, _)| bytes)
    .unwrap_or_default()
}

fn best(mut run: impl FnMut() -> u64) -> (Duration, u64) {
    let mut shortest = Duration::MAX;
    let mut sum = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        sum = black_box(run());
        shortest = shortest.min(start.elapsed());
    }
    (shortest, sum)
}

fn options() -> kaigo_read_options {
    kaigo_read_options {
        struct_size: size_of::<kaigo_read_options>() as u32,
        kind: KAIGO_KIND_UPPLAN,
        form: KAIGO_FORM_CSV,
        flags: 0,
        finding_limit: 0,
        max_bytes: 0,
        progress: None,
        user: null_mut(),
    }
}

fn read(bytes: &[u8]) -> Option<Records<'_>> {
    csv::read(bytes, &csv::ReadOptions::new(FileKind::SlipPlan)).map(|(records, _)| records)
}

/// Opens the bytes through the interface.
fn open(bytes: &[u8]) -> *mut kaigo_document {
    let mut document = null_mut();
    // SAFETY: bytes with their length, a name of no length, options and a place of our own.
    let status = unsafe {
        kaigo_document_read_utf8(
            bytes.as_ptr(),
            bytes.len(),
            null(),
            0,
            &options(),
            &mut document,
            null_mut(),
        )
    };
    assert_eq!(status, KAIGO_OK);
    document
}

/// Every field as text, through the interface: the sum of the lengths.
fn text_through(bytes: &[u8], view: bool) -> u64 {
    let document = open(bytes);
    let (mut rows, mut fields, mut sum) = (0, 0, 0);
    let mut buffer = [0 as c_char; 256];
    // SAFETY: a document that was just opened, and places of our own; the buffer is passed with its length.
    unsafe {
        kaigo_document_rows(document, &mut rows, null_mut());
        kaigo_document_fields(document, &mut fields, null_mut());
        for row in 1..=rows {
            for no in 1..=fields {
                let mut length = 0;
                if view {
                    let mut text = null();
                    kaigo_document_text_view_utf8(document, row, no, &mut text, &mut length, null_mut());
                    black_box(text);
                } else {
                    kaigo_document_text_utf8(
                        document,
                        row,
                        no,
                        buffer.as_mut_ptr(),
                        buffer.len(),
                        &mut length,
                        null_mut(),
                    );
                    black_box(&buffer);
                }
                sum += length as u64;
            }
        }
        kaigo_document_free(document);
    }
    sum
}

/// Every field as text, in Rust.
fn text_direct(bytes: &[u8]) -> u64 {
    let Some(records) = read(bytes) else { return 0 };
    let mut sum = 0;
    for record in records.iter() {
        for field in record.layout().fields {
            let text = record.value(usize::from(field.no)).map(|value| value.to_text()).unwrap_or_default();
            sum += black_box(&text).len() as u64;
        }
    }
    sum
}

const VALUE: kaigo_value = kaigo_value {
    struct_size: size_of::<kaigo_value>() as u32,
    value_type: 0,
    number: 0,
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    reserved: 0,
};

/// Every field typed, through the interface: how many are not blank.
fn typed_through(bytes: &[u8]) -> u64 {
    let document = open(bytes);
    let (mut rows, mut fields, mut sum) = (0, 0, 0);
    let mut value = VALUE;
    // SAFETY: as above.
    unsafe {
        kaigo_document_rows(document, &mut rows, null_mut());
        kaigo_document_fields(document, &mut fields, null_mut());
        for row in 1..=rows {
            for no in 1..=fields {
                kaigo_document_value(document, row, no, &mut value, null_mut());
                sum += u64::from(black_box(&value).value_type != KAIGO_VALUE_BLANK);
            }
        }
        kaigo_document_free(document);
    }
    sum
}

/// Every field typed, a row a call: how many are not blank.
fn rows_through(bytes: &[u8]) -> u64 {
    let document = open(bytes);
    let (mut rows, mut fields, mut sum) = (0, 0, 0);
    let mut values = [VALUE; 40];
    // SAFETY: as above; the array is passed with its length.
    unsafe {
        kaigo_document_rows(document, &mut rows, null_mut());
        for row in 1..=rows {
            kaigo_document_row(document, row, values.as_mut_ptr(), values.len(), &mut fields, null_mut());
            for value in black_box(&values).iter().take(fields as usize) {
                sum += u64::from(value.value_type != KAIGO_VALUE_BLANK);
            }
        }
        kaigo_document_free(document);
    }
    sum
}

/// Every field typed, in Rust.
fn typed_direct(bytes: &[u8]) -> u64 {
    let Some(records) = read(bytes) else { return 0 };
    let mut sum = 0;
    for record in records.iter() {
        for no in 1..=record.layout().fields.len() {
            let value = record.value(no);
            sum += u64::from(!matches!(black_box(value), None | Some(kaigo_core::record::Value::Blank)));
        }
    }
    sum
}

/// The document as JSON in one call.
fn json_through(bytes: &[u8]) -> u64 {
    let (mut buffer, mut data, mut length) = (null_mut(), null(), 0);
    // SAFETY: as above; the buffer is one that the call made.
    unsafe {
        kaigo_csv_to_json_utf8(
            bytes.as_ptr(),
            bytes.len(),
            null(),
            0,
            &options(),
            &mut buffer,
            null_mut(),
            null_mut(),
        );
        kaigo_buffer_view(buffer, &mut data, &mut length, null_mut());
        kaigo_buffer_free(buffer);
    }
    length as u64
}

fn json_direct(bytes: &[u8]) -> u64 {
    let Some(records) = read(bytes) else { return 0 };
    json::write(records.kind(), records.iter(), &json::WriteOptions::default()).len() as u64
}

fn compare(what: &str, (ours, a): (Duration, u64), (rust, b): (Duration, u64)) {
    assert_eq!(a, b, "{what}: both sides must do the same");
    let ratio = ours.as_secs_f64() / rust.as_secs_f64();
    println!("{what:<44} C {:>7.1} ms   Rust {:>7.1} ms   ratio {ratio:.2}", millis(ours), millis(rust));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() {
    let bytes = file();
    println!(
        "{ROWS} rows, {:.1} MB; the best of {RUNS} runs; open and read all fields, checks included",
        bytes.len() as f64 / 1e6
    );
    let copied = best(|| text_through(&bytes, false));
    compare("all fields as text, copied out", copied, best(|| text_direct(&bytes)));
    compare("all fields as text, viewed", best(|| text_through(&bytes, true)), best(|| text_direct(&bytes)));
    compare(
        "all fields typed, field by field",
        best(|| typed_through(&bytes)),
        best(|| typed_direct(&bytes)),
    );
    compare("all fields typed, row by row", best(|| rows_through(&bytes)), best(|| typed_direct(&bytes)));
    let json = best(|| json_through(&bytes));
    compare("all as JSON in one call", json, best(|| json_direct(&bytes)));
    println!(
        "one JSON call against field by field as text: {:.2}",
        json.0.as_secs_f64() / copied.0.as_secs_f64()
    );
}
