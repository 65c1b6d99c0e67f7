//! Reads and writes files of 8 MB in MS932 with kaigo, and with what people use today, in one run.
//!
//! * `kaigo, checked`: typed records, every field and row checked, no findings; from memory and from a stream.
//! * `csv + serde, owned`: the baseline, what is written without a library for these files: the file decoded with
//!   `encoding_rs`, then `csv` and `serde` into structs of `String`s. Nothing is typed or checked.
//! * `csv + serde, transcoded`: the same with a reader that decodes on the way.
//! * `csv + serde, kept`: the same as the baseline with all records kept in a `Vec`.
//! * `csv + serde, by field`: the fastest that we could write with these crates: `csv` over the bytes, each field decoded
//!   on its own.
//! * `scan`: `memchr3` for `"`, `,` and LF over the same bytes and nothing else, a floor for anything that splits.
//! * `Python csv`: `baseline.py`, where there is a `python3`.
//!
//! All candidates take turns, so that a noisy machine is noisy for all of them, and the fastest round of each counts:
//! what else runs can only slow one down. Records are dropped as they are read, but where they are kept. The process
//! fails when a result is wrong, never when it is slow.
//!
//! Usage: `cargo bench -p kaigo-benches [-- ROUNDS]`.

use std::error::Error;
use std::hint::black_box;
use std::process::Command;

use encoding_rs::SHIFT_JIS;
use encoding_rs_io::DecodeReaderBytesBuilder;
use kaigo_benches::measure::{Candidate, Outcome, Size, measure, rounds};
use kaigo_core::format::csv::{self as kaigo_csv, ReadOptions, Reader, StreamReader, WriteOptions};
use kaigo_core::format::json;
use kaigo_core::record::{AnyRecord, CarePlanSheet2, FileKind, Record, ServiceSlip};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

const SIZE: usize = 8 << 20;
const SEED: u64 = 20260701;

/// Structs of `String`s, as they are written without a library for these files: one for text that was decoded before,
/// and one that decodes field by field.
macro_rules! owned {
    ($name:ident $by_field:ident $($field:ident)*) => {
        #[derive(Debug, Serialize, Deserialize)]
        struct $name { $($field: String,)* }

        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "nobody looks at what was read")]
        struct $by_field { $(#[serde(deserialize_with = "shift_jis")] $field: String,)* }
    };
}

/// A field of Shift_JIS bytes as a `String`.
fn shift_jis<'de, D: Deserializer<'de>>(field: D) -> Result<String, D::Error> {
    Ok(SHIFT_JIS.decode(<&[u8]>::deserialize(field)?).0.into_owned())
}

owned! { OwnedSlip SlipByField
    csv_version insurer_number insured_number created_on target_month plan_office_number planner_name units
    short_stay_days_to_prev_month service_date per_diem_days service_start_time service_end_time service_count
    service_code tais_code equipment_notification_code equipment_name detail_no office_number office_name
    satellite_no over_30_days updated_by_office_number identifier
}

owned! { OwnedSheet2 Sheet2ByField
    csv_version insurer_number insured_number created_on care_plan_date need_no need goal_no long_term_goal
    short_term_goal long_term_period short_term_period support_no service_content insurance_covered service_kind
    office_number office_name frequency support_period updated_by_office_number identifier
}

fn read_memory<'a, R: Record<'a>>(bytes: &'a [u8], options: &ReadOptions) -> Outcome {
    let (mut reader, mut rows) = (Reader::<R>::new(bytes, options), 0);
    for record in reader.by_ref() {
        black_box(&record);
        rows += 1;
    }
    conforming(reader.finish().findings().first(), rows)
}

/// `next` reads one record; a closure, because a record borrows from the reader that made it.
fn read_stream<'a>(
    bytes: &'a [u8],
    options: &ReadOptions,
    next: impl Fn(&mut StreamReader<&'a [u8]>) -> kaigo_core::Result<bool>,
) -> Outcome {
    let (mut reader, mut rows) = (StreamReader::new(bytes, options), 0);
    while next(&mut reader)? {
        rows += 1;
    }
    conforming(reader.finish().findings().first(), rows)
}

