//! Turns a file of records from Shift_JIS CSV (standard 4.1) into JSON (`5.0-provisional`) or back.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use kaigo_core::exchange::{FileName, write_atomically};
use kaigo_core::format::{csv, json};
use kaigo_core::record::FileKind;
use kaigo_core::report::{Report, Strictness};
use kaigo_core::text::GaijiPolicy;
use kaigo_core::{Error, ErrorKind};
use kaigo_examples::progress;

/// Turns a file of records from CSV into JSON or back.
///
/// What does not conform is carried over as it is, and told on standard error. Exit status: 0 nothing worse than a
/// warning, 1 errors were found (the file is written unless a character cannot be), 2 could not be read or written.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// What to write.
    #[arg(long, value_enum)]
    to: Form,
    /// The kind of file, such as UPPLAN, where the name of a CSV file does not tell.
    #[arg(long, value_parser = parse_kind)]
    kind: Option<FileKind>,
    /// What becomes of characters that Shift_JIS does not have.
    #[arg(long, value_enum, default_value_t = Gaiji::Reject)]
    gaiji: Gaiji,
    /// Accept what real senders do (BOM, UTF-8, LF, header row …) with warnings.
    #[arg(long)]
    tolerant: bool,
    /// The file to read.
    input: PathBuf,
    /// The file to write.
    output: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Csv,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Gaiji {
    /// Write nothing.
    Reject,
    /// Write known variants, reject others.
    Map,
    /// Write known variants, and 〓 for others.
    Substitute,
}

fn parse_kind(name: &str) -> Result<FileKind, String> {
    FileKind::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = FileKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("one of {}", known.join(", "))
    })
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let spinner = progress(1);
    let result = convert(&arguments);
    spinner.finish_and_clear();
    match result {
        Ok(report) => {
            print(&report);
            if report.errors() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error}");
            if let ErrorKind::Unwritable { report } = error.kind() {
                print(report);
                return ExitCode::FAILURE;
            }
            ExitCode::from(2)
        }
    }
}

fn print(report: &Report) {
    for finding in report.findings() {
        eprintln!("{finding}");
    }
}

fn convert(arguments: &Arguments) -> Result<Report, Error> {
    let bytes = std::fs::read(&arguments.input).map_err(|e| Error::io(&arguments.input, e))?;
    let name =
        arguments.input.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let strictness = if arguments.tolerant { Strictness::Tolerant } else { Strictness::Strict };
    let (bytes, report) = match arguments.to {
        Form::Json => {
            let kind =
                arguments.kind.or_else(|| FileName::parse_tolerant(&name).ok().map(|(name, _)| name.kind()));
            let kind = kind.ok_or_else(|| unknown_kind(&arguments.input))?;
            let options =
                csv::ReadOptions { strictness, file: Some(name.into()), ..csv::ReadOptions::new(kind) };
            let (records, report) =
                csv::read(&bytes, &options).ok_or_else(|| unknown_kind(&arguments.input))?;
            (json::write(kind, records.iter(), &json::WriteOptions::default()), report)
        }
        Form::Csv => {
            let options = json::ReadOptions {
                kind: arguments.kind,
                strictness,
                file: Some(name.into()),
                ..json::ReadOptions::default()
            };
            let (records, mut report) = json::read(&bytes, &options)?;
            let gaiji = match arguments.gaiji {
                Gaiji::Reject => GaijiPolicy::Reject,
                Gaiji::Map => GaijiPolicy::MapVariants,
                Gaiji::Substitute => GaijiPolicy::Substitute,
            };
            let options = csv::WriteOptions { gaiji, ..csv::WriteOptions::default() };
            let (bytes, changes) = csv::write(records.kind(), records.iter(), &options)?;
            report.extend(changes);
            (bytes, report)
        }
    };
    write_atomically(&arguments.output, &bytes)?;
    Ok(report)
}

fn unknown_kind(path: &Path) -> Error {
    let what = "the file's name does not tell its kind; give --kind";
    Error::io(path, std::io::Error::new(std::io::ErrorKind::InvalidInput, what))
}
