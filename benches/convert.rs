//! Converts files of 8 MB from 4.1 to 5.0 and back, and checks a folder on one core and on all, with kaigo and as it is
//! written without it, in one run.
//!
//! * `kaigo`: read, checked, converted, with the loss report.
//! * `naive`: the file decoded with `encoding_rs`, `csv`, a hash map of texts a row, `serde_json`; and the way back. Every value
//!   is a text, nothing is checked, no character is looked at: what Shift_JIS lacks becomes `&#…;` in silence.
//! * `kaigo, 1 thread` and `kaigo, all cores`: a folder of sending units by [`batch::validate`].
//!
//! Usage: `cargo bench -p kaigo-benches --bench convert [-- ROUNDS]`.

use std::collections::HashMap;
use std::error::Error;

use encoding_rs::SHIFT_JIS;
use kaigo_benches::measure::{Candidate, Outcome, Size, measure, rounds};
use kaigo_core::batch::{BatchOptions, validate};
use kaigo_core::convert::{ConvertOptions, Form, convert};
use kaigo_core::exchange::CheckOptions;
use kaigo_core::record::FileKind;
use serde_json::{Value, json};

const SIZE: usize = 8 << 20;
const SEED: u64 = 20260701;
const NAIVE: &str = "naive";
const ONE: &str = "kaigo, 1 thread";
/// Units of the folder.
const UNITS: usize = 400;

fn kaigo(bytes: &[u8], kind: FileKind, to: Form, rows: u64, expected: &[u8]) -> Outcome {
    let options = ConvertOptions { kind: Some(kind), ..ConvertOptions::default() };
    let done = convert("", bytes, to, &options)?;
    match done.losses.iter().find(|loss| loss.character.is_none()) {
        Some(loss) => Err(format!("nothing should be lost: {}", loss.finding).into()),
        None if done.bytes == expected => Ok(rows),
        None => Err("another file".into()),
    }
}

fn names(kind: FileKind) -> Vec<&'static str> {
    kind.layout().map_or(&[][..], |layout| layout.fields).iter().map(|field| field.name_json).collect()
}

fn naive_to_json(bytes: &[u8], kind: FileKind) -> Result<Vec<u8>, Box<dyn Error>> {
    let (text, ..) = SHIFT_JIS.decode(bytes);
    let names = names(kind);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut records: Vec<HashMap<String, String>> = Vec::new();
    for record in reader.records() {
        let record = record?;
        let filled = names.iter().zip(&record).filter(|(_, text)| !text.is_empty());
        records.push(filled.map(|(name, text)| ((*name).to_owned(), text.to_owned())).collect());
    }
    let document = json!({"standard": "5.0-provisional", "kind": kind.name(), "records": records});
    Ok(serde_json::to_vec(&document)?)
}

fn naive_to_csv(bytes: &[u8], kind: FileKind) -> Result<Vec<u8>, Box<dyn Error>> {
    let document: Value = serde_json::from_slice(bytes)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in document["records"].as_array().ok_or("no records")? {
        writer.write_record(names(kind).iter().map(|name| record[*name].as_str().unwrap_or_default()))?;
    }
    let text = String::from_utf8(writer.into_inner()?)?;
    Ok(SHIFT_JIS.encode(&text).0.into_owned())
}

fn both_ways(
    title: &str,
    kind: FileKind,
    (csv, rows): (Vec<u8>, u64),
    rounds: usize,
) -> Result<(), Box<dyn Error>> {
    let options = ConvertOptions { kind: Some(kind), ..ConvertOptions::default() };
    let json = convert("", &csv, Form::Json, &options)?.bytes;
    let texts = naive_to_json(&csv, kind)?;
    let seen = |bytes: Vec<u8>| if bytes.is_empty() { Err("nothing".into()) } else { Ok(rows) };
    measure(
        &format!("4.1 to 5.0, {title}"),
        Size::of_bytes(csv.len(), rows),
        rounds,
        &[NAIVE],
        vec![
            Candidate::new("kaigo", || kaigo(&csv, kind, Form::Json, rows, &json)),
            Candidate::new(NAIVE, || seen(naive_to_json(&csv, kind)?)),
        ],
    )?;
    measure(
        &format!("5.0 to 4.1, {title} (MB of CSV)"),
        Size::of_bytes(csv.len(), rows),
        rounds,
        &[NAIVE],
        vec![
            Candidate::new("kaigo", || kaigo(&json, kind, Form::Csv, rows, &csv)),
            Candidate::new(NAIVE, || seen(naive_to_csv(&texts, kind)?)),
        ],
    )
}

fn folder(rounds: usize) -> Result<(), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let (bytes, rows) = kaigo_benches::service_slips(SEED, 200 << 10);
    for unit in 0..UNITS {
        let folder = dir.path().join(format!("{unit:04}"));
        std::fs::create_dir(&folder)?;
        let name = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";
        std::fs::write(folder.join(name), &bytes)?;
    }
    let run = |jobs| -> Outcome {
        let options = BatchOptions { jobs, ..BatchOptions::default() };
        let summary = validate(dir.path(), &CheckOptions::default(), &options, drop)?;
        if summary.files == UNITS as u64 { Ok(rows * summary.files) } else { Err("files are missing".into()) }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("\n{cores} cores");
    measure(
        "checking a folder",
        Size::of_bytes(bytes.len() * UNITS, rows * UNITS as u64),
        rounds,
        &[ONE],
        vec![Candidate::new(ONE, || run(1)), Candidate::new("kaigo, all cores", || run(0))],
    )
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = rounds(7);
    both_ways("UPPLAN (numbers)", FileKind::SlipPlan, kaigo_benches::service_slips(SEED, SIZE), rounds)?;
    both_ways("UP2KYO (text)", FileKind::CarePlan2, kaigo_benches::care_plan_rows(SEED, SIZE), rounds)?;
    folder(rounds)
}