fn conforming(finding: Option<&kaigo_core::report::Finding>, rows: u64) -> Outcome {
    match finding {
        Some(finding) => Err(format!("the file should conform: {finding}").into()),
        None => Ok(rows),
    }
}

fn read_owned<R: DeserializeOwned>(bytes: &[u8]) -> Outcome {
    let (text, _, malformed) = SHIFT_JIS.decode(bytes);
    if malformed {
        return Err("not MS932".into());
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = 0;
    for record in reader.deserialize::<R>() {
        black_box(&record?);
        rows += 1;
    }
    Ok(rows)
}

/// Decodes on the way from the file, and keeps what was read.
fn read_transcoded<R: DeserializeOwned>(bytes: &[u8]) -> Outcome {
    let decoded = DecodeReaderBytesBuilder::new().encoding(Some(SHIFT_JIS)).build(bytes);
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(decoded);
    let mut rows = 0;
    for record in reader.into_deserialize::<R>() {
        black_box(&record?);
        rows += 1;
    }
    Ok(rows)
}

fn read_by_field<R: DeserializeOwned>(bytes: &[u8]) -> Outcome {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let (mut record, mut rows) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        black_box(&record.deserialize::<R>(None)?);
        rows += 1;
    }
    Ok(rows)
}

fn read_all(kind: FileKind, bytes: &[u8]) -> Outcome {
    let (records, report) = kaigo_csv::read(bytes, &ReadOptions::new(kind)).ok_or("no records")?;
    conforming(report.findings().first(), records.len() as u64)
}

fn owned_of<R: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<R>, Box<dyn Error>> {
    let (text, ..) = SHIFT_JIS.decode(bytes);
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    Ok(reader.into_deserialize().collect::<Result<_, _>>()?)
}

/// Reads a document, and the same as what knows nothing of records.
fn read_json(bytes: &[u8], rows: u64) -> Vec<Candidate<'_>> {
    vec![
        Candidate::new("kaigo, checked, all kept", || {
            let (records, report) = json::read(bytes, &json::ReadOptions::default())?;
            conforming(report.findings().first(), records.len() as u64)
        }),
        Candidate::new(VALUE, move || {
            black_box(&serde_json::from_slice::<serde_json::Value>(bytes)?);
            Ok(rows)
        }),
    ]
}

fn write_owned<R: Serialize>(records: &[R]) -> Outcome {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for record in records {
        writer.serialize(record)?;
    }
    let text = String::from_utf8(writer.into_inner()?)?;
    black_box(SHIFT_JIS.encode(&text).0.len());
    Ok(records.len() as u64)
}

fn write<R: AnyRecord>(kind: FileKind, records: &[R], expected: &[u8]) -> Outcome {
    let records_dyn = records.iter().map(|record| record as &dyn AnyRecord);
    let (written, _) = kaigo_csv::write(kind, records_dyn, &WriteOptions::default())?;
    match written == expected {
        true => Ok(records.len() as u64),
        false => Err("the file was not written back byte for byte".into()),
    }
}

const TRANSCODED: &str = "csv + serde, transcoded";
const BY_FIELD: &str = "csv + serde, by field";
const OWNED: &str = "csv + serde, owned";
const OWNED_KEPT: &str = "csv + serde, kept";
const VALUE: &str = "serde_json, Value";
const SCAN: &str = "scan";
const PYTHON: &str = "Python csv";

/// Counts `"`, `,` and LF. The count is not known beforehand; the bytes are what must be gone over.
fn scan(bytes: &[u8], rows: u64) -> Outcome {
    black_box(memchr::memchr3_iter(b'"', b',', b'\n', bytes).count());
    Ok(rows)
}

