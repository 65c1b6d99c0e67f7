//! What every check speaks: a [`Finding`] has a stable code and a place; a [`Report`] collects them.

mod catalogue;

use std::fmt;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

pub use catalogue::{Code, Level, markdown};

use crate::record::{FieldSpec, FileKind};

/// A name that is not ours, where it surely is a name: it comes from outside, and may be anything.
pub(crate) fn shown_name(name: &str) -> String {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let is_name = name.len() <= 40
        && digits <= 3
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$'));
    if is_name { name.to_owned() } else { "masked".to_owned() }
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 日本語.
    Japanese,
    /// English.
    #[default]
    English,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Doubtful, or tolerated.
    Warning,
    /// Against the standard.
    Error,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether what real senders do against the standard is an error or a warning. Both read the same values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Strictness {
    /// [`Level::Tolerated`] codes are errors.
    #[default]
    Strict,
    /// [`Level::Tolerated`] codes are warnings.
    Tolerant,
}

/// Whether messages show values that are about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Masking {
    /// They do not.
    #[default]
    Masked,
    /// They do: the caller asked for it and answers for where the messages go.
    Shown,
}

/// Where a finding stands. What is absent does not apply, or is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: Option<Arc<str>>,
    /// The kind of file.
    pub kind: Option<FileKind>,
    /// The record, counted from 1; a header row and blank lines are not counted.
    pub row: Option<u64>,
    /// The field.
    pub field: Option<&'static FieldSpec>,
    /// The offset in the file, in bytes from 0.
    pub byte: Option<u64>,
}

/// Something that does not conform, or is doubtful.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// More about it, never about a person: what was expected, what was found.
    pub note: Option<String>,
    value: Option<Box<str>>,
    /// Whether the row's columns may be shifted, so that the field does not tell what the value is about.
    shifted: bool,
}

impl Finding {
    /// A finding without a place.
    pub fn new(code: Code, strictness: Strictness) -> Self {
        Self {
            code,
            severity: code.severity(strictness),
            place: Place::default(),
            note: None,
            value: None,
            shifted: false,
        }
    }

    /// Adds what was expected or found. Must not be about a person.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds the value that the file holds at the place.
    pub(crate) fn with_value(mut self, value: impl Into<Box<str>>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Says that the value comes from a row whose columns may be shifted.
    pub(crate) fn in_shifted_row(mut self) -> Self {
        self.shifted = true;
        self
    }

    /// The value that the file holds at the place; masked when the field is about a person, and when the value
    /// may be that of another field: it is no such code or number, or the row's columns are shifted.
    pub fn value(&self, masking: Masking) -> Option<&str> {
        let harmless =
            |value: &str| !self.shifted && self.place.field.is_some_and(|field| field.may_hold(value));
        self.value.as_deref().filter(|value| masking == Masking::Shown || harmless(value))
    }

    /// The message, without the place.
    pub fn message(&self, lang: Lang, masking: Masking) -> String {
        let mut message = self.code.text(lang).to_owned();
        let (open, close, colon) = match lang {
            Lang::Japanese => ("（", "）", ""),
            Lang::English => (" (", ")", " "),
        };
        if let Some(note) = &self.note {
            message += &format!("{open}{note}{close}");
        }
        if let Some(value) = self.value(masking) {
            message += &format!("{colon}「{value}」");
        }
        message
    }

    /// The finding as a JSON value with the members `code`, `severity`, `file`, `kind`, `row`, `field_no`,
    /// `field`, `byte`, `message_ja`, `message_en`; what is absent is left out.
    pub fn to_json(&self, masking: Masking) -> impl Serialize + '_ {
        FindingJson { finding: self, masking }
    }
}

struct FindingJson<'f> {
    finding: &'f Finding,
    masking: Masking,
}

