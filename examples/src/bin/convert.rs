//! Turns files of records from CSV (standard 4.1) into JSON (`5.0-provisional`) or XML, or back: one file, or all below a
//! directory. Units become one care-json document, and a document becomes their files.
#![forbid(unsafe_code)]

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use kaigo_core::care::{CareDocument, Repeats};
use kaigo_core::convert::{self, ConvertOptions, Losses};
use kaigo_core::document::{Tree, from_json, to_json};
use kaigo_core::exchange::{CheckOptions, SourceLimits, gather, read_source, write_atomically, write_files};
use kaigo_core::format::csv::WriteOptions;
use kaigo_core::record::FileKind;
use kaigo_core::report::{Masking, Report, Strictness};
use kaigo_core::text::GaijiPolicy;
use kaigo_core::{Error, ErrorKind};
use kaigo_examples::{Format, Language, batch, is_archive};

/// Turns files of records from one form into another. The form of the input is told by the input.
///
/// What does not conform is carried over as it is, and told on standard error; what is lost on the way is told on standard
/// output. `--to care-json` writes all that the input holds as one document of plans and months; `--to csv` turns such a
/// document into the files of its units, in a directory. Exit status: 0 nothing worse than a warning, 1 errors were found
/// or a file was refused, 2 something could not be read or written.
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
    /// Of files from care-json: how follow-up rows of 第2表 are printed.
    #[arg(long, value_enum, default_value_t = FollowUpRows::AsRead)]
    follow_up_rows: FollowUpRows,
    /// Accept what real senders do (BOM, UTF-8, LF, header row …) with warnings.
    #[arg(long)]
    tolerant: bool,
    /// Write nothing of what would lose anything.
    #[arg(long)]
    lossless: bool,
    /// A profile of standard 5.0 to use instead of ours: a JSON document StandardProfile.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// How the loss report is printed: lines for people, or a JSON document LossReport a line.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    report: Format,
    /// The language of lines for people.
    #[arg(long, value_enum, default_value_t = Language::En)]
    lang: Language,
    /// Of a directory: remember in this file what is finished, and skip that another time.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Of a directory: how many threads work. One a core unless told.
    #[arg(long, default_value_t = 0)]
    jobs: usize,
    /// The file to read, or a directory or ZIP archive.
    input: PathBuf,
    /// The file to write, or the directory.
    output: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Csv,
    Json,
    Xml,
    /// One document of plans and months.
    CareJson,
}

/// How follow-up rows of 第2表 are printed.
#[derive(Clone, Copy, ValueEnum)]
enum FollowUpRows {
    /// As the sender did.
    AsRead,
    /// Blank where they say what the row above says.
    Blank,
    /// With everything on each.
    Repeated,
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
    let run = if matches!(arguments.to, Form::CareJson) {
        Arguments::to_care
    } else if arguments.input.is_dir() || is_archive(&arguments.input) {
        Arguments::batch
    } else {
        Arguments::one
    };
    run(&arguments).unwrap_or_else(|error| arguments.failed(&error))
}

/// Whether bytes are a care-json document, of whatever version.
fn is_care_json(bytes: &[u8]) -> bool {
    let tree: Option<Tree> = serde_json::from_slice(bytes).ok();
    matches!(tree.as_ref().and_then(|tree| tree.at("format")), Some(Tree::Text(format)) if format == "kaigo-care")
}

impl Arguments {
    fn to(&self) -> convert::Form {
        match self.to {
            Form::Csv | Form::CareJson => convert::Form::Csv,
            Form::Json => convert::Form::Json,
            Form::Xml => convert::Form::Xml,
        }
    }

    fn strictness(&self) -> Strictness {
        if self.tolerant { Strictness::Tolerant } else { Strictness::Strict }
    }

    fn gaiji(&self) -> GaijiPolicy {
        match self.gaiji {
            Gaiji::Reject => GaijiPolicy::Reject,
            Gaiji::Map => GaijiPolicy::MapVariants,
            Gaiji::Substitute => GaijiPolicy::Substitute,
        }
    }

    fn options(&self) -> Result<ConvertOptions, Error> {
        let mut options = ConvertOptions {
            kind: self.kind,
            strictness: self.strictness(),
            gaiji: self.gaiji(),
            lossless: self.lossless,
            ..ConvertOptions::default()
        };
        if let Some(path) = &self.profile {
            let bytes = std::fs::read(path).map_err(|error| Error::io(path, error))?;
            let profile: kaigo_core::standard::StandardProfile = from_json(&bytes)?;
            options.profile = profile.into();
        }
        Ok(options)
    }

