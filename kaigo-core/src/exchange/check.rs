//! Checks a file: its name, its rows, and what its rows say together.

use std::sync::Arc;

use super::FileName;
use super::file_rules;
use crate::format::csv::{self, ReadOptions};
use crate::record::{CheckContext, FileKind, Memory, MonthOrZeros, Records};
use crate::report::{Code, Finding, Place, Report, Strictness};

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

    /// How the rows of a file of that name are read and checked one by one, as [`check_file`] does: the kind, and the
    /// month that the rows must have, are those of the name.
    pub fn to_read(&self, file: &Arc<str>, name: &FileName) -> ReadOptions {
        ReadOptions {
            strictness: self.strictness,
            file: Some(file.clone()),
            month: name.month().map(|month| match month {
                MonthOrZeros::Zeros => *b"000000",
                MonthOrZeros::Month(month) => month.to_ascii(),
            }),
            finding_limit: self.finding_limit,
            ..ReadOptions::new(name.kind())
        }
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
    if let Some((records, report)) = csv::read(bytes, &options.to_read(&checked.name, &parsed)) {
        checked.report.extend(report);
        check_together(&records, &checked.name, &parsed, options, &mut checked.report);
        checked.records = Some(records);
    }
    checked
}

/// Checks records that lie in memory, as a program made or changed them: each by itself, and with the name of their
/// file, where they have one, against each other and against the name. What only the bytes of a file tell (line ends,
/// quotes, columns) is not looked at.
pub fn check_records(records: &Records<'_>, name: Option<&FileName>, options: &CheckOptions) -> Report {
    let mut report = Report::with_limit(options.finding_limit);
    let mut memory = Memory::default();
    for (record, row) in records.iter().zip(1..) {
        let mut context = CheckContext::new(&mut report, &mut memory, Some(records.kind()));
        context.strictness = options.strictness;
        context.row = row;
        record.check(&mut context);
    }
    if let Some(name) = name {
        check_together(records, &name.to_string().into(), name, options, &mut report);
    }
    report
}

/// The records of a file against each other and against its name.
pub(super) fn check_together(
    records: &Records<'_>,
    file: &Arc<str>,
    name: &FileName,
    options: &CheckOptions,
    report: &mut Report,
) {
    file_rules::check(records, name, |code, row, field_no, note| {
        let mut finding = Finding::new(code, options.strictness);
        finding.place = Place {
            file: Some(file.clone()),
            kind: Some(name.kind()),
            row,
            field: field_no.and_then(|no| name.kind().layout()?.field(no)),
            byte: None,
        };
        finding.note = note;
        report.push(finding);
    });
}
