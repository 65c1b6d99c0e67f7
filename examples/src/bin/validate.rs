//! Checks files, directories and ZIP archives of the exchange, in CSV, JSON or XML.
//!
//! A file is checked by itself; the files of a directory or archive also against each other, as sending units.
#![forbid(unsafe_code)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use kaigo_core::batch::{Summary, validate};
use kaigo_core::exchange::{CheckOptions, check_file_in_any_form};
use kaigo_core::report::{Masking, Report};
use kaigo_core::{Error, Result};
use kaigo_examples::{Format, Language, batch, is_archive};

/// Checks files of the care-plan exchange standard 4.1.
///
/// Exit status: 0 nothing worse than a warning, 1 errors were found, 2 something could not be read.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// How findings are printed: lines for people, or one JSON object a line.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language of lines for people.
    #[arg(long, value_enum, default_value_t = Language::En)]
    lang: Language,
    /// Accept what real senders do (BOM, UTF-8, LF, header row, old names …) with warnings.
    #[arg(long)]
    tolerant: bool,
    /// Show values that are about a person.
    #[arg(long)]
    show_personal_data: bool,
    /// Of a directory or archive: remember in this file what is finished, and skip that another time.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// How many threads work. One a core unless told.
    #[arg(long, default_value_t = 0)]
    jobs: usize,
    /// Files, directories or ZIP archives.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let check = if arguments.tolerant { CheckOptions::tolerant() } else { CheckOptions::default() };
    let (mut unreadable, mut errors, mut warnings) = (false, 0, 0);
    for path in &arguments.paths {
        let checked = if arguments.is_one_file(path) {
            arguments.one(path, &check).map(|report| (report.errors(), report.warnings(), false))
        } else {
            arguments.batch(path, &check).map(|all| (all.errors, all.warnings, all.unreadable > 0))
        };
        match checked {
            Ok((more_errors, more_warnings, some_unreadable)) => {
                errors += more_errors;
                warnings += more_warnings;
                unreadable |= some_unreadable;
            }
            Err(error) => {
                eprintln!("{}", error.message(arguments.lang.into()));
                unreadable = true;
            }
        }
    }
    if matches!(arguments.format, Format::Text) {
        eprintln!("{errors} errors, {warnings} warnings");
    }
    match (unreadable, errors) {
        (true, _) => ExitCode::from(2),
        (false, 0) => ExitCode::SUCCESS,
        (false, _) => ExitCode::FAILURE,
    }
}

impl Arguments {
    fn is_one_file(&self, path: &Path) -> bool {
        path.is_file() && !is_archive(path)
    }

    fn one(&self, path: &Path, check: &CheckOptions) -> Result<Report> {
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, error))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let report = check_file_in_any_form(&name, &bytes, check)?;
        self.print(&report).map_err(|error| Error::io(path, error))?;
        Ok(report)
    }

    fn batch(&self, path: &Path, check: &CheckOptions) -> Result<Summary> {
        let (bar, options) = batch(self.jobs, self.manifest.clone());
        let summary = validate(path, check, &options, |done| {
            if let Some(failure) = done.failure(self.lang.into()) {
                eprintln!("{failure}");
            }
            if self.print(&done.report).is_err() {
                // Nobody reads any more.
                std::process::exit(2);
            }
        });
        bar.finish_and_clear();
        summary
    }

    fn print(&self, report: &Report) -> std::io::Result<()> {
        let masking = if self.show_personal_data { Masking::Shown } else { Masking::Masked };
        let mut out = std::io::stdout().lock();
        for finding in report.findings() {
            match self.format {
                Format::Text => writeln!(out, "{}", finding.line(self.lang.into(), masking))?,
                Format::Json => {
                    serde_json::to_writer(&mut out, &finding.to_json(masking))?;
                    writeln!(out)?;
                }
            }
        }
        if report.dropped() > 0 {
            eprintln!("{} more findings", report.dropped());
        }
        Ok(())
    }
}
