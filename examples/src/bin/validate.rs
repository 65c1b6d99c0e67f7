//! Checks files, directories and ZIP archives of the exchange.
//!
//! A file is checked by itself; the files of a directory or archive also against each other, as sending units.
#![forbid(unsafe_code)]

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kaigo_core::exchange::{CheckOptions, SourceLimits, check_file, gather, read_source};
use kaigo_core::report::{Masking, Report};
use kaigo_examples::{Format, Language, progress};

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
    /// Files, directories or ZIP archives.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let options = if arguments.tolerant { CheckOptions::tolerant() } else { CheckOptions::default() };
    let (mut unreadable, mut errors, mut warnings) = (false, 0, 0);
    for path in &arguments.paths {
        let files = match read_source(path, SourceLimits::default()) {
            Ok(files) => files,
            Err(error) => {
                eprintln!("{}", error.message(arguments.lang.into()));
                unreadable = true;
                continue;
            }
        };
        let mut print = |report: &Report| {
            errors += report.errors();
            warnings += report.warnings();
            arguments.print(report)
        };
        let alone = path.is_file() && matches!(files.as_slice(), [file] if path.ends_with(&file.name));
        let printed = if let ([file], true) = (files.as_slice(), alone) {
            print(&check_file(&file.name, &file.bytes, &options).report)
        } else {
            let gathered = gather(files, &options);
            let bar = progress(gathered.units.len() as u64);
            let printed = print(&gathered.report).and_then(|()| {
                gathered.units.iter().try_for_each(|unit| {
                    bar.inc(1);
                    print(&unit.check(&options))
                })
            });
            bar.finish_and_clear();
            printed
        };
        if printed.is_err() {
            // Nobody reads any more.
            return ExitCode::from(2);
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