/// Reads the file once in a Python process and prints its speed, where there is a Python.
fn python(bytes: &[u8], rows: u64) -> Result<(), Box<dyn Error>> {
    let mut file = tempfile::NamedTempFile::new()?;
    std::io::Write::write_all(&mut file, bytes)?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/baseline.py");
    let Ok(output) = Command::new("python3").arg(script).arg(file.path()).output() else {
        println!("{PYTHON:<28}{:>10}", "no python3");
        return Ok(());
    };
    let answer = String::from_utf8(output.stdout)?;
    let mut words = answer.split_whitespace();
    let (Some(seen), Some(seconds)) = (words.next(), words.next()) else {
        return Err(format!("{PYTHON}: {}", String::from_utf8_lossy(&output.stderr)).into());
    };
    if seen.parse() != Ok(rows) {
        return Err(format!("{PYTHON}: {seen} rows of {rows}").into());
    }
    println!("{PYTHON:<28}{:>10.0}", bytes.len() as f64 / 1e6 / seconds.parse::<f64>()?);
    Ok(())
}

/// Everything about one kind of file. A macro, because a record read from a stream borrows from the reader, which
/// no closure's type can say of a record that is a parameter.
macro_rules! kind {
    ($title:literal, $kind:expr, $record:ident, $owned:ident, $by_field:ident, $file:expr, $rounds:expr) => {{
        let (bytes, rows) = $file;
        let options = &ReadOptions::new($kind);
        let size = Size::of_bytes(bytes.len(), rows);
        measure(
            concat!("reading ", $title),
            size,
            $rounds,
            &[TRANSCODED, BY_FIELD, OWNED, OWNED_KEPT, SCAN],
            vec![
                Candidate::new("kaigo, checked, memory", || read_memory::<$record<'_>>(&bytes, options)),
                Candidate::new("kaigo, checked, stream", || {
                    read_stream(&bytes, options, |reader| {
                        let record = reader.next::<$record<'_>>()?;
                        Ok(black_box(&record).is_some())
                    })
                }),
                Candidate::new("kaigo, checked, all kept", || read_all($kind, &bytes)),
                Candidate::new(OWNED, || read_owned::<$owned>(&bytes)),
                Candidate::new(TRANSCODED, || read_transcoded::<$owned>(&bytes)),
                Candidate::new(BY_FIELD, || read_by_field::<$by_field>(&bytes)),
                Candidate::new(OWNED_KEPT, || Ok(owned_of::<$owned>(&bytes)?.len() as u64)),
                Candidate::new(SCAN, || scan(&bytes, rows)),
            ],
        )?;
        python(&bytes, rows)?;

        let records: Vec<$record<'_>> = Reader::new(&bytes, options).collect();
        let owned = owned_of::<$owned>(&bytes)?;
        measure(
            concat!("writing ", $title),
            size,
            $rounds,
            &[OWNED],
            vec![
                Candidate::new("kaigo", || write($kind, &records, &bytes)),
                Candidate::new(OWNED, || write_owned(&owned)),
            ],
        )?;

        let iter = || records.iter().map(|record| record as &dyn AnyRecord);
        let document = json::write($kind, iter(), &json::WriteOptions::default());
        let size = Size::of_bytes(document.len(), rows);
        measure(concat!("reading JSON, ", $title), size, $rounds, &[VALUE], read_json(&document, rows))?;
        let written = || {
            let again = json::write($kind, iter(), &json::WriteOptions::default());
            if again == document { Ok(rows) } else { Err("another document".into()) }
        };
        let candidates = vec![Candidate::new("kaigo", written)];
        measure(concat!("writing JSON, ", $title), size, $rounds, &[], candidates)?;
    }};
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = rounds(15);
    kind!(
        "UPPLAN (numbers)",
        FileKind::SlipPlan,
        ServiceSlip,
        OwnedSlip,
        SlipByField,
        kaigo_benches::service_slips(SEED, SIZE),
        rounds
    );
    kind!(
        "UP2KYO (text)",
        FileKind::CarePlan2,
        CarePlanSheet2,
        OwnedSheet2,
        Sheet2ByField,
        kaigo_benches::care_plan_rows(SEED, SIZE),
        rounds
    );
    Ok(())
}