    fn one(&self) -> Result<ExitCode, Error> {
        let bytes = std::fs::read(&self.input).map_err(|error| Error::io(&self.input, error))?;
        if matches!(self.to, Form::Csv) && is_care_json(&bytes) {
            return self.of_care(&bytes);
        }
        let name = self.input.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let converted = convert::convert(&name, &bytes, self.to(), &self.options()?)?;
        write_atomically(&self.output, &converted.bytes)?;
        self.found(&converted.report);
        self.lost(&converted.losses);
        Ok(if converted.report.errors() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// All that the input holds as one document.
    fn to_care(&self) -> Result<ExitCode, Error> {
        let options = CheckOptions { strictness: self.strictness(), ..CheckOptions::default() };
        let gathered = gather(read_source(&self.input, SourceLimits::default())?, &options);
        let (document, mut report) = CareDocument::from_units(&gathered.units, &options);
        report.extend(gathered.report);
        self.found(&report);
        let loses = report.findings().iter().any(|finding| finding.code.name().starts_with("care."));
        if !(self.lossless && loses) {
            write_atomically(&self.output, &to_json(&document))?;
        }
        Ok(if report.errors() > 0 || (self.lossless && loses) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    /// The files of the units that carry a document.
    fn of_care(&self, bytes: &[u8]) -> Result<ExitCode, Error> {
        let document: CareDocument = from_json(bytes)?;
        let repeats = match self.follow_up_rows {
            FollowUpRows::AsRead => Repeats::AsRead,
            FollowUpRows::Blank => Repeats::Blank,
            FollowUpRows::Repeated => Repeats::Repeated,
        };
        let options = WriteOptions { gaiji: self.gaiji(), ..WriteOptions::default() };
        let (units, report) = document.to_units(repeats, &options)?;
        self.found(&report);
        if self.lossless && !report.is_empty() {
            return Ok(ExitCode::FAILURE);
        }
        let files = units.iter().flat_map(|unit| unit.files());
        write_files(&self.output, files.map(|file| (file.name(), file.bytes())))?;
        Ok(ExitCode::SUCCESS)
    }

    fn batch(&self) -> Result<ExitCode, Error> {
        let (bar, options) = batch(self.jobs, self.manifest.clone());
        let summary = kaigo_core::batch::convert(
            &self.input,
            &self.output,
            self.to(),
            &self.options()?,
            &options,
            |done| {
                self.found(&done.report);
                done.losses.iter().for_each(|losses| self.lost(losses));
                if let Some(failure) = done.failure(self.lang.into()) {
                    eprintln!("{failure}");
                }
            },
        );
        bar.finish_and_clear();
        let summary = summary?;
        eprintln!(
            "{} files ({} finished before), {} refused, {} unreadable, {} losses",
            summary.files, summary.skipped, summary.refused, summary.unreadable, summary.losses
        );
        Ok(match (summary.unreadable, summary.failed) {
            (0, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::FAILURE,
            _ => ExitCode::from(2),
        })
    }

    fn failed(&self, error: &Error) -> ExitCode {
        eprintln!("{}", error.message(self.lang.into()));
        match error.kind() {
            ErrorKind::Unwritable { report } | ErrorKind::Lossy { report } => {
                self.found(report);
                ExitCode::FAILURE
            }
            ErrorKind::UnknownKind => {
                eprintln!("give --kind");
                ExitCode::from(2)
            }
            _ => ExitCode::from(2),
        }
    }

    fn found(&self, report: &Report) {
        for finding in report.findings() {
            eprintln!("{}", finding.line(self.lang.into(), Masking::Masked));
        }
    }

    fn lost(&self, losses: &Losses) {
        if losses.is_empty() {
            return;
        }
        let mut out = std::io::stdout().lock();
        // Where nobody reads any more, the files are what counts.
        let _: std::io::Result<()> = match self.report {
            Format::Text => {
                losses.lines(self.lang.into(), Masking::Masked).try_for_each(|line| writeln!(out, "{line}"))
            }
            Format::Json => out.write_all(&to_json(&losses.to_document())).and_then(|()| writeln!(out)),
        };
    }
}
