//! What the C interface costs: 100,000 rows of 第6表 read through it, and by Rust directly, in every form that it has. Prints
//! both sides and the ratio; of times nothing is asserted.

use std::ffi::{c_char, c_void};
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

unsafe extern "C" fn next(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i64 {
    // SAFETY: the caller hands a slice that lives through the call; the buffer has room for what is copied.
    unsafe {
        let left = &mut *user.cast::<&[u8]>();
        let count = left.len().min(capacity);
        std::ptr::copy_nonoverlapping(left.as_ptr(), buffer, count);
        *left = &left[count..];
        count as i64
    }
}

/// Does something with each row of a stream, through the interface.
fn each_row(bytes: &[u8], mut row: impl FnMut(*mut kaigo_reader) -> u64) -> u64 {
    let (mut reader, mut left, mut at, mut sum) = (null_mut(), bytes, 0, 0);
    // SAFETY: a function and what it is handed, options, and places of our own.
    unsafe {
        let user = (&raw mut left).cast();
        kaigo_reader_new_utf8(Some(next), user, null(), 0, &options(), &mut reader, null_mut());
        while kaigo_reader_next(reader, &mut at, null_mut()) == KAIGO_OK && at > 0 {
            sum += row(reader);
        }
        kaigo_reader_free(reader);
    }
    sum
}

/// The same in Rust.
fn each_record(bytes: &[u8], mut row: impl FnMut(&dyn AnyRecord) -> u64) -> u64 {
    let mut reader = csv::StreamReader::new(bytes, &csv::ReadOptions::new(FileKind::SlipPlan));
    let mut sum = 0;
    while let Ok(Some(record)) = reader.next_record() {
        sum += row(&*record);
    }
    sum
}

/// How many fields a slip has.
const FIELDS: u32 = 24;

fn stream_through(bytes: &[u8]) -> u64 {
    each_row(bytes, |reader| {
        let mut sum = 0;
        for no in 1..=FIELDS {
            let (mut text, mut length) = (null(), 0);
            // SAFETY: a reader at a row, and places of our own.
            unsafe { kaigo_reader_text_view_utf8(reader, no, &mut text, &mut length, null_mut()) };
            black_box(text);
            sum += length as u64;
        }
        sum
    })
}

fn stream_direct(bytes: &[u8]) -> u64 {
    each_record(bytes, |record| {
        let text = |no| record.value(no).map(|value| value.to_text()).unwrap_or_default();
        (1..=FIELDS as usize).map(|no| black_box(text(no)).len() as u64).sum()
    })
}

fn typed_stream_through(bytes: &[u8]) -> u64 {
    let mut values = [VALUE; 40];
    each_row(bytes, |reader| {
        let mut fields = 0;
        // SAFETY: a reader at a row, an array with its length, and a place of our own.
        unsafe { kaigo_reader_row(reader, values.as_mut_ptr(), values.len(), &mut fields, null_mut()) };
        let filled = black_box(&values).iter().take(fields as usize);
        filled.map(|value| u64::from(value.value_type != KAIGO_VALUE_BLANK)).sum()
    })
}

fn typed_stream_direct(bytes: &[u8]) -> u64 {
    each_record(bytes, |record| {
        let blank = |no| matches!(black_box(record.value(no)), None | Some(kaigo_core::record::Value::Blank));
        (1..=FIELDS as usize).map(|no| u64::from(!blank(no))).sum()
    })
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

/// The time of a run, and what it gave.
fn timed(run: fn(&[u8]) -> u64, bytes: &[u8]) -> (Duration, u64) {
    let start = Instant::now();
    let sum = black_box(run(bytes));
    (start.elapsed(), sum)
}

/// A form of reading: what it is, through the interface, and the same in Rust.
type Form = (&'static str, fn(&[u8]) -> u64, fn(&[u8]) -> u64);

const FORMS: [Form; 7] = [
    ("all fields as text, copied out", |bytes| text_through(bytes, false), text_direct),
    ("all fields as text, viewed", |bytes| text_through(bytes, true), text_direct),
    ("all fields as text, row by row from a stream", stream_through, stream_direct),
    ("all fields typed, field by field", typed_through, typed_direct),
    ("all fields typed, a row a call", rows_through, typed_direct),
    ("all fields typed, row by row from a stream", typed_stream_through, typed_stream_direct),
    ("all as JSON in one call", json_through, json_direct),
];

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() {
    let bytes = file();
    println!(
        "{ROWS} rows, {:.1} MB; the best of {RUNS} runs each, in turn; open and read all fields, checks included",
        bytes.len() as f64 / 1e6
    );
    let mut best = [(Duration::MAX, Duration::MAX); FORMS.len()];
    for _ in 0..RUNS {
        for ((what, through, direct), best) in FORMS.iter().zip(&mut best) {
            let ((ours, a), (rust, b)) = (timed(*through, &bytes), timed(*direct, &bytes));
            assert_eq!(a, b, "{what}: both sides must do the same");
            *best = (best.0.min(ours), best.1.min(rust));
        }
    }
    for ((what, ..), (ours, rust)) in FORMS.iter().zip(&best) {
        let ratio = ours.as_secs_f64() / rust.as_secs_f64();
        println!(
            "{what:<46} C {:>7.1} ms   Rust {:>7.1} ms   ratio {ratio:.2}",
            millis(*ours),
            millis(*rust)
        );
    }
    let json = best[FORMS.len() - 1].0.as_secs_f64();
    println!(
        "one JSON call against field by field: copied as text {:.2}, viewed {:.2}, typed {:.2}",
        json / best[0].0.as_secs_f64(),
        json / best[1].0.as_secs_f64(),
        json / best[3].0.as_secs_f64()
    );
}
