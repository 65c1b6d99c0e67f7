//! Thousands of files: checked or converted on all cores, in constant memory, in an order that does not depend on the number
//! of threads, and resumed where a run was cut off.
//!
//! A folder is walked with all below it, archives (ZIP) among its files are looked into, and the files of one sending unit are
//! worked on together. A thread holds one unit at a time; no result is collected. What is known of all files at once is the
//! names of one folder, and with a manifest some hundred bytes for each file that it lists.
//!
//! With a manifest, each file that is finished is a line of JSON in it ([`ManifestLine`]), written before the next result
//! is given. A run that was killed is run again: what is finished and unchanged (by size and time of change, or by the check
//! sum in an archive) is skipped, what changed is done anew, and so are all files of a unit of which one changed.
//!
//! ```no_run
//! use kaigo_core::batch::{BatchOptions, validate};
//! use kaigo_core::exchange::CheckOptions;
//!
//! # fn main() -> kaigo_core::Result<()> {
//! let options = BatchOptions { manifest: Some("manifest.jsonl".into()), ..BatchOptions::default() };
//! let summary = validate("inbox".as_ref(), &CheckOptions::default(), &options, |done| {
//!     for finding in done.report.findings() {
//!         println!("{finding}");
//!     }
//! })?;
//! println!("{} files, {} with errors", summary.files, summary.failed);
//! # Ok(())
//! # }
//! ```

mod in_order;
mod manifest;
mod walk;
mod work;

use std::path::{Path, PathBuf};

pub use manifest::{ManifestLine, Outcome};

use crate::convert::{ConvertOptions, Form, Losses};
use crate::error::{ErrorKind, Result};
use crate::exchange::CheckOptions;
use crate::progress::Watch;
use crate::report::{Lang, Report};
use in_order::in_order;
use manifest::Manifest;
use walk::{Walk, count};
use work::{Job, Task};

/// No machine gains by more threads.
const MOST_JOBS: usize = 256;

/// How a batch is run.
#[derive(Debug, Clone)]
pub struct BatchOptions {
    /// How many threads work, at most 256; 0 for one a core. Default 0.
    pub jobs: usize,
    /// The file that remembers what is finished; `None` remembers nothing.
    pub manifest: Option<PathBuf>,
    /// The most bytes of one unit, unpacked, so that a hostile archive cannot fill the memory. Default 1 GiB.
    pub unit_bytes: u64,
    /// Told of progress in files, and asked whether the work goes on.
    pub watch: Watch,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self { jobs: 0, manifest: None, unit_bytes: 1 << 30, watch: Watch::default() }
    }
}

/// What was done with the files of one sending unit, or with a file that belongs to none.
#[derive(Debug, Clone)]
pub struct Done {
    /// Each file, as the manifest has it.
    pub files: Vec<ManifestLine>,
    /// Whether nothing was done, for the manifest says that it was before.
    pub skipped: bool,
    /// What was found in the files and between them.
    pub report: Report,
    /// What conversion lost, a file each.
    pub losses: Vec<Losses>,
    /// What stopped the work on them, in Japanese and English.
    pub error: Option<(String, String)>,
}

impl Done {
    /// For people: what stopped the work, behind the first file that it was on.
    pub fn failure(&self, lang: Lang) -> Option<String> {
        let (ja, en) = self.error.as_ref()?;
        let message = if lang == Lang::Japanese { ja } else { en };
        Some(format!("{}: {message}", self.files.first()?.path.as_str()))
    }
}

/// What came of a batch, with what earlier runs did by the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// All files.
    pub files: u64,
    /// Those that were skipped, for they were finished before.
    pub skipped: u64,
    /// Those that could not be read or written; they are tried again by the next run.
    pub unreadable: u64,
    /// Those that were refused, for something cannot be written or would be lost.
    pub refused: u64,
    /// Those with an error among their findings, or refused.
    pub failed: u64,
    /// Errors found.
    pub errors: u64,
    /// Warnings found.
    pub warnings: u64,
    /// Losses of conversion.
    pub losses: u64,
}

impl Summary {
    fn add(&mut self, line: &ManifestLine, skipped: bool) {
        self.files += 1;
        self.skipped += u64::from(skipped);
        self.unreadable += u64::from(line.outcome == Outcome::Unreadable);
        self.refused += u64::from(line.outcome == Outcome::Refused);
        self.failed += u64::from(line.outcome == Outcome::Refused || line.errors > 0);
        self.errors += u64::from(line.errors);
        self.warnings += u64::from(line.warnings);
        self.losses += u64::from(line.losses);
    }
}

/// Checks every file below a folder, or in an archive, as [`Unit::check`](crate::exchange::Unit::check) does; `each` is told
/// of every unit, in order.
///
/// # Errors
/// When the folder or the manifest cannot be read, the manifest belongs to another batch
/// ([`ErrorKind::OtherManifest`]), or the watch broke it off ([`ErrorKind::Cancelled`]; what is finished stays so). A file that
/// cannot be read is an [`Outcome`].
pub fn validate(
    root: &Path,
    check: &CheckOptions,
    options: &BatchOptions,
    each: impl FnMut(Done),
) -> Result<Summary> {
    run(root, None, &Job::Validate(*check), options, each)
}

/// Converts every file below a folder, or in an archive, into a folder of the same shape; an archive becomes a folder of its
/// name. Files are written whole or not at all, those of a unit all or none. `each` is told of every unit, in order.
///
/// # Errors
/// As [`validate`].
pub fn convert(
    root: &Path,
    into: &Path,
    to: Form,
    convert: &ConvertOptions,
    options: &BatchOptions,
    each: impl FnMut(Done),
) -> Result<Summary> {
    let job = Job::Convert { into: into.to_owned(), to, options: convert.clone() };
    run(root, Some(into), &job, options, each)
}

fn run(
    root: &Path,
    into: Option<&Path>,
    job: &Job,
    options: &BatchOptions,
    mut each: impl FnMut(Done),
) -> Result<Summary> {
    let mut manifest =
        options.manifest.as_deref().map(|path| Manifest::open(path, &job.settings())).transpose()?;
    let left_out: Vec<&Path> = into.into_iter().chain(options.manifest.as_deref()).collect();
    let total = if options.watch.is_somebody() { Some(count(root, &left_out)?) } else { None };
    let walk = Walk::new(root, &left_out)?;
    let jobs = match options.jobs {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs.min(MOST_JOBS),
    };
    let mut summary = Summary::default();
    let known = manifest.as_ref().map(Manifest::known).unwrap_or_default();
    let work = |task: Result<Task>| task.map(|task| task.run(job, &known, options.unit_bytes));
    in_order(walk, jobs, work, |done| -> Result<()> {
        let done = done?;
        for line in &done.files {
            summary.add(line, done.skipped);
            if let (Some(manifest), false) = (&mut manifest, done.skipped) {
                manifest.add(line)?;
            }
        }
        each(done);
        match options.watch.goes_on(summary.files, total) {
            true => Ok(()),
            false => Err(ErrorKind::Cancelled.into()),
        }
    })?;
    manifest.map_or(Ok(()), Manifest::finish)?;
    Ok(summary)
}
