//! Computes the annex (第7表) of 10,000 clients' months from their slips, with kaigo and as it is written without it, in one
//! run.
//!
//! * `kaigo`: typed rows that can be written as they are, the ceilings shared out, each amount with its reasons.
//! * `naive`: rows of `String`s, as a reader without types gives them; sums in hash maps keyed by texts, costs in `f64`, no
//!   ceilings, no subtotals, no reasons. Floating point is wrong by a yen now and then, so only the total of units is held
//!   against kaigo's.
//! * `naive, decimal`: the same with prices as whole hundredths.
//!
//! Usage: `cargo bench -p kaigo-benches --bench annex [-- ROUNDS]`.

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;

use kaigo_benches::measure::{Candidate, Outcome, Size, measure, rounds};
use kaigo_core::benefit::{AreaGrade, Tables};
use kaigo_core::care::annex::{AnnexTerms, PriceTerm, annex};
use kaigo_core::eligibility::BurdenRatio;
use kaigo_core::exchange::MonthlySlipRecords;
use kaigo_core::format::csv::{ReadOptions, Reader};
use kaigo_core::record::{AnyRecord, ClientSupplement, Field, FileKind, Record, ServiceSlip, Subtotal};

const CLIENTS: usize = 10_000;
const SEED: u64 = 20260701;

/// The months of so many clients.
fn months() -> Vec<MonthlySlipRecords> {
    let mut months: Vec<MonthlySlipRecords> = Vec::new();
    let (bytes, _) = kaigo_benches::service_slips(SEED, CLIENTS * 4000);
    for slip in Reader::<ServiceSlip<'_>>::new(&bytes, &ReadOptions::new(FileKind::SlipPlan)) {
        let mut slip = slip.into_owned();
        // Per-diem services are paid by their marked days, of which the naive ways know nothing.
        slip.per_diem_days = Field::Blank;
        let count = months.len();
        match months.last_mut() {
            Some(month) if month.slips[0].insured_number == slip.insured_number => month.slips.push(slip),
            _ if count == CLIENTS => break,
            _ => months.push(MonthlySlipRecords {
                slips: vec![slip],
                annex: Vec::new(),
                supplement: Some(ClientSupplement {
                    category_limit_units: Field::Value(36_217),
                    ..ClientSupplement::default()
                }),
            }),
        }
    }
    months
}

/// A row as a reader without types gives it: all 25 fields as texts.
type Texts = Vec<String>;

fn texts(months: &[MonthlySlipRecords]) -> Vec<Vec<Texts>> {
    let row = |slip: &ServiceSlip<'_>| {
        (1..=25).map(|no| slip.value(no).map(|value| value.to_text()).unwrap_or_default()).collect()
    };
    months.iter().map(|month| month.slips.iter().map(row).collect()).collect()
}

fn kaigo(months: &[MonthlySlipRecords], terms: &AnnexTerms, expected: u64) -> Outcome {
    let mut units = 0;
    for month in months {
        let annex = annex(black_box(month), terms, Tables::bundled());
        for row in annex.records() {
            if row.service_code.get().and_then(Subtotal::of).is_none() {
                units += u64::try_from(row.service_units_or_amount.get().unwrap_or_default())?;
            }
        }
        black_box(&annex);
    }
    held_against(units, expected, months.iter().map(|month| month.slips.len()).sum())
}

/// Sums by office and code, then cost by office and type; `cost` says what units cost.
fn naive(months: &[Vec<Texts>], expected: u64, cost: impl Fn(u64) -> (u64, u64)) -> Outcome {
    let mut all = 0;
    for month in months {
        let mut sums: HashMap<(String, String, String), (u64, u64)> = HashMap::new();
        for row in month {
            let key = (row[19].clone(), row[14].clone(), row[7].clone());
            let sum = sums.entry(key).or_default();
            sum.0 += row[13].parse::<u64>()?;
            sum.1 += row[7].parse::<u64>()? * row[13].parse::<u64>()?;
        }
        let mut rows: Vec<Texts> = Vec::new();
        for ((office, code, units), (count, sum)) in &sums {
            let (total, insurer) = cost(*sum);
            let mut row = vec![String::new(); 37];
            row[0..5].clone_from_slice(&month[0][0..5]);
            row[6].clone_from(office);
            row[8].clone_from(code);
            row[12].clone_from(units);
            row[15] = count.to_string();
            row[16] = sum.to_string();
            row[17] = sum.to_string();
            row[23] = total.to_string();
            row[25] = insurer.to_string();
            row[27] = (total - insurer).to_string();
            rows.push(row);
            all += sum;
        }
        black_box(&rows);
    }
    held_against(all, expected, months.iter().map(Vec::len).sum())
}

fn held_against(units: u64, expected: u64, rows: usize) -> Outcome {
    match units == expected {
        true => Ok(rows as u64),
        false => Err(format!("{units} units of {expected}").into()),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = rounds(15);
    let months = months();
    if months.len() != CLIENTS {
        return Err(format!("{} clients", months.len()).into());
    }
    let texts = texts(&months);
    let terms = AnnexTerms {
        burden_ratio: Some(BurdenRatio::One),
        prices: vec![PriceTerm::of_area(AreaGrade::Third)],
        ..AnnexTerms::default()
    };
    let of_slip = |slip: &ServiceSlip<'_>| {
        slip.units.get().unwrap_or_default() as u64 * slip.service_count.get().unwrap_or_default() as u64
    };
    let expected = months.iter().flat_map(|month| &month.slips).map(of_slip).sum();
    let rows = months.iter().map(|month| month.slips.len() as u64).sum();
    let binary = |units: u64| {
        let total = (units as f64 * 10.83).floor();
        (total as u64, (total * 0.9).floor() as u64)
    };
    let decimal = |units: u64| {
        let total = units * 1083 / 100;
        (total, total * 90 / 100)
    };
    measure(
        "slips to annexes, 10,000 clients",
        Size::of_rows(rows),
        rounds,
        &["naive", "naive, decimal"],
        vec![
            Candidate::new("kaigo", || kaigo(&months, &terms, expected)),
            Candidate::new("naive", || naive(&texts, expected, binary)),
            Candidate::new("naive, decimal", || naive(&texts, expected, decimal)),
        ],
    )
}
