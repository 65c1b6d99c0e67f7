//! Candidates take turns, so that a noisy machine is noisy for all of them, and the fastest round of each counts.

use std::error::Error;
use std::time::{Duration, Instant};

/// How many rows a run saw.
pub type Outcome = Result<u64, Box<dyn Error>>;

/// What is measured: a name, and a run that says how many rows it saw.
pub struct Candidate<'f> {
    name: &'static str,
    run: Box<dyn Fn() -> Outcome + 'f>,
    times: Vec<Duration>,
}

impl<'f> Candidate<'f> {
    /// A candidate of that name.
    pub fn new(name: &'static str, run: impl Fn() -> Outcome + 'f) -> Self {
        Self { name, run: Box::new(run), times: Vec::new() }
    }

    fn fastest(&self) -> f64 {
        self.times.iter().min().map_or(f64::NAN, Duration::as_secs_f64)
    }
}

/// How much work one run is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    amount: f64,
    unit: &'static str,
    rows: u64,
}

impl Size {
    /// Work on bytes, told in MB/s.
    pub fn of_bytes(bytes: usize, rows: u64) -> Self {
        Self { amount: bytes as f64 / 1e6, unit: "MB", rows }
    }

    /// Work on rows, told in thousands a second.
    pub fn of_rows(rows: u64) -> Self {
        Self { amount: rows as f64 / 1e3, unit: "k", rows }
    }
}

/// How many rounds: as the command line says, which Cargo itself adds `--bench` to.
pub fn rounds(default: usize) -> usize {
    std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(default)
}

/// Lets the candidates take turns and prints the table. Ratios are to the candidates of those names.
///
/// # Errors
/// When a run fails, or sees another number of rows.
pub fn measure(
    title: &str,
    size: Size,
    rounds: usize,
    against: &[&str],
    mut candidates: Vec<Candidate<'_>>,
) -> Result<(), Box<dyn Error>> {
    let Size { amount, unit, rows } = size;
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
    let rate = |candidate: &Candidate<'_>| amount / candidate.fastest();
    println!("\n{title}: {amount:.1} {unit}, {rows} rows, fastest of {rounds}");
    print!("{:<28}{:>10}", "", format!("{unit}/s"));
    against.iter().for_each(|name| print!("{:>27}", format!("x {name}")));
    println!();
    for candidate in &candidates {
        print!("{:<28}{:>10.0}", candidate.name, rate(candidate));
        for name in against {
            match candidates.iter().find(|other| other.name == *name) {
                Some(other) => print!("{:>27.2}", rate(candidate) / rate(other)),
                None => print!("{:>27}", "-"),
            }
        }
        println!();
    }
    Ok(())
}