impl Serialize for FindingJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Finding { code, severity, place, .. } = self.finding;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", code.name())?;
        map.serialize_entry("severity", severity.name())?;
        if let Some(file) = &place.file {
            map.serialize_entry("file", &**file)?;
        }
        if let Some(kind) = place.kind {
            map.serialize_entry("kind", kind.name())?;
        }
        if let Some(row) = place.row {
            map.serialize_entry("row", &row)?;
        }
        if let Some(field) = place.field {
            map.serialize_entry("field_no", &field.no)?;
            map.serialize_entry("field", field.name)?;
        }
        if let Some(byte) = place.byte {
            map.serialize_entry("byte", &byte)?;
        }
        map.serialize_entry("message_ja", &self.finding.message(Lang::Japanese, self.masking))?;
        map.serialize_entry("message_en", &self.finding.message(Lang::English, self.masking))?;
        map.end()
    }
}

/// A line for people: severity, place, message and code, with personal data masked.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.line(Lang::English, Masking::Masked))
    }
}

impl Finding {
    /// A line for people: severity, place, message and code.
    pub fn line(&self, lang: Lang, masking: Masking) -> String {
        let mut line = match (self.severity, lang) {
            (Severity::Error, Lang::English) => "error".to_owned(),
            (Severity::Warning, Lang::English) => "warning".to_owned(),
            (Severity::Error, Lang::Japanese) => "エラー".to_owned(),
            (Severity::Warning, Lang::Japanese) => "警告".to_owned(),
        };
        let Place { file, kind, row, field, byte } = &self.place;
        if let Some(file) = file {
            line += &format!(" {file}");
        } else if let Some(kind) = kind {
            line += &format!(" {}", kind.name());
        }
        if let Some(row) = row {
            line += &match lang {
                Lang::English => format!(" row {row}"),
                Lang::Japanese => format!(" {row}行目"),
            };
        }
        if let Some(field) = field {
            let name = match lang {
                Lang::English => field.name,
                Lang::Japanese => field.name_ja,
            };
            line += &format!(" No.{} {name}", field.no);
        }
        if let Some(byte) = byte {
            line += &format!(" @{byte}");
        }
        line += &format!(": {} [{}]", self.message(lang, masking), self.code.name());
        line
    }
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// All findings of a check, up to a limit.
#[derive(Debug, Clone)]
pub struct Report {
    findings: Vec<Finding>,
    limit: usize,
    errors: u64,
    warnings: u64,
}

impl Default for Report {
    fn default() -> Self {
        Self::with_limit(Self::DEFAULT_LIMIT)
    }
}

impl Report {
    /// How many findings a report keeps unless told otherwise.
    pub const DEFAULT_LIMIT: usize = 10_000;

    /// A report that keeps at most `limit` findings and counts the others.
    pub fn with_limit(limit: usize) -> Self {
        Self { findings: Vec::new(), limit, errors: 0, warnings: 0 }
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        if self.findings.len() < self.limit {
            self.findings.push(finding);
        }
    }

    /// Adds the findings of another report.
    pub fn extend(&mut self, other: Self) {
        let room = self.limit.saturating_sub(self.findings.len());
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.findings.extend(other.findings.into_iter().take(room));
    }

    /// Takes what was found so far; the limit is the same for what comes.
    pub fn take(&mut self) -> Self {
        let limit = self.limit;
        std::mem::replace(self, Self::with_limit(limit))
    }

    /// Counts so many in all, of which those that were added are the ones kept.
    pub(crate) fn count_as(&mut self, errors: u64, warnings: u64) {
        (self.errors, self.warnings) = (errors, warnings);
    }

    /// The findings that were kept, in the order in which they were found.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many errors were found, kept or not.
    pub fn errors(&self) -> u64 {
        self.errors
    }

    /// How many warnings were found, kept or not.
    pub fn warnings(&self) -> u64 {
        self.warnings
    }

    /// How many findings were counted but not kept.
    pub fn dropped(&self) -> u64 {
        self.errors + self.warnings - self.findings.len() as u64
    }

    /// Whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.errors + self.warnings == 0
    }
}
