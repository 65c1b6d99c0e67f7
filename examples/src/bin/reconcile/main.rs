//! Holds planned against actual visits (予実突合).
#![forbid(unsafe_code)]

mod html;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use kaigo_core::care::{Prices, Reconciliation, Tolerance, reconcile_priced};
use kaigo_core::document::Part as _;
use kaigo_core::exchange::{CheckOptions, Inbox, SourceLimits, gather, read_source};
use kaigo_core::report::{Masking, Severity};
use kaigo_examples::Language;
use serde_json::Value;

/// Holds planned against actual visits: what was cancelled, moved, added or changed, and what it adds up to.
///
/// Units are imported oldest first, so that corrections and deletions count. Exit status: 0 nothing differs, 1 something
/// does, 2 something could not be read.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The monthly slips: a directory, a ZIP archive or a file.
    plan: PathBuf,
    /// The actuals.
    actuals: PathBuf,
    /// Lines for people, a document `Reconciliation` (names are provisional), or the calendar sheet for people.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// By how many minutes the start and the end of a visit may each differ.
    #[arg(long, default_value_t = 0)]
    tolerance: u16,
    /// The language of what people read.
    #[arg(long, value_enum, default_value_t = Language::En)]
    lang: Language,
    /// Accept what real senders do (BOM, UTF-8, LF, header row, old names …) with warnings.
    #[arg(long)]
    tolerant: bool,
    /// Show insured numbers and names.
    #[arg(long)]
    show_personal_data: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut inbox = Inbox::default();
    for path in [&arguments.plan, &arguments.actuals] {
        if let Err(error) = arguments.import(path, &mut inbox) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::from(2);
        }
    }
    let prices = Prices::of_annex(inbox.every_slip().flat_map(|slip| &slip.annex));
    let planned = inbox.every_slip().flat_map(|slip| &slip.slips);
    let tolerance = Tolerance { minutes: arguments.tolerance };
    let found = reconcile_priced(planned, inbox.every_actual(), &tolerance, &prices);
    let written = arguments.written(&found).and_then(|written| {
        std::io::stdout().lock().write_all(written.as_bytes()).map_err(|error| error.to_string())
    });
    match written {
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
        Ok(()) if found.differs() => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
    }
}

impl Arguments {
    /// Imports the units of a source. What does not conform is told; what can be read of it is used.
    fn import(&self, path: &Path, inbox: &mut Inbox) -> Result<(), String> {
        let lang = self.lang.into();
        let files = read_source(path, SourceLimits::default()).map_err(|error| error.message(lang))?;
        let options = if self.tolerant { CheckOptions::tolerant() } else { CheckOptions::default() };
        let gathered = gather(files, &options);
        if gathered.units.is_empty() {
            return Err("there is no sending unit".to_owned());
        }
        let imported = inbox.apply_all(&gathered.units, &options);
        let reports = [gathered.report, imported];
        for finding in reports.iter().flat_map(|report| report.findings()) {
            if finding.severity == Severity::Error {
                eprintln!("{}", finding.line(lang, Masking::Masked));
            }
        }
        Ok(())
    }

    fn written(&self, found: &Reconciliation) -> Result<String, String> {
        let masking = if self.show_personal_data { Masking::Shown } else { Masking::Masked };
        match self.format {
            Format::Text => Ok(found.text(self.lang.into(), masking)),
            Format::Json => {
                let mut json = serde_json::to_value(found.to_tree()).map_err(|error| error.to_string())?;
                if !self.show_personal_data {
                    mask(&mut json);
                }
                Ok(format!("{json}\n"))
            }
            Format::Html => html::page(found, self.lang.into(), masking).map_err(|error| error.to_string()),
        }
    }
}

/// Hides who the clients are, and the free text of providers' names.
fn mask(json: &mut Value) {
    match json {
        Value::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "insuredNumber" | "officeName" => *value = "(masked)".into(),
                    _ => mask(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}
