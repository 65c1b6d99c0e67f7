//! Holds 100,000 planned visits against as many actual ones, with kaigo and as it is written without it, in one run. Both
//! begin with rows in memory: kaigo's are typed records, the others the `String`s that a reader without types gives.
//!
//! All say what became of each visit, and sum units by client and by provider.
//!
//! * `kaigo`: every class, ambiguity, tolerance, sums by type too, a typed result with every visit's facts.
//! * `hash map of texts`: the usual way: actual rows in a `HashMap` keyed by joined texts, looked up row by row; classes as
//!   planned, cancelled and added alone.
//! * `nested loops`: for each client's month each planned row looks for its actual one; moved visits, too.
//!
//! Usage: `cargo bench -p kaigo-benches --bench reconcile [-- ROUNDS]`.

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;

use kaigo_benches::measure::{Candidate, Outcome, Size, measure, rounds};
use kaigo_core::calendar::ClockTime;
use kaigo_core::care::{Tolerance, VisitOutcome, reconcile};
use kaigo_core::format::csv::{ReadOptions, Reader};
use kaigo_core::record::{AnyRecord, Field, FileKind, Record, ServiceSlip};

const VISITS: usize = 100_000;
const SEED: u64 = 20260701;

type Slip = ServiceSlip<'static>;
/// A row as a reader without types gives it.
type Texts = Vec<String>;

/// Planned visits, and actual ones of which one in twenty is cancelled and one in twenty is at another time.
fn visits() -> (Vec<Slip>, Vec<Slip>) {
    let (bytes, _) = kaigo_benches::service_slips(SEED, VISITS * 250);
    let planned: Vec<Slip> = Reader::<ServiceSlip<'_>>::new(&bytes, &ReadOptions::new(FileKind::SlipPlan))
        .take(VISITS)
        .map(Record::into_owned)
        .collect();
    let mut actual = Vec::new();
    for (number, slip) in planned.iter().enumerate() {
        let mut slip = slip.clone();
        match number % 20 {
            7 => continue,
            13 => slip.service_start_time = Field::Value(ClockTime::At { hour: 6, minute: 5 }),
            _ => {}
        }
        actual.push(slip);
    }
    (planned, actual)
}

fn texts(slips: &[Slip]) -> Vec<Texts> {
    let row = |slip: &Slip| -> Texts {
        (1..=25).map(|no| slip.value(no).map(|value| value.to_text()).unwrap_or_default()).collect()
    };
    slips.iter().map(row).collect()
}

fn kaigo(planned: &[Slip], actual: &[Slip]) -> Outcome {
    let found = reconcile(black_box(planned), black_box(actual), &Tolerance::default());
    let visits: usize = found.outcomes.iter().map(|outcome| outcome.visits as usize).sum();
    let as_planned = found.outcomes.iter().find(|outcome| outcome.outcome == VisitOutcome::AsPlanned);
    if visits < planned.len() || as_planned.is_none() {
        return Err("visits are missing".into());
    }
    black_box(found);
    Ok(planned.len() as u64)
}

/// The fields that tell a visit, joined: insurer, insured person, provider, service, day, times.
fn key(row: &Texts) -> String {
    [1, 2, 19, 14, 9, 11, 12].map(|field| row[field].as_str()).join(",")
}

/// Planned and actual units, by client and by provider.
#[derive(Default)]
struct Sums {
    clients: HashMap<String, (u64, u64)>,
    providers: HashMap<String, (u64, u64)>,
}

impl Sums {
    fn of(planned: &[Texts], actual: &[Texts]) -> Result<Self, Box<dyn Error>> {
        let mut sums = Self::default();
        for (row, is_actual) in
            planned.iter().map(|row| (row, false)).chain(actual.iter().map(|row| (row, true)))
        {
            let units = row[7].parse::<u64>()? * row[13].parse::<u64>()?;
            let client = sums.clients.entry(row[2].clone()).or_default();
            let provider = sums.providers.entry(row[19].clone()).or_default();
            for sum in [client, provider] {
                *(if is_actual { &mut sum.1 } else { &mut sum.0 }) += units;
            }
        }
        Ok(sums)
    }
}

fn hash_map(planned: &[Texts], actual: &[Texts]) -> Outcome {
    let mut given: HashMap<String, Vec<&Texts>> = HashMap::new();
    for row in black_box(actual) {
        given.entry(key(row)).or_default().push(row);
    }
    let mut outcomes: Vec<(String, &str)> = Vec::new();
    for row in black_box(planned) {
        let key = key(row);
        let outcome = match given.get_mut(&key).and_then(Vec::pop) {
            Some(_) => "as planned",
            None => "cancelled",
        };
        outcomes.push((key, outcome));
    }
    let added = given.values().flatten().map(|row| (key(row), "added"));
    outcomes.extend(added);
    let sums = Sums::of(planned, actual)?;
    black_box((outcomes, sums.clients, sums.providers));
    Ok(planned.len() as u64)
}

/// Planned and actual rows.
type Sides<'r> = (Vec<&'r Texts>, Vec<&'r Texts>);

fn nested(planned: &[Texts], actual: &[Texts]) -> Outcome {
    let mut months: HashMap<(&str, &str), Sides<'_>> = HashMap::new();
    for row in black_box(planned) {
        months.entry((&row[1], &row[2])).or_default().0.push(row);
    }
    for row in black_box(actual) {
        months.entry((&row[1], &row[2])).or_default().1.push(row);
    }
    let mut outcomes = Vec::new();
    for (planned, mut actual) in months.into_values() {
        let same = |a: &Texts, b: &Texts, fields: &[usize]| fields.iter().all(|field| a[*field] == b[*field]);
        for row in planned {
            let exact = actual.iter().position(|given| same(row, given, &[19, 14, 9, 11, 12]));
            let found = exact.or_else(|| actual.iter().position(|given| same(row, given, &[19, 14, 9])));
            let outcome = match (found, exact) {
                (Some(_), Some(_)) => "as planned",
                (Some(_), None) => "moved",
                (None, _) => "cancelled",
            };
            outcomes.push((row, outcome));
            if let Some(at) = found {
                actual.remove(at);
            }
        }
        outcomes.extend(actual.into_iter().map(|row| (row, "added")));
    }
    let sums = Sums::of(planned, actual)?;
    black_box((outcomes, sums.clients, sums.providers));
    Ok(planned.len() as u64)
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = rounds(5);
    let (planned, actual) = visits();
    if planned.len() != VISITS {
        return Err(format!("{} visits", planned.len()).into());
    }
    let (planned_texts, actual_texts) = (texts(&planned), texts(&actual));
    measure(
        "reconcile 100,000 visits",
        Size::of_rows(VISITS as u64),
        rounds,
        &["hash map of texts", "nested loops"],
        vec![
            Candidate::new("kaigo", || kaigo(&planned, &actual)),
            Candidate::new("hash map of texts", || hash_map(&planned_texts, &actual_texts)),
            Candidate::new("nested loops", || nested(&planned_texts, &actual_texts)),
        ],
    )
}
