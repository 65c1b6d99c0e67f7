//! Checks a file: its name, its rows, and what its rows say together.

use std::sync::Arc;

use super::FileName;
use super::file_rules;
use crate::format::csv::{self, ReadOptions};
use crate::record::{FileKind, MonthOrZeros, Records};
use crate::report::{Code, Finding, Report, Strictness};

/// How to check.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions {
    /// Whether what real senders do against the standard is an error or a warning. Default strict.
    pub strictness: Strictness,
    /// How many findings are kept for each file or unit.
    pub finding_limit: usize,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self { strictness: Strictness::Strict, finding_limit: Report::DEFAULT_LIMIT }
    }
}

impl CheckOptions {
    /// Tolerant of what real senders do.
    pub fn tolerant() -> Self {
        Self { strictness: Strictness::Tolerant, ..Self::default() }
    }
}

/// A file that was read and checked by itself.
#[derive(Debug, Clone)]
pub struct CheckedFile<'a> {
    /// The name that it was given.
    pub name: Arc<str>,
    /// What the name says; `None` when it is not in the form of the standard.
    pub parsed: Option<FileName>,
    /// Its records; `None` for an image, and for a file whose kind its name does not tell.
    pub records: Option<Records<'a>>,
    /// What was found.
    pub report: Report,
}

impl CheckedFile<'_> {
    /// The kind of file.
    pub fn kind(&self) -> Option<FileKind> {
        self.parsed.map(|name| name.kind())
    }

    pub(super) fn finding(&self, code: Code, strictness: Strictness) -> Finding {
        let mut finding = Finding::new(code, strictness);
        finding.place.file = Some(self.name.clone());
        finding.place.kind = self.kind();
        finding
    }
}

/// Reads and checks one file.
pub fn check_file<'a>(name: &str, bytes: &'a [u8], options: &CheckOptions) -> CheckedFile<'a> {
    let mut checked = CheckedFile {
        name: name.into(),
        parsed: None,
        records: None,
        report: Report::with_limit(options.finding_limit),
    };
    let parsed = match FileName::parse_tolerant(name) {
        Ok((parsed, tolerated)) => {
            checked.parsed = Some(parsed);
            if let Some(code) = tolerated {
                let finding = checked.finding(code, options.strictness);
                checked.report.push(finding);
            }
            parsed
        }
        Err(error) => {
            let finding = checked.finding(Code::FileName, options.strictness).with_note(error.to_string());
            checked.report.push(finding);
            return checked;
        }
    };
    if parsed.kind() == FileKind::FamilyImage {
        if !bytes.starts_with(b"\xFF\xD8\xFF") {
            let finding = checked.finding(Code::UnitImageForm, options.strictness);
            checked.report.push(finding);
        }
        return checked;
    }
    let read_options = ReadOptions {
        strictness: options.strictness,
        file: Some(checked.name.clone()),
        month: parsed.month().map(|month| match month {
            MonthOrZeros::Zeros => *b"000000",
            MonthOrZeros::Month(month) => month.to_ascii(),
        }),
        finding_limit: options.finding_limit,
        ..ReadOptions::new(parsed.kind())
    };
    if let Some((records, report)) = csv::read(bytes, &read_options) {
        checked.report.extend(report);
        file_rules::check(&records, &parsed, |code, row, field_no, note| {
            let mut finding = checked.finding(code, options.strictness);
            finding.place.row = row;
            finding.place.field = field_no.and_then(|no| parsed.kind().layout()?.field(no));
            finding.note = note;
            checked.report.push(finding);
        });
        checked.records = Some(records);
    }
    checked
}
