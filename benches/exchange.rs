//! Reads and writes files of 8 MB in MS932 with kaigo, and with what people use today, in one run.
//!
//! * `kaigo, checked`: typed records, every field and row checked, no findings; from memory and from a stream.
//! * `csv + serde, owned`: the whole file decoded with `encoding_rs`, then `csv` into a struct of `String`s. Nothing
//!   is typed or checked.
//! * `scan`: `memchr3` for `"`, `,` and LF over the same bytes and nothing else, a floor for anything that splits.
//! * `Python csv`: `baseline.py`, where there is a `python3`.
//!
//! All candidates take turns, so that a noisy machine is noisy for all of them; the median of the rounds counts.
//! Records are dropped as they are read. The process fails when a result is wrong, never when it is slow.
//!
//! Usage: `cargo bench -p kaigo-benches [-- ROUNDS]`.

use std::error::Error;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use encoding_rs::SHIFT_JIS;
use kaigo_core::format::csv::{self as kaigo_csv, ReadOptions, Reader, StreamReader, WriteOptions};
use kaigo_core::record::{AnyRecord, CarePlanSheet2, FileKind, Record, ServiceSlip};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

type Outcome = Result<u64, Box<dyn Error>>;

const SIZE: usize = 8 << 20;
const SEED: u64 = 20260701;

/// A struct of `String`s, as it is written without a library for these files.
macro_rules! owned {
    ($name:ident $($field:ident)*) => {
        #[derive(Debug, Serialize, Deserialize)]
        struct $name { $($field: String,)* }
    };
}

owned! { OwnedSlip
    csv_version insurer_number insured_number created_on target_month plan_office_number planner_name units
    short_stay_days_to_prev_month service_date per_diem_days service_start_time service_end_time service_count
    service_code tais_code equipment_notification_code equipment_name detail_no office_number office_name
    satellite_no over_30_days updated_by_office_number identifier
}

owned! { OwnedSheet2
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

/// What is measured: a name, and a run that says how many rows it saw.
struct Candidate<'f> {
    name: &'static str,
    run: Box<dyn Fn() -> Outcome + 'f>,
    times: Vec<Duration>,
}

impl<'f> Candidate<'f> {
    fn new(name: &'static str, run: impl Fn() -> Outcome + 'f) -> Self {
        Self { name, run: Box::new(run), times: Vec::new() }
    }

    fn median(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort();
        times.get(times.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
    }
}

/// Lets the candidates take turns and prints the table. Ratios are to the candidates of those names.
fn measure(
    title: &str,
    (bytes, rows): (usize, u64),
    rounds: usize,
    against: &[&str],
    mut candidates: Vec<Candidate<'_>>,
) -> Result<(), Box<dyn Error>> {
    for round in 0..=rounds {
        for candidate in &mut candidates {
            let start = Instant::now();
            let seen = (candidate.run)().map_err(|error| format!("{title}, {}: {error}", candidate.name))?;
            let time = start.elapsed();
            if seen != rows {
                return Err(format!("{title}, {}: {seen} rows of {rows}", candidate.name).into());
            }
            // The first round warms up.
            if round > 0 {
                candidate.times.push(time);
            }
        }
    }
    let rate = |candidate: &Candidate<'_>| bytes as f64 / 1e6 / candidate.median();
    println!("\n{title}: {:.1} MB, {rows} rows, median of {rounds}", bytes as f64 / 1e6);
    print!("{:<28}{:>10}", "", "MB/s");
    against.iter().for_each(|name| print!("{:>24}", format!("x {name}")));
    println!();
    for candidate in &candidates {
        print!("{:<28}{:>10.0}", candidate.name, rate(candidate));
        for name in against {
            match candidates.iter().find(|other| other.name == *name) {
                Some(other) => print!("{:>24.2}", rate(candidate) / rate(other)),
                None => print!("{:>24}", "-"),
            }
        }
        println!();
    }
    Ok(())
}

const OWNED: &str = "csv + serde, owned";
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
    ($title:literal, $kind:expr, $record:ident, $owned:ident, $file:expr, $rounds:expr) => {{
        let (bytes, rows) = $file;
        let options = &ReadOptions::new($kind);
        let size = (bytes.len(), rows);
        measure(
            concat!("reading ", $title),
            size,
            $rounds,
            &[OWNED, SCAN],
            vec![
                Candidate::new("kaigo, checked, memory", || read_memory::<$record<'_>>(&bytes, options)),
                Candidate::new("kaigo, checked, stream", || {
                    read_stream(&bytes, options, |reader| {
                        let record = reader.next::<$record<'_>>()?;
                        Ok(black_box(&record).is_some())
                    })
                }),
                Candidate::new(OWNED, || read_owned::<$owned>(&bytes)),
                Candidate::new(SCAN, || scan(&bytes, rows)),
            ],
        )?;
        python(&bytes, rows)?;

        let records: Vec<$record<'_>> = Reader::new(&bytes, options).collect();
        let text = SHIFT_JIS.decode(&bytes).0;
        let owned = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes())
            .into_deserialize()
            .collect::<Result<Vec<$owned>, _>>()?;
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
        // JSON: `kaigo_core::format::json` beside serde_json over the owned structs goes here.
    }};
}

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo itself passes `--bench`.
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(15);
    kind!(
        "UPPLAN (numbers)",
        FileKind::SlipPlan,
        ServiceSlip,
        OwnedSlip,
        kaigo_benches::service_slips(SEED, SIZE),
        rounds
    );
    kind!(
        "UP2KYO (text)",
        FileKind::CarePlan2,
        CarePlanSheet2,
        OwnedSheet2,
        kaigo_benches::care_plan_rows(SEED, SIZE),
        rounds
    );
    Ok(())
}
